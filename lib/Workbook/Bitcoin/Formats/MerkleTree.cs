namespace Workbook.Bitcoin;

/// <summary>
/// The tree of hashes over a block's transactions (§7), leaves first: each node is the hash of its two children, and the last node of an odd
/// level is taken twice.
/// </summary>
public sealed class MerkleTree
{
    /// <summary>A tree over the ids of transactions.</summary>
    /// <exception cref="ArgumentException">There is no leaf.</exception>
    public MerkleTree(IReadOnlyList<Hash256> leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        if (leaves.Count == 0) throw new ArgumentException("A Merkle tree has at least one leaf; a block has at least its coinbase.", nameof(leaves));
        var levels = new List<IReadOnlyList<Hash256>> { leaves };
        while (levels[^1].Count > 1)
        {
            var below = levels[^1];
            var above = new Hash256[(below.Count + 1) / 2];
            for (var index = 0; index < above.Length; index++)
            {
                var (left, right) = (below[2 * index], below[Math.Min((2 * index) + 1, below.Count - 1)]);
                HasDuplicates |= left == right && (2 * index) + 1 < below.Count;
                above[index] = Hash256.Twice(left, right);
            }

            levels.Add(above);
        }

        Levels = levels;
    }

    /// <summary>The levels from the leaves up to the root.</summary>
    public IReadOnlyList<IReadOnlyList<Hash256>> Levels { get; }

    /// <summary>The root, which stands in the block's header.</summary>
    public Hash256 Root => Levels[^1][0];

    /// <summary>
    /// Whether two children of a node are the same and both really there. Then a shorter list, without the last leaves, has the same root, and
    /// the root does not say which of the two is meant (CVE-2012-2459): such a list is never the one of a block.
    /// </summary>
    public bool HasDuplicates { get; }

    /// <summary>The tree of a block's transactions.</summary>
    public static MerkleTree Of(IEnumerable<Transaction> transactions) => new([.. transactions.Select(transaction => transaction.Txid)]);

    /// <summary>How many levels of inner nodes stand over so many leaves, the root among them: 0 for one leaf.</summary>
    internal static int Depth(int leaves)
    {
        var depth = 0;
        for (; leaves > 1; leaves = (leaves + 1) / 2) depth++;
        return depth;
    }

    /// <summary>What shows a light client that a leaf is in the tree (§8).</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public MerkleProof Proof(int index)
    {
        var count = Levels[0].Count;
        if (index < 0 || index >= count) throw new ArgumentOutOfRangeException(nameof(index), $"The tree has {count} leaves; there is no leaf {index}.");
        var branch = new Hash256[Levels.Count - 1];
        for (var level = 0; level < branch.Length; level++)
            branch[level] = Levels[level][Math.Min((index >> level) ^ 1, Levels[level].Count - 1)];
        return new MerkleProof(index, count, branch);
    }
}
