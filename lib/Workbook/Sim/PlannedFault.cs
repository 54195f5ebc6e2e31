using System.Globalization;

namespace Workbook.Sim;

/// <summary>
/// What goes wrong in a run, and when: plain data, so that it can be drawn from a seed, read, cut down and replayed. Times are counted from
/// the start of the run.
/// </summary>
public abstract record PlannedFault(TimeSpan At)
{
    /// <summary>When it is over, or as bad as it gets: a crash is over at once, and whether the node comes back is another fault's matter.</summary>
    public virtual TimeSpan Ends => At;

    internal abstract void Apply(Simulation run);

    /// <summary><c>1.25s crash s1</c>, the same in every country.</summary>
    private protected string Line(FormattableString what) =>
        string.Create(CultureInfo.InvariantCulture, $"{At.TotalSeconds:0.###}s ") + FormattableString.Invariant(what);
}

/// <summary>A node crashes.</summary>
public sealed record CrashFault(TimeSpan At, NodeId Node) : PlannedFault(At)
{
    /// <summary>What becomes of its unflushed writes; null leaves that to the disk.</summary>
    public CrashLoss? Loss { get; init; }

    internal override void Apply(Simulation run)
    {
        var disk = run[Node].Disk;
        var usual = disk.CrashLoss;
        disk.CrashLoss = Loss ?? usual;
        run.Crash(Node);
        disk.CrashLoss = usual;
    }

    public override string ToString() => Line($"crash {Node}{(Loss == CrashLoss.All ? ", unflushed writes lost" : "")}");
}

/// <summary>A node that is down boots again.</summary>
public sealed record RestartFault(TimeSpan At, NodeId Node) : PlannedFault(At)
{
    internal override void Apply(Simulation run) => run.Restart(Node);

    public override string ToString() => Line($"restart {Node}");
}

/// <summary>Something that goes wrong for a while, and is right again.</summary>
public abstract record LastingFault(TimeSpan At, TimeSpan Length) : PlannedFault(At)
{
    /// <inheritdoc/>
    public override TimeSpan Ends => At + Length;

    internal override void Apply(Simulation run)
    {
        Begin(run);
        run.At(run.Now.SinceStart + Length, () => End(run));
    }

    private protected abstract void Begin(Simulation run);

    private protected abstract void End(Simulation run);

    private protected string While(FormattableString what) =>
        Line(what) + string.Create(CultureInfo.InvariantCulture, $" for {Length.TotalSeconds:0.###}s");
}

/// <summary>Some nodes are cut off from the rest.</summary>
public sealed record PartitionFault(TimeSpan At, TimeSpan Length, IReadOnlyList<NodeId> Side) : LastingFault(At, Length)
{
    private string Name => string.Create(CultureInfo.InvariantCulture, $"drawn at {At.TotalSeconds:0.###}s");

    private protected override void Begin(Simulation run) => run.Network.Partition(Name, [.. Side]);

    private protected override void End(Simulation run) => run.Network.Heal(Name);

    public override string ToString() => While($"partition {string.Join(" ", Side)} | the rest");
}

/// <summary>One link is cut, one way: nothing that <paramref name="From"/> sends reaches <paramref name="To"/>, but it hears it.</summary>
public sealed record CutFault(TimeSpan At, TimeSpan Length, NodeId From, NodeId To) : LastingFault(At, Length)
{
    private protected override void Begin(Simulation run) => run.Network.Cut(From, To);

    private protected override void End(Simulation run) => run.Network.Mend(From, To);

    public override string ToString() => While($"cut {From} → {To}");
}

/// <summary>The whole network loses a share of its messages, from 0 to 1, if that is more than it loses anyway.</summary>
public sealed record LossFault(TimeSpan At, TimeSpan Length, double Share) : LastingFault(At, Length)
{
    private protected override void Begin(Simulation run) => run.Network.BeginLoss(Share);

    private protected override void End(Simulation run) => run.Network.EndLoss(Share);

    public override string ToString() => While($"lose {Share * 100:0.#} % of all messages");
}

/// <summary>One link is slow, one way: each message takes that much longer.</summary>
public sealed record SlowLinkFault(TimeSpan At, TimeSpan Length, NodeId From, NodeId To, TimeSpan By) : LastingFault(At, Length)
{
    private protected override void Begin(Simulation run) => run.Network.Slow(From, To, By);

    private protected override void End(Simulation run) => run.Network.Slow(From, To, -By);

    public override string ToString() => While($"slow {From} → {To} by {By.TotalMilliseconds:0.###}ms");
}

/// <summary>A disk is slow: each <c>Transfer</c> takes that much longer. Processes that never wait for their disk do not feel it.</summary>
public sealed record SlowDiskFault(TimeSpan At, TimeSpan Length, NodeId Node, TimeSpan By) : LastingFault(At, Length)
{
    private protected override void Begin(Simulation run) => Slow(run, By);

