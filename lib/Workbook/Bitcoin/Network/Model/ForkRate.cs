using System.Globalization;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>How much work is lost when blocks come so fast: measured, and as expected.</summary>
/// <param name="Interval">How long a block took on average.</param>
/// <param name="Lateness">How long those who hash did not know of a block, on average (<see cref="MiningHistory.Lateness"/>).</param>
/// <param name="Blocks">How many blocks were sent.</param>
/// <param name="Stale">How many of them are not in the chain.</param>
public sealed record ForkRate(TimeSpan Interval, TimeSpan Lateness, int Blocks, int Stale)
{
    /// <summary>The share of blocks whose work is lost, 0 to 1.</summary>
    public double StaleShare => Stale / (double)Blocks;

    /// <summary>How many stale blocks there are for one of the chain.</summary>
    public double StalePerBlock => Stale / (double)(Blocks - Stale);

    /// <summary>How many the approximation expects: 1 - exp(-lateness / interval).</summary>
    public double Approximation => Approximate(Lateness, Interval);

    /// <summary>
    /// The chance that another block is found while one is on its way: 1 - exp(-delay / interval) (Decker and Wattenhofer 2013). It forgets that who has just
    /// heard of a block may have been working on the same height, and that forks may go on.
    /// </summary>
    /// <param name="delay">How long those who hash do not know of a block, on average.</param>
    /// <param name="interval">How long a block takes on average.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not above 0, or the delay below it.</exception>
    public static double Approximate(TimeSpan delay, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        return 1 - Math.Exp(-delay / interval);
    }

    /// <summary>Runs a network once for each interval.</summary>
    /// <param name="network">The network; its own interval does not count.</param>
    /// <param name="intervals">How long a block is to take.</param>
    /// <param name="blocks">How long each chain gets.</param>
    /// <param name="seed">Decides everything that is drawn.</param>
    public static IReadOnlyList<ForkRate> Against(MiningNetwork network, IReadOnlyList<TimeSpan> intervals, int blocks = 5_000, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(intervals);
        return [.. intervals.AsParallel().AsOrdered().Select(interval => Of((network with { Interval = interval }).Run(blocks, seed)))];
    }

    /// <summary>What a run came to.</summary>
    public static ForkRate Of(MiningHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return new ForkRate(history.MeanInterval, history.Lateness, history.Blocks.Count, history.Blocks.Count - history.Chain.Count);
    }

    /// <summary>Measured and expected, as a table.</summary>
    public static Table ToTable(IEnumerable<ForkRate> rates) => Table.Of(
        "Stale blocks against the interval", rates,
        ("interval", rate => Seconds(rate.Interval)), ("lateness", rate => Seconds(rate.Lateness)), ("stale share", rate => Percent(rate.StaleShare)),
        ("stale per block", rate => Percent(rate.StalePerBlock)), ("1 - exp(-lateness / interval)", rate => Percent(rate.Approximation)));

    private static string Seconds(TimeSpan length) => string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:N2} s");

    private static string Percent(double share) => share.ToString("P2", CultureInfo.InvariantCulture);
}
