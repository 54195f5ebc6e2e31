using Workbook.Bitcoin;
using Workbook.Parts.Keys;

namespace Workbook.Tests.Bitcoin.Scripts;

public sealed class SpendingTests
{
    private static readonly PrivateKey X = PrivateKey.FromText("X");
    private static readonly PrivateKey Y = PrivateKey.FromText("Y");
    private static readonly PrivateKey Z = PrivateKey.FromText("Z");

    [Fact]
    public void Two_of_three_keys_sign_in_their_order()
    {
        var script = StandardOutput.ToAnyOf(2, X.PublicKey, Y.PublicKey, Z.PublicKey);

        Assert.Equal(ScriptError.None, Spend(script, spend => Script.Of(0, Signed(spend, script, X), Signed(spend, script, Z)), ScriptRules.Policy));
        Assert.Equal(ScriptError.False, Spend(script, spend => Script.Of(0, Signed(spend, script, Z), Signed(spend, script, X))));
        Assert.Equal(ScriptError.False, Spend(script, spend => Script.Of(0, Signed(spend, script, X), Signed(spend, script, X))));
        Assert.Equal(ScriptError.NullDummy, Spend(script, spend => Script.Of(1, Signed(spend, script, X), Signed(spend, script, Y))));
        Assert.Equal(ScriptError.NullFail, Spend(script, spend => Script.Of(0, Signed(spend, script, Z), Signed(spend, script, X)), ScriptRules.Policy));
        Assert.Equal(ScriptError.StackEmpty, Spend(script, spend => Script.Of(Signed(spend, script, X), Signed(spend, script, Y))));
    }

    [Fact]
    public void An_output_to_the_hash_of_a_script_runs_that_script()
    {
        var redeem = StandardOutput.ToAnyOf(1, X.PublicKey, Y.PublicKey);
        var script = StandardOutput.ToHashOf(redeem);

        Assert.Equal(ScriptError.None, Spend(script, spend => Script.Of(0, Signed(spend, redeem, Y), redeem.ToBytes()), ScriptRules.Policy));
        Assert.Equal(ScriptError.False, Spend(script, spend => Script.Of(0, Signed(spend, redeem, Z), redeem.ToBytes())));
        Assert.Equal(ScriptError.False, Spend(script, _ => Script.Of(0, StandardOutput.To(Z.PublicKey).ToBytes())));
        Assert.Equal(ScriptError.PushOnly, Spend(script, spend => Script.Of(0, Signed(spend, redeem, Y), Opcode.OP_NOP, redeem.ToBytes())));

        // Before BIP 16 the right script was all that was asked for.
        Assert.Equal(ScriptError.None, Spend(script, _ => Script.Of(redeem.ToBytes()), ScriptRules.None));
    }

    [Fact]
    public void A_witness_unlocks_the_hash_of_a_script_and_that_only()
    {
        var inner = StandardOutput.ToAnyOf(2, X.PublicKey, Y.PublicKey);
        var script = StandardOutput.ToWitnessOf(inner);
        var nested = StandardOutput.ToHashOf(script);
        ReadOnlyMemory<byte> none = default;

        Assert.Equal(ScriptError.None, Spend(script, _ => Script.Empty, ScriptRules.Policy, Both));
        Assert.Equal(ScriptError.None, Spend(nested, _ => Script.Of(script.ToBytes()), ScriptRules.Policy, Both));
        Assert.Equal(ScriptError.WitnessMalleated, Spend(script, _ => Script.Of(1), witness: Both));
        Assert.Equal(ScriptError.WitnessMalleatedScriptHash, Spend(nested, _ => Script.Of(1, script.ToBytes()), witness: Both));
        Assert.Equal(ScriptError.WitnessEmpty, Spend(script, _ => Script.Empty));
        Assert.Equal(ScriptError.WitnessMismatch, Spend(script, _ => Script.Empty, witness: _ => new Witness(none, StandardOutput.To(X.PublicKey).ToBytes())));
        Assert.Equal(ScriptError.False, Spend(script, _ => Script.Empty, witness: spend => Signers(spend, 49)));
        Assert.Equal(ScriptError.WitnessUnexpected, Spend(Script.Parse("OP_1"), _ => Script.Empty, witness: Both));
        Assert.Equal(ScriptError.WitnessLength, Spend(Script.Of(0, Hash256.Twice([1]).ToBytes()[..21]), _ => Script.Empty, witness: Both));
        Assert.Equal(ScriptError.FutureWitness, Spend(Script.Of(1, Hash256.Twice([1]).ToBytes()), _ => Script.Empty, ScriptRules.Policy, Both));
        Assert.Equal(ScriptError.None, Spend(Script.Of(1, Hash256.Twice([1]).ToBytes()), _ => Script.Empty, witness: Both));

        Witness Both(Transaction spend) => Signers(spend, 50);

        Witness Signers(Transaction spend, long amount) => new(none, Witnessed(spend, inner, X, amount), Witnessed(spend, inner, Y, amount), inner.ToBytes());
    }

