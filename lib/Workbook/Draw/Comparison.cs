using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Workbook.Draw;

/// <summary>What a published number says of the true one.</summary>
public enum Bound
{
    /// <summary>That it is this.</summary>
    Exactly,

    /// <summary>That it is more.</summary>
    MoreThan,

    /// <summary>That it is less.</summary>
    LessThan,
}

/// <summary>A published number beside ours.</summary>
/// <param name="Quantity">What is counted or measured.</param>
/// <param name="Published">What the paper has, with its unit.</param>
/// <param name="Ours">What comes out here; null when it is not reproduced.</param>
/// <param name="Gap">By how much ours differs: <c>none</c>, <c>+3.1 %</c>, <c>× 2.4</c>; <c>not reproduced</c> where there is no number of ours.</param>
/// <param name="Why">The reason for this gap alone; empty when <see cref="Comparison.Reason"/> says all.</param>
public sealed record ComparedNumber(string Quantity, string Published, string? Ours, string Gap, string Why = "");

/// <summary>
/// A published figure or table beside ours: each number, the gap between them, and the reason for the gap. It shows itself as a table, and offers the same
/// as facts, which a page of all figures collects.
/// </summary>
/// <param name="Source">The paper: <c>MapReduce (OSDI 2004)</c>.</param>
/// <param name="Figure">Which figure, table or section of it: <c>Figure 3</c>.</param>
/// <param name="About">What it is about; may be empty.</param>
[TypeFormatterSource(PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Plain, MimeTypes.Comparison])]
public sealed record Comparison(string Source, string Figure, string About = "") : IDisplay
{
    private IReadOnlyList<(string Header, IReadOnlyList<string> Cells)> columns = [];

    /// <summary>All numbers, in the order in which they were given.</summary>
    public IReadOnlyList<ComparedNumber> Rows { get; init; } = [];

    /// <summary>Why ours differ, in a sentence or two; empty when nothing is said.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The title of the figure that draws these numbers in the same notebook; empty when there is none.</summary>
    public string Drawn { get; init; } = "";

    /// <summary>Digits after the point of every number, 0 to 12; ours are rounded to them before they are compared. Null: four significant digits.</summary>
    public int? Decimals { get; init; }

    /// <summary>Adds a number.</summary>
    /// <param name="quantity">What is counted or measured.</param>
    /// <param name="published">What the paper has.</param>
    /// <param name="ours">What comes out here, in the same unit.</param>
    /// <param name="unit">The unit of both; may be empty.</param>
    /// <param name="bound">Whether the paper gives the number itself or a bound.</param>
    /// <exception cref="ArgumentException">There is no name, or a number is not finite.</exception>
    public Comparison Row(string quantity, double published, double ours, string unit = "", Bound bound = Bound.Exactly)
    {
        Draw.Figure.Wanted(quantity, "the name of the quantity");
        if (!double.IsFinite(published) || !double.IsFinite(ours))
            throw new ArgumentException($"“{quantity}” compares {published} with {ours}; give finite numbers.");
        if (Decimals is { } digits) ours = Math.Round(ours, digits);
        var before = bound switch { Bound.MoreThan => "more than ", Bound.LessThan => "less than ", _ => "" };
        return With(new(quantity, before + Number(published, unit), Number(ours, unit), GapOf(published, ours, bound)));
    }

    /// <summary>Adds a number of the paper's that is not reproduced, and says why.</summary>
    /// <param name="quantity">What is counted or measured.</param>
    /// <param name="published">What the paper has, in words.</param>
    /// <param name="why">One sentence.</param>
    /// <exception cref="ArgumentException">There is no name or no reason.</exception>
    public Comparison LeftOut(string quantity, string published, string why) => With(new(
        Draw.Figure.Wanted(quantity, "the name of the quantity"), published, null, "not reproduced", Draw.Figure.Wanted(why, "the reason")));

    /// <summary>Says why ours differ.</summary>
    public Comparison Because(string reason) => this with { Reason = reason };

    /// <summary>Names the figure, by its title, that draws these numbers in the same notebook.</summary>
    public Comparison DrawnAs(string title) => this with { Drawn = title };

    /// <summary>A column more, for other settings than the one that is compared: a number for each row.</summary>
    /// <exception cref="ArgumentException">There are more or fewer numbers than rows.</exception>
    public Comparison Beside(string header, string unit, IEnumerable<double> values)
    {
        IReadOnlyList<string> cells = [.. values.Select(value => Number(value, unit))];
        return cells.Count == Rows.Count
            ? this with { columns = [.. columns, (header, cells)] }
            : throw new ArgumentException($"“{header}” has {cells.Count} numbers for {Rows.Count} rows; give one for each row, after the rows.");
    }

    /// <summary>The numbers as a table.</summary>
    public Table ToTable() => Table.Of<int>(
        string.Join(": ", new[] { $"{Source}, {Figure}", About }.Where(part => part.Length > 0)), Enumerable.Range(0, Rows.Count),
        [
            ("", row => Rows[row].Quantity), ("published", row => Rows[row].Published), ("ours", row => Rows[row].Ours ?? "–"), ("gap", row => Rows[row].Gap),
            .. columns.Select(column => (column.Header, (Func<int, object?>)(row => column.Cells[row]))),
        ]);

    /// <summary>The facts as JSON: source, figure, about, reason, the title of the figure that draws them, and the rows in words.</summary>
    public string ToJson() => new JsonObject
    {
        ["source"] = Source,
        ["figure"] = Figure,
        ["about"] = About,
        ["reason"] = Reason,
        ["drawn"] = Drawn,
        ["rows"] = new JsonArray([.. Rows.Select(row => new JsonObject
        {
            ["quantity"] = row.Quantity,
            ["published"] = row.Published,
            ["ours"] = row.Ours,
            ["gap"] = row.Gap,
            ["why"] = row.Why,
        })]),
    }.ToJsonString();

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle()
    {
        var said = string.Concat(Reasons().Select(reason => $"<p class=\"wb-reason\">{WebUtility.HtmlEncode(reason)}</p>"));
        return new(ToTable().ToHtml() + said, ToString()) { Facts = (MimeTypes.Comparison, ToJson()) };
    }

    /// <summary>The table as text, and the reasons below it.</summary>
    public override string ToString() => string.Join('\n', [ToTable().ToText(), .. Reasons()]);

    private IEnumerable<string> Reasons() => Rows.Where(row => row.Why.Length > 0).GroupBy(row => row.Why)
        .Select(group => $"{Words.List(group.Select(row => row.Quantity))}: {group.Key}");

    private Comparison With(ComparedNumber row) => columns.Count == 0
        ? this with { Rows = [.. Rows, row] }
        : throw new InvalidOperationException("This comparison has columns beside its rows already; give all rows first.");

    private string Number(double value, string unit)
    {
        var digits = Decimals is { } fixedTo ? value.ToString($"N{fixedTo}", CultureInfo.InvariantCulture) : Words.Number(value);
        return unit.Length == 0 ? digits : $"{digits} {unit}";
    }

    private static string GapOf(double published, double ours, Bound bound)
    {
        if ((bound == Bound.MoreThan && ours > published) || (bound == Bound.LessThan && ours < published) || ours == published) return "none";
        if (published == 0 || ours / published < 0) return ours > published ? "more" : "less";
        var ratio = ours / published;
        if (ratio >= 2) return $"× {Words.Number(Math.Round(ratio, 1))}";
        var percent = Math.Abs(ratio - 1) * 100;
        if (percent < 0.05) return "none";
        return (ratio > 1 ? "+" : "−") + percent.ToString(percent < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";
    }
}
