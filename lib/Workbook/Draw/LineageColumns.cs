namespace Workbook.Draw;

/// <summary>
/// Where in its row each item stands: under what it comes from, so that lines are short and long ones straight. Items move within their
/// block, row by row; then blocks move as a whole, side by side with the others of their layer.
/// </summary>
internal sealed class LineageColumns
{
    /// <summary>Room between the edge of a group's region and what is in it.</summary>
    public const double Padding = 12;

    /// <summary>Room between neighbouring blocks.</summary>
    public const double BlockGap = 18;

    private const double BoxGap = 18;
    private const double LineGap = 10;
    private const int Rounds = 30;

    private readonly Dictionary<LineageBlock, List<List<LineageItem>>> rows = [];

    /// <summary>Sets <see cref="LineageItem.X"/> of every item; the leftmost edge is at 0.</summary>
    public LineageColumns(LineageLayers layers)
    {
        foreach (var block in layers.Layers.SelectMany(layer => layer))
        {
            rows[block] = [.. block.Items.GroupBy(item => item.Row).OrderBy(row => row.Key)
                .Select(row => row.OrderBy(item => item.Place).ToList())];
            foreach (var row in rows[block])
                Set(row, [.. row.Select(_ => 0.0)], [.. row.Select(_ => 1.0)]);
        }
        for (var round = 0; round < Rounds; round++)
        {
            // First all from above, then all from below, and at last between the two.
            var (above, below) = round > Rounds - 8 ? (true, true) : (round % 2 == 0, round % 2 == 1);
            foreach (var layer in above ? layers.Layers : Enumerable.Reverse(layers.Layers))
            {
                foreach (var block in layer)
                    Arrange(block, above, below);
                Separate(layer, above, below);
            }
        }
        LineageStraightener.Straighten(layers);
        var left = layers.Layers.SelectMany(layer => layer).Min(block => Extent(block).Left);
        foreach (var item in layers.Rows.SelectMany(row => row))
            item.X -= left;
    }

    /// <summary>From the left to the right edge of a block, padding included.</summary>
    public static (double Left, double Right) Extent(LineageBlock block)
    {
        var padding = block.Group >= 0 ? Padding : 0;
        return (block.Items.Min(item => item.X - item.Width / 2) - padding, block.Items.Max(item => item.X + item.Width / 2) + padding);
    }

    private void Arrange(LineageBlock block, bool above, bool below)
    {
        var boxes = block.Items.Where(item => item.Node >= 0).ToList();
        if (boxes.Count == 0)
        {
            // A line that only passes by is straight.
            var x = block.Items.Average(item => item.X);
            foreach (var item in block.Items)
                item.X = x;
            return;
        }
        var edges = (Left: boxes.Min(item => item.X - item.Width / 2), Right: boxes.Max(item => item.X + item.Width / 2));
        foreach (var row in above ? rows[block] : Enumerable.Reverse(rows[block]))
        {
            var wishes = row.Select(item => Wish(item, above, below, edges)).ToList();
            Set(row, [.. wishes.Select(wish => wish.X)], [.. wishes.Select(wish => wish.Weight)]);
        }
    }

    /// <summary>What lies outside of the block pulls only as far as the block's boxes reach, or it would make the region wide.</summary>
    private static (double X, double Weight) Wish(LineageItem item, bool above, bool below, (double Left, double Right) edges)
    {
        if (item.IsHeading)
            return (edges.Left + item.Width / 2, 0.01);
        var (sum, weight) = (0.0, 0.0);
        foreach (var other in (above ? item.Above : []).Concat(below ? item.Below : []))
        {
            var pull = Pull(item, other);
            sum += pull * (other.Block == item.Block ? other.X : Math.Clamp(other.X, edges.Left, edges.Right));
            weight += pull;
        }
        if (weight > 0)
            return (sum / weight, weight);
        // What is made from nothing and into nothing has no place of its own; it would make the region wide where it happened to be.
        return item.Above.Count + item.Below.Count == 0 ? ((edges.Left + edges.Right) / 2, 0.1) : (item.X, 0.1);
    }

    /// <summary>
    /// How much two ends of a line want to be under each other. Long lines more than short ones; but where a line sends a branch into a group
    /// and goes on, the branch may go aside, or group after group would be drawn over to it.
    /// </summary>
    private static double Pull(LineageItem item, LineageItem other)
    {
        var (upper, lower) = item.Row < other.Row ? (item, other) : (other, item);
        if (upper is { IsLine: true, Below.Count: > 1 } && lower.Block.Group >= 0 && lower.Block != upper.Block)
            return 0.3;
        return item.IsLine && other.IsLine ? 8 : 3;
    }

    /// <summary>The least distance between the middles of neighbours in a row of one block.</summary>
    public static double Apart(LineageItem left, LineageItem right) => (left.Width + right.Width) / 2 + (left.IsLine && right.IsLine ? LineGap : BoxGap);

    private static void Set(List<LineageItem> row, double[] wanted, double[] weights)
    {
        var apart = row.Select((item, at) => at == 0 ? 0 : Apart(row[at - 1], item)).ToList();
        var placed = RowSpacing.Place(wanted, weights, apart);
        for (var at = 0; at < row.Count; at++)
            row[at].X = placed[at];
    }

    private static void Separate(List<LineageBlock> layer, bool above, bool below)
    {
        var (wanted, weights, apart) = (new List<double>(), new List<double>(), new List<double>());
        var middles = new List<double>();
        for (var at = 0; at < layer.Count; at++)
        {
            var (left, right) = Extent(layer[at]);
            var (sum, weight) = (0.0, 0.0);
            foreach (var item in layer[at].Items)
            {
                foreach (var other in (above ? item.Above : []).Concat(below ? item.Below : []).Where(other => other.Block != item.Block))
                {
                    sum += Pull(item, other) * (other.X - item.X);
                    weight += Pull(item, other);
                }
            }
            middles.Add((left + right) / 2);
            wanted.Add(middles[at] + (weight > 0 ? sum / weight : 0));
            weights.Add(weight > 0 ? weight : 0.1);
            apart.Add(at == 0 ? 0 : (Extent(layer[at - 1]) is var before ? (before.Right - before.Left + right - left) / 2 : 0) + BlockGap);
        }
        var placed = RowSpacing.Place(wanted, weights, apart);
        for (var at = 0; at < layer.Count; at++)
        {
            foreach (var item in layer[at].Items)
                item.X += placed[at] - middles[at];
        }
    }
}
