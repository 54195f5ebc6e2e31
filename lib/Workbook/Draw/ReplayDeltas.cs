using System.Globalization;

namespace Workbook.Draw;

/// <summary>
/// One run as numbers: of each step only what it changes, every text and every view once. A log is told by how much of it stays and what
/// is put at its end.
/// </summary>
internal sealed class ReplayDeltas
{
    private readonly ReplayTexts texts;
    private readonly Dictionary<string, int> nodes = [];
    private readonly Dictionary<string, int> views = [];
    private readonly Dictionary<ReplaySource, int> sources = [];
    private readonly Dictionary<(int Node, int Field), ReplayLog> logs = [];
    private long time;

    public ReplayDeltas(Replay replay, ReplayTexts texts)
    {
        this.texts = texts;
        foreach (var (at, node) in replay.Nodes.Index())
            nodes[node] = at;
        Nodes = [.. replay.Nodes.Select(node => (long)texts[node])];
        foreach (var step in replay.Steps)
            Add(step);
        Messages = [.. Ways(replay.Steps).SelectMany(way => way)];
    }

    public long[] Nodes { get; }

    /// <summary>Ticks of 100 ns since the step before.</summary>
    public List<long> Times { get; } = [];

    /// <summary>The node, or -1.</summary>
    public List<long> Places { get; } = [];

    public List<long> Kinds { get; } = [];

    public List<long> Lines { get; } = [];

    /// <summary>The source, or -1.</summary>
    public List<long> Codes { get; } = [];

    /// <summary>What each step changes: operations one after the other, each a code and its arguments.</summary>
    public List<long[]> Operations { get; } = [];

    /// <summary>Seven numbers a way: from, to, label, detail, first step since the way before, steps until its end or -1, why it was lost or -1.</summary>
    public long[] Messages { get; }

    public List<long[]> Views { get; } = [];

    /// <summary>File, line and excerpt of each source.</summary>
    public List<long[]> Sources { get; } = [];

    private void Add(ReplayStep step)
    {
        Times.Add(step.Time.Ticks - time);
        time = step.Time.Ticks;
        Places.Add(step.Node is { } node ? nodes[node] : -1);
        Kinds.Add((long)step.Kind);
        Lines.Add(texts[step.Text]);
        Codes.Add(step.Source is { } source ? Number(source) : -1);
        var operations = new List<long>();
        foreach (var change in step.Changes)
            Add(operations, nodes[change.Node], texts[change.Field], change.View);
        operations.AddRange(step.Crashed.SelectMany(one => new long[] { 3, nodes[one] }));
        operations.AddRange(step.Restarted.SelectMany(one => new long[] { 4, nodes[one] }));
        operations.AddRange(step.Verdicts.SelectMany(verdict => new long[] { 5, texts[verdict.Property], verdict.Holds ? 1 : 0 }));
        if (step.Cuts is { } cuts)
            operations.AddRange([6, cuts.Count, .. cuts.SelectMany(cut => new long[] { nodes[cut.From], nodes[cut.To] })]);
        operations.AddRange(step.Landmarks.SelectMany(name => new long[] { 7, texts[name] }));
        operations.AddRange(step.Remarks.SelectMany(remark => new long[] { 8, texts[remark] }));
        Operations.Add([.. operations]);
    }

    private void Add(List<long> operations, int node, int field, ReplayView? view)
    {
        var known = logs.GetValueOrDefault((node, field));
        logs.Remove((node, field));
        switch (view)
        {
            case null:
                operations.AddRange([0, node, field]);
                break;
            case ReplayLog log:
                logs[(node, field)] = log;
                var kept = Kept(known, log);
                operations.AddRange([2, node, field, log.First, kept, log.Committed, log.Cells.Length - kept]);
                operations.AddRange(log.Cells.Skip(kept).SelectMany(cell => new[] { cell.Term, texts[cell.Label ?? ""] }));
                break;
            default:
                operations.AddRange([1, node, field, Number(view)]);
                break;
        }
    }

    /// <summary>How many cells of the old log, counted from the new one's first index, stand in the new one too.</summary>
    private static int Kept(ReplayLog? old, ReplayLog log)
    {
        if (old is null || log.First < old.First)
            return 0;
        var kept = 0;
        for (var at = log.First - old.First; at < old.Cells.Length && kept < log.Cells.Length && old.Cells[at] == log.Cells[kept]; at++)
            kept++;
        return kept;
    }

    private int Number(ReplayView view)
    {
        long[] numbers = view switch
        {
            ReplayText text => [0, texts[text.Value], text.Hue ?? -1],
            ReplayNumber number => [1, number.Value],
            ReplayList list => [2, .. list.Items.Select(item => (long)texts[item])],
            ReplayTable table => [3, table.Columns.Length, .. table.Columns.Select(column => (long)texts[column]),
                .. table.Rows.SelectMany(row => row.Cells.Prepend(texts[row.Name]))],
            _ => throw new InvalidOperationException($"A replay has no way to write a {view.GetType().Name}."),
        };
        var key = string.Join(' ', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
        if (views.TryGetValue(key, out var known))
            return known;
        Views.Add(numbers);
        return views[key] = Views.Count - 1;
    }

    private int Number(ReplaySource source)
    {
        if (sources.TryGetValue(source, out var known))
            return known;
        Sources.Add([texts[source.File], source.Line, source.Excerpt.Length > 0 ? texts[source.Excerpt] : -1]);
        return sources[source] = Sources.Count - 1;
    }

    /// <summary>A message that was doubled goes two ways, one that has not ended goes one without an end.</summary>
    private IEnumerable<long[]> Ways(IReadOnlyList<ReplayStep> steps)
    {
        var ends = steps.Index().SelectMany(step => step.Item.Ended.Select(end => (step.Index, End: end))).ToLookup(end => end.End.Id);
        var last = 0;
        foreach (var (at, step) in steps.Index())
        {
            foreach (var message in step.Sent)
            {
                foreach (var (end, lost) in ends[message.Id].Select(end => (end.Index, end.End.Lost)).DefaultIfEmpty((-1, null)))
                {
                    yield return [nodes[message.From], nodes[message.To], texts[message.Label], texts[message.Detail], at - last,
                        end < 0 ? -1 : end - at, lost is null ? -1 : texts[lost]];
                    last = at;
                }
            }
        }
    }
}
