using System.Numerics;

namespace Workbook.Draw;

public sealed partial record Figure
{
    /// <summary>A line through points, in the order given; a value that is not a number leaves a gap.</summary>
    /// <param name="x">Where the points stand on the horizontal axis.</param>
    /// <param name="y">As many values for the vertical axis.</param>
    /// <param name="name">The line's name in the legend.</param>
    /// <param name="stepped">Whether each value holds until the next one, as a count or a rate does.</param>
    /// <exception cref="ArgumentException">There are more of the one than of the other.</exception>
    public Figure Line<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, string? name = null, bool stepped = false)
        where TX : INumber<TX> where TY : INumber<TY>
    {
        var (xs, ys) = Pairs(x, y, name);
        var members = Named("scatter", name).With("mode", "lines").With("x", xs).With("y", ys);
        if (stepped)
            members = members.With("line.shape", "hv");
        return Add(new(SeriesKind.Line, name, members, Extent.Of(xs), Extent.Of(ys), FigureAlt.Course(xs, ys), "line.color"));
    }

    /// <summary>A line through points given as pairs.</summary>
    public Figure Line<TX, TY>(IEnumerable<(TX X, TY Y)> points, string? name = null, bool stepped = false)
        where TX : INumber<TX> where TY : INumber<TY>
    {
        var all = points.ToList();
        return Line(all.Select(point => point.X), all.Select(point => point.Y), name, stepped);
    }

    /// <summary>Single points, not joined.</summary>
    /// <param name="x">Where the points stand on the horizontal axis.</param>
    /// <param name="y">As many values for the vertical axis.</param>
    /// <param name="name">The points' name in the legend.</param>
    /// <param name="labels">What each point says under the pointer.</param>
    /// <exception cref="ArgumentException">There are not as many of each.</exception>
    public Figure Scatter<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, string? name = null, IEnumerable<string>? labels = null)
        where TX : INumber<TX> where TY : INumber<TY>
    {
        var (xs, ys) = Pairs(x, y, name);
        var members = Named("scatter", name).With("mode", "markers").With("x", xs).With("y", ys)
            .With("marker.size", xs.Count > 200 ? 5 : 8);
        if (labels?.Select(Markup.Literal).ToList() is { } texts)
            members = members.With("text", SameCount(texts, xs.Count, "labels", "points"));
        return Add(new(SeriesKind.Scatter, name, members, Extent.Of(xs), Extent.Of(ys), FigureAlt.Cloud(xs, ys), "marker.color"));
    }

    /// <summary>Single points given as pairs, not joined.</summary>
    public Figure Scatter<TX, TY>(IEnumerable<(TX X, TY Y)> points, string? name = null, IEnumerable<string>? labels = null)
        where TX : INumber<TX> where TY : INumber<TY>
    {
        var all = points.ToList();
        return Scatter(all.Select(point => point.X), all.Select(point => point.Y), name, labels);
    }

    /// <summary>One bar a category. Several calls put their bars side by side; <see cref="Stacked"/> puts them on each other.</summary>
    /// <param name="categories">What each bar stands for.</param>
    /// <param name="values">As many values.</param>
    /// <param name="name">What these bars are called in the legend.</param>
    /// <param name="horizontal">Whether the bars lie; long names of categories then have room.</param>
    /// <exception cref="ArgumentException">There are more of the one than of the other.</exception>
    public Figure Bars<T>(IEnumerable<string> categories, IEnumerable<T> values, string? name = null, bool horizontal = false)
        where T : INumber<T>
    {
        var texts = categories.ToList();
        var numbers = SameCount(Doubles(values), texts.Count, "values", "categories");
        var literal = texts.Select(Markup.Literal);
        var members = Named("bar", name);
        members = horizontal
            ? members.With("orientation", "h").With("x", numbers).With("y", literal)
            : members.With("x", literal).With("y", numbers);
        var figure = horizontal ? this with { Y = Y with { Members = Y.Members.With("autorange", "reversed").With("type", "category") } }
            : this with { X = X with { Members = X.Members.With("type", "category") } };
        var (lengths, text) = (Extent.Of(numbers).With(0), FigureAlt.Bars(texts, numbers));
        return figure.Add(horizontal
            ? new(SeriesKind.Bar, name, members, lengths, Extent.Empty, text, "marker.color")
            : new(SeriesKind.Bar, name, members, Extent.Empty, lengths, text, "marker.color"));
    }

    /// <summary>One bar an entry.</summary>
    public Figure Bars<T>(IEnumerable<KeyValuePair<string, T>> bars, string? name = null, bool horizontal = false) where T : INumber<T>
    {
        var all = bars.ToList();
        return Bars(all.Select(bar => bar.Key), all.Select(bar => bar.Value), name, horizontal);
    }

    /// <summary>Puts bars of the same category on each other instead of side by side.</summary>
    public Figure Stacked() => Layout("barmode", "stack");

    private Figure Add(Trace trace) => Panels.IsEmpty && Moments.IsEmpty
        ? this with { Traces = Traces.Add(trace) }
        : throw new InvalidOperationException("This figure is made of figures; add to those before you put them together.");

    private static Members Named(string type, string? name)
    {
        var members = Members.None.With("type", type);
        return name is null ? members.With("showlegend", false) : members.With("name", Markup.Literal(name));
    }

    private static List<double> Doubles<T>(IEnumerable<T> values) where T : INumber<T> => [.. values.Select(double.CreateChecked)];

    private static (List<double> X, List<double> Y) Pairs<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, string? name)
        where TX : INumber<TX> where TY : INumber<TY>
    {
        var (xs, ys) = (Doubles(x), Doubles(y));
        return xs.Count == ys.Count
            ? (xs, ys)
            : throw new ArgumentException(
                $"{(name is null ? "The series" : $"'{name}'")} has {Words.Count(xs.Count, "x value")} "
                + $"but {Words.Count(ys.Count, "y value")}; "
                + "give as many of the one as of the other.");
    }

    private static List<T> SameCount<T>(List<T> items, int count, string what, string than) => items.Count == count
        ? items
        : throw new ArgumentException($"There are {items.Count} {what} for {count} {than}; give one for each.");
}
