namespace Workbook.Draw;

/// <summary>Refuses what cannot be a lineage, with a sentence that says what to do.</summary>
internal static class LineageCheck
{
    public static void Check(LineageGraph graph)
    {
        Names(graph);
        var places = graph.Nodes.Select((node, place) => (node.Name, place)).ToDictionary(node => node.Name, node => node.place);
        var edges = graph.Edges.Select(edge => (places[edge.From], places[edge.To])).ToList();
        if (LineageOrder.Circle(graph.Nodes.Count, edges) is { Count: > 0 } circle)
        {
            throw new ArgumentException($"Datasets depend on each other in a circle: {Round(circle.Select(node => graph.Nodes[node].Name))}; "
                + "one of them must be made without the others.");
        }
        var (homes, between) = Blocks(graph, edges);
        if (LineageOrder.Circle(homes.Count, between) is { Count: > 0 } tangle)
        {
            throw new ArgumentException($"Groups need each other in a circle: {Round(tangle.Select(home => homes[home]))}; "
                + "put each dataset into the group that makes it first.");
        }
    }

    private static void Names(LineageGraph graph)
    {
        if (graph.Nodes.FirstOrDefault(node => string.IsNullOrWhiteSpace(node.Name)) is not null)
            throw new ArgumentException("A dataset has no name; give each one of its own.");
        if (graph.Nodes.GroupBy(node => node.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The dataset '{twice.Key}' is named twice; name each dataset once.");
        var known = graph.Nodes.Select(node => node.Name).ToHashSet();
        foreach (var edge in graph.Edges)
        {
            if ((known.Contains(edge.From) ? known.Contains(edge.To) ? null : edge.To : edge.From) is { } stranger)
                throw new ArgumentException($"'{edge.To}' is made from '{edge.From}', but '{stranger}' is not among the datasets given; add it to them.");
        }
        foreach (var node in graph.Nodes)
        {
            if (node.Group is { } group && (group < 0 || group >= graph.Groups.Count))
            {
                throw new ArgumentException($"'{node.Name}' is in group {group}, but there {(graph.Groups.Count == 1 ? "is" : "are")} "
                    + $"{Words.Count(graph.Groups.Count, "group")}, counted from 0.");
            }
            if (node.Times < 0)
                throw new ArgumentException($"'{node.Name}' cannot have been computed {node.Times} times; give 0 or more.");
        }
    }

    /// <summary>Each group is one thing, and so is each dataset in no group.</summary>
    private static (List<string> Names, List<(int From, int To)> Edges) Blocks(LineageGraph graph, List<(int From, int To)> edges)
    {
        var names = graph.Groups.Select(group => group.Heading).Concat(graph.Nodes.Select(node => node.Name)).ToList();
        return (names, [.. edges.Select(edge => (Home(edge.From), Home(edge.To))).Where(edge => edge.Item1 != edge.Item2).Distinct()]);

        int Home(int node) => graph.Nodes[node].Group ?? graph.Groups.Count + node;
    }

    public static string Round(IEnumerable<string> circle)
    {
        var all = circle.ToList();
        var shown = all.Count > 8 ? [.. all.Take(7), "…"] : all;
        return string.Join(" → ", shown.Append(all[0]).Select(name => $"'{name}'")).Replace("'…'", "…", StringComparison.Ordinal);
    }
}
