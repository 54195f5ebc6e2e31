namespace Workbook.Sim;

/// <summary>How often things go wrong, on average; null is never. Each kind is drawn by itself, so that one more kind moves no other.</summary>
public sealed record FaultProfile
{
    /// <summary>Nothing goes wrong after this, so that <em>eventually</em> can be asked for.</summary>
    public TimeSpan Until { get; init; } = 10.Seconds();

    /// <summary>Mean time between crashes of one node.</summary>
    public TimeSpan? CrashEvery { get; init; }

    /// <summary>Mean time a crashed node stays down; null is for ever.</summary>
    public TimeSpan? RestartAfter { get; init; } = 1.Seconds();

    /// <summary>What crashes do to unflushed writes; null leaves that to the disks.</summary>
    public CrashLoss? CrashLoss { get; init; }

    /// <summary>Mean time between partitions.</summary>
    public TimeSpan? PartitionEvery { get; init; }

    /// <summary>Mean time a partition lasts.</summary>
    public TimeSpan PartitionFor { get; init; } = 1.Seconds();

    /// <summary>Mean time between cuts of some link, one way.</summary>
    public TimeSpan? CutEvery { get; init; }

    /// <summary>Mean time a cut lasts.</summary>
    public TimeSpan CutFor { get; init; } = 1.Seconds();

    /// <summary>Mean time between bursts in which the network loses many messages.</summary>
    public TimeSpan? LossEvery { get; init; }

    /// <summary>Mean time a burst lasts.</summary>
    public TimeSpan LossFor { get; init; } = 200.Milliseconds();

    /// <summary>The most that a burst loses, as a share of all messages; each draws its own share up to it.</summary>
    public double LossShare { get; init; } = 0.8;

    /// <summary>Mean time between links becoming slow, one way.</summary>
    public TimeSpan? SlowLinkEvery { get; init; }

    /// <summary>Mean time a link stays slow.</summary>
    public TimeSpan SlowLinkFor { get; init; } = 1.Seconds();

    /// <summary>Mean time a message takes longer over a slow link.</summary>
    public TimeSpan SlowLinkBy { get; init; } = 50.Milliseconds();

    /// <summary>Mean time between lies of one node's clock.</summary>
    public TimeSpan? ClockEvery { get; init; }

    /// <summary>Mean time a clock lies.</summary>
    public TimeSpan ClockFor { get; init; } = 2.Seconds();

    /// <summary>The most that a clock gains or loses while it lies, in seconds a second.</summary>
    public double ClockDrift { get; init; } = 0.1;

    /// <summary>
    /// Mean time between failures of one node's disk; half of them refuse everything, half have no room. A node that halts for it boots again when the
    /// failure is over, as after a crash.
    /// </summary>
    public TimeSpan? DiskEvery { get; init; }

    /// <summary>Mean time a disk fails.</summary>
    public TimeSpan DiskFor { get; init; } = 500.Milliseconds();

    /// <summary>Mean time between flipped bits on one node's disk.</summary>
    public TimeSpan? BitFlipEvery { get; init; }

    /// <summary>Draws a plan: exponential times between faults; nodes, links and sides at random.</summary>
    /// <param name="seed">Decides the plan.</param>
    /// <param name="nodes">The nodes and the links between them that faults may happen to.</param>
    public IReadOnlyList<PlannedFault> Draw(ulong seed, IReadOnlyList<NodeId> nodes)
    {
        var plan = new List<PlannedFault>();
        var random = new Rng(seed).Fork("faults");
        foreach (var node in nodes) DrawCrashes(random.Fork(node.Name), node, plan);
        DrawPartitions(random.Fork("partitions"), nodes, plan);
        Draw(random.Fork("cuts"), CutEvery, CutFor, plan, (draw, at, length) => OnLink(draw, nodes, (from, to) => new CutFault(at, length, from, to)));
        Draw(random.Fork("losses"), LossEvery, LossFor, plan, (draw, at, length) => new LossFault(at, length, LossShare * draw.NextDouble()));
        Draw(random.Fork("slow links"), SlowLinkEvery, SlowLinkFor, plan, (draw, at, length) =>
            OnLink(draw, nodes, (from, to) => new SlowLinkFault(at, length, from, to, Exponential(draw, SlowLinkBy))));
        foreach (var node in nodes) DrawClock(random.Fork("clocks").Fork(node.Name), node, plan);
        foreach (var node in nodes) DrawDisk(random.Fork("disks").Fork(node.Name), node, plan);
        return [.. plan.OrderBy(fault => fault.At)];
    }

