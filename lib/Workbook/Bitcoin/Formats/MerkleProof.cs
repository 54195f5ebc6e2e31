using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>
/// What shows a client that has only headers that a transaction is in a block (§8): the hashes beside the path from the transaction to the root.
/// </summary>
/// <param name="Index">The transaction's number in the block, from 0: each bit says whether the path comes from the left or the right.</param>
/// <param name="Count">How many transactions the block has.</param>
/// <param name="Branch">The hashes beside the path, from the leaf's neighbour up.</param>
/// <remarks>
/// An inner node is the hash of 64 bytes, and so is the id of a transaction of 64 bytes: whoever can make bytes that are both can show what is
/// not in the block (CVE-2017-12842). Two bounds stand against it. A transaction of 64 bytes is never proved. And the path has just the
/// length that the count asks for; since the count is the word of whoever gives the proof, a client that wants to be sure asks for
/// the coinbase's proof too (<see cref="Fault(Transaction, BlockHeader, Transaction, MerkleProof)"/>): nobody can make 64 bytes that
/// are both a coinbase and two hashes.
/// </remarks>
[TypeFormatterSource]
public sealed record MerkleProof(int Index, int Count, IReadOnlyList<Hash256> Branch) : IDisplay
{
    /// <summary>How many bytes an inner node is the hash of.</summary>
    internal const int NodeSize = 2 * Hash256.Size;

    /// <summary>A block holds no more transactions: each weighs at least 240 of 4,000,000.</summary>
    internal const int MostTransactions = Block.MostWeight / (4 * 60);

    /// <summary>The root that a tree with this leaf at this place has.</summary>
    public Hash256 RootWith(Hash256 leaf)
    {
        var (node, place) = (leaf, Index);
        foreach (var beside in Branch)
        {
            node = (place & 1) == 0 ? Hash256.Twice(node, beside) : Hash256.Twice(beside, node);
            place >>= 1;
        }

        return node;
    }

    /// <summary>Whether the proof shows that the transaction is in the block of the header, taking the count on trust.</summary>
    public bool Proves(Transaction transaction, BlockHeader header) => Fault(transaction, header) is null;

    /// <summary>Why the proof does not show that the transaction is in the block, taking the count on trust; null when it does.</summary>
    public BitcoinException? Fault(Transaction transaction, BlockHeader header)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(header);
        if (Count < 1 || Count > MostTransactions) return Wrong($"is of a block of {Count} transactions; a block has 1 to {MostTransactions}");
        if (Index < 0 || Index >= Count) return Wrong($"is of transaction {Index}; the block has only {Count}, numbered from 0");
        var depth = MerkleTree.Depth(Count);
        if (Branch.Count != depth) return Wrong($"has {Branch.Count} hashes; over {Count} transactions there are {depth} levels");
        if (transaction.StrippedSize == NodeSize) return Wrong($"is of a transaction of {NodeSize} bytes, which could as well be a node of the tree");
        if (HasDuplicates(transaction.Txid)) return Wrong("has the same hash on both sides of a node where there are two");
        return RootWith(transaction.Txid) == header.MerkleRoot ? null : Wrong($"leads to the root {RootWith(transaction.Txid)}; the header has {header.MerkleRoot}");
    }

    /// <summary>As <see cref="Fault(Transaction, BlockHeader)"/>, with nothing taken on trust: the coinbase shows how deep the tree is.</summary>
    /// <param name="transaction">The transaction to be shown.</param>
    /// <param name="header">The block's header.</param>
    /// <param name="coinbase">The block's first transaction.</param>
    /// <param name="coinbaseProof">The proof that it is there.</param>
    public BitcoinException? Fault(Transaction transaction, BlockHeader header, Transaction coinbase, MerkleProof coinbaseProof)
    {
        ArgumentNullException.ThrowIfNull(coinbase);
        ArgumentNullException.ThrowIfNull(coinbaseProof);
        if (coinbaseProof.Fault(coinbase, header) is { } fault) return fault;
        if (!coinbase.IsCoinbase || coinbaseProof.Index != 0) return Wrong("comes with one that is not of the block's coinbase");
        return coinbaseProof.Branch.Count == Branch.Count ? Fault(transaction, header)
            : Wrong($"has {Branch.Count} hashes, and the coinbase's has {coinbaseProof.Branch.Count}; in one tree all leaves are equally deep");
    }

    /// <summary>Which transaction of how many, and the hashes beside its path.</summary>
    public override string ToString() => $"proof of transaction {Index} of {Count}{string.Concat(Branch.Select(hash => $"\n  {hash}"))}";

    /// <summary>The text.</summary>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>The last node of an odd level stands beside itself; nowhere else are two the same.</summary>
    private bool HasDuplicates(Hash256 leaf)
    {
        var (node, place, width) = (leaf, Index, Count);
        foreach (var beside in Branch)
        {
            var isAlone = (place ^ 1) >= width;
            if (node == beside != isAlone) return true;
            node = (place & 1) == 0 ? Hash256.Twice(node, beside) : Hash256.Twice(beside, node);
            (place, width) = (place >> 1, (width + 1) / 2);
        }

        return false;
    }

    private static BitcoinException Wrong(string what) => new(BitcoinError.MerkleProof, $"The proof {what}.");
}
