using System.Numerics;

namespace Workbook.Draw;

public sealed partial record Figure
{
    /// <summary>An empirical distribution keeps at most this many steps; more could not be told apart on a screen.</summary>
    private const int MostSteps = 1000;

    /// <summary>
    /// How many values fall into each of equally wide bins; the bins are counted here, so that every host shows the same.
    /// </summary>
    /// <param name="values">The values; those that are not finite are left out.</param>
    /// <param name="name">The histogram's name in the legend.</param>
    /// <param name="bins">How many bins, from 1 to 1,000; 0 takes the square root of the number of values, at most 50.</param>
    public Figure Histogram<T>(IEnumerable<T> values, string? name = null, int bins = 0) where T : INumber<T>
    {
        if (bins is < 0 or > 1000)
            throw new ArgumentException($"A histogram cannot have {bins} bins; give 1 to 1,000, or 0 to let the figure choose.",
                nameof(bins));
        var numbers = Doubles(values).Where(double.IsFinite).ToList();
        var extent = Extent.Of(numbers);
        var count = bins > 0 ? bins : Math.Clamp((int)Math.Sqrt(numbers.Count), 1, 50);
        var width = extent.IsEmpty || extent.Max == extent.Min ? 1 : (extent.Max - extent.Min) / count;
        var heights = new double[extent.IsEmpty ? 0 : extent.Max == extent.Min ? 1 : count];
        foreach (var number in numbers)
            heights[Math.Min((int)((number - extent.Min) / width), heights.Length - 1)]++;
        var start = extent.Max == extent.Min ? extent.Min - 0.5 : extent.Min;
        var members = Named("bar", name)
            .With("x", heights.Select((_, i) => start + (i + 0.5) * width))
            .With("y", heights)
            .With("width", width)
            .With("hovertemplate", heights.Select((_, i) =>
                $"{Words.Number(start + i * width)} – {Words.Number(start + (i + 1) * width)}: %{{y}}"));
        if (Traces.Any(trace => trace.Kind == SeriesKind.Histogram))
            members = members.With("opacity", 0.65);
        var figure = Y.Title.Length > 0 ? this : YAxis("count");
        return figure.Layout("barmode", "overlay").Layout("bargap", 0).Add(new(
            SeriesKind.Histogram, name, members, extent, Extent.Of(heights), FigureAlt.Spread(numbers), "marker.color"));
    }

    /// <summary>
    /// The empirical distribution: for each value the share of values no larger than it, from 0 to 1. Of more than a thousand values, a
    /// thousand evenly spread quantiles are drawn, the smallest and the largest among them.
    /// </summary>
    /// <param name="values">The values; those that are not finite are left out.</param>
    /// <param name="name">Its name in the legend.</param>
    public Figure Distribution<T>(IEnumerable<T> values, string? name = null) where T : INumber<T>
    {
        var sorted = Doubles(values).Where(double.IsFinite).Order().ToList();
        var steps = Math.Min(sorted.Count, MostSteps);
        var ranks = Enumerable.Range(0, steps).Select(i => steps == 1 ? 0 : (int)((long)i * (sorted.Count - 1) / (steps - 1))).ToList();
        var x = ranks.Select(rank => sorted[rank]);
        var y = ranks.Select(rank => (rank + 1.0) / sorted.Count);
        if (steps > 0)
            (x, y) = (x.Prepend(sorted[0]), y.Prepend(0));
        var members = Named("scatter", name).With("mode", "lines").With("line.shape", "hv").With("x", x).With("y", y);
        var figure = Y.Title.Length > 0 ? this : YAxis("share of values", range: (0, 1.02));
        var extent = Extent.Of(sorted);
        return figure.Add(new(SeriesKind.Distribution, name, members, extent, new(0, 1), FigureAlt.Spread(sorted), "line.color"));
    }

    /// <summary>A number for each pair of row and column, as a colour from dark (low) to bright (high).</summary>
    /// <param name="rows">The rows' names, the first at the top.</param>
    /// <param name="columns">The columns' names.</param>
    /// <param name="values">The numbers, by row and column; one that is not a number leaves a hole.</param>
    /// <param name="unit">What the numbers are, beside the colour scale.</param>
    /// <exception cref="ArgumentException">The names are not as many as the rows and columns.</exception>
    public Figure HeatMap(IEnumerable<string> rows, IEnumerable<string> columns, double[,] values, string unit = "")
    {
        var (down, across) = (rows.Select(Markup.Literal).ToList(), columns.Select(Markup.Literal).ToList());
        SameCount(down, values.GetLength(0), "names of rows", "rows");
        SameCount(across, values.GetLength(1), "names of columns", "columns");
        var z = Enumerable.Range(0, down.Count)
            .Select(row => Enumerable.Range(0, across.Count).Select(column => Number(values[row, column])).ToArray()).ToArray();
        var gap = down.Count * across.Count > 2500 ? 0 : 1;
        var members = Members.None.With("type", "heatmap").With("x", across).With("y", down).With("z", z)
            .With("colorscale", "Viridis").With("hoverongaps", false).With("colorbar.title.text", Markup.Literal(unit))
            .With("colorbar.outlinewidth", 0).With("xgap", gap).With("ygap", gap);
        var extent = Extent.Of(values.Cast<double>());
        var text = extent.IsEmpty ? null : $"{Words.Count(down.Count, "row")} by {Words.Count(across.Count, "column")}, values from "
            + $"{Words.Number(extent.Min)} to {Words.Number(extent.Max, unit)}";
        var figure = this with
        {
            X = X with { Members = X.Members.With("type", "category").With("showgrid", false) },
            Y = Y with { Members = Y.Members.With("type", "category").With("autorange", "reversed").With("showgrid", false) },
        };
        return figure.Add(new(SeriesKind.HeatMap, null, members, Extent.Empty, Extent.Empty, text, null));

        static double? Number(double value) => double.IsFinite(value) ? value : null;
    }
}
