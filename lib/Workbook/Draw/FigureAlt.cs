namespace Workbook.Draw;

/// <summary>Says in words what a figure shows: its title, its axes with their ranges, and the course of each series.</summary>
internal static class FigureAlt
{
    public static string Of(Figure figure)
    {
        if (!figure.Moments.IsEmpty)
        {
            return $"{Sentence(figure.Title)} Animation in {Words.Count(figure.Moments.Length, "step")}, from "
                + $"{figure.Moments[0].Name} to {figure.Moments[^1].Name}. At first: {Of(figure.Moments[0].Figure)} "
                + $"At last: {Of(figure.Moments[^1].Figure)}";
        }
        if (!figure.Panels.IsEmpty)
        {
            return $"{Sentence(figure.Title)} {Words.Count(figure.Panels.Length, "panel")}. "
                + string.Join(' ', figure.Panels.Select((panel, i) =>
                    $"({i + 1}) {(panel.Heading.Length > 0 ? $"{panel.Heading}: " : "")}{Of(panel.Figure)}"));
        }
        var shown = figure.Traces.Where(trace => !trace.IsEmpty).ToList();
        if (shown.Count == 0)
            return $"{Sentence(figure.Title)} No data.";
        string[] parts =
        [
            Sentence(figure.Title), Kinds(shown), Axis("Horizontal", figure.X, shown.Select(trace => trace.X)),
            Axis("Vertical", figure.Y, shown.Select(trace => trace.Y)), Series(shown), References(figure),
        ];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    /// <summary>How a line runs; null when it has no point.</summary>
    public static string? Course(List<double> x, List<double> y)
    {
        var points = x.Zip(y).Where(point => double.IsFinite(point.First) && double.IsFinite(point.Second)).ToList();
        if (points.Count == 0)
            return null;
        var (first, last, top) = (points[0].Second, points[^1].Second, points.MaxBy(point => point.Second));
        var bottom = points.MinBy(point => point.Second);
        var scale = points.Max(point => Math.Abs(point.Second));
        var text = $"from {Words.Number(first, scale)} to {Words.Number(last, scale)}";
        if (top.Second > Math.Max(first, last))
            text += $", highest {Words.Number(top.Second, scale)} at {Words.Number(top.First)}";
        if (bottom.Second < Math.Min(first, last) - scale / 100)
            text += $", lowest {Words.Number(bottom.Second, scale)} at {Words.Number(bottom.First)}";
        return text;
    }

    /// <summary>How many points there are; null when there is none.</summary>
    public static string? Cloud(List<double> x, List<double> y)
    {
        var count = x.Zip(y).Count(point => double.IsFinite(point.First) && double.IsFinite(point.Second));
        return count == 0 ? null : Words.Count(count, "point");
    }

    /// <summary>Each bar's value, or the largest and smallest of many; null when there is none.</summary>
    public static string? Bars(List<string> categories, List<double> values)
    {
        var bars = categories.Zip(values).Where(bar => double.IsFinite(bar.Second)).ToList();
        if (bars.Count == 0)
            return null;
        if (bars.Count <= 12)
            return string.Join(", ", bars.Select(bar => $"{bar.First} {Words.Number(bar.Second)}"));
        var (most, least) = (bars.MaxBy(bar => bar.Second), bars.MinBy(bar => bar.Second));
        return $"{Words.Count(bars.Count, "bar")}, most {most.First} {Words.Number(most.Second)}, "
            + $"least {least.First} {Words.Number(least.Second)}";
    }

    /// <summary>How many values there are and how they lie; null when there is none.</summary>
    public static string? Spread(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0
            ? null
            : $"{Words.Count(sorted.Count, "value")}, median {Words.Number(Quantile(0.5))}, 99 % at most {Words.Number(Quantile(0.99))}";

        double Quantile(double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
    }

    private static string Kinds(List<Trace> traces) => string.Join(" and ", traces.Select(trace => trace.Kind).Distinct().Select(Kind))
        + (traces.Count > 1 && traces[0].Kind != SeriesKind.Gantt ? $" with {traces.Count} series." : ".");

    private static string Kind(SeriesKind kind) => kind switch
    {
        SeriesKind.Line => "Line chart",
        SeriesKind.Scatter => "Scatter plot",
        SeriesKind.Bar => "Bar chart",
        SeriesKind.Histogram => "Histogram",
        SeriesKind.Distribution => "Empirical distribution",
        SeriesKind.HeatMap => "Heat map",
        SeriesKind.Gantt => "Gantt chart",
        _ => "Chart",
    };

    private static string Axis(string which, Axis axis, IEnumerable<Extent> extents)
    {
        var extent = axis.Range is { } range ? new(range.From, range.To) : Extent.Around(extents);
        if (extent.IsEmpty)
            return axis.Title.Length > 0 ? $"{which} axis: {axis.Title}." : "";
        var title = axis.Title.Length > 0 ? $"{axis.Title}, " : "";
        return $"{which} axis{(axis.IsLog ? " (logarithmic)" : "")}: {title}"
            + $"{Words.Number(extent.Min, axis.IsLog ? 0 : extent.Max)} to {Words.Number(extent.Max, axis.Unit)}.";
    }

    private static string Series(List<Trace> traces)
    {
        var said = traces.Where(trace => trace.Text is { Length: > 0 }).ToList();
        var parts = said.Take(8).Select(trace => trace.Name is null ? trace.Text : $"{trace.Name}: {trace.Text}");
        var text = string.Join("; ", parts) + (said.Count > 8 ? $"; and {said.Count - 8} more" : "");
        return said.Count == 0 ? "" : Sentence(said[0].Name is null ? Capital(text) : text);
    }

    private static string References(Figure figure)
    {
        var labels = figure.References.Where(reference => reference.Label.Length > 0)
            .Select(reference => reference.InWords(figure.X, figure.Y)).ToList();
        return labels.Count == 0 ? "" : $"Marked: {string.Join("; ", labels)}.";
    }

    private static string Sentence(string text) => text.EndsWith('.') || text.EndsWith('?') || text.EndsWith('!') ? text : text + ".";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
