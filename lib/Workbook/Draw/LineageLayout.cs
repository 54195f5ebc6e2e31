namespace Workbook.Draw;

/// <summary>Where everything of a lineage stands on the page: boxes, the regions of groups, and the lines from box to box.</summary>
internal sealed class LineageLayout
{
    private const double HeadingHeight = 18;
    private const double RegionFoot = 12;
    private const double LeastUnderHeading = 12;
    private const double LeastGap = 30;
    private const double MostGap = 54;
    private const double PortGap = 14;
    private const double PortRoom = 12;

    private readonly LineageLayers layers;
    private readonly double[] tops;
    private readonly double[] bottoms;

    public LineageLayout(LineageGraph graph, LineageWindow window)
    {
        Boxes = [.. window.Nodes.Select(LineageBox.Of)];
        layers = new(window, node => Boxes[node].Width, group => Heading(graph, window, group).Length * 6.9);
        LineageSweeps.Sort(layers);
        _ = new LineageColumns(layers);
        Width = layers.Layers.SelectMany(layer => layer).Max(block => LineageColumns.Extent(block).Right);
        (tops, bottoms) = (new double[layers.Rows.Count], new double[layers.Rows.Count]);
        Height = Stack();
        Places = [.. layers.Nodes.Select((item, node) => new LabelSpace.Box(item.X - item.Width / 2, Top(node), item.Width, Boxes[node].Height))];
        Regions = [.. layers.Layers.SelectMany(layer => layer).Where(block => block.Group >= 0).Select(block => Surround(graph, window, block))];
        Lines = Connect();
    }

    /// <summary>A region around all drawn datasets of a group and no others.</summary>
    public readonly record struct Region(int Group, LabelSpace.Box Box, string Heading);

    /// <summary>
    /// A line of a dataset's from a row to the next: from (<c>X1</c>, <c>Y1</c>) straight down to <c>Bend1</c>, over to <c>X2</c> until <c>Bend2</c>,
    /// and straight down to <c>Y2</c>. <c>End</c> is the dataset whose box it enters, or -1 when it goes on.
    /// </summary>
    public readonly record struct Line(int Node, int End, DependencyKind Kind, double X1, double Y1, double Bend1, double Bend2, double X2, double Y2);

    public IReadOnlyList<LineageBox> Boxes { get; }

    /// <summary>Where each dataset's box stands.</summary>
    public IReadOnlyList<LabelSpace.Box> Places { get; }

    public IReadOnlyList<Region> Regions { get; }

    public IReadOnlyList<Line> Lines { get; }

    public double Width { get; }

    public double Height { get; }

    private static string Heading(LineageGraph graph, LineageWindow window, int group) => Short(graph.Groups[group].Heading)
        + (graph.Groups[group].IsSkipped ? " (skipped)" : "") + (window.IsPart(graph, group) ? " (in part)" : "");

    private static string Short(string heading) => heading.Length <= 36 ? heading : heading[..35].TrimEnd() + "…";

    /// <summary>A box lower than its row stands in the middle of it.</summary>
    private double Top(int node)
    {
        var row = layers.Nodes[node].Row;
        return tops[row] + (bottoms[row] - tops[row] - Boxes[node].Height) / 2;
    }

    private double Stack()
    {
        var y = 0.0;
        for (var layer = 0; layer < layers.Layers.Count; layer++)
        {
            var hasHeading = HasHeading(layer);
            var (start, end) = (layers.Start(layer), layers.Start(layer + 1));
            for (var row = start; row < end; row++)
            {
                y += row == 0 ? 0 : row == start + 1 ? UnderHeading(row, hasHeading) : Gap(row);
                tops[row] = y;
                y += row == start ? hasHeading ? HeadingHeight : 0
                    : layers.Rows[row].Where(item => item.Node >= 0).Max(item => Boxes[item.Node].Height);
                bottoms[row] = y;
            }
            y += hasHeading ? RegionFoot : 0;
        }
        return y;
    }

