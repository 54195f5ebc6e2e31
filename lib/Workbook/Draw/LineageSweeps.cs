namespace Workbook.Draw;

/// <summary>
/// Who stands left of whom, so that few lines cross: each row is sorted by the middle of what its lines lead to in the row before, down
/// and up again several times, and the order with the fewest crossings stays (K. Sugiyama, S. Tagawa, M. Toda, <i>Methods for Visual
/// Understanding of Hierarchical System Structures</i>, 1981). Blocks are sorted first and their items within them, so that a block stays in one
/// piece. Nothing is drawn by lot: ties stay as they are.
/// </summary>
internal static class LineageSweeps
{
    private const int Sweeps = 16;

    /// <summary>Sets the places of blocks and items, and sorts the rows by them. Gives the number of crossings left.</summary>
    public static int Sort(LineageLayers layers)
    {
        foreach (var layer in layers.Layers)
            Number(layers, layer);
        var (best, fewest) = (Places(layers), Crossings(layers));
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            var isDown = sweep % 2 == 0;
            foreach (var layer in isDown ? layers.Layers : Enumerable.Reverse(layers.Layers))
                Sort(layers, layer, isDown);
            if (Crossings(layers) is var crossings && crossings < fewest)
                (best, fewest) = (Places(layers), crossings);
        }
        foreach (var (item, place, block) in best)
            (item.Place, item.Block.Place) = (place, block);
        foreach (var layer in layers.Layers)
            layer.Sort((a, b) => a.Place.CompareTo(b.Place));
        foreach (var row in layers.Rows)
            row.Sort((a, b) => a.Place.CompareTo(b.Place));
        return fewest;
    }

    /// <summary>How many pairs of lines between two neighbouring rows cross.</summary>
    public static int Crossings(LineageLayers layers)
    {
        var count = 0;
        foreach (var row in layers.Steps.GroupBy(step => step.From.Row))
        {
            var steps = row.Select(step => (Top: step.From.Place, Bottom: step.To.Place)).ToList();
            for (var i = 0; i < steps.Count; i++)
            {
                for (var j = 0; j < i; j++)
                    count += (steps[i].Top - steps[j].Top) * (steps[i].Bottom - steps[j].Bottom) < 0 ? 1 : 0;
            }
        }
        return count;
    }

    private static List<(LineageItem Item, int Place, int Block)> Places(LineageLayers layers) =>
        [.. layers.Rows.SelectMany(row => row).Select(item => (item, item.Place, item.Block.Place))];

    private static void Sort(LineageLayers layers, List<LineageBlock> layer, bool isDown)
    {
        var middles = layer.ToDictionary(block => block, block => Middle(block, isDown));
        layer.Sort((a, b) => (middles[a], a.Place).CompareTo((middles[b], b.Place)));
        for (var place = 0; place < layer.Count; place++)
            layer[place].Place = place;
        var rows = Enumerable.Range(layers.Start(layer[0].Layer), layers.Start(layer[0].Layer + 1) - layers.Start(layer[0].Layer));
        foreach (var row in isDown ? rows : rows.Reverse())
        {
            var keys = layers.Rows[row].ToDictionary(item => item, item => Middle(item, isDown));
            var sorted = layers.Rows[row].OrderBy(item => item.Block.Place).ThenByDescending(item => item.IsHeading);
            Number(sorted.ThenBy(item => keys[item]).ThenBy(item => item.Place));
        }
    }

    /// <summary>The middle of what a block's lines lead to outside of it; without such lines, of where it is.</summary>
    private static double Middle(LineageBlock block, bool isDown)
    {
        var outside = block.Items.SelectMany(item => isDown ? item.Above : item.Below).Where(other => other.Block != block).ToList();
        return (outside.Count > 0 ? outside : block.Items).Average(item => item.Place);
    }

    private static double Middle(LineageItem item, bool isDown)
    {
        var others = isDown ? item.Above : item.Below;
        return others.Count == 0 ? item.Place : others.Average(other => other.Place);
    }

    private static void Number(LineageLayers layers, List<LineageBlock> layer)
    {
        for (var place = 0; place < layer.Count; place++)
            layer[place].Place = place;
        for (var row = layers.Start(layer[0].Layer); row < layers.Start(layer[0].Layer + 1); row++)
            Number(layers.Rows[row].OrderBy(item => item.Block.Place).ThenByDescending(item => item.IsHeading));
    }

    private static void Number(IEnumerable<LineageItem> row)
    {
        foreach (var (item, place) in row.ToList().Select((item, place) => (item, place)))
            item.Place = place;
    }
}
