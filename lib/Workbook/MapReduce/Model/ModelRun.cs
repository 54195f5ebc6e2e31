using System.Globalization;
using Workbook.Draw;
using Workbook.MapReduce.Cluster;
using Workbook.Sim;

namespace Workbook.MapReduce.Model;

/// <summary>Bytes moved, second by second of virtual time.</summary>
public sealed class ByteRate
{
    private readonly List<double> _bytes = [];

    /// <summary>Bytes moved in each second, from second 0.</summary>
    public IReadOnlyList<double> PerSecond => _bytes;

    /// <summary>Bytes moved in all.</summary>
    public double Total => _bytes.Sum();

    /// <summary>Means over spans of some seconds, in MB/s (10⁶ bytes): (middle of the span in seconds, rate).</summary>
    public IEnumerable<(double Seconds, double MegabytesPerSecond)> Smoothed(int span) => _bytes
        .Chunk(span).Select((seconds, index) => (index * span + seconds.Length / 2.0, seconds.Average() / 1e6));

    internal void Add(Instant from, Instant to, double bytes)
    {
        var (start, end) = (from.SinceStart.TotalSeconds, Math.Max(to.SinceStart.TotalSeconds, from.SinceStart.TotalSeconds + 1e-6));
        for (var second = (int)start; second < end; second++)
        {
            while (_bytes.Count <= second) _bytes.Add(0);
            var share = (Math.Min(end, second + 1) - Math.Max(start, second)) / (end - start);
            _bytes[second] += bytes * share;
        }
    }
}

/// <summary>What moved during a run.</summary>
public sealed class ByteCounters
{
    /// <summary>Input read by map tasks: the top graphs of Figure 3.</summary>
    public ByteRate Input { get; } = new();

    /// <summary>Intermediate data sent from maps to reduces: the middle graphs.</summary>
    public ByteRate Shuffle { get; } = new();

    /// <summary>Output written by reduce tasks, one copy counted: the bottom graphs.</summary>
    public ByteRate Output { get; } = new();

    /// <summary>Bytes that crossed the network: input that was not local, the shuffle, and further copies of the output.</summary>
    public double Network { get; internal set; }
}

/// <summary>A workload's run on a modelled cluster.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Workload">What ran.</param>
/// <param name="Elapsed">Virtual time until the last reduce had finished.</param>
/// <param name="Attempts">Every execution of a task: the bars of the Gantt chart.</param>
/// <param name="Bytes">What moved, and when.</param>
[TypeFormatterSource]
public sealed record ModelRun(
    ClusterModel Cluster, Workload Workload, TimeSpan Elapsed, IReadOnlyList<TaskAttempt> Attempts, ByteCounters Bytes) : IDisplay
{
    /// <summary>When all but <paramref name="rest"/> reduce tasks had finished.</summary>
    public TimeSpan AllButReduces(int rest) => Attempts
        .Where(attempt => attempt is { Kind: TaskKind.Reduce, Outcome: AttemptOutcome.Completed })
        .Select(attempt => attempt.End!.Value.SinceStart).Order().SkipLast(rest).LastOrDefault();

    /// <summary>When the last map task had finished.</summary>
    public TimeSpan MapsDone => Attempts
        .Where(attempt => attempt is { Kind: TaskKind.Map, Outcome: AttemptOutcome.Completed }).Max(attempt => attempt.End!.Value.SinceStart);

    /// <summary>The share of task executions that were backups.</summary>
    public double BackupShare => Attempts.Count(attempt => attempt.IsBackup) / (double)Attempts.Count;

    /// <summary>The share of map executions whose input was on the machine's own disk.</summary>
    public double LocalShare
    {
        get
        {
            var maps = Attempts.Where(attempt => attempt.Kind == TaskKind.Map).ToList();
            return maps.Count(attempt => attempt.IsLocal) / (double)maps.Count;
        }
    }

    /// <summary>The share of machine time, from the first task to the end, in which a machine had no task.</summary>
    public double IdleShare
    {
        get
        {
            var busy = Attempts.GroupBy(attempt => attempt.Worker).Sum(worker => Covered([.. worker.OrderBy(attempt => attempt.Start.Ticks)]));
            return 1 - busy / (Elapsed.TotalSeconds * Cluster.Machines);
        }
    }

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Workload.Name}: {Elapsed.TotalSeconds:0} s on {Cluster.Machines:N0} machines, {LocalShare:P0} of the maps local, {BackupShare:P1} backups");

    private double Covered(IReadOnlyList<TaskAttempt> attempts)
    {
        var (covered, until) = (0.0, 0.0);
        foreach (var attempt in attempts)
        {
            var start = Math.Max(until, attempt.Start.SinceStart.TotalSeconds);
            var end = Math.Min((attempt.End?.SinceStart ?? Elapsed).TotalSeconds, Elapsed.TotalSeconds);
            covered += Math.Max(0, end - start);
            until = Math.Max(until, end);
        }

        return covered;
    }
}
