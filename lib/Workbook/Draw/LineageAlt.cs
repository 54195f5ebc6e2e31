using System.Text;

namespace Workbook.Draw;

/// <summary>Says in words what a lineage graph shows.</summary>
internal static class LineageAlt
{
    public static string Of(LineageGraph graph, LineageWindow window)
    {
        var text = new StringBuilder(graph.Title[^1] is '.' or '?' or '!' ? graph.Title : graph.Title + ".");
        if (graph.Nodes.Count == 0)
            return text.Append(" No datasets.").ToString();
        text.Append($" Lineage graph of {Words.Count(graph.Nodes.Count, "dataset")}");
        if (graph.Groups.Count > 0)
            text.Append($" in {Words.Count(graph.Groups.Count, "group")} ({Words.List(graph.Groups.Select(group => group.Heading))})");
        var wide = graph.Edges.Where(edge => edge.Kind == DependencyKind.Wide).ToList();
        text.Append($": {Words.Number(graph.Edges.Count - wide.Count)} narrow and {Words.Number(wide.Count)} wide dependenc{(graph.Edges.Count == 1 ? "y" : "ies")}.");
        Tell(text, "Wide", wide.Select(edge => $"{edge.From} to {edge.To}{(edge.Label.Length > 0 ? $" ({edge.Label})" : "")}"));
        Tell(text, "Cached", Named(graph, node => node.Mark == DatasetMark.Cached));
        Tell(text, "Checkpointed", Named(graph, node => node.Mark == DatasetMark.Checkpointed));
        Tell(text, "Computed more than once", graph.Nodes.Where(node => node.Times > 1).Select(node => $"{node.Name} ({Words.Number(node.Times)} times)"));
        Tell(text, "Skipped", graph.Groups.Where(group => group.IsSkipped).Select(group => group.Heading));
        var filled = graph.Nodes.Select(node => node.Group).ToHashSet();
        Tell(text, "Without a dataset", graph.Groups.Where((_, at) => !filled.Contains(at)).Select(group => group.Heading));
        if (window.Note.Length > 0)
            text.Append($" Shown: {window.Note}.");
        if (graph.Note.Length > 0)
            text.Append($" {graph.Note}");
        return text.ToString();
    }

    public static string Lines(LineageGraph graph, LineageWindow window)
    {
        var text = new StringBuilder(Of(graph, window));
        var group = (int?)null;
        for (var node = 0; node < window.Nodes.Count; node++)
        {
            if (window.Nodes[node].Group != group && window.Nodes[node].Group is { } next)
                text.Append($"\n{graph.Groups[next].Heading}{(graph.Groups[next].IsSkipped ? " (skipped)" : "")}");
            group = window.Nodes[node].Group;
            text.Append($"\n{(group is null ? "" : "  ")}{Of(window, node)}");
        }
        return text.ToString();
    }

    /// <summary>One dataset: <c>ranks1: mapValues, 8 partitions, cached; from sums1</c>.</summary>
    public static string Of(LineageWindow window, int place)
    {
        var node = window.Nodes[place];
        var remark = LineageBox.Remark(node).Replace(" · ", ", ", StringComparison.Ordinal);
        var said = string.Join(", ", new[] { node.Label, node.Detail, remark }.Where(word => word.Length > 0));
        var parents = window.Lines.Where(line => line.To == place).Select(line => window.Nodes[line.From].Name + Aside(line)).ToList();
        return $"{node.Name}{(said.Length > 0 ? $": {said}" : "")}{(parents.Count > 0 ? $"; from {Words.List(parents)}" : "")}";
    }

    /// <summary>All that one line out of a dataset leads to, since lines run together: <c>links to join1, join2, narrow</c>.</summary>
    public static string Of(LineageWindow window, int from, DependencyKind kind)
    {
        var children = window.Lines.Where(line => line.From == from && line.Kind == kind)
            .Select(line => window.Nodes[line.To].Name + (line.Label.Length > 0 ? $" ({line.Label})" : ""));
        return $"{window.Nodes[from].Name} to {Words.List(children)}, {Word(kind)}";
    }

    public static string Word(DependencyKind kind) => kind == DependencyKind.Wide ? "wide" : "narrow";

    private static string Aside(LineageWindow.Line line)
    {
        var said = string.Join(", ", new[] { line.Kind == DependencyKind.Wide ? "wide" : "", line.Label }.Where(word => word.Length > 0));
        return said.Length > 0 ? $" ({said})" : "";
    }

    private static IEnumerable<string> Named(LineageGraph graph, Func<LineageNode, bool> which) => graph.Nodes.Where(which).Select(node => node.Name);

    private static void Tell(StringBuilder text, string what, IEnumerable<string> names)
    {
        if (Words.List(names) is { Length: > 0 } list)
            text.Append($" {what}: {list}.");
    }
}
