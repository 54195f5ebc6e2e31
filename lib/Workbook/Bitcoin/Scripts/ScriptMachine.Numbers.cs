namespace Workbook.Bitcoin;

/// <summary>Arithmetic on numbers of at most four bytes; what comes out may have five, and can then be compared but not counted with.</summary>
internal sealed partial class ScriptMachine
{
    private bool TryNumbers(int count, out long first, out long second, out long third)
    {
        (first, second, third) = (0, 0, 0);
        return ScriptNumber.TryRead(Top(count), ScriptNumber.Longest, MinimalNumbers, out first)
            && (count < 2 || ScriptNumber.TryRead(Top(count - 1), ScriptNumber.Longest, MinimalNumbers, out second))
            && (count < 3 || ScriptNumber.TryRead(Top(count - 2), ScriptNumber.Longest, MinimalNumbers, out third));
    }

    private ScriptError OfOneNumber(Opcode opcode)
    {
        if (Stack.Count < 1) return ScriptError.StackEmpty;
        if (!TryNumbers(1, out var number, out _, out _)) return ScriptError.Number;
        Pop();
        Stack.Add(ScriptNumber.Write(opcode switch
        {
            Opcode.OP_1ADD => number + 1,
            Opcode.OP_1SUB => number - 1,
            Opcode.OP_NEGATE => -number,
            Opcode.OP_ABS => Math.Abs(number),
            Opcode.OP_NOT => number == 0 ? 1 : 0,
            _ => number != 0 ? 1 : 0,
        }));
        return ScriptError.None;
    }

    private ScriptError OfTwoNumbers(Opcode opcode)
    {
        if (Stack.Count < 2) return ScriptError.StackEmpty;
        if (!TryNumbers(2, out var left, out var right, out _)) return ScriptError.Number;
        Pop();
        Pop();
        if (opcode == Opcode.OP_NUMEQUALVERIFY) return Verified(true, left == right, ScriptError.NumEqualVerify);
        Stack.Add(ScriptNumber.Write(opcode switch
        {
            Opcode.OP_ADD => left + right,
            Opcode.OP_SUB => left - right,
            Opcode.OP_MIN => Math.Min(left, right),
            Opcode.OP_MAX => Math.Max(left, right),
            _ => Holds(opcode, left, right) ? 1 : 0,
        }));
        return ScriptError.None;
    }

    private static bool Holds(Opcode opcode, long left, long right) => opcode switch
    {
        Opcode.OP_BOOLAND => left != 0 && right != 0,
        Opcode.OP_BOOLOR => left != 0 || right != 0,
        Opcode.OP_NUMEQUAL => left == right,
        Opcode.OP_NUMNOTEQUAL => left != right,
        Opcode.OP_LESSTHAN => left < right,
        Opcode.OP_GREATERTHAN => left > right,
        Opcode.OP_LESSTHANOREQUAL => left <= right,
        _ => left >= right,
    };

    private ScriptError Within()
    {
        if (Stack.Count < 3) return ScriptError.StackEmpty;
        if (!TryNumbers(3, out var number, out var least, out var above)) return ScriptError.Number;
        Stack.RemoveRange(Stack.Count - 3, 3);
        Push(least <= number && number < above);
        return ScriptError.None;
    }
}
