using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Formats;

public sealed class MerkleTests
{
    [Fact]
    public void Every_transaction_of_a_real_block_is_proved_by_two_hashes()
    {
        var block = BitcoinData.Block(100_000);

        for (var index = 0; index < block.Transactions.Count; index++)
        {
            var proof = block.Proof(index);
            Assert.Equal(2, proof.Branch.Count);
            Assert.Null(proof.Fault(block.Transactions[index], block.Header));
            Assert.Null(proof.Fault(block.Transactions[index], block.Header, block.Transactions[0], block.Proof(0)));
            Assert.False(proof.Proves(block.Transactions[(index + 1) % 4], block.Header));
            Assert.False(proof.Proves(block.Transactions[index], BitcoinData.Block(170).Header));
        }
    }

    [Fact]
    public void Each_leaf_of_a_tree_of_any_size_is_proved_and_a_changed_proof_is_not()
    {
        for (var count = 1; count <= 40; count++)
        {
            var leaves = Leaves(count);
            var tree = new MerkleTree([.. leaves.Select(leaf => leaf.Txid)]);
            var header = Header(tree.Root);
            Assert.False(tree.HasDuplicates);
            for (var index = 0; index < count; index++)
            {
                var proof = tree.Proof(index);
                Assert.Null(proof.Fault(leaves[index], header));
                for (var level = 0; level < proof.Branch.Count; level++)
                {
                    var branch = proof.Branch.ToArray();
                    branch[level] = Hash256.Twice([7]);
                    Assert.False((proof with { Branch = branch }).Proves(leaves[index], header));
                }

                Assert.False((proof with { Index = index ^ 1 }).Proves(leaves[index], header) && count > 1);
                Assert.False((proof with { Branch = [.. proof.Branch, Hash256.Zero] }).Proves(leaves[index], header));
            }
        }
    }

    /// <summary>CVE-2012-2459: the last leaves of three, taken twice, have the root of the three.</summary>
    [Fact]
    public void Repeated_leaves_have_the_root_of_the_shorter_list_and_are_noticed()
    {
        var three = Leaves(3).Select(leaf => leaf.Txid).ToList();
        var four = new MerkleTree([.. three, three[2]]);

        Assert.Equal(new MerkleTree(three).Root, four.Root);
        Assert.True(four.HasDuplicates);
        Assert.False(new MerkleTree(three).HasDuplicates);
        var six = Leaves(6).Select(leaf => leaf.Txid).ToList();
        Assert.True(new MerkleTree([.. six, six[4], six[5]]).HasDuplicates);
    }

    [Fact]
    public void A_block_that_repeats_transactions_at_its_end_is_refused_though_its_root_fits()
    {
        var block = BitcoinData.Block(100_000);
        var three = block with { Transactions = [.. block.Transactions.Take(3)] };
        var fitting = three with { Header = three.Header with { MerkleRoot = three.MerkleTree.Root } };
        var longer = fitting with { Transactions = [.. fitting.Transactions, fitting.Transactions[2]] };

        Assert.Null(fitting.Fault(proofOfWork: false));
        Assert.Equal(BitcoinError.MerkleDuplicate, longer.Fault(proofOfWork: false)?.Error);
    }

    /// <summary>
    /// CVE-2017-12842: a transaction of 64 bytes stands in the block, and its second half is the id of one that does not. Taken for a node,
    /// it proves that one, a level deeper.
    /// </summary>
    [Fact]
    public void A_transaction_that_poses_as_a_node_proves_nothing()
    {
        var wished = Leaves(1)[0];
        byte[] bytes = [.. Sixty().AsSpan(0, 32), .. wished.Txid.ToBytes()];
        var posing = Hash256.Twice(bytes);
        var coinbase = Leaves(2)[1] with { Inputs = [new TxInput(OutPoint.Null, Script.Of(1, 2, 3))] };
        var tree = new MerkleTree([coinbase.Txid, posing]);
        var header = Header(tree.Root);
        var forged = new MerkleProof(3, 4, [new Hash256(bytes.AsSpan(0, 32)), coinbase.Txid]);

        Assert.Equal(tree.Root, forged.RootWith(wished.Txid));
        // The count is the word of whoever forged it; the coinbase's own proof gives it away.
        Assert.True(forged.Proves(wished, header));
        Assert.Equal("The proof has 2 hashes, and the coinbase's has 1; in one tree all leaves are equally deep.",
            forged.Fault(wished, header, coinbase, tree.Proof(0))?.Message);
        Assert.Equal(BitcoinError.MerkleProof, (forged with { Count = 2, Index = 1 }).Fault(wished, header)?.Error);
    }

    [Fact]
    public void A_transaction_of_64_bytes_is_never_proved()
    {
        var small = Transaction.Parse(Sixty());
        var tree = new MerkleTree([small.Txid, Hash256.Zero]);

        Assert.Equal(64, small.StrippedSize);
        Assert.Equal("The proof is of a transaction of 64 bytes, which could as well be a node of the tree.", tree.Proof(0).Fault(small, Header(tree.Root))?.Message);
    }

    [Theory]
    [InlineData(0, 0, "The proof is of a block of 0 transactions; a block has 1 to 16666.")]
    [InlineData(0, 2_000_000_000, "The proof is of a block of 2000000000 transactions; a block has 1 to 16666.")]
    [InlineData(5, 4, "The proof is of transaction 5; the block has only 4, numbered from 0.")]
    [InlineData(-1, 4, "The proof is of transaction -1; the block has only 4, numbered from 0.")]
    [InlineData(0, 5, "The proof has 2 hashes; over 5 transactions there are 3 levels.")]
    public void A_proof_of_a_wrong_shape_says_so(int index, int count, string why)
    {
        var block = BitcoinData.Block(100_000);

        Assert.Equal(why, (block.Proof(0) with { Index = index, Count = count }).Fault(block.Transactions[0], block.Header)?.Message);
    }

    private static List<Transaction> Leaves(int count) => [.. Enumerable.Range(0, count).Select(number =>
        new Transaction([new TxInput(new OutPoint(Hash256.Twice([(byte)number]), 0), Script.Empty)], [new TxOutput(number, Script.Of(Opcode.OP_1, 100_000))]))];

    private static BlockHeader Header(Hash256 root) => new(1, Hash256.Zero, root, 0, CompactTarget.Easiest, 0);

    /// <summary>A transaction of 64 bytes: one input without a script, one output with a script of four bytes.</summary>
    private static byte[] Sixty() => new Transaction(
        [new TxInput(new OutPoint(Hash256.Twice([1]), 0), Script.Empty)], [new TxOutput(1, Script.FromHex("51515151"))]).ToBytes();
}
