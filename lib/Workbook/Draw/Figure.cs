using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Workbook.Draw;

/// <summary>
/// A figure for Plotly, as a value: each method gives a new figure and leaves the old one as it was. Colours, legend, fonts and a text
/// alternative are chosen; whatever else Plotly can do is reached through <see cref="Trace"/>, <see cref="Layout"/> and
/// <see cref="Config"/>.
/// Names, titles and labels are shown as they stand; markup in them is not read.
/// </summary>
/// <remarks>The members are those of plotly.js 4, kept to what versions 2 and 3 understand too.</remarks>
[TypeFormatterSource(PreferredMimeTypes = [MimeTypes.Plotly, MimeTypes.Html, MimeTypes.Plain])]
public sealed partial record Figure : IDisplay
{
    /// <param name="title">Stands above the figure, and begins its text alternative.</param>
    /// <exception cref="ArgumentException">The title is empty.</exception>
    public Figure(string title)
    {
        if (string.IsNullOrWhiteSpace(title))
            throw new ArgumentException("A figure needs a title: it is the first thing its text alternative says.", nameof(title));
        Title = title;
    }

    /// <summary>Stands above the figure.</summary>
    public string Title { get; private init; }

    internal ImmutableList<Trace> Traces { get; private init; } = [];

    internal Axis X { get; private init; } = Axis.Plain;

    internal Axis Y { get; private init; } = Axis.Plain;

    internal ImmutableList<Reference> References { get; private init; } = [];

    internal Members LayoutMembers { get; private init; } = Members.None;

    internal Members ConfigMembers { get; private init; } = Members.None;

    internal int? Pixels { get; private init; }

    private string? Description { get; init; }

    /// <summary>
    /// What the figure shows, in words: what <see cref="Describe"/> was given, otherwise made from titles, axes and data.
    /// </summary>
    public string Alt => Description ?? FigureAlt.Of(this);

    /// <summary>Sets the text alternative, where the one made from the data misses the point.</summary>
    public Figure Describe(string alt) => this with { Description = Wanted(alt, "a text alternative") };

    /// <summary>The name of the horizontal axis, its unit, and whether it is logarithmic (positive values only).</summary>
    public Figure XAxis(string title, string unit = "", bool log = false, (double From, double To)? range = null) =>
        this with { X = Checked(X with { Title = title, Unit = unit, IsLog = log, Range = range }) };

    /// <summary>The name of the vertical axis, its unit, and whether it is logarithmic (positive values only).</summary>
    public Figure YAxis(string title, string unit = "", bool log = false, (double From, double To)? range = null) =>
        this with { Y = Checked(Y with { Title = title, Unit = unit, IsLog = log, Range = range }) };

    /// <summary>The height in pixels; the width is that of the page. Without it a figure chooses its own.</summary>
    public Figure Height(int pixels) => pixels is >= 100 and <= 10_000
        ? this with { Pixels = pixels }
        : throw new ArgumentException($"A figure of {pixels} pixels cannot be read; give it a height from 100 to 10,000.", nameof(pixels));

    /// <summary>Sets a member of the trace added last, by Plotly's path: <c>Trace("line.dash", "dot")</c>.</summary>
    public Figure Trace(string path, object? value) => Traces.IsEmpty
        ? throw new InvalidOperationException($"There is no trace yet to set \"{path}\" on; add a line or bars first.")
        : this with { Traces = Traces.SetItem(Traces.Count - 1, Traces[^1] with { Members = Traces[^1].Members.With(path, value) }) };

    /// <summary>Sets a member of the layout, by Plotly's path: <c>Layout("xaxis.showgrid", false)</c>. It has the last word.</summary>
    public Figure Layout(string path, object? value) => this with { LayoutMembers = LayoutMembers.With(path, value) };

    /// <summary>Sets a member of Plotly's configuration: <c>Config("scrollZoom", true)</c>.</summary>
    public Figure Config(string path, object? value) => this with { ConfigMembers = ConfigMembers.With(path, value) };

    /// <summary>Plotly's own JSON: <c>data</c>, <c>layout</c>, <c>frames</c> (when it moves) and <c>config</c>.</summary>
    public string ToJson() => FigureJson.Of(this);

    /// <summary>The same as nodes, to hand to another charting library; each call gives a copy.</summary>
    public JsonObject ToJsonObject() => JsonNode.Parse(ToJson())!.AsObject();

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle()
    {
        var json = ToJson();
        return new(FigureHtml.Of(this, json), Alt, json);
    }

    public override string ToString() => Alt;

    internal static string Wanted(string text, string what) => string.IsNullOrWhiteSpace(text)
        ? throw new ArgumentException($"{char.ToUpperInvariant(what[0])}{what[1..]} must not be empty.", nameof(text))
        : text;

    private static Axis Checked(Axis axis) => axis.Range switch
    {
        null => axis,
        { } range when !double.IsFinite(range.From) || !double.IsFinite(range.To) || range.From == range.To =>
            throw new ArgumentException($"An axis cannot run from {range.From} to {range.To}; give two different finite numbers."),
        { } range when axis.IsLog && (range.From <= 0 || range.To <= 0) =>
            throw new ArgumentException($"A logarithmic axis cannot run from {range.From} to {range.To}; both ends must be above 0."),
        _ => axis,
    };
}
