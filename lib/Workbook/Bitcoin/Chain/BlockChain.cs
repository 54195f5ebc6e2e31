namespace Workbook.Bitcoin;

/// <summary>
/// The block chain as a full peer keeps it (§5): all blocks that it knows in a tree, the branch that counts, and the outputs that are unspent on
/// it. A block is looked at in two steps. What can be seen of it by itself and by its header's place is checked when it comes; what it spends only
/// when its branch becomes the one that counts. If then a block is not valid, the chain stays as it was.
/// </summary>
public sealed partial class BlockChain
{
    private readonly WaitingBlocks<Block> _waiting;
    private readonly List<KnownBlock> _chain = [];
    private readonly Dictionary<Hash256, KnownBlock> _blockOf = [];

    /// <summary>A chain of the network's first block alone.</summary>
    /// <param name="rules">The network's numbers.</param>
    /// <param name="precautions">Which precautions are taken; all when left out.</param>
    /// <param name="known">Transactions whose scripts need not be checked again; a list of its own when left out.</param>
    /// <param name="mostWaiting">How many blocks whose parent is not known are kept, 0 or more.</param>
    public BlockChain(ChainRules rules, BitcoinRules? precautions = null, CheckedScripts? known = null, int mostWaiting = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mostWaiting);
        Tree = new BlockTree(rules, precautions);
        (Checked, _waiting) = (known ?? new CheckedScripts(), new WaitingBlocks<Block>(mostWaiting));
        Enter(Tree.First);
    }

    /// <summary>The network's numbers.</summary>
    public ChainRules Rules => Tree.Rules;

    /// <summary>The precautions that are taken.</summary>
    public BitcoinRules Precautions => Tree.Precautions;

    /// <summary>All known blocks.</summary>
    public BlockTree Tree { get; }

    /// <summary>The chain's last block.</summary>
    public KnownBlock Tip => _chain[^1];

    /// <summary>How many blocks stand before the last one.</summary>
    public int Height => _chain.Count - 1;

    /// <summary>The chain from its first block to its last.</summary>
    public IReadOnlyList<KnownBlock> Blocks => _chain;

    /// <summary>The outputs that are unspent at the end of the chain.</summary>
    public UtxoSet Unspent { get; } = new();

    /// <summary>How many blocks wait for their parent.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>Transactions whose scripts need not be checked again.</summary>
    public CheckedScripts Checked { get; }

    /// <summary>Brings a block. Those that have waited for it follow it.</summary>
    /// <param name="block">The block.</param>
    /// <param name="now">The peer's clock, in seconds since 1970; when left out no block is from the future.</param>
    /// <returns>What became of it. When it is refused the chain, its unspent outputs and its last block are as before.</returns>
    public ChainChange Add(Block block, long? now = null)
    {
        ArgumentNullException.ThrowIfNull(block);
        var (hash, before) = (block.Hash, Tip);
        if (Tree.Find(hash) is { } known)
            return known.Fault is { } reason ? Unchanged(hash, BlockOutcome.Refused, reason) : Unchanged(hash, BlockOutcome.Known);
        if (_waiting.Contains(hash)) return Unchanged(hash, BlockOutcome.Known);
        if (Place(block, now) is { } fault)
        {
            if (fault.Error != BitcoinError.UnknownParent) return Unchanged(hash, BlockOutcome.Refused, fault);
            if (block.Fault(Rules.ProofOfWork) is { } bad) return Unchanged(hash, BlockOutcome.Refused, bad);
            _waiting.Add(hash, block.Header.Previous, block);
            return Unchanged(hash, BlockOutcome.Waiting);
        }

        var placed = Tree.Find(hash)!;
        if (placed.IsValid) PlaceWaiting(hash, now);
        GoToBest();
        return Change(placed, before);
    }

    /// <summary>Checks what can be checked without the unspent outputs, and puts the block in the tree; or says why it has no place there.</summary>
    private BitcoinException? Place(Block block, long? now)
    {
        if (Tree.Fault(block.Header, now) is { } wrong) return wrong;
        var fault = block.Fault(proofOfWork: false);

        // Anybody can hang other transactions or witnesses under a good header; that says nothing about the block of this hash.
        if (fault is not null && IsOfAnotherBody(block, fault)) return fault;
        var height = Tree.Find(block.Header.Previous)!.Height + 1;
        if (fault is null && height >= Rules.CoinbaseHeightFrom) fault = block.HeightFault(height);
        var placed = Tree.Add(block.Header, now);
        placed.Block = block;
        foreach (var transaction in Precautions.SpendOnlyUnspentOnThisBranch ? [] : block.Transactions) _everMade[transaction.Txid] = (transaction, height);
        if (fault is not null) Tree.MarkInvalid(placed, fault);
        return null;
    }

    private static bool IsOfAnotherBody(Block block, BitcoinException fault) =>
        fault.Error is BitcoinError.MerkleRoot or BitcoinError.MerkleDuplicate or BitcoinError.WitnessCommitment
        || block.Transactions.Count == 0 || (fault.Error == BitcoinError.Weight && 4L * block.StrippedSize <= Block.MostWeight);

    private void PlaceWaiting(Hash256 parent, long? now)
    {
        var placed = new Queue<Hash256>([parent]);
        while (placed.TryDequeue(out var next))
        {
            foreach (var child in _waiting.TakeChildrenOf(next))
                if (Place(child, now) is null) placed.Enqueue(child.Hash);
        }
    }

    private ChainChange Change(KnownBlock placed, KnownBlock before)
    {
        var fork = Tip.ForkWith(before);
        var (gone, come) = (before.After(fork), Tip.After(fork));
        var outcome = !placed.IsValid ? BlockOutcome.Refused
            : gone.Count > 0 ? BlockOutcome.Reorganised
            : come.Count > 0 ? BlockOutcome.Extended
            : BlockOutcome.OnAnotherBranch;
        return new ChainChange(placed.Hash, outcome, placed.Fault, [.. gone.Reverse()], come);
    }

    private static ChainChange Unchanged(Hash256 hash, BlockOutcome outcome, BitcoinException? fault = null) => new(hash, outcome, fault, [], []);
}
