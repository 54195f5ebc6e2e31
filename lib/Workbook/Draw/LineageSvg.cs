using System.Xml.Linq;

namespace Workbook.Draw;

/// <summary>Draws one lineage graph, from the back to the front: regions, lines, boxes, labels, headings, legend.</summary>
internal sealed partial class LineageSvg
{
    private const double Margin = 12;
    private const double Narrowest = 300;
    private const double Wide = 1200;
    private const int LongestTitle = 60;

    private readonly LineageGraph graph;
    private readonly LineageWindow window;
    private readonly LineageLayout? layout;
    private readonly double width;
    private readonly double left;
    private double top = 40;

    public LineageSvg(LineageGraph graph)
    {
        this.graph = graph;
        window = LineageWindow.Of(graph);
        layout = window.Nodes.Count > 0 ? new(graph, window) : null;
        var inside = layout?.Width ?? 0;
        width = Math.Max(Math.Max(Narrowest, inside + 2 * Margin), Words.Cut(graph.Title, LongestTitle).Length * 8.6 + 2 * Margin);
        left = Math.Max(Margin, (Math.Min(width, Narrowest) - inside) / 2);
    }

    public override string ToString()
    {
        var parts = new List<object?> { Svg.Text("wb-ln-title", Margin, 24, Words.Cut(graph.Title, LongestTitle)) };
        if (layout is null)
        {
            parts.Add(Svg.Text("wb-ln-label", Margin, 52, "No datasets."));
            return Whole(parts, 70);
        }
        if (window.Note.Length > 0)
        {
            parts.Add(Svg.Text("wb-ln-soft", Margin, 42, window.Note));
            top = 56;
        }
        parts.AddRange([Regions(layout), Lines(layout), Boxes(layout), Labels(layout), Headings(layout)]);
        var bottom = top + layout.Height;
        parts.AddRange(Legend(ref bottom));
        return Whole(parts, bottom + 12);
    }

    private bool IsSkipped(int? group) => group is { } at && graph.Groups[at].IsSkipped;

    private XElement Regions(LineageLayout layout) => Svg.Group("wb-ln-regions", layout.Regions.Select(region =>
        Rounded(Svg.Rect(IsSkipped(region.Group) ? "wb-ln-region wb-ln-skipped" : "wb-ln-region",
            left + region.Box.Left, top + region.Box.Top, region.Box.Width, region.Box.Height), 10)));

    private XElement Headings(LineageLayout layout) => Svg.Group("wb-ln-headings", layout.Regions.Select(region =>
    {
        var text = Svg.Text("wb-ln-heading", left + region.Box.Left + LineageColumns.Padding, top + region.Box.Top + 17, region.Heading);
        text.Add(Svg.Title(graph.Groups[region.Group].Heading));
        return text;
    }));

    private XElement Boxes(LineageLayout layout) => Svg.Group("wb-ln-boxes", Enumerable.Range(0, window.Nodes.Count).Select(node => Box(layout, node)));

    private XElement Box(LineageLayout layout, int node)
    {
        var (place, what) = (layout.Places[node], window.Nodes[node]);
        var (x, y) = (left + place.Left, top + place.Top);
        var look = node == window.Fold ? "wb-ln-fold" : what.Mark switch
        {
            DatasetMark.Cached => "wb-ln-cached",
            DatasetMark.Checkpointed => "wb-ln-checkpointed",
            _ => "wb-ln-usual",
        };
        var group = Svg.Group(IsSkipped(what.Group) ? $"{look} wb-ln-faint" : look, Svg.Title(LineageAlt.Of(window, node)),
            Rounded(Svg.Rect("wb-ln-box", x, y, place.Width, place.Height), 7));
        if (what.Mark == DatasetMark.Checkpointed)
            group.Add(Rounded(Svg.Rect("wb-ln-inner", x + 3, y + 3, place.Width - 6, place.Height - 6), 5));
        var line = y + 18;
        foreach (var (style, text) in layout.Boxes[node].Lines)
        {
            group.Add(Svg.Text($"wb-ln-{style}", x + place.Width / 2, line, text, "middle"));
            line += 15;
        }
        return group;
    }

    /// <summary>Only what occurs is explained.</summary>
    private List<object?> Legend(ref double y)
    {
        var entries = new List<(object Sample, string Text)>();
        if (window.Lines.Any(line => line.Kind == DependencyKind.Narrow))
            entries.Add((Sample(DependencyKind.Narrow), "narrow: partition to partition"));
        if (window.Lines.Any(line => line.Kind == DependencyKind.Wide))
            entries.Add((Sample(DependencyKind.Wide), "wide: from all to all"));
        if (window.Nodes.Any(node => node.Mark == DatasetMark.Cached))
            entries.Add((Svg.Group("wb-ln-cached", Rounded(Svg.Rect("wb-ln-box", 2, -11, 20, 14), 4)), "cached"));
        if (window.Nodes.Any(node => node.Mark == DatasetMark.Checkpointed))
        {
            entries.Add((Svg.Group("wb-ln-checkpointed", Rounded(Svg.Rect("wb-ln-box", 2, -11, 20, 14), 4),
                Rounded(Svg.Rect("wb-ln-inner", 5, -8, 14, 8), 2)), "checkpointed"));
        }
        if (window.Nodes.Any(node => IsSkipped(node.Group)))
            entries.Add((Rounded(Svg.Rect("wb-ln-region wb-ln-skipped", 2, -11, 20, 14), 4), "skipped: not run"));
        if (window.Fold >= 0)
            entries.Add((Svg.Group("wb-ln-fold", Rounded(Svg.Rect("wb-ln-box", 2, -11, 20, 14), 4)), "what is not drawn"));
        var items = new List<object?>();
        var x = Margin;
        y += 30;
        foreach (var (sample, text) in entries)
        {
            var needed = 30 + text.Length * 6 + 16;
            if (x + needed > width && x > Margin)
                (x, y) = (Margin, y + 22);
            items.Add(Svg.Group("wb-ln-legend", new XAttribute("transform", FormattableString.Invariant($"translate({x:0.#} {y:0.#})")),
                sample, Svg.Text("wb-ln-soft", 30, 0, text)));
            x += needed;
        }
        if (unlabelled > 0)
            items.Add(Svg.Text("wb-ln-soft", Margin, y += 22, $"{Words.Count(unlabelled, "label")} left out for want of room"));
        return items;
    }

    private static XElement Rounded(XElement rect, double radius)
    {
        rect.Add(Svg.Attribute("rx", radius));
        return rect;
    }

    /// <summary>What must be scrolled anyway need not be made smaller.</summary>
    private string Whole(List<object?> content, double height) => Svg.Drawing(
        "wb-ln", $"ln-{FigureHtml.Hash(LineageAlt.Lines(graph, window))}", "lineage.css", (width, height, width > Wide ? width : 0.8 * width),
        graph.Title, LineageAlt.Of(graph, window), content);
}
