using Workbook.Bitcoin;
using Workbook.Parts.Keys;

namespace Workbook.Tests.Bitcoin.Payments;

public sealed class PaymentTests
{
    private static readonly PrivateKey X = PrivateKey.FromText("X");
    private static readonly PrivateKey Y = PrivateKey.FromText("Y");
    private static readonly PrivateKey Z = PrivateKey.FromText("Z");
    private static readonly PrivateKey Q = PrivateKey.FromText("Q");

    /// <summary>T6 of the notes: X has a coin.</summary>
    private static readonly Transaction T6 = new(
        [new TxInput(OutPoint.Null, Script.Of(6, 824))], [new TxOutput(50.Bitcoins(), Address.Of(X.PublicKey).ScriptPubKey)]);

    /// <summary>The notes: X gives the coin to Y (T7), and Y pays Z with it (T8).</summary>
    [Fact]
    public void The_transactions_of_the_notes_are_signed_by_those_who_owned_the_coin()
    {
        var t7 = Payment.Spend(Coin.Of(T6, 0)).Pay(Address.Of(Y.PublicKey), 50.Bitcoins()).Sign(X);
        var t8 = Payment.Spend(Coin.Of(t7, 0)).Pay(Address.Of(Z.PublicKey), 10.Bitcoins()).Change(Address.Of(Y.PublicKey), fee: 1000).Sign(Y);

        Assert.Equal(T6.Output(0), t7.Inputs[0].Previous);
        Assert.True(ScriptCheck.Of(t7, 0, T6.Outputs[0], ScriptRules.Policy).IsValid);
        Assert.True(ScriptCheck.Of(t8, 0, t7.Outputs[0], ScriptRules.Policy).IsValid);
        Assert.Equal([10.Bitcoins(), 40.Bitcoins() - 1000], t8.Outputs.Select(output => output.Amount));
        Assert.Null(t8.Fault());
        Assert.Equal(t8, Transaction.Parse(t8.ToHex()));

        // A double spend looks just as good: signatures do not stop it.
        var toQ = Payment.Spend(Coin.Of(t7, 0)).Pay(Address.Of(Q.PublicKey), 50.Bitcoins()).Sign(Y);
        Assert.True(ScriptCheck.Of(toQ, 0, t7.Outputs[0], ScriptRules.Policy).IsValid);
        Assert.NotEqual(t8.Txid, toQ.Txid);
    }

    [Fact]
    public void Nobody_else_can_spend_a_coin_and_nobody_can_change_where_it_goes()
    {
        var t7 = Payment.Spend(Coin.Of(T6, 0)).Pay(Address.Of(Y.PublicKey), 50.Bitcoins()).Sign(X);
        var stolen = t7 with { Outputs = [new TxOutput(50.Bitcoins(), Address.Of(Q.PublicKey).ScriptPubKey)] };
        var forged = t7 with { Inputs = [t7.Inputs[0] with { ScriptSig = Script.Of(t7.Inputs[0].ScriptSig.Operations[0].Data, Q.PublicKey.ToBytes()) }] };

        Assert.Equal(ScriptError.False, ScriptCheck.Of(stolen, 0, T6.Outputs[0]).Error);
        Assert.Equal(ScriptError.EqualVerify, ScriptCheck.Of(forged, 0, T6.Outputs[0]).Error);
        Assert.Equal("The scriptPubKey says no at OP_EQUALVERIFY: the two items differ.", ScriptCheck.Of(forged, 0, T6.Outputs[0]).Reason);
        var refused = Assert.Throws<BitcoinException>(() => Payment.Spend(Coin.Of(T6, 0)).Pay(Address.Of(Q.PublicKey), 1).Sign(Q));
        Assert.Equal($"None of the 1 keys given is that of the coin 50 BTC in {T6.Output(0)}; give its owner's key to Sign.", refused.Message);
    }

