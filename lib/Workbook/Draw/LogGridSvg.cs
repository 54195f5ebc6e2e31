using System.Globalization;
using System.Xml.Linq;

namespace Workbook.Draw;

/// <summary>Draws one log grid: names at the left, indexes above, cells, notes at the right, marks under their row.</summary>
internal sealed class LogGridSvg
{
    private const double Height = 36;
    private const double MarkHeight = 30;
    private const double Gap = 4;
    private const double CharacterWidth = 6.3;
    private const double BoldWidth = 7.6;

    private readonly LogGrid grid;
    private readonly double left;
    private readonly double cellWidth;
    private readonly double width;
    private readonly bool hasCommitted;
    private readonly List<object?> parts = [];
    private double y;

    public LogGridSvg(LogGrid grid)
    {
        this.grid = grid;
        var labels = grid.Rows.SelectMany(row => row.Cells).Select(cell => (cell.Label ?? "").Length).DefaultIfEmpty().Max();
        cellWidth = Math.Clamp(labels * CharacterWidth + 12, 38, 76);
        left = 14 + grid.Rows.Max(row => row.Name.Length) * BoldWidth + 12;
        hasCommitted = grid.Rows.Any(row => row.Committed > 0);
        var columns = (grid.Last - grid.First + 1) * (cellWidth + Gap);
        var notes = grid.Rows.Max(row => row.Note.Length + (row.IsDown ? 7 : 0)) * CharacterWidth;
        var legend = 120 + LegendEntries().Sum(entry => entry.Text.Length * CharacterWidth);
        width = Math.Max(Math.Max(legend, left + columns + notes + 24), grid.Title.Length * 8.6 + 24);
    }

    public override string ToString()
    {
        parts.Add(Svg.Text("wb-lg-title", 12, 24, grid.Title));
        y = 58;
        foreach (var index in grid.Range())
            parts.Add(Svg.Text("wb-lg-soft", Middle(index), y, index.ToString(CultureInfo.InvariantCulture), "middle"));
        y += 8;
        foreach (var row in grid.Rows)
            Draw(row);
        Legend();
        return Whole(y + 8);
    }

    private double X(long index) => left + (index - grid.First) * (cellWidth + Gap);

    private double Middle(long index) => X(index) + cellWidth / 2;

    private void Draw(LogRow row)
    {
        var content = new List<object?> { Svg.Text("wb-lg-name", left - 12, y + 23, row.Name, "end") };
        if (row.Snapshot >= grid.First)
            content.Add(Snapshot(row));
        foreach (var index in grid.Range().Where(index => index >= row.First && index <= row.Last))
            content.Add(Cell(row, index));
        var note = row.IsDown ? $"{row.Note}{(row.Note.Length > 0 ? ", " : "")}down" : row.Note;
        if (note.Length > 0)
            content.Add(Svg.Text("wb-lg-label", X(grid.Last + 1) + 8, y + 23, note));
        parts.Add(Svg.Group(row.IsDown ? "wb-lg-row wb-lg-dead" : "wb-lg-row", content));
        y += Height + 6;
        if (row.Marks.Any(mark => mark.Index >= grid.First))
            Mark(row);
    }

    private XElement Cell(LogRow row, long index)
    {
        var cell = row.Cells[(int)(index - row.First)];
        var isCommitted = index <= row.Committed;
        FormattableString said = $"index {index}, term {cell.Term}{(cell.Label is { Length: > 0 } label ? $": {label}" : "")}{(isCommitted ? ", committed" : "")}";
        var hue = new XAttribute("style", $"--hue:{Palette.Colour((int)(((cell.Term - 1) % Palette.Count + Palette.Count) % Palette.Count))}");
        var body = Svg.Group(isCommitted ? "wb-lg-committed" : hasCommitted ? "wb-lg-open" : "wb-lg-cell", hue, Svg.Title(FormattableString.Invariant(said)),
            Svg.Rect("wb-lg-box", X(index) + 1, y + 1, cellWidth - 2, Height - 2), Svg.Rect("wb-lg-band", X(index) + 2, y + 2, cellWidth - 4, 4));
        var hasLabel = !string.IsNullOrEmpty(cell.Label);
        body.Add(Svg.Text("wb-lg-term", Middle(index), y + (hasLabel ? 19 : 24), cell.Term.ToString(CultureInfo.InvariantCulture), "middle"));
        if (hasLabel)
            body.Add(Svg.Text("wb-lg-small", Middle(index), y + 31, Cut(cell.Label), "middle"));
        return body;
    }

