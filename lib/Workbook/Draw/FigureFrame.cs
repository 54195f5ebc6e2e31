using System.Collections.Immutable;

namespace Workbook.Draw;

/// <summary>A figure's height in pixels, and what of it goes to title, legend, headings and slider.</summary>
internal sealed record FigureFrame(int Height, int Top, int Bottom, bool HasLegend)
{
    private const int Title = 46;
    private const int Legend = 30;
    private const int PanelHeight = 190;

    public static FigureFrame Of(Figure figure, ImmutableArray<Panel> panels)
    {
        var isGrid = !figure.Panels.IsEmpty;
        // One name alone is what the title speaks of.
        var names = panels.SelectMany(panel => panel.Figure.Traces).Where(trace => trace.Name is not null).Select(trace => trace.Name)
            .Distinct().Count();
        var headings = !isGrid ? 6 : panels.Any(panel => panel.Heading.Length > 0) ? 42 : 22;
        var (top, bottom) = (Title + headings, figure.Moments.IsEmpty ? 56 : 186);
        var body = isGrid ? (panels.Max(panel => panel.Row) + 1) * PanelHeight : 320;
        var wanted = figure.Pixels ?? (isGrid ? null : panels[0].Figure.Pixels);
        var height = wanted is { } pixels ? Math.Max(pixels, top + bottom + 40) : body + top + bottom + (names > 1 ? Legend : 0);
        return new(height, top, bottom, names > 1);
    }

    /// <summary>A number of pixels as a share of the plotted part's height, which is how Plotly places a legend.</summary>
    public double Share(int pixels) => Math.Round((double)pixels / (Height - Top - Bottom - (HasLegend ? Legend : 0)), 4);

    /// <param name="rowsAbove">How many rows of labels stand between the title and the plotted part.</param>
    public Members ToMembers(int rowsAbove)
    {
        var extra = rowsAbove * Reference.RowHeight;
        return Members.None.With("height", Height + extra)
            .With("margin", Members.None.With("t", Top + extra).With("b", Bottom).With("l", 64).With("r", 24))
            .With("showlegend", HasLegend);
    }
}
