namespace Workbook.Sim;

/// <summary>A run that ended because a process threw or a property did not hold. The same seed repeats it.</summary>
public sealed class SimulationException(ulong seed, Instant time, NodeId node, string what, Exception? inner)
    : Exception($"Seed {seed}, at {time}{(node.Name is null ? "" : $", on {node}")}: {what}", inner)
{
    /// <summary>The run's seed.</summary>
    public ulong Seed { get; } = seed;

    /// <summary>When it ended.</summary>
    public Instant Time { get; } = time;

    /// <summary>The node whose process threw; none when a property did not hold.</summary>
    public NodeId Node { get; } = node;

    /// <summary>What happened, without seed and time.</summary>
    public string What { get; } = what;

    /// <summary>The name of the property that did not hold; null when a process threw.</summary>
    public string? Property { get; internal init; }

    /// <summary>Whether something that had to happen did not, rather than something happened that must not.</summary>
    public bool IsLiveness { get; internal init; }

    /// <summary>The run, to be looked at; null when the exception is not a run's.</summary>
    public Simulation? Run { get; internal init; }
}
