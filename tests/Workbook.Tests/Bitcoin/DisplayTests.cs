using Microsoft.DotNet.Interactive.Formatting;
using Workbook.Bitcoin;
using Workbook.Parts.Keys;

namespace Workbook.Tests.Bitcoin;

public sealed class DisplayTests
{
    [Fact]
    public void Values_at_the_end_of_a_cell_show_themselves_as_text()
    {
        var block = BitcoinData.Block(170);
        var payment = block.Transactions[1];
        object[] values =
        [
            block, block.Header, block.Hash, block.Header.Bits, block.Proof(1), payment, payment.Inputs[0], payment.Inputs[0].Previous,
            payment.Inputs[0].Witness,
            payment.Outputs[0], payment.Outputs[0].ScriptPubKey, Address.OfWitness(PrivateKey.FromText("Z").PublicKey), Coin.Of(payment, 0),
            Payment.Spend(Coin.Of(payment, 0)), new WalletKey(PrivateKey.FromText("Z")),
        ];

        Assert.All(values, value =>
        {
            Assert.Equal($"{value}", value.ToDisplayString("text/plain"));
            Assert.StartsWith("<pre", value.ToDisplayString("text/html"));
        });
    }

    [Fact]
    public void A_block_shows_its_header_and_its_transactions() => Assert.Equal(
        """
        block of 2 transactions, 490 bytes
        header 00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee
          version 1
          previous 000000002a22cfee1f2c846adbd12b3e183d4f97683f85dad08a79780a84bd55
          Merkle root 7dac2c5666815c17a3b36427de37bb9d2e2c5ccec3f8633eb91a4205cb4c10ff
          time 2009-01-12 03:30:25 UTC (1231731025)
          bits 1d00ffff
          nonce 1889418792
          coinbase b1fea52486ce0c62bb442b530a3f0132b826c74e473d1f2c220bfa78111c5082
          transaction f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16
        """.ReplaceLineEndings("\n"), $"{BitcoinData.Block(170)}");

    [Fact]
    public void A_verdict_shows_its_steps_with_long_items_shortened()
    {
        var verdict = ScriptCheck.Of(BitcoinData.Block(170).Transactions[1], 0, BitcoinData.Block(9).Transactions[0].Outputs[0]);

        Assert.StartsWith("The output may be spent.", verdict.ToDisplayString("text/plain"));
        Assert.Contains("OP_CHECKSIG", verdict.ToDisplayString("text/html"));
        Assert.Contains("…", verdict.ToDisplayString("text/html"));
        Assert.All(verdict.ToDisplayString("text/plain").Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }
}
