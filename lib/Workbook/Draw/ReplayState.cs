namespace Workbook.Draw;

/// <summary>The state of a whole run between two steps.</summary>
internal sealed class ReplayState
{
    private readonly Dictionary<string, List<(string Field, ReplayView View)>> fields = [];
    private readonly List<string> down = [];
    private readonly List<ReplayVerdict> verdicts = [];
    private IReadOnlyList<(string From, string To)> cuts = [];

    public IReadOnlyList<string> Down => down;

    public IReadOnlyList<ReplayVerdict> Verdicts => verdicts;

    public IReadOnlyList<(string From, string To)> Cuts => cuts;

    /// <summary>A node's fields, in the order in which they first came.</summary>
    public IReadOnlyList<(string Field, ReplayView View)> this[string node] => fields.TryGetValue(node, out var own) ? own : [];

    public void Apply(ReplayStep step)
    {
        foreach (var change in step.Changes)
            Apply(change);
        down.AddRange(step.Crashed.Where(node => !down.Contains(node)));
        down.RemoveAll(step.Restarted.Contains);
        foreach (var verdict in step.Verdicts)
        {
            var at = verdicts.FindIndex(known => known.Property == verdict.Property);
            if (at < 0)
                verdicts.Add(verdict);
            else
                verdicts[at] = verdict;
        }
        cuts = step.Cuts ?? cuts;
    }

    /// <summary>One step that leads from nothing to the state after the step at the index, with the messages then in flight.</summary>
    public static ReplayStep Before(Replay replay, int index)
    {
        var state = new ReplayState();
        var done = replay.Steps.Take(index + 1).ToList();
        done.ForEach(state.Apply);
        var ended = done.SelectMany(step => step.Ended).Select(end => end.Id).ToHashSet();
        // What was doubled on the way may have arrived once already and still be under way.
        ended.ExceptWith(replay.Steps.Skip(index + 1).SelectMany(step => step.Ended).Select(end => end.Id));
        return new(done[^1].Time, done[^1].Text, done[^1].Node, ReplayKind.Start)
        {
            Changes = [.. replay.Nodes.SelectMany(node => state[node].Select(field => new ReplayChange(node, field.Field, field.View)))],
            Sent = [.. done.SelectMany(step => step.Sent).Where(message => !ended.Contains(message.Id))],
            Crashed = [.. state.down],
            Verdicts = [.. state.verdicts],
            Cuts = state.cuts,
            Source = done[^1].Source,
        };
    }

    private void Apply(ReplayChange change)
    {
        if (!fields.TryGetValue(change.Node, out var own))
            fields[change.Node] = own = [];
        var at = own.FindIndex(field => field.Field == change.Field);
        if (change.View is not { } view)
        {
            if (at >= 0)
                own.RemoveAt(at);
        }
        else if (at < 0)
            own.Add((change.Field, view));
        else
            own[at] = (change.Field, view);
    }
}