    private XElement Snapshot(LogRow row)
    {
        var (from, to) = (X(grid.First), X(row.Snapshot) + cellWidth);
        var stripes = new List<object?> { Svg.Title(FormattableString.Invariant($"in a snapshot up to index {row.Snapshot}")), Svg.Rect("wb-lg-snapshot", from + 1, y + 1, to - from - 2, Height - 2) };
        var (tall, right) = (Height - 4, to - 2);
        for (var x = from + 9; x < right + tall - 4; x += 9)
        {
            // A stripe begins above, or at the right edge, and ends below, or at the left one.
            var (start, end) = (Math.Max(0, x - right), Math.Min(tall, x - from - 2));
            stripes.Add(Svg.Line("wb-lg-hatch", x - start, y + 2 + start, x - end, y + 2 + end));
        }
        return Svg.Group("wb-lg-cell", stripes);
    }

    /// <summary>Arrows from below; two at one index share it.</summary>
    private void Mark(LogRow row)
    {
        foreach (var group in row.Marks.Where(mark => mark.Index >= grid.First).GroupBy(mark => mark.Index))
        {
            var (x, top) = (Middle(group.Key), y - 3);
            parts.Add(Svg.Group("wb-lg-mark", Svg.Line("wb-lg-stem", x, top + 5, x, top + 14), Svg.Path("wb-lg-head", $"M{x} {top}L{x - 5.0} {top + 8}L{x + 5.0} {top + 8}Z"),
                Svg.Text("wb-lg-label", x, top + 26, string.Join(", ", group.Select(mark => mark.Label)), "middle")));
        }
        y += MarkHeight;
    }

    private void Legend()
    {
        var x = 14.0;
        foreach (var (cssClass, text) in LegendEntries())
        {
            parts.Add(cssClass == "wb-lg-hatched"
                ? Svg.Group("", Svg.Rect("wb-lg-snapshot", x, y + 6, 18, 14), Svg.Line("wb-lg-hatch", x + 12, y + 7, x + 2, y + 17))
                : Svg.Group(cssClass, new XAttribute("style", "--hue:#808080"), Svg.Rect("wb-lg-box", x, y + 6, 18, 14)));
            parts.Add(Svg.Text("wb-lg-label", x + 24, y + 17, text));
            x += 24 + text.Length * CharacterWidth + 18;
        }
        if (x > 14)
            y += 26;
    }

    /// <summary>Only what occurs is explained.</summary>
    private List<(string Class, string Text)> LegendEntries()
    {
        var entries = new List<(string, string)>();
        if (hasCommitted)
            entries.AddRange([("wb-lg-committed", "committed"), ("wb-lg-open", "not known to be committed")]);
        if (grid.Rows.Any(row => row.Snapshot >= grid.First))
            entries.Add(("wb-lg-hatched", "in a snapshot"));
        return entries;
    }

    private string Cut(string text)
    {
        var fits = Math.Max(1, (int)((cellWidth - 6) / CharacterWidth));
        return text.Length <= fits ? text : text[..Math.Max(1, fits - 1)] + "…";
    }

    private string Whole(double height) => Svg.Drawing(
        "wb-lg", $"lg-{FigureHtml.Hash(grid.ToText())}", "log-grid.css", (width, height, 0.7 * width), grid.Title, grid.ToText(), parts);
}
