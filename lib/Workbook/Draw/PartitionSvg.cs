using System.Xml.Linq;

namespace Workbook.Draw;

/// <summary>Draws one partition graph: rows of frames, arrows that enter boxes from above, boxes, legend.</summary>
internal sealed class PartitionSvg
{
    private const double Margin = 12;
    private const double BoxWidth = 38;
    private const double BoxHeight = 36;
    private const double BoxGap = 14;
    private const double FrameGap = 24;
    private const double Padding = 10;
    private const double FrameHeight = BoxHeight + 2 * Padding;
    private const int LongestName = 18;
    private const double RowGap = 56;
    private const double Narrowest = 300;

    private readonly PartitionGraph graph;
    private readonly LabelSpace.Box[] frames;
    private readonly List<List<int>> rows;
    private readonly int[] levels;
    private readonly Dictionary<string, int> places;
    private readonly bool hasAgain;
    private readonly double names;
    private readonly double width;
    private readonly double bottom;

    public PartitionSvg(PartitionGraph graph)
    {
        this.graph = graph;
        places = graph.Datasets.Select((dataset, place) => (dataset.Name, place)).ToDictionary(dataset => dataset.Name, dataset => dataset.place);
        levels = LineageOrder.Levels(graph.Datasets.Count, graph.Parents());
        rows = [.. levels.Select((level, dataset) => (level, dataset)).GroupBy(item => item.level).OrderBy(row => row.Key)
            .Select(row => row.Select(item => item.dataset).ToList())];
        hasAgain = graph.Edges.Any(IsAgain);
        frames = new LabelSpace.Box[graph.Datasets.Count];
        // Names stand left of the boxes, where no arrow runs, and take the same room everywhere, so that boxes stand under each other.
        names = Padding + Enumerable.Range(0, frames.Length).SelectMany(Heading)
            .Select(line => line.Text.Length * (line.Style == "name" ? 7.6 : 5.8)).DefaultIfEmpty().Max();
        width = Math.Max(Math.Max(Narrowest, 2 * Margin + Words.Cut(graph.Title, 60).Length * 8.6),
            2 * Margin + rows.Select(row => row.Sum(Frame) + (row.Count - 1) * FrameGap).DefaultIfEmpty().Max());
        bottom = Place();
    }

    /// <summary>Where each dataset's frame stands.</summary>
    public IReadOnlyList<LabelSpace.Box> Frames => frames;

    /// <summary>Where a partition's box stands.</summary>
    public LabelSpace.Box Box(int dataset, int partition)
    {
        var frame = frames[dataset];
        return new(frame.Left + Padding + names + partition * (BoxWidth + BoxGap), frame.Top + Padding, BoxWidth, BoxHeight);
    }

    public override string ToString()
    {
        var parts = new List<object?> { Svg.Text("wb-ln-title", Margin, 24, Words.Cut(graph.Title, 60)) };
        if (graph.Datasets.Count == 0)
        {
            parts.Add(Svg.Text("wb-ln-label", Margin, 52, "No datasets."));
            return Whole(parts, 70);
        }
        parts.Add(Svg.Group("wb-ln-regions", Enumerable.Range(0, frames.Length).Select(DrawFrame)));
        parts.Add(Svg.Group("wb-ln-lines", graph.Edges.OrderBy(IsAgain).Select(Arrow)));
        parts.Add(Svg.Group("wb-ln-boxes", Enumerable.Range(0, frames.Length)
            .SelectMany(dataset => Enumerable.Range(0, Shown(dataset)).Select(partition => DrawBox(dataset, partition)))));
        var y = bottom;
        parts.AddRange(Legend(ref y));
        return Whole(parts, y + 12);
    }

    private int Shown(int dataset) => Math.Min(graph.Datasets[dataset].Partitions.Count, PartitionGraph.MostPartitions);

    private double Frame(int dataset) => 2 * Padding + names + Shown(dataset) * (BoxWidth + BoxGap) - BoxGap;

    private double Place()
    {
        var y = 40.0;
        foreach (var row in rows)
        {
            var x = (width - row.Sum(Frame) - (row.Count - 1) * FrameGap) / 2;
            foreach (var dataset in row)
            {
                frames[dataset] = new(x, y, Frame(dataset), FrameHeight);
                x += Frame(dataset) + FrameGap;
            }
            y += FrameHeight + RowGap;
        }
        return y - RowGap;
    }

    private List<LineageBox.Line> Heading(int dataset)
    {
        var (one, count) = (graph.Datasets[dataset], graph.Datasets[dataset].Partitions.Count);
        List<LineageBox.Line> lines = [new("name", Words.Cut(one.Name, LongestName)), new("soft", Words.Cut(one.Detail, LongestName + 8))];
        if (Shown(dataset) < count)
            lines.Add(new("soft", $"0–{Shown(dataset) - 1} of {Words.Number(count)}"));
        return [.. lines.Where(line => line.Text.Length > 0)];
    }

    private XElement DrawFrame(int dataset)
    {
        var frame = frames[dataset];
        var rect = Svg.Rect("wb-ln-region", frame.Left, frame.Top, frame.Width, frame.Height);
        rect.Add(Svg.Attribute("rx", 10));
        var lines = Heading(dataset);
        var y = frame.Top + FrameHeight / 2 + 4 - 7.5 * (lines.Count - 1);
        return Svg.Group("wb-ln-frame", Svg.Title(graph.Datasets[dataset].Detail is { Length: > 0 } detail ? $"{graph.Datasets[dataset].Name}: {detail}" : graph.Datasets[dataset].Name),
            rect, lines.Select((line, at) => Svg.Text($"wb-ln-{line.Style}", frame.Left + Padding, y + 15 * at, line.Text)));
    }

