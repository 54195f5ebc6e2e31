using System.Globalization;
using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>
/// Figure 16: how long five servers are without a leader after theirs has crashed, for election timeouts drawn from <paramref name="Min"/> to
/// <paramref name="Max"/>.
/// </summary>
/// <remarks>
/// As §9.3 tells it: the leader sends a heartbeat to all right before it crashes, so that all timers start together; the logs have different
/// lengths, so that two of the four others cannot win. What the paper does not tell is how much the latencies of its network differ, and it decides how
/// often votes are split.
/// </remarks>
/// <param name="Min">The shortest timeout.</param>
/// <param name="Max">The longest timeout.</param>
/// <param name="Times">From the crash to the next leader, one a trial, shortest first; a trial that has no leader after <see cref="Limit"/> counts as
/// that.</param>
[TypeFormatterSource]
public sealed record ElectionTimes(TimeSpan Min, TimeSpan Max, IReadOnlyList<TimeSpan> Times) : IDisplay
{
    /// <summary>When a trial is given up.</summary>
    public static readonly TimeSpan Limit = 12.Seconds();

    /// <summary>One-way latencies from 0.1 to 9.9 ms: a broadcast and its answers take about 15 ms, as the paper says of its own.</summary>
    public static Delay WideJitter { get; } = Delay.Uniform(0.1.Milliseconds(), 9.9.Milliseconds());

    /// <summary>One-way latencies from 2 to 4 ms: of all we tried the nearest to the paper's curves, though its broadcasts took longer.</summary>
    public static Delay SomeJitter { get; } = Delay.Uniform(2.Milliseconds(), 4.Milliseconds());

    /// <summary>One-way latencies of nearly 7.5 ms: a broadcast takes as long, but all arrive together.</summary>
    public static Delay NarrowJitter { get; } = Delay.Uniform(7.4.Milliseconds(), 7.6.Milliseconds());

    /// <summary>The median.</summary>
    public TimeSpan Median => Times[Times.Count / 2];

    /// <summary>The mean.</summary>
    public TimeSpan Mean => new((long)Times.Average(time => time.Ticks));

    /// <summary>The longest.</summary>
    public TimeSpan Worst => Times[^1];

    /// <summary>Lets the leader crash in as many trials, each from a seed of its own, and measures.</summary>
    /// <param name="min">The shortest timeout, above 0.</param>
    /// <param name="max">The longest timeout.</param>
    /// <param name="trials">How many; the paper has 1,000.</param>
    /// <param name="latency">One way; <see cref="WideJitter"/> when left out.</param>
    public static ElectionTimes Measure(TimeSpan min, TimeSpan max, int trials = 1000, Delay? latency = null)
    {
        if (trials < 1) throw new ArgumentOutOfRangeException(nameof(trials), trials, "Measure at least one trial.");
        var times = Enumerable.Range(0, trials).AsParallel().Select(trial => Trial((ulong)trial, min, max, latency ?? WideJitter));
        return new ElectionTimes(min, max, [.. times.OrderBy(time => time)]);
    }

    /// <summary>
    /// The numbers that §9.3 gives for Figure 16, beside ours on a network with latencies of 2 to 4 ms, and on two others.
    /// </summary>
    /// <param name="trials">How many for each; the paper has 1,000.</param>
    public static Comparison Figure16(int trials = 1000)
    {
        var some = Milliseconds(SomeJitter);
        return new Comparison("Raft (extended paper, 2014)", "Figure 16", "time without a leader, by the range of election timeouts")
            .Row("150–150 ms, median", 10_000, some[0], "ms", Bound.MoreThan)
            .Row("150–155 ms, median", 287, some[1], "ms")
            .Row("150–200 ms, worst", 513, some[2], "ms")
            .Row("12–24 ms, mean", 35, some[3], "ms")
            .Row("12–24 ms, worst", 152, some[4], "ms")
            .Because("How much the latencies on the paper's network differed is not said, and it decides how often votes are split: ours are from 2 to 4 ms. "
                + "The paper's servers also wrote their votes to disk, ours do that in no time, so the shortest timeouts have a shorter worst case.")
            .DrawnAs("Time without a leader, latencies of 2 to 4 ms")
            .Beside("0.1 to 9.9 ms", "ms", Milliseconds(WideJitter))
            .Beside("7.4 to 7.6 ms", "ms", Milliseconds(NarrowJitter));

        double[] Milliseconds(Delay latency)
        {
            var (tied, five, fifty, narrow) = (On(150, 150), On(150, 155), On(150, 200), On(12, 24));
            return [.. new[] { tied.Median, five.Median, fifty.Worst, narrow.Mean, narrow.Worst }.Select(time => Math.Round(time.TotalMilliseconds))];

            ElectionTimes On(int min, int max) => Measure(min.Milliseconds(), max.Milliseconds(), trials, latency);
        }
    }

    /// <summary>The share of trials that had a leader by then, as the paper draws it.</summary>
    public static Figure Draw(string title, params ElectionTimes[] measured)
    {
        var figure = new Figure(title);
        foreach (var one in measured) figure = figure.Distribution([.. one.Times.Select(time => time.TotalMilliseconds)], one.Name);
        return figure.XAxis("time without a leader", "ms").YAxis("share of trials");
    }

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary><c>150–155 ms: median 287 ms, mean 301 ms, worst 1,210 ms</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name}: median {Median.TotalMilliseconds:N0} ms, mean {Mean.TotalMilliseconds:N0} ms, worst {Worst.TotalMilliseconds:N0} ms");

    private string Name => string.Create(CultureInfo.InvariantCulture, $"{Min.TotalMilliseconds:0.#}–{Max.TotalMilliseconds:0.#} ms");

    private static TimeSpan Trial(ulong seed, TimeSpan min, TimeSpan max, Delay latency)
    {
        var options = new RaftOptions
        {
            ElectionTimeoutMin = min,
            ElectionTimeoutMax = max,
            HeartbeatInterval = min / 2,
            Rules = RaftRules.All with { DenyVotesWhileLeaderIsHeard = false, NoOpAtTermStart = false },
        };
        var cluster = RaftCluster.WithLogs(
            ["1 1 1 1", "1 1 1 1", "1 1 1", "1 1", "1"], seed, options: options, network: new NetworkOptions { Delay = latency }, trace: TraceLimit.Off);
        var leader = cluster["s1"];
        cluster.Stand("s1");
        cluster.Run.RunUntil(() => leader.Role == Role.Leader, 1.Seconds());

        // On becoming leader it has sent its heartbeat, and nothing more is sent: the logs stay as they are.
        cluster.Crash(leader);
        var crashed = cluster.Run.Now;
        cluster.Run.RunUntil(() => cluster.Leader is not null, Limit);
        return cluster.Run.Now - crashed;
    }
}