    private bool HasHeading(int layer) => layers.Layers[layer].Exists(block => block.Group >= 0);

    /// <summary>Room above a row, more of it where lines go far to the side.</summary>
    private double Gap(int row)
    {
        var farthest = layers.Rows[row].SelectMany(item => item.Above, (item, from) => Math.Abs(item.X - from.X)).DefaultIfEmpty().Max();
        return Math.Clamp(farthest / 5, LeastGap, MostGap);
    }

    /// <summary>Where lines go straight down from the heading's row into boxes, they need no room to bend.</summary>
    private double UnderHeading(int row, bool hasHeading)
    {
        var isStraight = layers.Rows[row].TrueForAll(item => item.Above.Count < 2
            && item.Above.TrueForAll(from => Math.Abs(from.X - item.X) <= (item.IsLine ? 0.5 : item.Width / 2 - PortRoom)));
        return isStraight ? hasHeading ? LeastUnderHeading : 0 : Math.Max(LeastUnderHeading, Gap(row) - LeastUnderHeading);
    }

    private Region Surround(LineageGraph graph, LineageWindow window, LineageBlock block)
    {
        var (left, right) = LineageColumns.Extent(block);
        var top = tops[layers.Start(block.Layer)];
        var bottom = bottoms[layers.Start(block.Layer) + block.Height] + RegionFoot;
        return new(block.Group, new(left, top, right - left, bottom - top), Heading(graph, window, block.Group));
    }

    private List<Line> Connect()
    {
        var (starts, ends) = (new double[layers.Steps.Count], new double[layers.Steps.Count]);
        foreach (var leaving in Enumerable.Range(0, starts.Length).GroupBy(step => layers.Steps[step].From))
            Ports(leaving.Key, [.. leaving.OrderBy(step => layers.Steps[step].To.Place)], step => layers.Steps[step].To.X, starts);
        foreach (var entering in Enumerable.Range(0, ends.Length).GroupBy(step => layers.Steps[step].To))
        {
            List<int> steps = [.. entering.OrderBy(step => layers.Steps[step].From.Place).ThenBy(step => starts[step])];
            Ports(entering.Key, steps, step => starts[step], ends);
        }
        return [.. layers.Steps.Select((step, at) => Between(step, starts[at], ends[at]))];
    }

    /// <summary>Where along the edge of a box lines end: straight above or below their other ends if they can, and never two at one point.</summary>
    private static void Ports(LineageItem item, List<int> steps, Func<int, double> other, double[] ports)
    {
        var room = item.IsLine ? 0 : item.Width / 2 - PortRoom;
        var gap = steps.Count > 1 ? Math.Min(PortGap, 2 * room / (steps.Count - 1)) : 0;
        var placed = RowSpacing.Place([.. steps.Select(step => Math.Clamp(other(step), item.X - room, item.X + room))], [.. steps.Select(_ => 1.0)],
            [.. steps.Select(_ => gap)]);
        // Ports that hang over the edge move back onto it, and those beside them as far as they must.
        for (var at = 0; at < steps.Count; at++)
            ports[steps[at]] = Math.Min(Math.Max(placed[at], item.X - room + at * gap), item.X + room - (steps.Count - 1 - at) * gap);
    }

    /// <summary>Lines bend only between rows, so that they never run through a box.</summary>
    private Line Between((LineageItem From, LineageItem To, int Node, DependencyKind Kind) step, double x1, double x2)
    {
        var (from, to) = (step.From, step.To);
        var y1 = from.Node >= 0 ? Places[from.Node].Top + Places[from.Node].Height : bottoms[from.Row];
        var y2 = to.Node >= 0 ? Places[to.Node].Top : bottoms[to.Row];
        var foot = to.Block.Layer > from.Block.Layer && HasHeading(from.Block.Layer) ? RegionFoot : 0;
        return new(step.Node, to.Node, step.Kind, x1, y1, bottoms[from.Row] + foot, tops[to.Row], x2, y2);
    }
}
