namespace Workbook.Draw;

/// <summary>
/// Thousands of bars as one closed outline, which a browser draws as one element. The pen starts at the left of the first row, runs along
/// the row's lower edge, goes round each bar on its way, returns along the same edge and goes down to the next row: what it draws twice
/// encloses nothing, so that only the bars are filled.
/// </summary>
internal static class GanttOutline
{
    public static Members Of(List<GanttBar> bars, Dictionary<string, int> places)
    {
        var (x, y) = (new List<double>(bars.Count * 5), new List<double>(bars.Count * 5));
        var left = Milli(bars.Min(bar => bar.Start));
        // Rows of less than a few pixels touch each other; a gap between them would only make them grey.
        var half = places.Count > 100 ? 0.5 : 0.4;
        foreach (var row in bars.GroupBy(bar => places[bar.Row]).OrderBy(row => row.Key))
        {
            var (upper, lower) = (row.Key - half, row.Key + half);
            Draw(left, lower);
            foreach (var bar in row.OrderBy(bar => bar.Start))
            {
                Draw(Milli(bar.Start), lower);
                Draw(Milli(bar.Start), upper);
                Draw(Milli(bar.End), upper);
                Draw(Milli(bar.End), lower);
            }
            Draw(left, lower);
        }
        // Plotly's simplification moves points by less than a pixel, and the pen's way back then no longer meets its way there.
        return Members.None.With("mode", "lines").With("fill", "toself").With("line.width", 0).With("line.simplify", false)
            .With("hoverinfo", "skip").With("x", x).With("y", y);

        void Draw(double time, double place)
        {
            x.Add(time);
            y.Add(place);
        }
    }

    /// <summary>An invisible point in the middle of each bar, which says under the pointer what the bar is.</summary>
    public static Trace Labels(List<GanttBar> bars, Dictionary<string, int> places)
    {
        var members = Members.None.With("type", "scatter").With("mode", "none").With("showlegend", false).With("hoveron", "points")
            .With("hoverinfo", "text")
            .With("x", bars.Select(bar => Milli((bar.Start + bar.End) / 2))).With("y", bars.Select(bar => (double)places[bar.Row]))
            .With("text", bars.Select(Hover));
        return new(SeriesKind.Gantt, null, members, Extent.Empty, Extent.Empty, "", null);
    }

    public static string Hover(GanttBar bar) =>
        Markup.Literal($"{bar.Label ?? bar.Kind} · {bar.Row}, {Words.Number(bar.Start)}–{Words.Number(bar.End)} s");

    /// <summary>Of so many bars each is a few pixels wide; more digits would only make the page heavier.</summary>
    private static double Milli(double seconds) => Math.Round(seconds, 3);
}
