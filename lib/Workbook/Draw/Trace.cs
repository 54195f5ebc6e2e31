namespace Workbook.Draw;

/// <summary>What a trace shows, for the text alternative.</summary>
internal enum SeriesKind
{
    Line,
    Scatter,
    Bar,
    Histogram,
    Distribution,
    HeatMap,
    Gantt,
    Raw,
}

/// <summary>One trace of Plotly's, with what its text alternative needs to know.</summary>
/// <param name="Kind">What it shows.</param>
/// <param name="Name">Its name in the legend; null when it needs none.</param>
/// <param name="Members">Plotly's members, without colour and axes: those depend on where the trace stands.</param>
/// <param name="X">Where its data lies on the horizontal axis.</param>
/// <param name="Y">Where its data lies on the vertical axis.</param>
/// <param name="Text">What the text alternative says of its data; null when there is no data.</param>
/// <param name="ColourPath">The member that its palette colour goes to; null when it takes none.</param>
internal sealed record Trace(SeriesKind Kind, string? Name, Members Members, Extent X, Extent Y, string? Text, string? ColourPath)
{
    public string Label => Name ?? "unnamed";

    public bool IsEmpty => Kind != SeriesKind.Raw && Text is null;
}

/// <summary>One of a figure's two axes.</summary>
internal sealed record Axis(string Title, string Unit, bool IsLog, (double From, double To)? Range, Members Members)
{
    public static readonly Axis Plain = new("", "", false, null, Members.None);

    public string Caption => Unit.Length == 0 ? Title : Title.Length == 0 ? Unit : $"{Title} ({Unit})";

    /// <summary>Plotly wants the exponents as the range of a logarithmic axis.</summary>
    public Members ToMembers()
    {
        var members = Members.None;
        if (Caption.Length > 0)
            members = members.With("title.text", Markup.Literal(Caption));
        if (IsLog)
            members = members.With("type", "log").With("dtick", 1).With("minor.ticks", "inside");
        if (Range is { } range)
            members = members.With("range", IsLog ? [Math.Log10(range.From), Math.Log10(range.To)] : new[] { range.From, range.To });
        return members.With(Members);
    }
}

/// <summary>Plotly reads a small part of HTML in every text.</summary>
internal static class Markup
{
    /// <summary>The text as it stands, whatever characters it has.</summary>
    public static string Literal(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;");
}