    private void DrawCrashes(Rng random, NodeId node, List<PlannedFault> plan)
    {
        if (CrashEvery is not { } every) return;
        var time = TimeSpan.Zero;
        while (true)
        {
            time += Exponential(random, every);
            if (time >= Until) return;
            plan.Add(new CrashFault(time, node) { Loss = CrashLoss });
            if (RestartAfter is not { } after) return;
            time += Exponential(random, after);
            plan.Add(new RestartFault(time < Until ? time : Until, node));
        }
    }

    private void DrawPartitions(Rng random, IReadOnlyList<NodeId> nodes, List<PlannedFault> plan)
    {
        if (PartitionEvery is not { } every || nodes.Count < 2) return;
        var time = Exponential(random, every);
        for (; time < Until; time += Exponential(random, every))
        {
            NodeId[] side = [.. nodes.Where(_ => random.Chance(0.5))];
            var length = Exponential(random, PartitionFor);
            if (time + length > Until) length = Until - time;
            if (side.Length > 0 && side.Length < nodes.Count) plan.Add(new PartitionFault(time, length, side));
        }
    }

    /// <summary>A clock lies once at a time, so that it is never further off than one lie makes it.</summary>
    private void DrawClock(Rng random, NodeId node, List<PlannedFault> plan)
    {
        if (ClockEvery is not { } every) return;
        for (var time = Exponential(random, every); time < Until; time += Exponential(random, every))
        {
            var length = Within(time, Exponential(random, ClockFor));
            plan.Add(new ClockFault(time, length, node, Drift: Math.Round(ClockDrift * (2 * random.NextDouble() - 1), 6)));
            time += length;
        }
    }

    /// <summary>A disk fails in one way at a time, so that one failure does not end the other.</summary>
    private void DrawDisk(Rng random, NodeId node, List<PlannedFault> plan)
    {
        var failures = random.Fork("failures");
        for (var time = Next(failures, DiskEvery); time < Until; time += Next(failures, DiskEvery))
        {
            var length = Within(time, Exponential(failures, DiskFor));
            plan.Add(failures.Chance(0.5) ? new FailingDiskFault(time, length, node) : new FullDiskFault(time, length, node, failures.Next(200)));
            time += length;
            if (RestartAfter is { } after) plan.Add(new RestartFault(Within(time, Exponential(failures, after)) + time, node));
        }

        Draw(random.Fork("bits"), BitFlipEvery, TimeSpan.Zero, plan, (draw, at, _) => new BitFlipFault(at, node, Math.Round(draw.NextDouble(), 6)));
    }

    private TimeSpan Next(Rng random, TimeSpan? mean) => mean is { } every ? Exponential(random, every) : Until;

    private void Draw(Rng random, TimeSpan? mean, TimeSpan lasting, List<PlannedFault> plan, Func<Rng, TimeSpan, TimeSpan, PlannedFault?> fault)
    {
        if (mean is not { } every) return;
        for (var time = Exponential(random, every); time < Until; time += Exponential(random, every))
        {
            if (fault(random, time, Within(time, Exponential(random, lasting))) is { } one) plan.Add(one);
        }
    }

    private static PlannedFault? OnLink(Rng random, IReadOnlyList<NodeId> nodes, Func<NodeId, NodeId, PlannedFault> fault)
    {
        if (nodes.Count < 2) return null;
        var from = random.Next(nodes.Count);
        var to = (from + random.Next(1, nodes.Count)) % nodes.Count;
        return fault(nodes[from], nodes[to]);
    }

    private TimeSpan Within(TimeSpan start, TimeSpan length) => start + length > Until ? Until - start : length;

    private static TimeSpan Exponential(Rng random, TimeSpan mean) => new((long)random.NextExponential(mean.Ticks));
}
