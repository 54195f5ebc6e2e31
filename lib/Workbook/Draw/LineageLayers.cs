namespace Workbook.Draw;

/// <summary>Something that takes room in a row: a box, a heading, or a line on its way to a lower row.</summary>
internal sealed class LineageItem(int row, LineageBlock block, double width)
{
    public int Row { get; } = row;

    public LineageBlock Block { get; } = block;

    public double Width { get; } = width;

    /// <summary>The dataset it is the box of; -1 when it is no box.</summary>
    public int Node { get; init; } = -1;

    public bool IsHeading { get; init; }

    /// <summary>What its lines come from in the row above.</summary>
    public List<LineageItem> Above { get; } = [];

    /// <summary>What its lines go to in the row below.</summary>
    public List<LineageItem> Below { get; } = [];

    /// <summary>Its place in its row, from the left, the first being 0.</summary>
    public int Place { get; set; }

    /// <summary>Its middle.</summary>
    public double X { get; set; }

    public bool IsLine => Node < 0 && !IsHeading;
}

/// <summary>What stays together and lets nothing else in: a group, a dataset in no group, or a line that passes by.</summary>
internal sealed class LineageBlock(int layer, int group, int height)
{
    public int Layer { get; } = layer;

    /// <summary>The group; -1 when it is none.</summary>
    public int Group { get; } = group;

    /// <summary>Rows of boxes.</summary>
    public int Height { get; } = height;

    public List<LineageItem> Items { get; } = [];

    /// <summary>Its place in its layer, from the left, the first being 0.</summary>
    public int Place { get; set; }
}

/// <summary>
/// Which row everything stands in. Blocks stand in layers, as far down as what they need says; a layer is a row of headings and as many
/// rows of boxes as its highest block has. All lines of one kind that leave a dataset run down together and part only where they must, so
/// that a dataset which ten others use costs one line beside them and not ten.
/// </summary>
internal sealed class LineageLayers
{
    private const double LineWidth = 6;

    private readonly LineageWindow window;
    private readonly List<int> starts = [];
    private readonly Dictionary<(int From, DependencyKind Kind, LineageBlock Block, int Row), LineageItem> carriers = [];
    private readonly Dictionary<(int From, DependencyKind Kind, int Layer), LineageBlock> lanes = [];
    private readonly HashSet<(LineageItem From, LineageItem To, DependencyKind Kind)> known = [];

    public LineageLayers(LineageWindow window, Func<int, double> boxWidth, Func<int, double> headingWidth)
    {
        this.window = window;
        Nodes = new LineageItem[window.Nodes.Count];
        Place(boxWidth, headingWidth);
        foreach (var line in window.Lines)
            Route(line);
        Rows = [.. Enumerable.Range(0, starts[^1]).Select(_ => new List<LineageItem>())];
        foreach (var item in Layers.SelectMany(layer => layer).SelectMany(block => block.Items))
            Rows[item.Row].Add(item);
    }

    /// <summary>The item of each dataset drawn.</summary>
    public LineageItem[] Nodes { get; }

    public List<List<LineageBlock>> Layers { get; } = [];

    public List<List<LineageItem>> Rows { get; }

    /// <summary>Each line from a row to the next, in the order of the lines given.</summary>
    public List<(LineageItem From, LineageItem To, int Node, DependencyKind Kind)> Steps { get; } = [];

    /// <summary>The row of a layer's headings.</summary>
    public int Start(int layer) => starts[layer];

    private void Place(Func<int, double> boxWidth, Func<int, double> headingWidth)
    {
        // The datasets of a group follow each other, so the first of each stands for its block.
        var heads = new int[window.Nodes.Count];
        for (var node = 0; node < heads.Length; node++)
            heads[node] = node > 0 && window.Nodes[node].Group is { } group && window.Nodes[node - 1].Group == group ? heads[node - 1] : node;
        var edges = window.Lines.Select(line => (line.From, line.To)).Distinct().ToList();
        var depths = LineageOrder.Levels(heads.Length, [.. edges.Where(edge => heads[edge.From] == heads[edge.To])]);
        var between = edges.Select(edge => (From: heads[edge.From], To: heads[edge.To])).Where(edge => edge.From != edge.To).Distinct();
        var levels = LineageOrder.Levels(heads.Length, [.. between]);
        var blocks = new Dictionary<int, LineageBlock>();
        foreach (var members in Enumerable.Range(0, heads.Length).GroupBy(node => heads[node]))
        {
            var group = window.Nodes[members.Key].Group ?? -1;
            blocks[members.Key] = new(levels[members.Key], group, 1 + members.Max(node => depths[node]));
        }
        var start = 0;
        foreach (var layer in blocks.Values.GroupBy(block => block.Layer).OrderBy(layer => layer.Key))
        {
            Layers.Add([.. layer]);
            starts.Add(start);
            start += 1 + layer.Max(block => block.Height);
        }
        starts.Add(start);
        foreach (var block in blocks.Values.Where(block => block.Group >= 0))
            block.Items.Add(new(starts[block.Layer], block, headingWidth(block.Group)) { IsHeading = true });
        for (var node = 0; node < heads.Length; node++)
        {
            var block = blocks[heads[node]];
            block.Items.Add(Nodes[node] = new(starts[block.Layer] + 1 + depths[node], block, boxWidth(node)) { Node = node });
        }
    }

    /// <summary>A line stays in its block to the bottom of the layer, passes the layers between, and enters the other block at its heading.</summary>
    private void Route(LineageWindow.Line line)
    {
        var (from, to) = (Nodes[line.From], Nodes[line.To]);
        var last = from;
        for (var row = from.Row + 1; row <= to.Row; row++)
        {
            var layer = starts.FindLastIndex(start => start <= row);
            var block = layer == to.Block.Layer ? to.Block : layer == from.Block.Layer ? from.Block : Lane(line, layer);
            var next = row == to.Row ? to : Carrier(line, block, row);
            if (known.Add((last, next, line.Kind)))
            {
                Steps.Add((last, next, line.From, line.Kind));
                last.Below.Add(next);
                next.Above.Add(last);
            }
            last = next;
        }
    }

    private LineageItem Carrier(LineageWindow.Line line, LineageBlock block, int row)
    {
        var key = (line.From, line.Kind, block, row);
        if (!carriers.TryGetValue(key, out var carrier))
            block.Items.Add(carriers[key] = carrier = new(row, block, LineWidth));
        return carrier;
    }

    private LineageBlock Lane(LineageWindow.Line line, int layer)
    {
        var key = (line.From, line.Kind, layer);
        if (!lanes.TryGetValue(key, out var lane))
            Layers[layer].Add(lanes[key] = lane = new(layer, -1, 0));
        return lane;
    }
}
