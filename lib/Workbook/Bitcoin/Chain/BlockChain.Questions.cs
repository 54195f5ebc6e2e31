namespace Workbook.Bitcoin;

/// <summary>What wallets, miners and other peers ask a chain.</summary>
public sealed partial class BlockChain
{
    /// <summary>The block at a height of the chain.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The chain has no such height.</exception>
    public KnownBlock this[int height] => height >= 0 && height <= Height ? _chain[height]
        : throw new ArgumentOutOfRangeException(nameof(height), $"The chain has heights 0 to {Height}; there is no height {height}.");

    /// <summary>The block of a hash, in the chain or on another branch; null if it is not known.</summary>
    public KnownBlock? Find(Hash256 hash) => Tree.Find(hash);

    /// <summary>Whether a block is known, or waits for its parent.</summary>
    public bool Has(Hash256 hash) => Tree.Find(hash) is not null || _waiting.Contains(hash);

    /// <summary>Whether a block is in the chain.</summary>
    public bool IsInChain(KnownBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        return block.Height <= Height && _chain[block.Height] == block;
    }

    /// <summary>The block of the chain that a transaction stands in; null if it stands in none.</summary>
    public KnownBlock? BlockOf(Hash256 txid) => _blockOf.GetValueOrDefault(txid);

    /// <summary>How many blocks of the chain confirm a transaction: 1 when it stands in the last one, 0 when it stands in none (§11's z is one less).</summary>
    public int Confirmations(Hash256 txid) => BlockOf(txid) is { } block ? Height - block.Height + 1 : 0;

    /// <summary>
    /// Hashes by which another peer finds the last block that both have: the last ten of the chain, then ever wider apart, and the first block.
    /// </summary>
    public IReadOnlyList<Hash256> Locator()
    {
        var hashes = new List<Hash256>();
        var step = 1;
        for (var height = Height; height > 0; height -= step)
        {
            hashes.Add(_chain[height].Hash);
            if (hashes.Count >= 10) step *= 2;
        }

        return [.. hashes, _chain[0].Hash];
    }

    /// <summary>The blocks of the chain after the first hash of a locator that stands in it, lowest first.</summary>
    /// <param name="locator">What another peer's <see cref="Locator"/> gave.</param>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<KnownBlock> After(IReadOnlyList<Hash256> locator, int most = 2000)
    {
        ArgumentNullException.ThrowIfNull(locator);
        var common = locator.Select(Tree.Find).FirstOrDefault(block => block is not null && IsInChain(block)) ?? _chain[0];
        return [.. _chain.Skip(common.Height + 1).Take(most)];
    }
}
