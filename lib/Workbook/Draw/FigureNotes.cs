using System.Collections.Immutable;

namespace Workbook.Draw;

/// <summary>The lines, shaded stretches, notes and headings of a figure, as Plotly's shapes and annotations.</summary>
/// <param name="Shapes">What has no text.</param>
/// <param name="Annotations">What is text.</param>
/// <param name="RowsAbove">How many rows of labels stand above the plotted part.</param>
internal sealed record FigureNotes(ImmutableList<Members> Shapes, ImmutableList<Members> Annotations, int RowsAbove)
{
    /// <summary>
    /// How wide the plotted part is taken to be; what matters is only that labels do not run into each other on a usual page.
    /// </summary>
    private const double Width = 560;

    private const double CharacterWidth = 7;

    public static FigureNotes Of(ImmutableArray<Panel> panels, bool isGrid)
    {
        var notes = new FigureNotes([], [], 0);
        for (var at = 0; at < panels.Length; at++)
        {
            var (x, y) = (FigureLayout.Id("x", at), FigureLayout.Id("y", at));
            notes = notes.With(panels[at].Figure, x, y, isGrid);
            if (panels[at].Figure.Traces.All(trace => trace.IsEmpty))
                notes = notes with { Annotations = notes.Annotations.Add(FigureTheme.NoData(x, y)) };
            if (isGrid)
                notes = notes with { Annotations = notes.Annotations.AddRange(FigureTheme.Headings(panels[at], x, y)) };
        }
        return notes;
    }

    public Members ToMembers()
    {
        var members = Shapes.Count > 0 ? Members.None.With("shapes", Shapes) : Members.None;
        return Annotations.Count > 0 ? members.With("annotations", Annotations) : members;
    }

    private FigureNotes With(Figure figure, string x, string y, bool isGrid)
    {
        var shapes = figure.References.Select(reference => reference.Shape(x, y)).OfType<Members>();
        var (annotations, rows) = (new List<Members>(), new List<double>());
        var extent = Extent.Around(figure.Traces.Select(trace => trace.X)
            .Append(Extent.Of(figure.References.Where(r => r.StandsAtTop).Select(r => r.X))));
        foreach (var reference in figure.References.Where(reference => reference.Label.Length > 0).OrderBy(reference => reference.X))
        {
            var place = reference.StandsAtTop ? Row(reference, extent, figure.X.IsLog, rows) : (Row: 0, Left: false);
            annotations.Add(reference.Annotation(x, y, (figure.X, figure.Y), place.Row, place.Left, isGrid));
        }
        return new(Shapes.AddRange(shapes), Annotations.AddRange(annotations), isGrid ? 0 : Math.Max(RowsAbove, rows.Count));
    }

    /// <summary>
    /// The lowest row in which the label meets no other, and whether it lies to the left of its place because the right has no room.
    /// </summary>
    private static (int Row, bool Left) Row(Reference label, Extent extent, bool isLog, List<double> rows)
    {
        var share = extent.Max > extent.Min ? isLog ? Math.Log(label.X / extent.Min) / Math.Log(extent.Max / extent.Min)
            : (label.X - extent.Min) / (extent.Max - extent.Min) : 0;
        var (place, width) = (share * Width, label.Label.Length * CharacterWidth + 8);
        var left = place + width > Width + 20 && place > width;
        var (from, to) = left ? (place - width, place) : (place, place + width);
        var row = rows.FindIndex(taken => taken <= from);
        if (row < 0)
        {
            row = rows.Count;
            rows.Add(0);
        }
        rows[row] = to;
        return (row, left);
    }
}
