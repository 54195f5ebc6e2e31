namespace Workbook.Draw;

/// <summary>The part of a lineage that is drawn.</summary>
/// <param name="Nodes">The datasets drawn, parents before children and each group in one piece.</param>
/// <param name="Lines">What is made from what, by places in that list.</param>
/// <param name="Fold">The place of the box that stands for all that is not drawn; -1 when everything is.</param>
/// <param name="Note">What is said when it is not the whole lineage; otherwise empty.</param>
internal sealed record LineageWindow(IReadOnlyList<LineageNode> Nodes, IReadOnlyList<LineageWindow.Line> Lines, int Fold, string Note)
{
    public readonly record struct Line(int From, int To, DependencyKind Kind, string Label);

    public static LineageWindow Of(LineageGraph graph)
    {
        var order = Order(graph);
        var (first, end) = Middle(graph, order);
        var isFolded = end - first > 1;
        if (!isFolded)
            (first, end) = (order.Count, order.Count);
        var places = new Dictionary<string, int>();
        for (var at = 0; at < order.Count; at++)
            places[graph.Nodes[order[at]].Name] = at < first ? at : at < end ? first : at - (end - first) + 1;
        var nodes = order.Take(first).Concat(order.Skip(end)).Select(node => graph.Nodes[node]).ToList();
        if (isFolded)
            nodes.Insert(first, new($"{Words.Number(end - first)} datasets", "not drawn"));
        var lines = graph.Edges.Select(edge => new Line(places[edge.From], places[edge.To], edge.Kind, edge.Label))
            .Where(line => line.From != line.To)
            .Select(line => isFolded && (line.From == first || line.To == first) ? line with { Label = "" } : line)
            .GroupBy(line => (line.From, line.To, line.Kind))
            .OrderBy(same => same.Key)
            .Select(same => same.First() with { Label = string.Join(", ", same.Select(line => line.Label).Where(label => label.Length > 0).Distinct()) });
        return new(nodes, [.. lines], isFolded ? first : -1, isFolded ? Said(first, end, order.Count) : "");
    }

    /// <summary>Whether some of a group's datasets are not drawn.</summary>
    public bool IsPart(LineageGraph graph, int group) =>
        Fold >= 0 && Nodes.Count(node => node.Group == group) < graph.Nodes.Count(node => node.Group == group);

    /// <summary>Groups one after the other, and in each the datasets one after the other: parents always first.</summary>
    private static List<int> Order(LineageGraph graph)
    {
        var names = graph.Nodes.Select((node, place) => (node.Name, place)).ToDictionary(node => node.Name, node => node.place);
        var edges = graph.Edges.Select(edge => (From: names[edge.From], To: names[edge.To])).ToList();
        // A group is numbered by the first of its datasets, so that what was given first stays first.
        var heads = graph.Nodes.Select((node, place) => (node, place)).Where(item => item.node.Group is not null)
            .GroupBy(item => item.node.Group!.Value).ToDictionary(group => group.Key, group => group.First().place);
        var homes = graph.Nodes.Select((node, place) => node.Group is { } group ? heads[group] : place).ToArray();
        var between = edges.Select(edge => (homes[edge.From], homes[edge.To])).Where(edge => edge.Item1 != edge.Item2).Distinct().ToList();
        var rank = new int[graph.Nodes.Count];
        foreach (var (home, at) in LineageOrder.Sorted(graph.Nodes.Count, between).Select((home, at) => (home, at)))
            rank[home] = at;
        return [.. LineageOrder.Sorted(graph.Nodes.Count, edges).OrderBy(node => rank[homes[node]])];
    }

    /// <summary>Which places of the order are one box: those from the first number on, up to but without the second.</summary>
    private static (int First, int End) Middle(LineageGraph graph, List<int> order)
    {
        var count = order.Count;
        if (graph.Kept is { } kept)
            return (Math.Min(kept.First, count), Math.Max(Math.Min(kept.First, count), count - kept.Last));
        if (count <= LineageGraph.UsuallyShown)
            return (count, count);
        var half = LineageGraph.UsuallyShown / 2;
        return (Whole(half, -1), Whole(count - half, 1));

        // A group is cut only when it is so large that without it little would be left.
        int Whole(int cut, int step)
        {
            for (var at = cut; Math.Abs(at - cut) <= half / 2; at += step)
            {
                if (graph.Nodes[order[at - 1]].Group is not { } group || graph.Nodes[order[at]].Group != group)
                    return at;
            }
            return cut;
        }
    }

    private static string Said(int first, int end, int count)
    {
        var drawn = new List<string>();
        if (first > 0)
            drawn.Add($"1–{Words.Number(first)}");
        if (end < count)
            drawn.Add($"{Words.Number(end + 1)}–{Words.Number(count)}");
        return $"datasets {string.Join(" and ", drawn)} of {Words.Number(count)}";
    }
}
