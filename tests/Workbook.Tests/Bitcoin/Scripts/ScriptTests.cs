using Workbook.Bitcoin;
using Workbook.Sim;

namespace Workbook.Tests.Bitcoin.Scripts;

public sealed class ScriptTests
{
    /// <summary>What runs, and what the stack must be afterwards, the top last.</summary>
    [Theory]
    [InlineData("OP_0 OP_1 OP_16 OP_1NEGATE aabb", "0 01 10 81 aabb")]
    [InlineData("OP_1 OP_2 OP_2DUP", "01 02 01 02")]
    [InlineData("OP_1 OP_2 OP_3 OP_3DUP", "01 02 03 01 02 03")]
    [InlineData("OP_1 OP_2 OP_3 OP_4 OP_2OVER", "01 02 03 04 01 02")]
    [InlineData("OP_1 OP_2 OP_3 OP_4 OP_5 OP_6 OP_2ROT", "03 04 05 06 01 02")]
    [InlineData("OP_1 OP_2 OP_3 OP_4 OP_2SWAP", "03 04 01 02")]
    [InlineData("OP_1 OP_2 OP_3 OP_2DROP", "01")]
    [InlineData("OP_1 OP_IFDUP OP_0 OP_IFDUP", "01 01 0")]
    [InlineData("OP_7 OP_8 OP_DEPTH", "07 08 02")]
    [InlineData("OP_1 OP_2 OP_NIP", "02")]
    [InlineData("OP_1 OP_2 OP_OVER", "01 02 01")]
    [InlineData("OP_1 OP_2 OP_3 OP_2 OP_PICK", "01 02 03 01")]
    [InlineData("OP_1 OP_2 OP_3 OP_2 OP_ROLL", "02 03 01")]
    [InlineData("OP_1 OP_2 OP_3 OP_ROT", "02 03 01")]
    [InlineData("OP_1 OP_2 OP_SWAP", "02 01")]
    [InlineData("OP_1 OP_2 OP_TUCK", "02 01 02")]
    [InlineData("aabbcc OP_SIZE", "aabbcc 03")]
    [InlineData("OP_1 OP_TOALTSTACK OP_2 OP_FROMALTSTACK", "02 01")]
    [InlineData("aa aa OP_EQUAL aa OP_0 OP_EQUAL", "01 0")]
    [InlineData("OP_5 OP_1ADD OP_1NEGATE OP_1SUB OP_3 OP_NEGATE OP_ABS", "06 82 03")]
    [InlineData("OP_0 OP_NOT OP_9 OP_NOT OP_9 OP_0NOTEQUAL", "01 0 01")]
    [InlineData("ffffff7f ffffff7f OP_ADD", "feffffff00")]
    [InlineData("ffffffff ffffff7f OP_SUB", "feffffff80")]
    [InlineData("OP_2 OP_3 OP_MIN OP_2 OP_3 OP_MAX", "02 03")]
    [InlineData("OP_2 OP_2 OP_5 OP_WITHIN OP_5 OP_2 OP_5 OP_WITHIN", "01 0")]
    [InlineData("OP_2 OP_0 OP_BOOLAND OP_2 OP_0 OP_BOOLOR", "0 01")]
    [InlineData("OP_2 OP_3 OP_LESSTHAN OP_3 OP_3 OP_GREATERTHAN OP_3 OP_3 OP_GREATERTHANOREQUAL OP_4 OP_3 OP_LESSTHANOREQUAL", "01 0 01 0")]
    [InlineData("OP_2 PUSH:02 OP_NUMEQUAL OP_2 0200 OP_NUMNOTEQUAL", "01 0")]
    [InlineData("OP_1 OP_IF OP_2 OP_ELSE OP_3 OP_ENDIF OP_0 OP_NOTIF OP_4 OP_ENDIF", "02 04")]
    [InlineData("OP_0 OP_IF OP_1 OP_IF OP_RETURN OP_ENDIF OP_ELSE OP_5 OP_ENDIF", "05")]
    [InlineData("OP_1 OP_IF OP_2 OP_ELSE OP_3 OP_ELSE OP_4 OP_ENDIF", "02 04")]
    [InlineData("OP_0 OP_SHA1", "da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData("OP_0 OP_RIPEMD160", "9c1185a5c5e9fc54612808977ee8f548b2258d31")]
    [InlineData("OP_0 OP_SHA256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("OP_0 OP_HASH256", "5df6e0e2761359d30a8275058e299fcc0381534545f55cf43e41983f5d4c9456")]
    [InlineData("OP_0 OP_HASH160", "b472a266d0bd89c13706a4132ccfb16f7c3b9fcb")]
    public void An_instruction_leaves_on_the_stack_what_it_should(string script, string stack) =>
        Assert.Equal(stack, ScriptCheck.Run(Script.Parse(script)).Steps[^1].StackText);

    [Theory]
    [InlineData("", ScriptError.False)]
    [InlineData("OP_0", ScriptError.False)]
    [InlineData("0080", ScriptError.False)]
    [InlineData("OP_1 OP_RETURN", ScriptError.Return)]
    [InlineData("OP_0 OP_VERIFY", ScriptError.Verify)]
    [InlineData("OP_1 OP_2 OP_EQUALVERIFY", ScriptError.EqualVerify)]
    [InlineData("OP_1 OP_2 OP_NUMEQUALVERIFY", ScriptError.NumEqualVerify)]
    [InlineData("OP_0 OP_0 OP_CHECKSIGVERIFY", ScriptError.CheckSigVerify)]
    [InlineData("OP_0 OP_0 OP_1 OP_0 OP_1 OP_CHECKMULTISIGVERIFY", ScriptError.CheckMultisigVerify)]
    [InlineData("OP_0 OP_2 OP_0 OP_1 OP_CHECKMULTISIG", ScriptError.SignatureCount)]
    [InlineData("OP_0 OP_0 15 OP_CHECKMULTISIG", ScriptError.KeyCount)]
    [InlineData("OP_0 OP_0 OP_1NEGATE OP_CHECKMULTISIG", ScriptError.KeyCount)]
    [InlineData("OP_DUP", ScriptError.StackEmpty)]
    [InlineData("OP_1 OP_1 OP_PICK", ScriptError.StackEmpty)]
    [InlineData("OP_1 OP_1NEGATE OP_ROLL", ScriptError.StackEmpty)]
    [InlineData("OP_FROMALTSTACK", ScriptError.AltStackEmpty)]
    [InlineData("OP_IF OP_ENDIF", ScriptError.Unbalanced)]
    [InlineData("OP_1 OP_IF", ScriptError.Unbalanced)]
    [InlineData("OP_ELSE", ScriptError.Unbalanced)]
    [InlineData("OP_1 OP_ENDIF", ScriptError.Unbalanced)]
    [InlineData("ffffffff00 OP_1ADD", ScriptError.Number)]
    [InlineData("OP_RESERVED", ScriptError.BadOpcode)]
    [InlineData("OP_UNKNOWN_ba", ScriptError.BadOpcode)]
    [InlineData("OP_0 OP_IF OP_VERIF OP_ENDIF OP_1", ScriptError.BadOpcode)]
    [InlineData("OP_0 OP_IF OP_CAT OP_ENDIF OP_1", ScriptError.DisabledOpcode)]
    [InlineData("OP_1 OP_2MUL", ScriptError.DisabledOpcode)]
    [InlineData("OP_1NEGATE OP_CHECKLOCKTIMEVERIFY", ScriptError.NegativeLockTime)]
    [InlineData("OP_1 OP_CHECKLOCKTIMEVERIFY", ScriptError.LockTime)]
    [InlineData("OP_1 OP_CHECKSEQUENCEVERIFY", ScriptError.LockTime)]
    [InlineData("OP_CHECKSEQUENCEVERIFY", ScriptError.StackEmpty)]
    public void A_script_that_fails_says_why(string script, ScriptError error) => Assert.Equal(error, ScriptCheck.Run(Script.Parse(script)).Error);

    [Theory]
    [InlineData("OP_0 OP_IF OP_RESERVED OP_VER OP_UNKNOWN_ff OP_ENDIF OP_1", ScriptRules.Policy, ScriptError.None)]
    [InlineData("OP_1 OP_NOP1", ScriptRules.Consensus, ScriptError.None)]
    [InlineData("OP_1 OP_NOP1", ScriptRules.Policy, ScriptError.FutureNop)]
    [InlineData("OP_1 OP_CHECKLOCKTIMEVERIFY", ScriptRules.None, ScriptError.None)]
    [InlineData("PUSH:01", ScriptRules.Consensus, ScriptError.None)]
    [InlineData("PUSH:01", ScriptRules.Policy, ScriptError.MinimalData)]
    [InlineData("PUSHDATA1:aabb", ScriptRules.Policy, ScriptError.MinimalData)]
    [InlineData("0100 OP_1ADD", ScriptRules.Consensus, ScriptError.None)]
    [InlineData("0100 OP_1ADD", ScriptRules.Policy, ScriptError.Number)]
    [InlineData("OP_1 OP_CODESEPARATOR", ScriptRules.Consensus, ScriptError.None)]
    [InlineData("OP_1 OP_CODESEPARATOR", ScriptRules.Policy, ScriptError.CodeSeparator)]
    [InlineData("OP_1 OP_0 OP_0 OP_CHECKMULTISIG", ScriptRules.None, ScriptError.None)]
    [InlineData("OP_1 OP_0 OP_0 OP_CHECKMULTISIG", ScriptRules.Consensus, ScriptError.NullDummy)]
    [InlineData("0102 OP_0 OP_CHECKSIG OP_NOT", ScriptRules.None, ScriptError.None)]
    [InlineData("0102 OP_0 OP_CHECKSIG OP_NOT", ScriptRules.Consensus, ScriptError.SignatureDer)]
    public void A_rule_refuses_what_was_allowed_without_it(string script, ScriptRules rules, ScriptError error) =>
        Assert.Equal(error, ScriptCheck.Run(Script.Parse(script), rules).Error);

    [Fact]
    public void What_grows_without_end_is_stopped()
    {
        Assert.Equal(ScriptError.ScriptSize, Run([.. Enumerable.Repeat((byte)Opcode.OP_NOP, 10_001)]));
        Assert.Equal(ScriptError.OperationCount, Run([0x51, .. Enumerable.Repeat((byte)Opcode.OP_NOP, 202)]));
        Assert.Equal(ScriptError.None, Run([0x51, .. Enumerable.Repeat((byte)Opcode.OP_NOP, 201)]));
        Assert.Equal(ScriptError.StackSize, Run([.. Enumerable.Repeat((byte)Opcode.OP_1, 1001)]));
        Assert.Equal(ScriptError.StackSize, Run([.. Enumerable.Repeat((byte)Opcode.OP_1, 990), .. Enumerable.Repeat((byte)Opcode.OP_3DUP, 4)]));
        Assert.Equal(ScriptError.None, Run([.. Enumerable.Repeat((byte)Opcode.OP_1, 1000)]));
        Assert.Equal(ScriptError.PushSize, Run(Script.Of(new byte[521]).ToBytes()));
        Assert.Equal(ScriptError.False, Run(Script.Of(new byte[520]).ToBytes()));
        Assert.Equal(ScriptError.Unbalanced, Run([.. Enumerable.Repeat((byte)Opcode.OP_1, 100), .. Enumerable.Repeat((byte)Opcode.OP_IF, 100)]));
        Assert.Equal(ScriptError.BadOpcode, Run([0x51, 0x4e, 0xff, 0xff, 0xff, 0xff]));

        static ScriptError Run(byte[] script) => ScriptCheck.Run(new Script(script)).Error;
    }

    [Fact]
    public void Random_scripts_end_and_are_written_as_they_are_read()
    {
        var (random, errors) = (new Rng(3), new HashSet<ScriptError>());
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Enumerable.Range(0, random.Next(40)).Select(_ => (byte)(random.Next(2) == 0 ? random.Next(0x51, 0xba) : random.Next(256)));
            var script = new Script([.. bytes]);
            errors.Add(ScriptCheck.Run(script, round % 2 == 0 ? ScriptRules.Consensus : ScriptRules.Policy).Error);
            var text = $"{script}";
            if (!text.Contains("[cut off: ", StringComparison.Ordinal)) Assert.Equal(script, Script.Parse(text));
        }

        Assert.True(errors.Count >= 15, string.Join(", ", errors));
    }

    [Fact]
    public void A_step_shows_the_instruction_and_the_stack()
    {
        var verdict = ScriptCheck.Run(Script.Parse("OP_2 OP_0 OP_IF OP_9 OP_ENDIF OP_3 OP_ADD OP_5 OP_NUMEQUAL"));

        Assert.Equal(
            """
            The output may be spent.
            OP_2 → 02
            OP_0 → 02 0
            OP_IF → 02
            OP_9 (passed over) → 02
            OP_ENDIF → 02
            OP_3 → 02 03
            OP_ADD → 05
            OP_5 → 05 05
            OP_NUMEQUAL → 01
            """.ReplaceLineEndings("\n"), $"{verdict}");
        Assert.Contains("OP_NUMEQUAL", verdict.ToMimeBundle().Html);
    }

    [Theory]
    [InlineData("OP_FOO", "“OP_FOO” is no instruction of a script; they are named as in OP_DUP or OP_CHECKSIG.")]
    [InlineData("OP_PUSHDATA1", "“OP_PUSHDATA1” is no instruction of a script; they are named as in OP_DUP or OP_CHECKSIG.")]
    [InlineData("abc", "“abc” is no word of a script; write the name of an instruction, as OP_DUP, or bytes to be pushed in hexadecimal, as 0102.")]
    [InlineData("PUSH:", "“PUSH:” is no word of a script; write the name of an instruction, as OP_DUP, or bytes to be pushed in hexadecimal, as 0102.")]
    public void A_text_that_is_no_script_is_refused(string text, string why) =>
        Assert.Equal(why, Assert.Throws<BitcoinException>(() => Script.Parse(text)).Message);

    [Fact]
    public void Signature_checks_are_counted_before_a_script_runs()
    {
        var script = Script.Parse("OP_CHECKSIG OP_CHECKSIGVERIFY OP_3 OP_CHECKMULTISIG OP_CHECKMULTISIG ac");

        Assert.Equal((42, 25), (script.SignatureChecks(exact: false), script.SignatureChecks(exact: true)));
    }
}
