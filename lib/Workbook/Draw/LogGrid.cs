using System.Net;

namespace Workbook.Draw;

/// <summary>
/// The logs of several servers under each other, index by index, as in Raft's Figures 6 to 8 and in the notes of lecture 7: a cell an entry,
/// coloured by term, with a firm outline when committed. Of long logs the last 40 indexes are shown, and the grid says so.
/// </summary>
[TypeFormatterSource]
public sealed record LogGrid : IDisplay
{
    /// <summary>Of more indexes than these only the last are drawn.</summary>
    public const int MostIndexes = 40;

    /// <param name="title">Stands above the grid.</param>
    /// <param name="rows">The logs, the first at the top.</param>
    /// <exception cref="ArgumentException">There is no row, a first index is below 0, or an entry lies inside its row's snapshot.</exception>
    public LogGrid(string title, params IEnumerable<LogRow> rows)
    {
        Title = Figure.Wanted(title, "a title");
        Rows = [.. rows];
        if (Rows.Count == 0)
            throw new ArgumentException("A log grid needs at least one log.", nameof(rows));
        if (Rows.FirstOrDefault(row => row.First < 0) is { } early)
            throw new ArgumentException($"The log of {early.Name} begins at index {early.First}; indexes begin at 0 or 1.", nameof(rows));
        if (Rows.FirstOrDefault(row => row.Cells.Count > 0 && row.Snapshot >= row.First) is { } doubled)
        {
            throw new ArgumentException($"The log of {doubled.Name} begins at index {doubled.First}, but its snapshot reaches to {doubled.Snapshot}; "
                + "an entry is in the one or in the other.", nameof(rows));
        }
    }

    /// <summary>Stands above the grid, and begins its text alternative.</summary>
    public string Title { get; }

    /// <summary>The logs, the first at the top.</summary>
    public IReadOnlyList<LogRow> Rows { get; }

    /// <summary>What the grid shows, in words.</summary>
    public string Alt => $"{(Title[^1] is '.' or '?' or '!' ? Title : Title + ".")} Logs of {Words.Count(Rows.Count, "server")} ({Words.List(Rows.Select(row => row.Name))}), "
        + FormattableString.Invariant($"indexes {First} to {Last}{(First > Begin ? $"; those from {Begin} on are left out" : "")}.");

    /// <summary>The first index that is drawn.</summary>
    internal long First => Math.Max(Begin, Last - MostIndexes + 1);

    /// <summary>The last index that is drawn: of an entry, or of what a mark points at.</summary>
    internal long Last => Math.Max(Begin, Rows.Max(row => row.Marks.Select(mark => mark.Index).Append(row.Last).Append(row.Snapshot).Max()));

    private long Begin => Rows.Min(row => row.Snapshot > 0 ? Math.Min(1, row.First) : row.First);

    /// <summary>The grid as one SVG element that stands by itself, light or dark as the page or the reader's system is.</summary>
    public string ToSvg() => new LogGridSvg(this).ToString();

    /// <summary>The logs as lines of text, index under index, under the text alternative.</summary>
    public string ToText()
    {
        var names = Rows.Max(row => row.Name.Length);
        var shown = Rows.Select(row => (Row: row, Cells: Range().Select(index => Spoken(row, index)).ToList())).ToList();
        var widths = Range().Select((index, at) => shown.Select(row => row.Cells[at].Length).Append($"{index}".Length).Max()).ToList();
        var lines = shown.Select(row => Line(row.Row.Name, row.Cells) + Remarks(row.Row));
        return string.Join('\n', [Alt, Line("", Range().Select(index => $"{index}")), .. lines.Select(line => line.TrimEnd())]);

        string Line(string name, IEnumerable<string> cells) =>
            $"{name.PadRight(names)}  {string.Join(' ', cells.Zip(widths, (cell, width) => cell.PadRight(width)))}";
    }

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => new(
        $"""
        <div class="wb-scroll" style="overflow-x:auto" tabindex="0" role="group" aria-label="{WebUtility.HtmlEncode(Title)}">{ToSvg()}</div>
        """,
        ToText());

    public override string ToString() => Alt;

    internal IEnumerable<long> Range()
    {
        for (var index = First; index <= Last; index++)
            yield return index;
    }

    /// <summary>What is drawn beside the cells, in words.</summary>
    internal static string Remarks(LogRow row)
    {
        List<string> remarks = [row.Note, row.IsDown ? "down" : "", row.Committed > 0 ? $"committed up to {row.Committed}" : "",
            row.Snapshot > 0 ? $"snapshot up to {row.Snapshot}" : "", .. row.Marks.Select(mark => $"{mark.Label} at {mark.Index}")];
        return string.Concat(remarks.Where(remark => remark.Length > 0).Select(remark => $"  ({remark})"));
    }

    private static string Spoken(LogRow row, long index) => index <= row.Snapshot ? "~"
        : index < row.First || index > row.Last ? "" : row.Cells[(int)(index - row.First)].ToString();
}
