using System.Collections.Immutable;

namespace Workbook.Draw;

/// <summary>Plotly's layout of a figure: where its panels stand, and what axes they share.</summary>
internal static class FigureLayout
{
    private const double GapX = 0.05;

    /// <summary>Plotly's name of the n-th axis: <c>x</c>, <c>x2</c>, <c>x3</c>…</summary>
    public static string Id(string letter, int panel) => panel == 0 ? letter : $"{letter}{panel + 1}";

    public static Members Of(Figure figure, ImmutableArray<Panel> panels)
    {
        var isGrid = !figure.Panels.IsEmpty;
        var (frame, notes) = (FigureFrame.Of(figure, panels), FigureNotes.Of(panels, isGrid));
        var layout = Members.None
            .With("title.text", Markup.Literal(figure.Title))
            .With("template", FigureTheme.Template)
            .With(frame.ToMembers(notes.RowsAbove));
        layout = panels.Select((_, at) => Axes(panels, at, isGrid, frame.Share(46))).Aggregate(layout, (all, axes) => all.With(axes));
        if (!figure.Moments.IsEmpty)
            layout = layout.With(FigureMotion.Still(figure)).With(FigureMotion.Slider(figure));
        layout = layout.With(notes.ToMembers());
        layout = panels.Select((panel, at) => Moved(panel.Figure.LayoutMembers, at)).Aggregate(layout, (all, own) => all.With(own));
        return layout.With(figure.LayoutMembers);
    }

    /// <summary>What a panel's author said of its axes goes to those axes; all else, like the bars' mode, to the whole.</summary>
    private static Members Moved(Members own, int at) => own.Renamed(path =>
        path.Split('.')[0] is "xaxis" or "yaxis" ? Id(path[..5], at) + path[5..] : path);

    private static Members Axes(ImmutableArray<Panel> panels, int at, bool isGrid, double gapY)
    {
        var panel = panels[at];
        var (x, y) = (panel.Figure.X.ToMembers(), panel.Figure.Y.ToMembers());
        if (panel.Figure.Traces.All(trace => trace.IsEmpty))
            (x, y) = (FigureTheme.Bare(x), FigureTheme.Bare(y));
        if (isGrid)
        {
            var (columns, rows) = (panels.Max(other => other.Column) + 1, panels.Max(other => other.Row) + 1);
            x = Domain(x, panel.Column, columns, GapX).With("anchor", Id("y", at));
            y = Domain(y, rows - 1 - panel.Row, rows, gapY).With("anchor", Id("x", at));
            x = Shared(x, "x", at, First(panels, at, Same.X), panels.Any(other =>
                other.Column == panel.Column && other.Row > panel.Row && Same.X(other, panel)));
            y = Shared(y, "y", at, First(panels, at, Same.Y), panels.Any(other =>
                other.Row == panel.Row && other.Column < panel.Column && Same.Y(other, panel)));
            x = SelfFitting(x, panels.Where(other => Same.X(other, panel)).Any(other => IsRanged(other.Figure, other.Figure.X, "xaxis")));
            y = SelfFitting(y, panels.Where(other => Same.Y(other, panel)).Any(other => IsRanged(other.Figure, other.Figure.Y, "yaxis")));
        }
        return Members.None.With(Id("xaxis", at), x).With(Id("yaxis", at), y);
    }

    private static Members Domain(Members axis, int at, int of, double gap)
    {
        var size = (1 - gap * (of - 1)) / of;
        return axis.With("domain", new[] { Math.Round(at * (size + gap), 4), Math.Round(at * (size + gap) + size, 4) });
    }

    private static int First(ImmutableArray<Panel> panels, int at, Func<Panel, Panel, bool> same)
    {
        for (var i = 0; i < at; i++)
        {
            if (same(panels[i], panels[at]))
                return i;
        }
        return at;
    }

    private static Members Shared(Members axis, string letter, int at, int first, bool hidden)
    {
        if (hidden)
            axis = axis.With("showticklabels", false).With("title.text", "");
        return first == at ? axis : axis.With("matches", Id(letter, first));
    }

    /// <summary>
    /// A range on one group of matched axes makes plotly.js forget to look for that of the other groups, unless they ask for it.
    /// </summary>
    private static Members SelfFitting(Members axis, bool isRanged) => isRanged ? axis : axis.With("autorange", true);

    private static bool IsRanged(Figure figure, Axis axis, string name) => axis.Range is not null || axis.Members.Has("autorange")
        || figure.LayoutMembers.Has($"{name}.range") || figure.LayoutMembers.Has($"{name}.autorange");

    private static class Same
    {
        public static bool X(Panel a, Panel b) => Alike(a.Figure.X, b.Figure.X);

        public static bool Y(Panel a, Panel b) => a.Row == b.Row && Alike(a.Figure.Y, b.Figure.Y);

        private static bool Alike(Axis a, Axis b) => a.Caption == b.Caption && a.IsLog == b.IsLog;
    }
}
