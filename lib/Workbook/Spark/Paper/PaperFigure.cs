using Workbook.Draw;

namespace Workbook.Spark.Paper;

/// <summary>One bar of a figure of the paper, and ours.</summary>
/// <param name="Panel">The part of the figure, such as the program.</param>
/// <param name="Category">What stands below the bar, such as the system.</param>
/// <param name="Series">The kind of bar, such as the first iteration.</param>
/// <param name="Paper">What the paper measured, in seconds.</param>
/// <param name="Ours">What comes out here, in seconds of virtual time.</param>
public sealed record PaperBar(string Panel, string Category, string Series, double Paper, double Ours)
{
    /// <summary>Ours as a multiple of the paper's.</summary>
    public double Ratio => Ours / Paper;
}

/// <summary>A figure of the paper, its numbers beside ours.</summary>
/// <param name="Title">Which figure, and of what.</param>
/// <param name="Bars">All bars, in the order in which they stand.</param>
[TypeFormatterSource(PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Plain, MimeTypes.Comparison])]
public sealed record PaperFigure(string Title, IReadOnlyList<PaperBar> Bars) : IDisplay
{
    internal const string Source = "Spark (NSDI 2012)";

    /// <summary>What stands below the horizontal axis.</summary>
    public string Axis { get; init; } = "";

    /// <summary>Why ours differ from the paper's, in a sentence or two.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The jobs of the run, where the figure is of one run.</summary>
    public IReadOnlyList<JobReport> Jobs { get; init; } = [];

    /// <summary>A bar.</summary>
    /// <exception cref="ArgumentException">There is none, or more than one.</exception>
    public PaperBar this[string panel, string category, string series] =>
        Bars.Where(bar => (bar.Panel, bar.Category, bar.Series) == (panel, category, series)).ToList() is [var one] ? one
            : throw new ArgumentException($"{Title} has no bar '{panel}', '{category}', '{series}': {nameof(Bars)} has the names of all.");

    /// <summary>The bars, the paper's and ours side by side, a panel beside the other.</summary>
    public Figure Picture()
    {
        var panels = Bars.GroupBy(bar => bar.Panel).Select(panel => panel.GroupBy(bar => bar.Series).Aggregate(
            new Figure(panel.Key.Length > 0 ? panel.Key : Title).XAxis(Axis).YAxis("time per iteration", "s"),
            (figure, series) => figure.Bars(series.Select(bar => bar.Category), series.Select(bar => bar.Paper), Name("paper", series.Key))
                .Bars(series.Select(bar => bar.Category), series.Select(bar => Math.Round(bar.Ours, 1)), Name("ours", series.Key)))).ToList();
        return panels is [var only] ? only : Figure.Columns(Title, panels);

        static string Name(string whose, string series) => series.Length > 0 ? $"{whose}, {series}" : whose;
    }

    /// <summary>The numbers, and what ours are as a multiple of the paper's.</summary>
    public Table Table()
    {
        List<(string Header, Func<PaperBar, string> Value)> names = [("", bar => bar.Panel), (Axis, bar => bar.Category), ("bar", bar => bar.Series)];
        var shown = names.Where(name => Bars.Any(bar => name.Value(bar).Length > 0)).Select(name => (name.Header, (Func<PaperBar, object?>)name.Value));
        return Draw.Table.Of(Title, Bars, [.. shown, ("paper, s", bar => bar.Paper), ("ours, s", bar => Math.Round(bar.Ours, 1)),
            ("ours / paper", bar => Math.Round(bar.Ratio, 2))]);
    }

    /// <summary>The bars with the gaps between the paper's and ours, and the reason for them.</summary>
    public Comparison Compared()
    {
        var at = Title.IndexOf(": ", StringComparison.Ordinal);
        return Bars.Aggregate(
            new Comparison(Source, Title[..at], Title[(at + 2)..]) { Reason = Reason },
            (all, bar) => all.Row(Quantity(bar), bar.Paper, Math.Round(bar.Ours, 1), "s"));

        string Quantity(PaperBar bar) => string.Join(", ", new[] { bar.Panel, Category(bar), bar.Series }.Where(name => name.Length > 0));

        string Category(PaperBar bar) => Axis switch
        {
            "iteration" or "memory for" => $"{Axis} {bar.Category}",
            "machines" => $"{bar.Category} {Axis}",
            _ => bar.Category,
        };
    }

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => Picture().ToMimeBundle() with { Facts = Compared().ToMimeBundle().Facts };

    /// <summary>The table as text.</summary>
    public override string ToString() => Table().ToText();
}
