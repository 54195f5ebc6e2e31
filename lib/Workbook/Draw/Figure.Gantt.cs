namespace Workbook.Draw;

public sealed partial record Figure
{
    /// <summary>
    /// Up to this many bars are bars to Plotly. More would be as many elements in the page: 20,000 took 2.3 s to draw and 2.7 s to zoom.
    /// As one outline a kind they take 0.8 s and 0.3 s.
    /// </summary>
    internal const int MostRectangles = 2500;

    private const int MostRowNames = 30;

    /// <summary>Who did what when: a row for each worker, a bar for each piece of work, a colour for each kind.</summary>
    /// <param name="bars">The bars, in any order.</param>
    /// <param name="rows">The rows from the top; without it they are those of the bars, in natural order (<c>w2</c> before
    /// <c>w10</c>).</param>
    /// <exception cref="ArgumentException">A bar ends before it starts, has no finite time, or lies in a row that <paramref name="rows"/>
    /// lacks.</exception>
    public Figure Gantt(IEnumerable<GanttBar> bars, IEnumerable<string>? rows = null)
    {
        var all = bars.ToList();
        var names = rows?.ToList() ?? all.Select(bar => bar.Row).Distinct().Order(Comparer<string>.Create(Words.CompareNaturally)).ToList();
        var places = names.Index().ToDictionary(row => row.Item, row => row.Index);
        foreach (var bar in all)
            Check(bar, places);
        var figure = (X.Title.Length > 0 ? this : XAxis("time", "s")) with
        {
            Y = GanttRows(Y, names),
            Pixels = Pixels ?? Math.Clamp(130 + 22 * names.Count, 260, 720),
        };
        figure = figure.Layout("barmode", "overlay").Layout("bargap", 0.15).Layout("hovermode", "closest");
        if (all.Count == 0)
            figure = figure.Add(new(SeriesKind.Gantt, null, Members.None.With("type", "bar"), Extent.Empty, Extent.Empty, null, null));
        foreach (var kind in all.GroupBy(bar => bar.Kind))
            figure = figure.Add(GanttKind(kind.Key, [.. kind], places, asOutline: all.Count > MostRectangles));
        if (all.Count > MostRectangles)
            figure = figure.Add(GanttOutline.Labels(all, places));
        return figure;
    }

    private static void Check(GanttBar bar, Dictionary<string, int> places)
    {
        if (!double.IsFinite(bar.Start) || !double.IsFinite(bar.End) || bar.End < bar.Start)
        {
            throw new ArgumentException($"The bar '{bar.Label ?? bar.Kind}' of {bar.Row} runs from {bar.Start} s to {bar.End} s; "
                + "give it an end not before its start.");
        }
        if (!places.ContainsKey(bar.Row))
        {
            throw new ArgumentException($"The bar '{bar.Label ?? bar.Kind}' lies in row '{bar.Row}', which is not among the rows given; "
                + "add that row.");
        }
    }

    private static Trace GanttKind(string kind, List<GanttBar> bars, Dictionary<string, int> places, bool asOutline)
    {
        var members = asOutline
            ? Named("scatter", kind).With(GanttOutline.Of(bars, places))
            : Named("bar", kind).With("orientation", "h").With("base", bars.Select(bar => bar.Start))
                .With("x", bars.Select(bar => bar.End - bar.Start))
                .With("y", bars.Select(bar => (double)places[bar.Row])).With("hovertext", bars.Select(GanttOutline.Hover))
                .With("hoverinfo", "text");
        if (bars.TrueForAll(bar => bar.IsHatched)) members = members.With(asOutline ? "fillpattern.shape" : "marker.pattern.shape", "/");
        var time = Extent.Of(bars.SelectMany(bar => new[] { bar.Start, bar.End }));
        var rows = bars.Select(bar => bar.Row).Distinct().Count();
        var text = $"{Words.Count(bars.Count, "bar")} in {Words.Count(rows, "row")}, "
            + $"from {Words.Number(time.Min)} to {Words.Number(time.Max)} s, "
            + $"{Words.Number(bars.Average(bar => bar.End - bar.Start))} s on average";
        return new(SeriesKind.Gantt, kind, members, time, Extent.Empty, text, asOutline ? "fillcolor" : "marker.color");
    }

    /// <summary>
    /// Numbers as places and names as their texts: a category axis of 1,746 names draws slowly. Of many names every n-th is shown.
    /// </summary>
    private static Axis GanttRows(Axis axis, List<string> names)
    {
        int[] steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
        var every = steps.FirstOrDefault(step => names.Count <= step * MostRowNames, names.Count);
        var shown = names.Index().Where(row => every < 2 || row.Index % every == 0).ToList();
        var members = axis.Members.With("tickmode", "array").With("tickvals", shown.Select(row => (double)row.Index))
            .With("ticktext", shown.Select(row => Markup.Literal(row.Item))).With("showgrid", false).With("zeroline", false)
            .With("range", new[] { names.Count - 0.4, -0.6 });
        return axis with { Members = members, Title = axis.Title.Length == 0 && every > 1 ? Words.Count(names.Count, "row") : axis.Title };
    }
}
