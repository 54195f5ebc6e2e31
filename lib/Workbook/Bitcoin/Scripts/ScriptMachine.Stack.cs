namespace Workbook.Bitcoin;

/// <summary>Moving items, and comparing them.</summary>
internal sealed partial class ScriptMachine
{
    private ScriptError Move(Opcode opcode)
    {
        if (Stack.Count < Needed(opcode)) return ScriptError.StackEmpty;
        switch (opcode)
        {
            case Opcode.OP_TOALTSTACK:
                _altStack.Add(Pop());
                break;
            case Opcode.OP_FROMALTSTACK:
                if (_altStack.Count < 1) return ScriptError.AltStackEmpty;
                Stack.Add(_altStack[^1]);
                _altStack.RemoveAt(_altStack.Count - 1);
                break;
            case Opcode.OP_2DROP or Opcode.OP_DROP:
                Stack.RemoveRange(Stack.Count - Needed(opcode), Needed(opcode));
                break;
            case Opcode.OP_DUP or Opcode.OP_2DUP or Opcode.OP_3DUP:
                Stack.AddRange(Stack[^Needed(opcode)..]);
                break;
            case Opcode.OP_OVER:
                Stack.Add(Top(2));
                break;
            case Opcode.OP_2OVER:
                Stack.AddRange(Stack[^4..^2]);
                break;
            case Opcode.OP_SWAP or Opcode.OP_ROT:
                Raise(Needed(opcode), 1);
                break;
            case Opcode.OP_2SWAP or Opcode.OP_2ROT:
                Raise(Needed(opcode), 2);
                break;
            case Opcode.OP_IFDUP:
                if (ScriptNumber.IsTrue(Top())) Stack.Add(Top());
                break;
            case Opcode.OP_DEPTH:
                Stack.Add(ScriptNumber.Write(Stack.Count));
                break;
            case Opcode.OP_NIP:
                Stack.RemoveAt(Stack.Count - 2);
                break;
            case Opcode.OP_PICK or Opcode.OP_ROLL:
                return Reach(opcode);
            case Opcode.OP_TUCK:
                Stack.Insert(Stack.Count - 2, Top());
                break;
            default:
                Stack.Add(ScriptNumber.Write(Top().Length));
                break;
        }

        return ScriptError.None;
    }

    private static int Needed(Opcode opcode) => opcode switch
    {
        Opcode.OP_FROMALTSTACK or Opcode.OP_DEPTH => 0,
        Opcode.OP_2DROP or Opcode.OP_2DUP or Opcode.OP_NIP or Opcode.OP_OVER or Opcode.OP_PICK or Opcode.OP_ROLL or Opcode.OP_SWAP or Opcode.OP_TUCK => 2,
        Opcode.OP_3DUP or Opcode.OP_ROT => 3,
        Opcode.OP_2OVER or Opcode.OP_2SWAP => 4,
        Opcode.OP_2ROT => 6,
        _ => 1,
    };

    /// <summary>Moves items from below onto the top, in their order.</summary>
    private void Raise(int depth, int count)
    {
        var raised = Stack[^depth..^(depth - count)];
        Stack.RemoveRange(Stack.Count - depth, count);
        Stack.AddRange(raised);
    }

    private ScriptError Reach(Opcode opcode)
    {
        if (!ScriptNumber.TryRead(Top(), ScriptNumber.Longest, MinimalNumbers, out var below)) return ScriptError.Number;
        Pop();
        if (below < 0 || below >= Stack.Count) return ScriptError.StackEmpty;
        if (opcode == Opcode.OP_PICK) Stack.Add(Top((int)below + 1));
        else Raise((int)below + 1, 1);
        return ScriptError.None;
    }

    private ScriptError Equal(Opcode opcode)
    {
        if (Stack.Count < 2) return ScriptError.StackEmpty;
        var (right, left) = (Pop(), Pop());
        return Verified(opcode == Opcode.OP_EQUALVERIFY, left.AsSpan().SequenceEqual(right), ScriptError.EqualVerify);
    }
}