    [Fact]
    public void A_signature_signs_only_what_stands_behind_the_last_separator_that_ran()
    {
        var script = Script.Of(Opcode.OP_NOP, Opcode.OP_CODESEPARATOR, X.PublicKey.ToBytes(), Opcode.OP_CHECKSIG);
        var behind = new Script(script.Span[2..]);

        Assert.Equal(ScriptError.None, Spend(script, spend => Script.Of(Signed(spend, behind, X))));
        Assert.Equal(ScriptError.False, Spend(script, spend => Script.Of(Signed(spend, script, X))));
        Assert.Equal(ScriptError.CodeSeparator, Spend(script, spend => Script.Of(Signed(spend, behind, X)), ScriptRules.Policy));
    }

    [Fact]
    public void A_signature_that_stands_in_the_script_is_taken_out_before_it_is_checked()
    {
        // It cannot sign itself: what is signed with the type NONE|ANYONECANPAY is known before the output's script is.
        var key = X.PublicKey.ToBytes();
        var rest = Script.Of(key, Opcode.OP_CHECKSIG);
        var spend = new Transaction([new TxInput(new OutPoint(Hash256.Twice([1]), 0), Script.Empty)], [new TxOutput(1, Script.Empty)]);
        var signature = Signed(spend, rest, X);
        var script = new Script([.. Script.Of(signature).Span, .. rest.Span]);

        Assert.Equal(ScriptError.None, ScriptCheck.Of(spend, 0, new TxOutput(50, script)).Error);
        Assert.Equal(ScriptError.FindAndDelete, ScriptCheck.Of(spend, 0, new TxOutput(50, script), ScriptRules.Policy).Error);
    }

    [Theory]
    [InlineData(100, 100u, 0u, ScriptError.None)]
    [InlineData(100, 99u, 0u, ScriptError.LockTime)]
    [InlineData(100, 100u, TxInput.Final, ScriptError.LockTime)]
    [InlineData(100, 500_000_100u, 0u, ScriptError.LockTime)]
    [InlineData(500_000_100, 500_000_100u, 0u, ScriptError.None)]
    public void An_output_can_be_locked_until_a_height_or_a_time(long until, uint lockTime, uint sequence, ScriptError error)
    {
        var script = Script.Of(until, Opcode.OP_CHECKLOCKTIMEVERIFY);
        var input = new TxInput(new OutPoint(Hash256.Twice([1]), 0), Script.Empty, sequence);
        var spend = new Transaction([input], [new TxOutput(1, Script.Empty)], lockTime: lockTime);

        Assert.Equal(error, ScriptCheck.Of(spend, 0, new TxOutput(50, script)).Error);
    }

    [Theory]
    [InlineData(10, 10u, 2, ScriptError.None)]
    [InlineData(10, 9u, 2, ScriptError.LockTime)]
    [InlineData(10, 10u, 1, ScriptError.LockTime)]
    [InlineData(10, 0x8000000au, 2, ScriptError.LockTime)]
    [InlineData(10, 0x40000au, 2, ScriptError.LockTime)]
    [InlineData(0x40000a, 0x40000bu, 2, ScriptError.None)]
    [InlineData(0x8000000a, 0u, 2, ScriptError.None)]
    public void An_output_can_be_locked_for_so_many_blocks_after_it_was_made(long time, uint sequence, int version, ScriptError error)
    {
        var script = Script.Of(time, Opcode.OP_CHECKSEQUENCEVERIFY, Opcode.OP_DROP, 1);
        var spend = new Transaction([new TxInput(new OutPoint(Hash256.Twice([1]), 0), Script.Empty, sequence)], [new TxOutput(1, Script.Empty)], version);

        Assert.Equal(error, ScriptCheck.Of(spend, 0, new TxOutput(50, script)).Error);
    }

