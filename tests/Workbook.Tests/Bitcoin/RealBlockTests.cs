using System.Security.Cryptography;
using Workbook.Bitcoin;
using Workbook.Tests.House;

namespace Workbook.Tests.Bitcoin;

public sealed class RealBlockTests
{
    /// <summary>Height, hash and how many transactions: the facts that data/bitcoin/README.md names.</summary>
    public static TheoryData<int, string, int> Known => new()
    {
        { 0, "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f", 1 },
        { 1, "00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048", 1 },
        { 2, "000000006a625f06636b8bb6ac7b960a8d03705d1ace08b1a19da3fdcc99ddbd", 1 },
        { 9, "000000008d9dc510f23c2657fc4f67bea30078cc05a90eb89e84cc475c080805", 1 },
        { 170, "00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee", 2 },
        { 100_000, "000000000003ba27aa200b1cecaad478d2b00432346c3f1f3986da1afd33e506", 4 },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void A_real_block_is_read_and_written_byte_for_byte_and_is_what_its_hash_says(int height, string hash, int transactions)
    {
        var hex = BitcoinData.Hex(height).ReplaceLineEndings("");
        var block = BitcoinData.Block(height);

        Assert.Equal(hex, block.ToHex());
        Assert.Equal(hash, $"{block.Hash}");
        Assert.Equal(transactions, block.Transactions.Count);
        Assert.Equal(block.Header.MerkleRoot, block.MerkleTree.Root);
        Assert.True(block.Header.HasProofOfWork);
        Assert.Null(block.Fault());
        Assert.Equal((hex.Length / 2, 4 * block.Size), (block.Size, block.Weight));
    }

    [Fact]
    public void The_files_are_those_whose_checksums_are_written_beside_them()
    {
        var guide = Repository.Text("data/bitcoin/README.md");

        foreach (var height in BitcoinData.Heights)
        {
            var file = File.ReadAllBytes(Repository.FullPath($"data/bitcoin/block-{height}.hex"));
            Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(file)), guide);
            Assert.Contains($"{BitcoinData.Block(height).Hash}", guide);
        }
    }

    [Fact]
    public void A_block_that_is_not_here_is_asked_for_in_vain() => Assert.Equal(
        "Block 3 is not among the blocks here; there are 0, 1, 2, 9, 170, 100000. (Parameter 'height')",
        Assert.Throws<ArgumentException>(() => BitcoinData.Block(3)).Message);

    [Fact]
    public void The_first_coinbase_holds_a_headline() => Assert.Contains("The Times 03/Jan/2009 Chancellor on brink of second bailout for banks",
        System.Text.Encoding.ASCII.GetString(BitcoinData.Block(0).Transactions[0].Inputs[0].ScriptSig.Span));

    [Fact]
    public void The_first_payment_is_signed_by_the_key_that_block_9_paid()
    {
        var coinbase = BitcoinData.Block(9).Transactions[0];
        var payment = BitcoinData.Block(170).Transactions[1];

        Assert.Equal(coinbase.Output(0), payment.Inputs[0].Previous);
        Assert.Equal((10.Bitcoins(), 40.Bitcoins()), (payment.Outputs[0].Amount, payment.Outputs[1].Amount));
        Assert.Equal(OutputKind.PublicKey, StandardOutput.KindOf(coinbase.Outputs[0].ScriptPubKey));
        var verdict = ScriptCheck.Of(payment, 0, coinbase.Outputs[0], ScriptRules.Policy);
        Assert.True(verdict.IsValid, verdict.Reason);
        Assert.Equal(["scriptSig", "scriptPubKey", "scriptPubKey"], verdict.Steps.Select(step => step.Script));
    }

    [Fact]
    public void The_first_payment_changed_by_a_satoshi_is_not_signed()
    {
        var coinbase = BitcoinData.Block(9).Transactions[0];
        var payment = BitcoinData.Block(170).Transactions[1];
        var changed = payment with { Outputs = [payment.Outputs[0] with { Amount = payment.Outputs[0].Amount + 1 }, payment.Outputs[1]] };

        Assert.NotEqual(payment.Txid, changed.Txid);
        Assert.Equal(ScriptError.False, ScriptCheck.Of(changed, 0, coinbase.Outputs[0]).Error);
        Assert.Equal("The scriptPubKey says no: it ends with false on top of the stack, or with nothing.", ScriptCheck.Of(changed, 0, coinbase.Outputs[0]).Reason);
    }

    [Fact]
    public void The_signatures_of_block_100000_are_by_the_keys_that_stand_beside_them()
    {
        foreach (var payment in BitcoinData.Block(100_000).Transactions.Skip(1))
        {
            for (var index = 0; index < payment.Inputs.Count; index++)
            {
                // An output to the hash of a key: who spends it brings the key, and so the output's script follows.
                var hash = Ripemd160.Hash160(payment.Inputs[index].ScriptSig.Operations[1].Data.Span);
                var spent = new TxOutput(0, Script.Of(Opcode.OP_DUP, Opcode.OP_HASH160, hash, Opcode.OP_EQUALVERIFY, Opcode.OP_CHECKSIG));

                Assert.Equal(ScriptError.None, ScriptCheck.Of(payment, index, spent).Error);
                Assert.Equal(ScriptError.False, ScriptCheck.Of(payment with { LockTime = 1 }, index, spent).Error);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void A_single_bit_flipped_is_refused_and_named(int height, string hash, int transactions)
    {
        var bytes = BitcoinData.Block(height).ToBytes();
        var errors = new Dictionary<BitcoinError, int>();
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            var fault = FaultOf(bytes);
            Assert.True(fault is not null, $"Bit {bit} of block {height} was flipped, and nothing is wrong with it.");
            errors[fault.Error] = errors.GetValueOrDefault(fault.Error) + 1;
            if (bit < 8 * BlockHeader.Size)
            {
                Assert.NotEqual(hash, $"{BlockHeader.Parse(bytes.AsSpan(0, BlockHeader.Size)).Hash}");
                Assert.Contains(fault.Error, (BitcoinError[])[BitcoinError.ProofOfWork, BitcoinError.BadTarget]);
            }

            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(errors[BitcoinError.MerkleRoot] > 100 * transactions);
        Assert.All(errors.Keys, error => Assert.Contains(error, (BitcoinError[])[
            BitcoinError.ProofOfWork, BitcoinError.BadTarget, BitcoinError.MerkleRoot, BitcoinError.Truncated, BitcoinError.Overlong,
            BitcoinError.CountTooLarge, BitcoinError.NotMinimal, BitcoinError.WitnessForm]));
    }

    private static BitcoinException? FaultOf(byte[] bytes)
    {
        try
        {
            return Block.Parse(bytes).Fault();
        }
        catch (BitcoinException refused)
        {
            return refused;
        }
    }
}
