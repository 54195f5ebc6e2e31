namespace Workbook.Draw;

/// <summary>What held on a node, or on several, for a while.</summary>
public enum StretchKind
{
    /// <summary>A state of a node, drawn as the colour of its line: leader, primary, holds the lock, term 3.</summary>
    State,

    /// <summary>The node was down: it did nothing and lost what it had not flushed.</summary>
    Crashed,

    /// <summary>The nodes could talk to each other but to no others.</summary>
    Partitioned,
}

/// <summary>Something that held for a while in a <see cref="SpaceTimeDiagram"/>. Times are lengths since the start of the run.</summary>
/// <param name="Nodes">The nodes it held on.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it ended; null when it still held at the end.</param>
/// <param name="Kind">What it was.</param>
/// <param name="Label">What the legend (states) or the place where it begins (partitions) calls it.</param>
public sealed record Stretch(IReadOnlyList<string> Nodes, TimeSpan From, TimeSpan? To, StretchKind Kind, string Label = "")
{
    /// <summary>The same on one node.</summary>
    public Stretch(string node, TimeSpan from, TimeSpan? to, StretchKind kind, string label = "")
        : this([node], from, to, kind, label)
    {
    }

    /// <summary>
    /// A state's colour, by <see cref="Palette"/>; states of the same label should have the same. Terms count on: 1, 2, 3…
    /// </summary>
    public int Hue { get; init; }
}
