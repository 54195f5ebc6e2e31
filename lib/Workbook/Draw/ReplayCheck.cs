namespace Workbook.Draw;

/// <summary>What a replay is made of must fit together; otherwise one sentence says what does not.</summary>
internal static class ReplayCheck
{
    public static void Of(Replay replay)
    {
        if (replay.Nodes.Count == 0 || replay.Steps.Count == 0)
            throw new ArgumentException("A replay needs at least one node and one step; the first step is the state that the run begins with.");
        if (replay.Nodes.GroupBy(node => node).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The node '{twice.Key}' is named twice; name each node once.");
        var known = replay.Nodes.ToHashSet();
        var sent = new HashSet<long>();
        var now = TimeSpan.MinValue;
        foreach (var (at, step) in replay.Steps.Index())
        {
            if (step.Time < now)
                throw new ArgumentException($"Step {at + 1} is at {Words.Time(step.Time)}, before the step in front of it; give the steps in order of time.");
            now = step.Time;
            if (Named(step).FirstOrDefault(node => !known.Contains(node)) is { } unknown)
                throw new ArgumentException($"Step {at + 1} names the node '{unknown}', which is not among the nodes given; add it to them.");
            if (step.Sent.FirstOrDefault(message => !sent.Add(message.Id)) is { } again)
                throw new ArgumentException($"Message {again.Id} is sent again in step {at + 1}; give each message a number of its own.");
            if (step.Ended.FirstOrDefault(end => !sent.Contains(end.Id)) is { } odd)
                throw new ArgumentException($"Message {odd.Id} ends in step {at + 1}, but no step sent it.");
        }
    }

    private static IEnumerable<string> Named(ReplayStep step)
    {
        if (step.Node is { } node)
            yield return node;
        foreach (var change in step.Changes)
            yield return change.Node;
        foreach (var message in step.Sent)
        {
            yield return message.From;
            yield return message.To;
        }
        foreach (var one in step.Crashed.Concat(step.Restarted))
            yield return one;
        foreach (var (from, to) in step.Cuts ?? [])
        {
            yield return from;
            yield return to;
        }
    }
}
