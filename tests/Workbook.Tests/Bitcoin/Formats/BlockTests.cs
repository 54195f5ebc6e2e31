using Workbook.Bitcoin;
using Workbook.Parts.Keys;
using Workbook.Sim;

namespace Workbook.Tests.Bitcoin.Formats;

public sealed class BlockTests
{
    private static readonly PrivateKey X = PrivateKey.FromText("X");

    [Fact]
    public void What_is_wrong_with_a_block_by_itself_is_named()
    {
        var block = BitcoinData.Block(170);
        var (coinbase, payment) = (block.Transactions[0], block.Transactions[1]);
        var checks = new Script([.. Enumerable.Repeat((byte)Opcode.OP_CHECKSIG, 20_000)]);
        (Block Block, BitcoinError Error)[] wrong =
        [
            (Rooted(payment), BitcoinError.Coinbase),
            (Rooted(coinbase, payment, coinbase with { LockTime = 1 }), BitcoinError.Coinbase),
            (Rooted(coinbase, payment with { Outputs = [] }), BitcoinError.NoOutputs),
            (Rooted(coinbase, payment with { Outputs = [new TxOutput(1, new Script(new byte[999_950]))] }), BitcoinError.Weight),
            (Rooted(coinbase, payment with { Outputs = [new TxOutput(1, checks)] }), BitcoinError.SignatureChecks),
            (block with { Transactions = [coinbase] }, BitcoinError.MerkleRoot),
            (block with { Transactions = [] }, BitcoinError.Coinbase),
        ];

        Assert.Null(Rooted(coinbase, payment).Fault(proofOfWork: false));
        Assert.All(wrong, one => Assert.Equal(one.Error, one.Block.Fault(proofOfWork: false)?.Error));
        Assert.Equal(BitcoinError.ProofOfWork, (block with { Header = block.Header with { Nonce = 1 } }).Fault()?.Error);
        Assert.Equal(BitcoinError.BadTarget, (block with { Header = block.Header with { Bits = new CompactTarget(0) } }).Fault()?.Error);
        Assert.Equal(BitcoinError.ProofOfWork, Assert.Throws<BitcoinException>(() => (block with { Header = block.Header with { Nonce = 1 } }).Check()).Error);
    }

    [Fact]
    public void The_height_stands_at_the_beginning_of_the_coinbase()
    {
        foreach (var height in (int[])[0, 1, 16, 17, 127, 128, 255, 256, 32_767, 32_768, 227_931, 800_000, 8_388_608])
        {
            var block = Rooted(new Transaction([new TxInput(OutPoint.Null, Script.Of(height, 99))], [new TxOutput(1, Script.Empty)]));

            Assert.Null(block.HeightFault(height));
            Assert.Equal(height, block.CoinbaseHeight);
            Assert.Equal(BitcoinError.CoinbaseHeight, block.HeightFault(height + 1)?.Error);
        }

        // The first real one with its height: 227,931 is pushed as three bytes.
        Assert.Equal("035b7a03", Script.Of(227_931).ToHex());
        Assert.EndsWith("is at height 170, but its coinbase does not begin with 02aa00, which is that number as a script pushes it.",
            BitcoinData.Block(170).HeightFault(170)?.Message);
    }

    /// <summary>BIP 141: the tree over the ids with witnesses, the coinbase's taken as zero, and the value in the coinbase's witness.</summary>
    [Fact]
    public void Witnesses_must_be_those_that_the_coinbase_commits_to()
    {
        var address = Address.OfWitness(X.PublicKey);
        var earlier = new Transaction([new TxInput(OutPoint.Null, Script.Of(1, 1))], [new TxOutput(50.Bitcoins(), address.ScriptPubKey)]);
        var payment = Payment.Spend(Coin.Of(earlier, 0)).Pay(address, 50.Bitcoins()).Sign(X);
        var value = Hash256.Twice([5]);
        var root = new MerkleTree([Hash256.Zero, payment.Wtxid]).Root;
        var bare = new Transaction([new TxInput(OutPoint.Null, Script.Of(2, 1))], [new TxOutput(50.Bitcoins(), Script.Empty)]);
        byte[] commitment = [0xaa, 0x21, 0xa9, 0xed, .. Hash256.Twice(root, value).ToBytes()];
        var coinbase = bare with
        {
            Inputs = [bare.Inputs[0] with { Witness = new Witness(value.ToBytes()) }],
            Outputs = [.. bare.Outputs, new TxOutput(0, Script.Of(Opcode.OP_RETURN, commitment))],
        };
        var good = Rooted(coinbase, payment);
        var other = payment with { Inputs = [payment.Inputs[0] with { Witness = new Witness(new byte[1], new byte[33]) }] };

        Assert.Null(good.Fault(proofOfWork: false));
        Assert.Equal(good.ToHex(), Block.Parse(good.ToHex()).ToHex());
        Assert.Equal(good, Block.Parse(good.ToHex()));
        Assert.Equal(good.Header.MerkleRoot, Rooted(coinbase, other).Header.MerkleRoot);
        Assert.Equal(BitcoinError.WitnessCommitment, Rooted(coinbase, other).Fault(proofOfWork: false)?.Error);
        Assert.Equal(BitcoinError.WitnessCommitment, Rooted(bare, payment).Fault(proofOfWork: false)?.Error);
        Assert.Equal(BitcoinError.WitnessCommitment, Rooted(coinbase with { Inputs = bare.Inputs }, payment).Fault(proofOfWork: false)?.Error);
    }

    [Fact]
    public void Random_bytes_behind_a_header_are_refused_and_cost_little()
    {
        var random = new Rng(11);
        var header = BitcoinData.Block(9).Header.ToBytes();
        for (var round = 0; round < 3_000; round++)
        {
            byte[] bytes = [.. header, .. Enumerable.Range(0, random.Next(300)).Select(_ => (byte)(random.Next(4) == 0 ? 0xfe : random.Next(256)))];
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<BitcoinException>(() => Block.Parse(bytes));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        }
    }

    [Theory]
    [InlineData("0.00000001 BTC", 1)]
    [InlineData("10 BTC", 1_000_000_000)]
    [InlineData("21,000,000 BTC", Money.Most)]
    [InlineData("-0.5 BTC", -50_000_000)]
    public void Amounts_are_written_in_bitcoins(string text, long satoshis) => Assert.Equal(text, Money.Text(satoshis));

    [Fact]
    public void Bitcoins_are_whole_numbers_of_satoshis()
    {
        Assert.Equal((50_000_000L, 50_000_000L, 5_000_000_000L), (0.5.Bitcoins(), 0.5m.Bitcoins(), 50.Bitcoins()));
        Assert.Throws<ArgumentException>(() => 0.000000001m.Bitcoins());
    }

    private static Block Rooted(params Transaction[] transactions) =>
        new(BitcoinData.Block(170).Header with { MerkleRoot = MerkleTree.Of(transactions).Root }, transactions);
}
