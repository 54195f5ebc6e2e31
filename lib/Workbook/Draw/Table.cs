using System.Collections;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Workbook.Draw;

/// <summary>
/// Rows and columns, as HTML that a screen reader can walk through and as aligned text. Columns of numbers and times stand to the right,
/// with the same format in the whole column. Of many rows the first 100 are shown, and the table says so.
/// </summary>
[TypeFormatterSource]
public sealed partial record Table : IDisplay
{
    private const string Style = ".wb-table{border-collapse:collapse}.wb-table caption{text-align:left;font-weight:600;padding:.3em .6em}"
        + ".wb-table th,.wb-table td{padding:.2em .6em;text-align:left;vertical-align:top;border-bottom:1px solid rgba(128,128,128,.35)}"
        + ".wb-table .wb-num{text-align:right;font-variant-numeric:tabular-nums}.wb-table .wb-long{min-width:14em}";

    /// <summary>A column with a text of more characters is not squeezed to a word a line beside others; the table scrolls instead.</summary>
    private const int LongText = 60;

    private readonly IReadOnlyList<Column> columns;

    private Table(string caption, IReadOnlyList<Column> columns, int count) => (Caption, this.columns, Count) = (caption, columns, count);

    private sealed record Column(string Header, IReadOnlyList<string> Cells, bool IsNumber);

    /// <summary>What the table shows; it stands above it.</summary>
    public string Caption { get; private init; }

    /// <summary>How many rows there are, shown or not.</summary>
    public int Count { get; }

    internal int Most { get; private init; } = 100;

    private int Shown => Math.Min(Count, Most);

    /// <summary>A table with a column for each public property, in the order of their declaration.</summary>
    /// <exception cref="ArgumentException">The type has no public properties.</exception>
    public static Table Of<T>(string caption, IEnumerable<T> rows)
    {
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0 && property.CanRead).OrderBy(property => property.MetadataToken)
            .ToList();
        if (properties.Count == 0 || typeof(T) == typeof(string))
        {
            throw new ArgumentException($"{typeof(T).Name} has no properties to make columns of; "
                + "name the columns: Table.Of(caption, rows, (\"name\", row => …)).");
        }
        return Of(caption, rows, [.. properties.Select(property =>
            (Spaced(property.Name), (Func<T, object?>)(row => property.GetValue(row))))]);
    }

    /// <summary>A table with the columns given: <c>Table.Of("Rules", rules, ("rule", r => r.Name), ("seeds", r => r.Seeds))</c>.</summary>
    /// <exception cref="ArgumentException">The caption is empty or there is no column.</exception>
    public static Table Of<T>(string caption, IEnumerable<T> rows, params (string Header, Func<T, object?> Value)[] columns)
    {
        Figure.Wanted(caption, "a caption");
        if (columns.Length == 0)
            throw new ArgumentException("A table needs at least one column.");
        var all = rows.ToList();
        return new(caption, [.. columns.Select(column => Made(column.Header, [.. all.Select(column.Value)]))], all.Count);
    }

    /// <summary>Shows so many rows at most, instead of 100.</summary>
    public Table Rows(int most) => most >= 1
        ? this with { Most = most }
        : throw new ArgumentException($"Cannot show {most} rows; give 1 or more.", nameof(most));

    /// <summary>Where a long name may be broken: before a word in it.</summary>
    [GeneratedRegex(@"(?<=\w{6}\p{Ll})(?=\p{Lu}\w{3})")]
    private static partial Regex LongNames();

    /// <summary>The table as HTML that stands by itself.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder($"<style>{Style}</style><div class=\"wb-scroll\" style=\"overflow-x:auto\"><table class=\"wb-table\">"
            + $"<caption>{WebUtility.HtmlEncode(Title())}</caption><thead><tr>");
        foreach (var column in columns)
            html.Append(column.Header.Length == 0 ? "<td></td>" : $"<th scope=\"col\"{Class(column)}>{WebUtility.HtmlEncode(column.Header)}</th>");
        html.Append("</tr></thead><tbody>");
        for (var row = 0; row < Shown; row++)
        {
            html.Append("<tr>");
            foreach (var column in columns)
                html.Append($"<td{Class(column)}>{LongNames().Replace(WebUtility.HtmlEncode(column.Cells[row]), "<wbr>")}</td>");
            html.Append("</tr>");
        }
        return html.Append("</tbody></table></div>").ToString();

        static string Class(Column column) =>
            column.IsNumber ? " class=\"wb-num\"" : column.Cells.Any(cell => cell.Length > LongText) ? " class=\"wb-long\"" : "";
    }

    /// <summary>The table as text with aligned columns.</summary>
    public string ToText()
    {
        var widths = columns.Select(column => column.Cells.Take(Shown).Append(column.Header).Max(cell => cell.Length)).ToList();
        var rule = string.Join("  ", widths.Select(width => new string('─', width)));
        var lines = new List<string> { Title(), Line(column => column.Header), rule };
        for (var row = 0; row < Shown; row++)
            lines.Add(Line(column => column.Cells[row]));
        return string.Join('\n', lines);

        string Line(Func<Column, string> cell) => string.Join("  ", columns.Zip(widths,
            (column, width) => column.IsNumber ? cell(column).PadLeft(width) : cell(column).PadRight(width))).TrimEnd();
    }

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => new(ToHtml(), ToText());

    public override string ToString() => ToText();

    private string Title() => Count == 0 ? $"{Caption} (no rows)"
        : Shown < Count ? $"{Caption} (rows 1–{Words.Number(Shown)} of {Words.Number(Count)})" : Caption;

    private static Column Made(string header, List<object?> values)
    {
        var decimals = values.Where(value => value is double or float or decimal).Select(Decimals).DefaultIfEmpty(0).Max();
        var isNumber = values.Any(value => value is not null) && values.All(value => value is null or TimeSpan || IsNumber(value));
        return new(header, [.. values.Select(value => Text(value, decimals).ReplaceLineEndings(" "))], isNumber);
    }

    private static bool IsNumber(object value) =>
        value is sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal;

    /// <summary>Enough decimals for three significant digits, at most four.</summary>
    private static int Decimals(object? value)
    {
        var size = Math.Abs(Convert.ToDouble(value, CultureInfo.InvariantCulture));
        return size == 0 || !double.IsFinite(size) || size == Math.Round(size) ? 0
            : Math.Clamp(2 - (int)Math.Floor(Math.Log10(size)), 0, 4);
    }

    private static string Text(object? value, int decimals) => value switch
    {
        null => "",
        string text => text,
        bool yes => yes ? "yes" : "no",
        TimeSpan time => Words.Time(time),
        double or float or decimal => ((IFormattable)value).ToString($"N{decimals}", CultureInfo.InvariantCulture),
        _ when IsNumber(value) => ((IFormattable)value).ToString("N0", CultureInfo.InvariantCulture),
        IEnumerable items => string.Join(", ", items.Cast<object?>().Select(item => Text(item, decimals))),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary><c>BytesRead</c> as <c>bytes read</c>; <c>IO</c> and <c>P99</c> stay as they are.</summary>
    private static string Spaced(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var starts = char.IsUpper(name[i]) && (i == 0 || !char.IsUpper(name[i - 1]));
            var isWord = starts && i + 1 < name.Length && char.IsLower(name[i + 1]);
            text.Append(isWord && i > 0 ? " " : "").Append(isWord ? char.ToLowerInvariant(name[i]) : name[i]);
        }
        return text.ToString();
    }
}
