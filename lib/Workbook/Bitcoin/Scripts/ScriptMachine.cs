namespace Workbook.Bitcoin;

/// <summary>
/// Runs scripts one after the other over one stack. Nothing in them can repeat, and script, instructions, items and their sizes are bounded,
/// so that whoever checks a script knows that it ends soon.
/// </summary>
internal sealed partial class ScriptMachine(SpendingInput? input, ScriptRules rules, List<ScriptStep>? steps)
{
    /// <summary>The most instructions that are no pushes.</summary>
    public const int MostOperations = 201;

    /// <summary>The most bytes of an item.</summary>
    public const int MostPush = 520;

    /// <summary>The most items on both stacks.</summary>
    public const int MostItems = 1000;

    private readonly List<byte[]> _altStack = [];
    private readonly Stack<bool> _conditions = [];
    private byte[] _script = [];
    private int _operations;
    private int _separator;
    private int _blocked;
    private bool _isWitness;

    /// <summary>The stack, the top last.</summary>
    public List<byte[]> Stack { get; set; } = [];

    /// <summary>The instruction that ran last, for a sentence.</summary>
    public string Last { get; private set; } = "";

    private static ReadOnlySpan<byte> True => [1];

    private bool MinimalNumbers => rules.HasFlag(ScriptRules.MinimalData);

    /// <summary>Runs a script on the stack as it is.</summary>
    /// <param name="name">Which script it is, for the steps.</param>
    /// <param name="script">The script.</param>
    /// <param name="isWitness">Whether it is that of a witness program, for which some rules differ.</param>
    public ScriptError Run(string name, byte[] script, bool isWitness = false)
    {
        (_script, _isWitness, _operations, _separator, _blocked, Last) = (script, isWitness, 0, 0, 0, "");
        _altStack.Clear();
        _conditions.Clear();
        if (script.Length > Script.MostBytes) return ScriptError.ScriptSize;
        var reader = new ScriptReader(script);
        while (reader.Next())
        {
            Last = ScriptOperation.Name(reader.Opcode);
            var ran = _blocked == 0;
            var error = Step(ref reader);
            steps?.Add(new ScriptStep(name, ScriptOperation.Text(reader.Opcode, reader.Data), ran || IsConditional(reader.Opcode),
                [.. Stack.Select(item => (ReadOnlyMemory<byte>)item)], [.. _altStack.Select(item => (ReadOnlyMemory<byte>)item)]));
            if (error != ScriptError.None) return error;
            if (Stack.Count + _altStack.Count > MostItems) return ScriptError.StackSize;
        }

        if (reader.IsCutOff)
        {
            Last = "a push that the end of the script cuts off";
            return ScriptError.BadOpcode;
        }

        return _conditions.Count == 0 ? ScriptError.None : ScriptError.Unbalanced;
    }

    private ScriptError Step(ref ScriptReader reader)
    {
        var opcode = reader.Opcode;
        if (reader.Data.Length > MostPush) return ScriptError.PushSize;
        if (opcode > Opcode.OP_16 && ++_operations > MostOperations) return ScriptError.OperationCount;
        if (IsDisabled(opcode)) return ScriptError.DisabledOpcode;
        if (opcode == Opcode.OP_CODESEPARATOR && !_isWitness && rules.HasFlag(ScriptRules.ConstantScript)) return ScriptError.CodeSeparator;
        if (IsConditional(opcode)) return Branch(opcode);
        if (_blocked > 0) return ScriptError.None;
        if (opcode is <= Opcode.OP_16 and not Opcode.OP_RESERVED)
        {
            if (opcode <= Opcode.OP_PUSHDATA4 && MinimalNumbers && !ScriptNumber.IsMinimalPush(opcode, reader.Data)) return ScriptError.MinimalData;
            Stack.Add(Script.Pushed(opcode, reader.Data));
            return ScriptError.None;
        }

        return opcode switch
        {
            >= Opcode.OP_NOP and <= Opcode.OP_RETURN or >= Opcode.OP_NOP1 and <= Opcode.OP_NOP10 => Control(opcode),
            >= Opcode.OP_TOALTSTACK and <= Opcode.OP_TUCK or Opcode.OP_SIZE => Move(opcode),
            Opcode.OP_EQUAL or Opcode.OP_EQUALVERIFY => Equal(opcode),
            Opcode.OP_1ADD or Opcode.OP_1SUB or >= Opcode.OP_NEGATE and <= Opcode.OP_0NOTEQUAL => OfOneNumber(opcode),
            >= Opcode.OP_ADD and <= Opcode.OP_MAX => OfTwoNumbers(opcode),
            Opcode.OP_WITHIN => Within(),
            >= Opcode.OP_RIPEMD160 and <= Opcode.OP_HASH256 => Digest(opcode),
            Opcode.OP_CODESEPARATOR => Separate(reader.Position),
            Opcode.OP_CHECKSIG or Opcode.OP_CHECKSIGVERIFY => CheckSignature(opcode),
            Opcode.OP_CHECKMULTISIG or Opcode.OP_CHECKMULTISIGVERIFY => CheckSignatures(opcode),
            _ => ScriptError.BadOpcode,
        };
    }

    private static bool IsConditional(Opcode opcode) => opcode is >= Opcode.OP_IF and <= Opcode.OP_ENDIF;

    private static bool IsDisabled(Opcode opcode) => opcode is
        Opcode.OP_CAT or Opcode.OP_SUBSTR or Opcode.OP_LEFT or Opcode.OP_RIGHT or Opcode.OP_INVERT or Opcode.OP_AND or Opcode.OP_OR or Opcode.OP_XOR
        or Opcode.OP_2MUL or Opcode.OP_2DIV or Opcode.OP_MUL or Opcode.OP_DIV or Opcode.OP_MOD or Opcode.OP_LSHIFT or Opcode.OP_RSHIFT;

    /// <summary>The item so far below the top, 1 being the top.</summary>
    private byte[] Top(int depth = 1) => Stack[^depth];

    private byte[] Pop()
    {
        var top = Stack[^1];
        Stack.RemoveAt(Stack.Count - 1);
        return top;
    }

    private void Push(bool value) => Stack.Add(value ? True.ToArray() : []);

    private ScriptError Separate(int position)
    {
        _separator = position;
        return ScriptError.None;
    }

    /// <summary>An instruction ending in VERIFY takes the answer and fails if it is no.</summary>
    private ScriptError Verified(bool verify, bool answer, ScriptError error)
    {
        if (!verify) Push(answer);
        return verify && !answer ? error : ScriptError.None;
    }
}