    private XElement DrawBox(int dataset, int partition)
    {
        var (state, box) = (graph.Datasets[dataset].Partitions[partition], Box(dataset, partition));
        var group = Look(state, box);
        group.AddFirst(Svg.Title($"{graph.Datasets[dataset].Name}, partition {partition}{(state == PartitionState.ComputedAgain ? ": computed " : state == PartitionState.Plain ? "" : ": ")}{PartitionGraph.Word(state)}"));
        var middle = box.Left + BoxWidth / 2;
        group.Add(Svg.Text("wb-ln-name", middle, box.Top + (state == PartitionState.Plain ? 23 : 16), $"{partition}", "middle"));
        if (state != PartitionState.Plain)
            group.Add(Svg.Text("wb-ln-mark", middle, box.Top + 30, PartitionGraph.Word(state), "middle"));
        return group;
    }

    private static XElement Look(PartitionState state, LabelSpace.Box box)
    {
        var rect = Svg.Rect("wb-ln-box", box.Left, box.Top, box.Width, box.Height);
        rect.Add(Svg.Attribute("rx", 4));
        var look = state switch { PartitionState.Kept => "wb-ln-cached", PartitionState.Lost => "wb-ln-lost", PartitionState.ComputedAgain => "wb-ln-again", _ => "wb-ln-usual" };
        return Svg.Group(look, rect, state == PartitionState.Lost
            ? Svg.Path("wb-ln-cross", $"M{box.Left + 3} {box.Top + 3}L{box.Left + box.Width - 3} {box.Top + box.Height - 3}M{box.Left + box.Width - 3} {box.Top + 3}L{box.Left + 3} {box.Top + box.Height - 3}") : null);
    }

    private bool IsAgain(PartitionEdge edge) => graph.Datasets[places[edge.To]].Partitions[edge.ToPartition] == PartitionState.ComputedAgain;

    /// <summary>Straight from box to box; a row between is passed in the gap beside a box that is nearest to the straight way.</summary>
    private XElement? Arrow(PartitionEdge edge)
    {
        var (from, to) = (places[edge.From], places[edge.To]);
        if (edge.FromPartition >= Shown(from) || edge.ToPartition >= Shown(to))
            return null;
        var (start, end) = (Box(from, edge.FromPartition), Box(to, edge.ToPartition));
        var (x, y) = (start.Left + BoxWidth / 2, start.Top + BoxHeight);
        var (endX, endY) = (end.Left + BoxWidth / 2, end.Top);
        var path = FormattableString.Invariant($"M{x:0.#} {y:0.#}");
        for (var level = levels[from] + 1; level < levels[to]; level++)
        {
            var row = frames[rows[level][0]];
            x = Gaps(level).MinBy(gap => Math.Abs(gap - (x + (endX - x) * (row.Top - y) / (endY - y))));
            y = row.Top + FrameHeight;
            path += FormattableString.Invariant($"L{x:0.#} {row.Top:0.#}V{y:0.#}");
        }
        var length = Math.Sqrt((endX - x) * (endX - x) + (endY - y) * (endY - y));
        var (dx, dy) = ((endX - x) / length, (endY - y) / length);
        path += FormattableString.Invariant($"L{endX - 6 * dx:0.#} {endY - 6 * dy:0.#}");
        return Svg.Group(IsAgain(edge) ? "wb-ln-narrow wb-ln-strong" : hasAgain ? "wb-ln-narrow wb-ln-quiet" : "wb-ln-narrow",
            Svg.Title($"{edge.From} {edge.FromPartition} to {edge.To} {edge.ToPartition}"),
            Svg.Path("wb-ln-line", $"{path}"),
            Svg.Path("wb-ln-head", $"M{endX} {endY}L{endX - 8 * dx + 4 * dy} {endY - 8 * dy - 4 * dx}L{endX - 8 * dx - 4 * dy} {endY - 8 * dy + 4 * dx}Z"));
    }

    private IEnumerable<double> Gaps(int level) => rows[level].SelectMany(dataset =>
        Enumerable.Range(0, Shown(dataset) + 1).Select(partition => Box(dataset, partition).Left - BoxGap / 2));

    /// <summary>Only what occurs is explained; the words in the boxes say the rest.</summary>
    private List<object?> Legend(ref double y)
    {
        var items = new List<object?>();
        if (hasAgain)
        {
            items.Add(Svg.Group("wb-ln-narrow wb-ln-strong", Svg.Line("wb-ln-line", Margin, y + 22, Margin + 20, y + 22)));
            items.Add(Svg.Text("wb-ln-soft", Margin + 30, y += 26, "read to compute a partition again"));
        }
        var hidden = graph.Edges.Count(edge => edge.FromPartition >= Shown(places[edge.From]) || edge.ToPartition >= Shown(places[edge.To]));
        if (hidden > 0)
            items.Add(Svg.Text("wb-ln-soft", Margin, y += 26, $"{Words.Count(hidden, "arrow")} from or to partitions that are not drawn"));
        return items;
    }

    private string Whole(List<object?> content, double height) => Svg.Drawing(
        "wb-ln", $"pg-{FigureHtml.Hash(graph.ToText())}", "lineage.css", (width, height, 0.8 * width), graph.Title, graph.Alt, content);
}
