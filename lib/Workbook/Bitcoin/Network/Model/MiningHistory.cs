using System.Globalization;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>A peer has left some of its blocks for a better chain.</summary>
/// <param name="Time">When, since the start.</param>
/// <param name="Depth">How many blocks it has left.</param>
/// <param name="From">The number of the last of them.</param>
/// <param name="To">The number of the block that it went over to.</param>
public readonly record struct Reorganisation(TimeSpan Time, int Depth, int From, int To);

/// <summary>What came of a run of a <see cref="MiningNetwork"/>.</summary>
[TypeFormatterSource]
public sealed class MiningHistory : IDisplay
{
    /// <summary>No block is easier than by this factor than the first.</summary>
    internal const double LeastDifficulty = 1.0 / 64;

    /// <summary>Deeper reorganisations are counted as this deep.</summary>
    internal const int MostDepth = 100;

    internal MiningHistory(MiningNetwork network, ulong seed, IReadOnlyList<ModelBlock> blocks)
    {
        (Network, Seed, Blocks) = (network, seed, blocks);
        Chain = [.. blocks.Where(block => block.IsInChain).OrderBy(block => block.Height)];
    }

    /// <summary>What was run.</summary>
    public MiningNetwork Network { get; }

    /// <summary>The seed of the run.</summary>
    public ulong Seed { get; }

    /// <summary>All blocks that were sent, in the order in which they were found; without the first, which was always there.</summary>
    public IReadOnlyList<ModelBlock> Blocks { get; }

    /// <summary>Those on which peers agree in the end, by height.</summary>
    public IReadOnlyList<ModelBlock> Chain { get; }

    /// <summary>How long the run took in virtual time.</summary>
    public TimeSpan Elapsed { get; internal init; }

    /// <summary>
    /// How long after a block was sent those who hash know of it, on average over all hashing, its miner's own included: so long they work against it without
    /// knowing.
    /// </summary>
    public TimeSpan Lateness { get; internal init; }

    /// <summary>The reorganisations of one peer, that of the first honest miner.</summary>
    public IReadOnlyList<Reorganisation> Reorganisations { get; internal init; } = [];

    /// <summary>
    /// How many reorganisations all peers together have seen, by depth: at place 1 those of one block. The last place counts all deeper ones too.
    /// </summary>
    public IReadOnlyList<int> Depths { get; internal init; } = [];

    /// <summary>The deepest reorganisation of any peer, in blocks; 0 when there was none.</summary>
    public int DeepestReorganisation => Depths.Index().LastOrDefault(depth => depth.Item > 0).Index;

    /// <summary>The share of blocks whose work is lost, 0 to 1: they were sent and are not in the chain.</summary>
    public double StaleShare => 1 - (Chain.Count / (double)Blocks.Count);

    /// <summary>How long a block of the chain took on average.</summary>
    public TimeSpan MeanInterval => Chain[^1].Time / Chain.Count;

    /// <summary>
    /// What the stale share is expected to be when all are honest: the chance that another block is found while one is on its way, 1 - exp(-lateness /
    /// interval)
    /// (Decker and Wattenhofer 2013).
    /// </summary>
    public double ExpectedStaleShare
    {
        get
        {
            var forks = 1 - Math.Exp(-Lateness / MeanInterval);
            return forks / (1 + forks);
        }
    }

    /// <summary>A miner's share of all blocks that were sent, 0 to 1.</summary>
    /// <exception cref="ArgumentException">There is no such miner.</exception>
    public double ShareOfFound(string miner) => Share(Blocks, miner);

    /// <summary>A miner's share of the chain, and so of all rewards, 0 to 1.</summary>
    /// <exception cref="ArgumentException">There is no such miner.</exception>
    public double ShareOfChain(string miner) => Share(Chain, miner);

    /// <summary>The name of a block's miner.</summary>
    public string MinerOf(ModelBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        return block.Miner < 0 ? "nobody" : Network.Miners[block.Miner].Name;
    }

    /// <summary>Who has which share of the hashing, of the blocks that were sent, and of the chain.</summary>
    public Table Shares() => Table.Of(
        "Shares by miner", Network.Miners,
        ("miner", miner => miner.Name), ("does", miner => miner.Strategy), ("hashing", miner => Percent(miner.Share)),
        ("blocks sent", miner => Percent(ShareOfFound(miner.Name))), ("chain", miner => Percent(ShareOfChain(miner.Name))));

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>How many blocks in how long, how many of them stale, and how deep the deepest reorganisation was.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Chain.Count:N0} blocks in {Elapsed.TotalDays:N1} days, one each {MeanInterval.TotalSeconds:N1} s; {Blocks.Count - Chain.Count:N0} stale ({StaleShare:P2}); deepest reorganisation {DeepestReorganisation}");

    private double Share(IReadOnlyList<ModelBlock> blocks, string miner)
    {
        var place = Network.Miners.ToList().FindIndex(one => one.Name == miner);
        if (place < 0) throw new ArgumentException($"There is no miner {miner}; there are {string.Join(", ", Network.Miners.Select(one => one.Name))}.", nameof(miner));
        return blocks.Count == 0 ? 0 : blocks.Count(block => block.Miner == place) / (double)blocks.Count;
    }

    private static string Percent(double share) => share.ToString("P1", CultureInfo.InvariantCulture);
}
