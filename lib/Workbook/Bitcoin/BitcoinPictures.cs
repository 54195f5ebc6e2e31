using System.Globalization;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>
/// Bitcoin's pictures: trees of blocks, difficulty, lost work, who gets what, Merkle proofs. Those of mining and of §11's race stand with them.
/// </summary>
public static partial class BitcoinPictures
{
    /// <summary>How far apart blocks are averaged over in pictures of long runs.</summary>
    private const int Window = 144;

    /// <summary>Hash rate and difficulty over time, and below how long blocks took.</summary>
    /// <param name="history">The run.</param>
    public static Figure Difficulty(this MiningHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var points = Sampled(history.Chain);
        var power = new Figure("Hash rate and difficulty")
            .Line(points.Select(block => (block.Time.TotalDays, history.Network.Power.At(block.Time))), "hash rate of all miners")
            .Line(points.Select(block => (block.Time.TotalDays, block.Difficulty)), "difficulty", stepped: true)
            .XAxis("time", "days").YAxis("of the first block's");
        return Figure.Stack($"Difficulty {(history.Network.RetargetEvery > 0 ? $"follows every {history.Network.RetargetEvery} blocks" : "never follows")}", power, Intervals(history));
    }

    /// <summary>How long blocks took, each time on average over some of them.</summary>
    /// <param name="history">The run.</param>
    public static Figure Intervals(this MiningHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var window = Math.Clamp(history.Chain.Count / 50, 1, Window);
        var means = history.Chain.Chunk(window).Where(chunk => chunk.Length == window)
            .Select(chunk => (chunk[^1].Time.TotalDays, (chunk[^1].Time - (chunk[0].Parent?.Time ?? TimeSpan.Zero)).TotalSeconds / window));
        return new Figure(string.Create(CultureInfo.InvariantCulture, $"Time to a block, mean of {window}"))
            .Line(means, "time to a block").XAxis("time", "days").YAxis("interval", "s").HorizontalLine(history.Network.Interval.TotalSeconds, "wanted");
    }

    /// <summary>
    /// The share of blocks that come to nothing against the interval, and what 1 - exp(-lateness / interval) expects: one pair of lines for each network.
    /// </summary>
    /// <param name="networks">The name of each network, and what was measured in it.</param>
    public static Figure ForkRates(params (string Name, IReadOnlyList<ForkRate> Rates)[] networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        return networks.Aggregate(
            new Figure("Blocks that come to nothing").XAxis("time to a block", "s", log: true).YAxis("stale blocks for one of the chain", log: true),
            (figure, network) => figure
                .Scatter(network.Rates.Where(rate => rate.Stale > 0).Select(rate => (rate.Interval.TotalSeconds, rate.StalePerBlock)), $"{network.Name}: run")
                .Line(network.Rates.Select(rate => (rate.Interval.TotalSeconds, rate.Approximation)), $"{network.Name}: approximation"));
    }

    /// <summary>
    /// A selfish miner's share of the chain against its share of the hashing: equation 8 of Eyal and Sirer (2014), and runs of the algorithm.
    /// </summary>
    /// <param name="gammas">Shares of the others that work on the miner's block in a race, each 0 to 1.</param>
    /// <param name="blocks">How many blocks each run has; none is run when 0.</param>
    /// <exception cref="ArgumentException">There is no γ, or one cannot be.</exception>
    public static Figure SelfishRevenue(IReadOnlyList<double> gammas, int blocks = 100_000)
    {
        ArgumentNullException.ThrowIfNull(gammas);
        ArgumentOutOfRangeException.ThrowIfNegative(blocks);
        if (gammas.Count == 0) throw new ArgumentException("Give one γ or more, each from 0 to 1.", nameof(gammas));
        var powers = Enumerable.Range(0, 50).Select(percent => percent / 100.0).ToList();
        var figure = new Figure("What keeping blocks back earns").XAxis("share of the hashing", range: (0, 0.5)).YAxis("share of the chain", range: (0, 1))
            .Line(powers, powers, "honest").Trace("line.dash", "dot");
        foreach (var gamma in gammas)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"γ = {gamma}");
            figure = figure.Line(powers, powers.Select(power => SelfishMining.Revenue(power, gamma)), $"{name}: equation 8");
            if (blocks == 0) continue;
            var run = Enumerable.Range(1, 9).Select(step => step / 20.0).ToList();
            figure = figure.Scatter(run, run.Select(power => SelfishMining.Run(power, gamma, blocks)), $"{name}: run");
        }

        return figure;
    }

    /// <summary>Each miner's share of the hashing, of the blocks that were sent, and of the chain.</summary>
    /// <param name="history">The run.</param>
    public static Figure ShareBars(this MiningHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        List<string> names = [.. history.Network.Miners.Select(miner => miner.Name)];
        return new Figure("Shares by miner").Bars(names, history.Network.Miners.Select(miner => miner.Share), "hashing")
            .Bars(names, names.Select(history.ShareOfFound), "blocks sent").Bars(names, names.Select(history.ShareOfChain), "chain")
            .XAxis("miner").YAxis("share");
    }

    private static List<ModelBlock> Sampled(IReadOnlyList<ModelBlock> chain)
    {
        var step = Math.Max(1, chain.Count / 1000);
        return [.. chain.Where((_, index) => index % step == 0 || index == chain.Count - 1)];
    }
}
