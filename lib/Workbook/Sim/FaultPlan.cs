namespace Workbook.Sim;

/// <summary>What goes wrong in a run, and when: plain data, so that it can be drawn from a seed, read, cut down and replayed.</summary>
public abstract record PlannedFault(TimeSpan At)
{
    internal abstract void Apply(Simulation run);
}

/// <summary>A node crashes.</summary>
public sealed record CrashFault(TimeSpan At, NodeId Node) : PlannedFault(At)
{
    internal override void Apply(Simulation run) => run.Crash(Node);

    public override string ToString() => $"{At.TotalSeconds:0.###}s crash {Node}";
}

/// <summary>A node that is down boots again.</summary>
public sealed record RestartFault(TimeSpan At, NodeId Node) : PlannedFault(At)
{
    internal override void Apply(Simulation run) => run.Restart(Node);

    public override string ToString() => $"{At.TotalSeconds:0.###}s restart {Node}";
}

/// <summary>Some nodes are cut off from the rest, for a while.</summary>
public sealed record PartitionFault(TimeSpan At, TimeSpan Length, IReadOnlyList<NodeId> Side) : PlannedFault(At)
{
    internal override void Apply(Simulation run)
    {
        var name = $"drawn at {At.TotalSeconds:0.###}s";
        run.Network.Partition(name, [.. Side]);
        run.At(run.Now.SinceStart + Length, () => run.Network.Heal(name));
    }

    public override string ToString() => $"{At.TotalSeconds:0.###}s partition {string.Join(" ", Side)} | the rest for {Length.TotalSeconds:0.###}s";
}

/// <summary>How often things go wrong, on average; null is never.</summary>
public sealed record FaultProfile
{
    /// <summary>Nothing goes wrong after this, so that *eventually* can be asked for.</summary>
    public TimeSpan Until { get; init; } = 10.Seconds();

    /// <summary>Mean time between crashes of one node.</summary>
    public TimeSpan? CrashEvery { get; init; }

    /// <summary>Mean time a crashed node stays down; null is for ever.</summary>
    public TimeSpan? RestartAfter { get; init; } = 1.Seconds();

    /// <summary>Mean time between partitions.</summary>
    public TimeSpan? PartitionEvery { get; init; }

    /// <summary>Mean time a partition lasts.</summary>
    public TimeSpan PartitionFor { get; init; } = 1.Seconds();

    /// <summary>Draws a plan: exponential times between faults, the side of a partition at random.</summary>
    public IReadOnlyList<PlannedFault> Draw(ulong seed, IReadOnlyList<NodeId> nodes)
    {
        var plan = new List<PlannedFault>();
        var random = new Rng(seed).Fork("faults");
        foreach (var node in nodes) DrawCrashes(random.Fork(node.Name), node, plan);
        DrawPartitions(random.Fork("partitions"), nodes, plan);
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
            plan.Add(new CrashFault(time, node));
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

    private static TimeSpan Exponential(Rng random, TimeSpan mean) => new((long)random.NextExponential(mean.Ticks));
}

/// <summary>Puts planned faults into a run.</summary>
public static class FaultPlan
{
    /// <summary>Plans each fault at its time.</summary>
    public static Simulation Plan(this Simulation run, IEnumerable<PlannedFault> faults)
    {
        foreach (var fault in faults) run.At(fault.At, () => fault.Apply(run));
        return run;
    }
}
