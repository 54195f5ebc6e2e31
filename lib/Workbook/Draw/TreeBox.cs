namespace Workbook.Draw;

/// <summary>How a box of a <see cref="TreeDiagram"/> looks; what each look means the diagram's legend says.</summary>
public enum TreeLook
{
    /// <summary>A plain frame.</summary>
    Usual,

    /// <summary>Filled: what belongs together.</summary>
    Filled,

    /// <summary>A strong frame in another colour: what is to be looked at.</summary>
    Marked,

    /// <summary>Dashed: what was given up.</summary>
    Left,

    /// <summary>Faint: what stands for many.</summary>
    Faint,
}

/// <summary>A box of a <see cref="TreeDiagram"/>.</summary>
/// <param name="Name">Links name it by this, so no two boxes share one.</param>
/// <param name="Column">Its place from the left, in boxes; 0 or more.</param>
/// <param name="Row">Its place from the top, in boxes; 0 or more.</param>
public sealed record TreeBox(string Name, double Column, double Row)
{
    /// <summary>A line in bold, of at most ten letters or so; longer ones are cut.</summary>
    public string Label { get; init; } = "";

    /// <summary>A second line.</summary>
    public string Detail { get; init; } = "";

    /// <summary>What stands under the pointer, and in the text form.</summary>
    public string Hint { get; init; } = "";

    /// <summary>How it looks.</summary>
    public TreeLook Look { get; init; }

    /// <summary>The boxes that it is linked to: the one before, or those it is made of.</summary>
    public IReadOnlyList<string> From { get; init; } = [];
}
