namespace Workbook.Bitcoin;

/// <summary>The numbers of a network: what all its peers must have alike to agree on a chain.</summary>
public sealed partial record ChainRules
{
    /// <summary>Halvings after which nothing is left of the subsidy.</summary>
    private const int MostHalvings = 64;

    /// <summary>The block that every peer begins with. The coin that it makes cannot be spent.</summary>
    public required Block FirstBlock { get; init; }

    /// <summary>The easiest target that there may be.</summary>
    public CompactTarget EasiestTarget { get; init; } = CompactTarget.One;

    /// <summary>Whether a block's hash must not exceed its target. Simulations that draw the time to a block need not hash; work counts all the same.</summary>
    public bool ProofOfWork { get; init; } = true;

    /// <summary>Blocks from one change of the target to the next (§4), 2 or more; 0 for no change ever.</summary>
    public int RetargetInterval { get; init; } = 2016;

    /// <summary>How long a block should take, in seconds.</summary>
    public int BlockSeconds { get; init; } = 600;

    /// <summary>What a block makes at first (§6), in satoshis.</summary>
    public long Subsidy { get; init; } = 50 * Money.Coin;

    /// <summary>Blocks from one halving of the subsidy to the next.</summary>
    public int HalvingInterval { get; init; } = 210_000;

    /// <summary>How many blocks further a coinbase's output can be spent: it vanishes with its block, and all that came of it.</summary>
    public int CoinbaseMaturity { get; init; } = 100;

    /// <summary>The height from which on a coinbase begins with its height (BIP 34).</summary>
    public int CoinbaseHeightFrom { get; init; } = 1;

    /// <summary>From which height on which rules for scripts hold, lowest first; each adds to those before it.</summary>
    public IReadOnlyList<(int Height, ScriptRules Rules)> ScriptRulesFrom { get; init; } = [(0, ScriptRules.Consensus)];

    /// <summary>What the scripts of a transaction must obey besides to be taken into the memory pool.</summary>
    public ScriptRules PoolScripts { get; init; } = ScriptRules.Policy;

    /// <summary>Whether scripts and their signatures are checked. Nodes that catch up take those of old blocks on trust; here it shows their cost.</summary>
    public bool ChecksScripts { get; init; } = true;

    /// <summary>The most that a block made here may weigh, 4,000 to 4,000,000; what others make may have the 4,000,000.</summary>
    public int TemplateWeight { get; init; } = Block.MostWeight;

    /// <summary>How long the blocks between two changes of the target should take, in seconds.</summary>
    public long RetargetSeconds => (long)RetargetInterval * BlockSeconds;

    /// <summary>What a block at a height makes (§6), in satoshis: halved again and again, down to nothing.</summary>
    public long SubsidyAt(int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        var halvings = height / HalvingInterval;
        return halvings < MostHalvings ? Subsidy >> halvings : 0;
    }

    /// <summary>The rules for scripts of a block at a height.</summary>
    public ScriptRules ScriptRulesAt(int height) =>
        ScriptRulesFrom.Where(added => added.Height <= height).Aggregate(ScriptRules.None, (rules, added) => rules | added.Rules);

    /// <summary>
    /// The target after an interval (§4): the last one, times how long the interval took, through how long it should take; by a factor of 4 at most
    /// at once, and never easier than the easiest.
    /// </summary>
    /// <param name="last">The target of the interval that ends.</param>
    /// <param name="seconds">From the time of its first block to that of its last, which is one block short: so Bitcoin counts.</param>
    public CompactTarget Retargeted(CompactTarget last, long seconds)
    {
        var bounded = Math.Clamp(seconds, RetargetSeconds / 4, RetargetSeconds * 4);
        var target = last.Target * bounded / RetargetSeconds;
        return target > EasiestTarget.Target ? EasiestTarget : CompactTarget.Of(System.Numerics.BigInteger.Max(1, target));
    }

    /// <summary>The same rules, if they can be kept.</summary>
    /// <exception cref="ArgumentException">They cannot; the message says which.</exception>
    internal ChainRules Checked() =>
        RetargetInterval is < 0 or 1 ? throw new ArgumentException($"The target cannot change every {RetargetInterval} blocks; give 2 or more, or 0 for never.")
        : BlockSeconds < 1 || (RetargetInterval > 0 && RetargetSeconds < 4) ? throw new ArgumentException($"A block cannot take {BlockSeconds} seconds; give 1 or more, and 4 or more for an interval.")
        : HalvingInterval < 1 ? throw new ArgumentException($"The subsidy cannot be halved every {HalvingInterval} blocks; give 1 or more.")
        : CoinbaseMaturity < 1 ? throw new ArgumentException($"A coinbase cannot be spent after {CoinbaseMaturity} blocks; give 1 or more.")
        : !Money.IsPossible(Subsidy) ? throw new ArgumentException($"A block cannot make {Money.Text(Subsidy)}; give 0 to {Money.Text(Money.Most)}.")
        : TemplateWeight is < 4000 or > Block.MostWeight ? throw new ArgumentException($"A block cannot be kept to a weight of {TemplateWeight}; give 4,000 to {Block.MostWeight}.")
        : this;
}
