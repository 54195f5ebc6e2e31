namespace Workbook.Bitcoin;

/// <summary>
/// The headers of all blocks that are known, each on the one that it names as the block before: a tree, of which the branch with most work is the
/// chain (§4, §5). Of two with the same work it is the one that was seen first.
/// </summary>
public sealed partial class BlockTree
{
    private readonly Dictionary<Hash256, KnownBlock> _byHash = [];
    private readonly List<KnownBlock> _blocks = [];

    /// <summary>A tree of the network's first block alone.</summary>
    /// <param name="rules">The network's numbers.</param>
    /// <param name="precautions">Which precautions are taken; all when left out.</param>
    public BlockTree(ChainRules rules, BitcoinRules? precautions = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        (Rules, Precautions) = (rules.Checked(), precautions ?? BitcoinRules.All);
        First = Best = Enter(rules.FirstBlock.Header, null);
        First.Block = rules.FirstBlock;
    }

    /// <summary>The network's numbers.</summary>
    public ChainRules Rules { get; }

    /// <summary>The precautions that are taken.</summary>
    public BitcoinRules Precautions { get; }

    /// <summary>The network's first block.</summary>
    public KnownBlock First { get; }

    /// <summary>The end of the branch that counts.</summary>
    public KnownBlock Best { get; private set; }

    /// <summary>All blocks in the order in which they came.</summary>
    public IReadOnlyList<KnownBlock> Blocks => _blocks;

    /// <summary>The ends of all branches, in the order in which they came, the invalid ones too.</summary>
    public IEnumerable<KnownBlock> Ends => _blocks.Where(block => block.ChildList.Count == 0);

    /// <summary>The block of a hash; null if it is not known.</summary>
    public KnownBlock? Find(Hash256 hash) => _byHash.GetValueOrDefault(hash);

    /// <summary>Adds a header whose parent is known.</summary>
    /// <param name="header">The header.</param>
    /// <param name="now">The clock, in seconds since 1970; when left out no header is from the future.</param>
    /// <returns>The block at its place; the one that was there if it was known before.</returns>
    /// <exception cref="BitcoinException">See <see cref="Fault"/>. The tree is as before.</exception>
    public KnownBlock Add(BlockHeader header, long? now = null)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (Find(header.Hash) is { } known) return known;
        if (Fault(header, now) is { } fault) throw fault;
        var block = Enter(header, Find(header.Previous));
        if (IsBetter(block, Best)) Best = block;
        return block;
    }

    /// <summary>Marks a block, and all that stands on it, as not valid: another branch may now be the one that counts.</summary>
    /// <param name="block">A block of this tree, not the first.</param>
    /// <param name="reason">What is wrong with it.</param>
    /// <exception cref="ArgumentException">It is the first block, or of another tree.</exception>
    public void MarkInvalid(KnownBlock block, BitcoinException reason)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(reason);
        if (block == First || Find(block.Hash) != block) throw new ArgumentException("Only a block of this tree that is not its first can be found to be invalid.", nameof(block));
        var left = new Stack<KnownBlock>([block]);
        while (left.TryPop(out var next))
        {
            next.Fault ??= next == block ? reason : InvalidParent(next.Header, block, reason);
            next.ChildList.ForEach(left.Push);
        }

        if (Best.IsValid) return;
        Best = First;
        foreach (var other in _blocks)
            if (other.IsValid && IsBetter(other, Best)) Best = other;
    }

    private KnownBlock Enter(BlockHeader header, KnownBlock? parent)
    {
        var block = new KnownBlock(header, header.Hash, parent, _blocks.Count);
        _byHash.Add(block.Hash, block);
        _blocks.Add(block);
        parent?.ChildList.Add(block);
        return block;
    }

    private bool IsBetter(KnownBlock one, KnownBlock other)
    {
        var more = Precautions.MostWorkWins ? one.Work.CompareTo(other.Work) : one.Height.CompareTo(other.Height);
        return more > 0 || (more == 0 && one.Order < other.Order);
    }
}
