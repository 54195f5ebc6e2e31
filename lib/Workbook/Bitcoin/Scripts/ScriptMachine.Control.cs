using System.Security.Cryptography;

namespace Workbook.Bitcoin;

/// <summary>Conditionals, times to wait, hashes.</summary>
internal sealed partial class ScriptMachine
{
    private ScriptError Branch(Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.OP_IF or Opcode.OP_NOTIF:
                return Begin(opcode);
            case Opcode.OP_ELSE or Opcode.OP_ENDIF:
                if (!_conditions.TryPop(out var isTrue)) return ScriptError.Unbalanced;
                if (!isTrue) _blocked--;
                if (opcode == Opcode.OP_ENDIF) return ScriptError.None;
                Enter(!isTrue);
                return ScriptError.None;
            default:
                return ScriptError.BadOpcode;
        }
    }

    private ScriptError Begin(Opcode opcode)
    {
        if (_blocked > 0)
        {
            Enter(false);
            return ScriptError.None;
        }

        if (Stack.Count < 1) return ScriptError.Unbalanced;
        var top = Pop();
        if (_isWitness && rules.HasFlag(ScriptRules.MinimalIf) && top is not ([] or [1])) return ScriptError.MinimalIf;
        Enter(ScriptNumber.IsTrue(top) == (opcode == Opcode.OP_IF));
        return ScriptError.None;
    }

    private void Enter(bool isTrue)
    {
        _conditions.Push(isTrue);
        if (!isTrue) _blocked++;
    }

    private ScriptError Control(Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.OP_NOP:
                return ScriptError.None;
            case Opcode.OP_VERIFY:
                if (Stack.Count < 1) return ScriptError.StackEmpty;
                return ScriptNumber.IsTrue(Pop()) ? ScriptError.None : ScriptError.Verify;
            case Opcode.OP_RETURN:
                return ScriptError.Return;
            case Opcode.OP_CHECKLOCKTIMEVERIFY when rules.HasFlag(ScriptRules.CheckLockTime):
                return Wait((machine, until) => machine.WaitsUntil(until));
            case Opcode.OP_CHECKSEQUENCEVERIFY when rules.HasFlag(ScriptRules.CheckSequence):
                return Wait((machine, time) => SpendingInput.IsOff(time) || machine.WaitsFor(time));
            case Opcode.OP_CHECKLOCKTIMEVERIFY or Opcode.OP_CHECKSEQUENCEVERIFY:
                return ScriptError.None;
            case >= Opcode.OP_NOP1:
                return rules.HasFlag(ScriptRules.NoFutureNops) ? ScriptError.FutureNop : ScriptError.None;
            default:
                return ScriptError.BadOpcode;
        }
    }

    /// <summary>A time of up to five bytes, which stays on the stack: old nodes pass over the instruction.</summary>
    private ScriptError Wait(Func<SpendingInput, long, bool> isKept)
    {
        if (Stack.Count < 1) return ScriptError.StackEmpty;
        if (!ScriptNumber.TryRead(Top(), ScriptNumber.Longest + 1, MinimalNumbers, out var time)) return ScriptError.Number;
        if (time < 0) return ScriptError.NegativeLockTime;
        return input is not null && isKept(input, time) ? ScriptError.None : ScriptError.LockTime;
    }

    private ScriptError Digest(Opcode opcode)
    {
        if (Stack.Count < 1) return ScriptError.StackEmpty;
        var item = Pop();
        Stack.Add(opcode switch
        {
            Opcode.OP_RIPEMD160 => Ripemd160.HashData(item),
#pragma warning disable CA5350 // Bitcoin has the instruction, whatever SHA-1 is worth today.
            Opcode.OP_SHA1 => SHA1.HashData(item),
#pragma warning restore CA5350
            Opcode.OP_SHA256 => SHA256.HashData(item),
            Opcode.OP_HASH160 => Ripemd160.Hash160(item),
            _ => Hash256.Twice(item).ToBytes(),
        });
        return ScriptError.None;
    }
}