    [Fact]
    public void Old_signatures_may_have_the_higher_s_and_new_ones_are_not_passed_on_with_it()
    {
        var script = StandardOutput.To(X.PublicKey);

        Assert.Equal(ScriptError.None, Spend(script, spend => Script.Of(High(spend))));
        Assert.Equal(ScriptError.SignatureHighS, Spend(script, spend => Script.Of(High(spend)), ScriptRules.Policy));
        Assert.Equal(ScriptError.SignatureType, Spend(script, spend => Script.Of(Signed(spend, script, X, 0x21)), ScriptRules.Policy));
        Assert.Equal(ScriptError.None, Spend(script, spend => Script.Of(Signed(spend, script, X, 0x21))));

        byte[] High(Transaction spend) => [.. EcdsaSignature.ParseDer(Signed(spend, script, X).AsSpan(..^1)).WithOtherS().ToDer(), 1];
    }

    [Fact]
    public void Signature_checks_are_counted_before_anything_runs()
    {
        var two = StandardOutput.ToAnyOf(2, X.PublicKey, Y.PublicKey, Z.PublicKey);
        TxOutput[] spent =
        [
            new(1, StandardOutput.ToHashOf(X.PublicKey)), new(1, StandardOutput.ToWitnessOf(X.PublicKey)), new(1, StandardOutput.ToHashOf(two)),
            new(1, StandardOutput.ToWitnessOf(two)), new(1, StandardOutput.ToHashOf(StandardOutput.ToWitnessOf(X.PublicKey))),
        ];
        var inputs = spent.Select((_, index) => new TxInput(new OutPoint(Hash256.Zero, (uint)index), Script.Empty)).ToArray();
        inputs[2] = inputs[2] with { ScriptSig = Script.Of(0, two.ToBytes()) };
        inputs[3] = inputs[3] with { Witness = new Witness(two.ToBytes()) };
        inputs[4] = inputs[4] with { ScriptSig = Script.Of(StandardOutput.ToWitnessOf(X.PublicKey).ToBytes()) };
        var spend = new Transaction(inputs, [new TxOutput(1, StandardOutput.ToHashOf(Y.PublicKey)), new TxOutput(1, two)]);

        // Outputs 4 and 80, then 0, 1, 12, 3 and 1 for what is spent.
        Assert.Equal(84 + 17, SignatureCheckCost.Of(spend, spent));
        Assert.Throws<ArgumentException>(() => SignatureCheckCost.Of(spend));
    }

    private static ScriptError Spend(
        Script script, Func<Transaction, Script> unlock, ScriptRules rules = ScriptRules.Consensus, Func<Transaction, Witness>? witness = null)
    {
        var bare = new Transaction([new TxInput(new OutPoint(Hash256.Twice([1]), 0), Script.Empty)], [new TxOutput(49, StandardOutput.To(Z.PublicKey))]);
        var spend = bare with { Inputs = [bare.Inputs[0] with { ScriptSig = unlock(bare), Witness = witness?.Invoke(bare) ?? Witness.Empty }] };
        return ScriptCheck.Of(spend, 0, new TxOutput(50, script), rules).Error;
    }

    private static byte[] Signed(Transaction spend, Script script, PrivateKey key, byte type = 1) =>
        [.. key.Sign(SignatureHash.Legacy(spend, 0, script.Span, type).ToBytes()).ToDer(), type];

    private static ReadOnlyMemory<byte> Witnessed(Transaction spend, Script script, PrivateKey key, long amount) =>
        (byte[])[.. key.Sign(SignatureHash.Witness(spend, 0, script.Span, amount, 1).ToBytes()).ToDer(), 1];
}