    private protected override void End(Simulation run) => Slow(run, -By);

    private void Slow(Simulation run, TimeSpan by)
    {
        run[Node].DiskDelay += by;
        run.Fault(Node, FormattableString.Invariant($"each disk transfer takes {run[Node].DiskDelay.TotalMilliseconds:0.###}ms longer"));
    }

    public override string ToString() => While($"slow disk of {Node} by {By.TotalMilliseconds:0.###}ms");
}

/// <summary>A disk refuses every write and flush.</summary>
public sealed record FailingDiskFault(TimeSpan At, TimeSpan Length, NodeId Node) : LastingFault(At, Length)
{
    private protected override void Begin(Simulation run)
    {
        run[Node].Disk.IsFailing = true;
        run.Fault(Node, "the disk fails");
    }

    private protected override void End(Simulation run)
    {
        run[Node].Disk.IsFailing = false;
        run.Fault(Node, "the disk works again");
    }

    public override string ToString() => While($"disk of {Node} fails");
}

/// <summary>A disk has room for so many bytes more, and refuses what does not fit. Afterwards it has no bound.</summary>
public sealed record FullDiskFault(TimeSpan At, TimeSpan Length, NodeId Node, long Room = 0) : LastingFault(At, Length)
{
    private protected override void Begin(Simulation run)
    {
        run[Node].Disk.Capacity = run[Node].Disk.Used + Room;
        run.Fault(Node, $"the disk has room for {Room} bytes more");
    }

    private protected override void End(Simulation run)
    {
        run[Node].Disk.Capacity = null;
        run.Fault(Node, "the disk has room again");
    }

    public override string ToString() => While($"disk of {Node} has room for {Room} bytes more");
}

/// <summary>One bit on a disk flips, of whatever stands there then. An empty disk has none.</summary>
/// <param name="At">When.</param>
/// <param name="Node">Whose disk.</param>
/// <param name="Where">Where on the disk, from 0, its begin, to just below 1, its end.</param>
public sealed record BitFlipFault(TimeSpan At, NodeId Node, double Where) : PlannedFault(At)
{
    internal override void Apply(Simulation run)
    {
        var disk = run[Node].Disk;
        var bit = (long)(Where * disk.Used * 8);
        foreach (var file in disk.Files())
        {
            var bits = disk.Read(file)!.Length * 8L;
            if (bit < bits)
            {
                disk.FlipBit(file, bit);
                return;
            }

            bit -= bits;
        }
    }

    public override string ToString() => Line($"flip a bit of {Node}, {Where * 100:0.#} % into its disk");
}

/// <summary>A node's clock lies: it jumps, or goes at a wrong rate, or both. Afterwards it is set right again.</summary>
/// <param name="At">When it begins.</param>
/// <param name="Length">How long it lies.</param>
/// <param name="Node">Whose clock.</param>
/// <param name="Jump">How far it jumps ahead at once; back, when negative. No timer moves.</param>
/// <param name="Drift">How fast it gains, in seconds a second: -0.1 runs 10 % slow. Timers go by it.</param>
public sealed record ClockFault(TimeSpan At, TimeSpan Length, NodeId Node, TimeSpan Jump = default, double Drift = 0) : LastingFault(At, Length)
{
    private protected override void Begin(Simulation run) => Turn(run, Jump, Drift, What);

    private protected override void End(Simulation run) => Turn(run, -(Jump + Drift * Length), -Drift, "the clock is set right");

    private string What => (Jump != default, Drift != 0) switch
    {
        (true, false) => $"the clock jumps {Ahead}",
        (true, true) => $"the clock jumps {Ahead} and runs {Rate}",
        _ => $"the clock runs {Rate}",
    };

    private string Ahead => FormattableString.Invariant($"{Jump.Duration().TotalMilliseconds:0.###}ms {(Jump < default(TimeSpan) ? "back" : "ahead")}");

    private string Rate => FormattableString.Invariant($"{Math.Abs(Drift) * 100:0.###} % {(Drift < 0 ? "slow" : "fast")}");

    private void Turn(Simulation run, TimeSpan jump, double drift, string what)
    {
        var clock = run[Node].Clock;
        clock.SetOffset(clock.Offset + jump);
        clock.SetDrift(Math.Round(clock.Drift + drift, 12));
        run.Fault(Node, what);
    }

    public override string ToString() => While($"{Node}: {What}");
}

/// <summary>Puts planned faults into a run.</summary>
public static class FaultPlan
{
    /// <summary>Plans each fault at its time.</summary>
    public static Simulation Plan(this Simulation run, IEnumerable<PlannedFault> faults)
    {
        foreach (var fault in faults) run.Plan(fault);
        return run;
    }
}
