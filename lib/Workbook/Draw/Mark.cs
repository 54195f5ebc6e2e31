namespace Workbook.Draw;

/// <summary>What a mark stands for, which decides its shape and which labels go first where there is little room.</summary>
public enum MarkKind
{
    /// <summary>Something worth a word: a timer, a write to disk, a decision.</summary>
    Note,

    /// <summary>The node's state changed: it became leader, it committed.</summary>
    Change,

    /// <summary>Something went wrong: a property was broken, a disk failed.</summary>
    Fault,
}

/// <summary>Something that happened at one moment in a <see cref="SpaceTimeDiagram"/>.</summary>
/// <param name="Node">Where; null for the whole system, drawn as a line across all nodes.</param>
/// <param name="At">When, since the start of the run.</param>
/// <param name="Label">A few words; left out where there is no room.</param>
/// <param name="Kind">What it stands for.</param>
public sealed record Mark(string? Node, TimeSpan At, string Label, MarkKind Kind = MarkKind.Note)
{
    /// <summary>What the pointer says of it besides.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Its colour, by <see cref="Palette"/>; null for the colour of text.</summary>
    public int? Hue { get; init; }
}
