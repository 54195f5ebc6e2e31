using System.Globalization;

namespace Workbook.Draw;

/// <summary>One server's log in a <see cref="LogGrid"/>.</summary>
/// <param name="Name">The server.</param>
/// <param name="Cells">Its entries, in order.</param>
/// <param name="First">The index of the first of them.</param>
public sealed record LogRow(string Name, IReadOnlyList<LogCell> Cells, long First = 1)
{
    /// <summary>The index up to which its entries are committed; 0 for none.</summary>
    public long Committed { get; init; }

    /// <summary>The last index that is in its snapshot instead of its log; 0 without a snapshot.</summary>
    public long Snapshot { get; init; }

    /// <summary>A few words at the end of the row: <c>leader of term 6</c>.</summary>
    public string Note { get; init; } = "";

    /// <summary>Whether the server is down; its row is then pale.</summary>
    public bool IsDown { get; init; }

    /// <summary>Arrows that point at an index from below, such as the leader's <c>nextIndex</c> for this server.</summary>
    public IReadOnlyList<(long Index, string Label)> Marks { get; init; } = [];

    /// <summary>The index of the last entry; one below <see cref="First"/> when there is none.</summary>
    public long Last => First + Cells.Count - 1;

    /// <summary>A log as the lecture notes write it: terms with blanks between them, each with a label behind a colon if it has one.</summary>
    /// <param name="name">The server.</param>
    /// <param name="entries"><c>3 3 4</c>, or <c>1:x=3 1:y=1</c>.</param>
    /// <param name="first">The index of the first entry.</param>
    /// <exception cref="FormatException">An entry does not begin with a term, a whole number.</exception>
    public static LogRow Of(string name, string entries, long first = 1) =>
        new(name, [.. entries.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Cell)], first);

    private static LogCell Cell(string entry)
    {
        var parts = entry.Split(':', 2);
        return long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var term)
            ? new(term, parts.Length > 1 ? parts[1] : "")
            : throw new FormatException($"'{entry}' is no entry of a log; write its term, and its label behind a colon: 3:x=1.");
    }
}
