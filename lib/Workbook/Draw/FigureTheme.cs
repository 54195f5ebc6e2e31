namespace Workbook.Draw;

/// <summary>
/// What all figures look like. Nothing here knows whether the page is light or dark: backgrounds are transparent, lines are
/// half-transparent grey, and the text is a grey that can be read on both until the page or our script sets <c>font.color</c>.
/// </summary>
internal static class FigureTheme
{
    private const string Text = "#808080";
    private const string Grid = "rgba(128,128,128,0.22)";
    private const string Frame = "rgba(128,128,128,0.6)";

    public static readonly Members Template = Members.None
        .With("layout.font", Members.None.With("color", Text).With("size", 13)
            .With("family", "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"))
        .With("layout.paper_bgcolor", "rgba(0,0,0,0)")
        .With("layout.plot_bgcolor", "rgba(0,0,0,0)")
        .With("layout.colorway", Enumerable.Range(0, Palette.Count).Select(Palette.Colour))
        .With("layout.title", Members.None.With("x", 0).With("xref", "container").With("xanchor", "left")
            .With("y", 1).With("yref", "container").With("yanchor", "top").With("pad.t", 14).With("pad.l", 12).With("font.size", 17))
        .With("layout.legend", Members.None.With("orientation", "h").With("traceorder", "normal").With("x", 0).With("xanchor", "left")
            .With("y", 0).With("yref", "container").With("yanchor", "bottom").With("bgcolor", "rgba(0,0,0,0)"))
        .With("layout.modebar", Members.None.With("bgcolor", "rgba(0,0,0,0)").With("color", Frame).With("activecolor", Text))
        .With("layout.hovermode", "closest")
        .With("layout.xaxis", Lines())
        .With("layout.yaxis", Lines());

    private static Members Lines() => Members.None.With("gridcolor", Grid).With("zerolinecolor", Frame).With("linecolor", Frame)
        .With("showline", true).With("ticks", "outside").With("tickcolor", Frame).With("automargin", true).With("title.standoff", 10)
        .With("minor.tickcolor", Frame);

    public static Members NoData(string x, string y) => Members.None.With("text", "no data").With("xref", $"{x} domain")
        .With("yref", $"{y} domain")
        .With("x", 0.5).With("y", 0.5).With("showarrow", false).With("font.size", 20);

    /// <summary>What stays of an axis on which nothing lies.</summary>
    public static Members Bare(Members axis) => axis.With("showticklabels", false).With("ticks", "").With("zeroline", false)
        .With("showgrid", false);

    /// <summary>A panel's own title over it, and over the first row the heading of its column.</summary>
    public static IEnumerable<Members> Headings(Panel panel, string x, string y)
    {
        var heading = Members.None.With("xref", $"{x} domain").With("yref", $"{y} domain").With("x", 0).With("y", 1)
            .With("xanchor", "left").With("yanchor", "bottom").With("showarrow", false);
        yield return heading.With("text", Markup.Literal(panel.Figure.Title)).With("font.size", 12).With("yshift", 2);
        if (panel.Row == 0 && panel.Heading.Length > 0)
            yield return heading.With("text", $"<b>{Markup.Literal(panel.Heading)}</b>").With("font.size", 14).With("yshift", 18);
    }
}