    [Fact]
    public void Coins_of_all_everyday_kinds_are_signed_in_one_payment()
    {
        Script[] scripts =
        [
            StandardOutput.To(X.PublicKey), StandardOutput.To(X.PublicKey, compressed: false), Address.Of(Y.PublicKey).ScriptPubKey,
            Address.Of(Y.PublicKey, compressed: false).ScriptPubKey, Address.OfWitness(Z.PublicKey).ScriptPubKey,
            StandardOutput.ToHashOf(StandardOutput.ToWitnessOf(Q.PublicKey)), StandardOutput.ToAnyOf(2, X.PublicKey, Y.PublicKey, Q.PublicKey),
        ];
        var earlier = new Transaction([new TxInput(OutPoint.Null, Script.Of(7, 824))], [.. scripts.Select(script => new TxOutput(1.Bitcoins(), script))]);
        var coins = scripts.Select((_, index) => Coin.Of(earlier, index)).ToList();
        var payment = Payment.Spend(coins).Pay(Address.OfWitness(Y.PublicKey), 6.5.Bitcoins()).Wait(800_000);
        var signed = payment.Sign(Q, Z, Y, X);
        var check = new ScriptCheck(signed, ScriptRules.Policy);

        for (var index = 0; index < scripts.Length; index++)
        {
            Assert.Equal("The output may be spent.", check.Input(index, earlier.Outputs[index]).Reason);
            Assert.NotEqual(ScriptError.None, new ScriptCheck(signed with { LockTime = 1 }).Input(index, earlier.Outputs[index]).Error);
        }

        Assert.Equal(0.5.Bitcoins(), payment.Fee);
        Assert.True(signed.HasWitness);
        Assert.Equal(signed.ToHex(), Transaction.Parse(signed.ToHex()).ToHex());
        Assert.Equal(signed.ToHex(), payment.Sign(X, Y, Z, Q).ToHex());
    }

    [Fact]
    public void A_witness_leaves_the_id_as_it_was_before_signing()
    {
        var earlier = T6 with { Outputs = [new TxOutput(50.Bitcoins(), Address.OfWitness(X.PublicKey).ScriptPubKey)] };
        var payment = Payment.Spend(Coin.Of(earlier, 0)).Pay(Address.OfWitness(Y.PublicKey), 49.Bitcoins());

        Assert.Equal(payment.Unsigned.Txid, payment.Sign(X).Txid);
        Assert.NotEqual(payment.Unsigned.Txid, payment.Sign(X).Wtxid);
    }

    [Fact]
    public void A_payment_that_cannot_be_is_refused_in_a_sentence()
    {
        var payment = Payment.Spend(Coin.Of(T6, 0));
        var address = Address.Of(Y.PublicKey);

        Assert.Equal("The coins hold 50 BTC, and 50.00000001 BTC are to be paid; spend more coins or pay less.", Why(() => payment.Pay(address, 50.Bitcoins() + 1)));
        Assert.Equal("0 BTC cannot be paid; an amount is above zero and at most 21,000,000 BTC.", Why(() => payment.Pay(address, 0)));
        Assert.Equal("0.00001 BTC are left, and the fee is 0.00002 BTC; spend more coins or pay less.", Why(() => payment.Pay(address, 50.Bitcoins() - 1000).Change(address, fee: 2000)));
        Assert.Equal("The payment pays nobody; call Pay before Sign.", Why(() => payment.Sign(X)));
        Assert.Throws<ArgumentException>(() => Payment.Spend(Coin.Of(T6, 0), Coin.Of(T6, 0)));
        Assert.Throws<ArgumentException>(() => Payment.Spend());
        Assert.Throws<ArgumentOutOfRangeException>(() => Coin.Of(T6, 1));
        Assert.Equal(1500, payment.Pay(address, 50.Bitcoins() - 1500).Change(address, fee: 1000).Fee);

        static string Why(Action act) => Assert.Throws<BitcoinException>(act).Message;
    }
}
