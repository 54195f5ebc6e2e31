using System.Collections.Immutable;

namespace Workbook.Draw;

/// <summary>A figure that stands in a larger one, by row and column from the upper left.</summary>
internal sealed record Panel(Figure Figure, int Row, int Column, string Heading);

public sealed partial record Figure
{
    internal ImmutableArray<Panel> Panels { get; private init; } = [];

    internal ImmutableArray<(string Name, Figure Figure)> Moments { get; private init; } = [];

    /// <summary>
    /// Figures under each other. Those whose horizontal axis has the same name and unit share it: zooming one zooms all, and only the
    /// lowest shows numbers. The same name of a series has the same colour and one entry in the legend.
    /// </summary>
    /// <param name="title">Stands above all, and is the heading of the column in <see cref="Columns"/>.</param>
    /// <param name="figures">The figures, the first at the top; each one's title stands over it.</param>
    /// <exception cref="ArgumentException">There is no figure, or one is itself made of figures.</exception>
    public static Figure Stack(string title, params IReadOnlyList<Figure> figures) => new(title)
    {
        Panels = [.. Single(figures).Select((figure, row) => new Panel(figure, row, 0, ""))],
    };

    /// <summary>
    /// Figures or stacks of figures beside each other. In a row, those whose vertical axis has the same name and unit share it, and all
    /// share the horizontal one likewise: so columns can be compared by eye.
    /// </summary>
    /// <param name="title">Stands above all.</param>
    /// <param name="columns">Figures, or what <see cref="Stack"/> gave; each one's title heads its column.</param>
    /// <exception cref="ArgumentException">There is no column, or one is an animation or has columns itself.</exception>
    public static Figure Columns(string title, params IReadOnlyList<Figure> columns)
    {
        if (columns.Count == 0 || columns.Any(column => !column.Moments.IsEmpty || column.Panels.Any(panel => panel.Column > 0)))
        {
            throw new ArgumentException("Columns are made of figures or of stacks of figures, at least one; "
                + "animations and other columns cannot stand in them.");
        }
        return new(title)
        {
            Panels = [.. columns.SelectMany((column, at) => column.Panels.IsEmpty
                ? [new Panel(column, 0, at, "")]
                : column.Panels.Select(panel => panel with { Column = at, Heading = column.Title }))],
        };
    }

    /// <summary>Figures one after the other in time, with a slider and a button that plays them; the axes stand still.</summary>
    /// <param name="title">Stands above all.</param>
    /// <param name="what">What the slider counts: <c>round</c>, <c>time</c>.</param>
    /// <param name="frames">The slider's places and their figures, each with the same series in the same order.</param>
    /// <exception cref="ArgumentException">There is no frame, or the frames' series differ in number or kind.</exception>
    public static Figure Animate(string title, string what, IEnumerable<(string Name, Figure Figure)> frames)
    {
        var moments = frames.ToImmutableArray();
        Single([.. moments.Select(moment => moment.Figure)]);
        var kinds = moments[0].Figure.Traces.Select(trace => trace.Kind).ToList();
        if (moments.FirstOrDefault(moment => !moment.Figure.Traces.Select(trace => trace.Kind).SequenceEqual(kinds))
            is { Figure: not null } odd)
        {
            throw new ArgumentException($"Frame '{odd.Name}' has other series than frame '{moments[0].Name}'; "
                + "give every frame the same ones in the same order.");
        }
        return new(title) { Moments = moments, MomentsCount = what };
    }

    internal string MomentsCount { get; private init; } = "";

    private static IReadOnlyList<Figure> Single(IReadOnlyList<Figure> figures) =>
        figures.Count > 0 && figures.All(figure => figure.Panels.IsEmpty && figure.Moments.IsEmpty)
            ? figures
            : throw new ArgumentException("Give at least one figure, and none that is itself made of figures.");
}
