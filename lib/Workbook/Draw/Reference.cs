namespace Workbook.Draw;

internal enum ReferenceKind
{
    Vertical,
    Horizontal,
    Band,
    Note,
}

/// <summary>Something drawn on a figure that is not data: a line across it, a shaded stretch, a note at a point.</summary>
internal sealed record Reference(ReferenceKind Kind, double X, double Y, string Label)
{
    public const int RowHeight = 16;
    private const string Ink = "#808080";

    /// <summary>Whether its label stands at the upper edge of the figure.</summary>
    public bool StandsAtTop => Kind is ReferenceKind.Vertical or ReferenceKind.Band;

    public string InWords(Axis x, Axis y) => Kind switch
    {
        ReferenceKind.Vertical => $"{Label} at {Words.Number(X, x.Unit)}",
        ReferenceKind.Horizontal => $"{Label} at {Words.Number(Y, y.Unit)}",
        ReferenceKind.Band => $"{Label} from {Words.Number(X)} to {Words.Number(Y, x.Unit)}",
        _ => $"{Label} at ({Words.Number(X, x.Unit)}, {Words.Number(Y, y.Unit)})",
    };

    /// <summary>The shape, with places in data units even on logarithmic axes: so Plotly wants shapes.</summary>
    public Members? Shape(string x, string y)
    {
        var line = Members.None.With("layer", "below").With("xref", x).With("yref", y);
        return Kind switch
        {
            ReferenceKind.Vertical => Line(line.With("yref", $"{y} domain"), (X, X), (0, 1)),
            ReferenceKind.Horizontal => Line(line.With("xref", $"{x} domain"), (0, 1), (Y, Y)),
            ReferenceKind.Band => line.With("yref", $"{y} domain").With("type", "rect").With("x0", X).With("x1", Y).With("y0", 0)
                .With("y1", 1)
                .With("fillcolor", "rgba(128,128,128,0.18)").With("line.width", 0),
            _ => null,
        };
    }

    /// <summary>The label, with places as exponents on logarithmic axes: so Plotly wants annotations.</summary>
    /// <param name="x">Plotly's name of the horizontal axis.</param>
    /// <param name="y">Plotly's name of the vertical axis.</param>
    /// <param name="on">The axes themselves.</param>
    /// <param name="row">In which row the label stands, of those that have their own rows.</param>
    /// <param name="left">Whether it lies to the left of its place.</param>
    /// <param name="inside">Whether the rows go down from the upper edge; otherwise they go up from it.</param>
    public Members Annotation(string x, string y, (Axis X, Axis Y) on, int row, bool left, bool inside)
    {
        var (atX, atY) = (On(on.X, X), On(on.Y, Y));
        var note = Members.None.With("text", Markup.Literal(Label)).With("xref", x).With("yref", y).With("showarrow", false)
            .With("font.size", 12);
        return Kind switch
        {
            ReferenceKind.Horizontal => note.With("xref", $"{x} domain").With("x", 1).With("y", atY).With("xanchor", "right")
                .With("yanchor", "bottom"),
            ReferenceKind.Note => note.With("x", atX).With("y", atY).With("showarrow", true).With("arrowhead", 2).With("arrowcolor", Ink)
                .With("ax", 30).With("ay", -32).With("xanchor", "left"),
            _ => note.With("yref", $"{y} domain").With("x", atX).With("y", 1).With("xanchor", left ? "right" : "left")
                .With("yanchor", inside ? "top" : "bottom").With("yshift", (inside ? -1 : 1) * RowHeight * row),
        };
    }

    private static double On(Axis axis, double value) => axis.IsLog ? Math.Log10(value) : value;

    private static Members Line(Members shape, (double From, double To) x, (double From, double To) y) => shape.With("type", "line")
        .With("x0", x.From).With("x1", x.To).With("y0", y.From).With("y1", y.To)
        .With("line.color", Ink).With("line.width", 1.5).With("line.dash", "dash");
}
