namespace Workbook.Draw;

/// <summary>
/// Makes a line that runs through several rows one straight stroke where its neighbours leave room for that. Least squares give each row a
/// little of the way from one end to the other, which looks as if the line staggered.
/// </summary>
internal static class LineageStraightener
{
    public static void Straighten(LineageLayers layers)
    {
        var done = new HashSet<LineageItem>();
        foreach (var item in layers.Rows.SelectMany(row => row).Where(item => item.IsLine))
        {
            if (!done.Contains(item))
                Straighten(layers, Stroke(item, done));
        }
    }

    /// <summary>The line on its way down; where it parts, one of the parts.</summary>
    private static List<LineageItem> Stroke(LineageItem item, HashSet<LineageItem> done)
    {
        var stroke = new List<LineageItem>();
        for (var next = item; next is not null; next = next.Below.Find(below => below.IsLine && !done.Contains(below)))
        {
            done.Add(next);
            stroke.Add(next);
        }
        return stroke;
    }

    /// <summary>As many rows from the top as can share one column do; then it goes on with the rest.</summary>
    private static void Straighten(LineageLayers layers, List<LineageItem> stroke)
    {
        var start = 0;
        while (start < stroke.Count)
        {
            var (low, high, end) = (double.NegativeInfinity, double.PositiveInfinity, start);
            for (; end < stroke.Count; end++)
            {
                var (left, right) = Room(layers, stroke[end]);
                if (Math.Max(low, left) > Math.Min(high, right))
                    break;
                (low, high) = (Math.Max(low, left), Math.Min(high, right));
            }
            if (end == start)
            {
                start++;
                continue;
            }
            var wanted = stroke[start..end].Average(item => item.X);
            // At either end the line had best stand right under or over the box it leads to.
            var ends = stroke[start..end].SelectMany(item => item.Above.Concat(item.Below)).Where(item => item.Node >= 0).ToList();
            if (ends.Count > 0)
                wanted = ends.Select(box => Math.Clamp(wanted, box.X - box.Width / 2 + 12, box.X + box.Width / 2 - 12)).MinBy(x => Math.Abs(x - wanted));
            var straight = Math.Clamp(wanted, low, high);
            foreach (var item in stroke[start..end])
                item.X = straight;
            start = end;
        }
    }

    /// <summary>Where in its row an item may stand without coming too near to another, or out of its block.</summary>
    private static (double Left, double Right) Room(LineageLayers layers, LineageItem item)
    {
        var block = item.Block;
        if (block.Items.TrueForAll(other => other.IsLine))
            return Between(layers, block);
        var row = layers.Rows[item.Row];
        var (left, right) = LineageColumns.Extent(block);
        var padding = (block.Group >= 0 ? LineageColumns.Padding : 0) + item.Width / 2;
        (left, right) = (left + padding, right - padding);
        if (item.Place > 0 && row[item.Place - 1] is var before && before.Block == block)
            left = Math.Max(left, before.X + LineageColumns.Apart(before, item));
        if (item.Place + 1 < row.Count && row[item.Place + 1] is var after && after.Block == block)
            right = Math.Min(right, after.X - LineageColumns.Apart(item, after));
        return (Math.Min(left, item.X), Math.Max(right, item.X));
    }

    /// <summary>The room between the blocks at either side of a line that only passes by.</summary>
    private static (double Left, double Right) Between(LineageLayers layers, LineageBlock lane)
    {
        var layer = layers.Layers[lane.Layer];
        var gap = LineageColumns.BlockGap + lane.Items[0].Width / 2;
        var left = lane.Place > 0 ? LineageColumns.Extent(layer[lane.Place - 1]).Right + gap : double.NegativeInfinity;
        var right = lane.Place + 1 < layer.Count ? LineageColumns.Extent(layer[lane.Place + 1]).Left - gap : double.PositiveInfinity;
        return (Math.Min(left, lane.Items[0].X), Math.Max(right, lane.Items[0].X));
    }
}
