namespace Workbook.Draw;

/// <summary>Replays in words.</summary>
internal static class ReplayAlt
{
    public static string Of(Replay replay) => Sentence(replay.Title) + " " + Run(replay);

    public static string Of(ReplayPair pair) => string.Join(' ', Sentence(pair.Title),
        $"Two runs side by side. {Sentence(pair.Left.Name)} {Run(pair.Left.Run)}", $"{Sentence(pair.Right.Name)} {Run(pair.Right.Run)}", Difference(pair));

    /// <summary>The first and the last value of each field.</summary>
    public static Table States(Replay replay, string? name = null)
    {
        var (first, last) = (new ReplayState(), new ReplayState());
        first.Apply(replay.Steps[0]);
        foreach (var step in replay.Steps)
            last.Apply(step);
        var rows = replay.Nodes.SelectMany(node => first[node].Concat(last[node]).Select(field => field.Field).Distinct().Select(field =>
            (Node: node, Field: field, First: Value(first, node, field), Last: Value(last, node, field))));
        var times = $"{Words.Time(replay.Steps[0].Time)} and {Words.Time(replay.Steps[^1].Time)}";
        return Table.Of($"{(name is null ? "" : $"{name}: ")}state at {times}", rows,
            ("node", row => row.Node), ("field", row => row.Field), ("first", row => row.First), ("last", row => row.Last)).Rows(400);
    }

    private static string Value(ReplayState state, string node, string field) =>
        state[node].FirstOrDefault(own => own.Field == field).View?.ToString() ?? "";

    private static string Sentence(string text) => text[^1] is '.' or '?' or '!' ? text : text + ".";

    private static string Run(Replay replay)
    {
        var (first, last) = (replay.Steps[0], replay.Steps[^1]);
        var lost = replay.Steps.Sum(step => step.Ended.Count(end => end.Lost is not null));
        var text = $"{Words.Count(replay.Steps.Count, "step")} of {Words.Count(replay.Nodes.Count, "node")} ({Words.List(replay.Nodes)}) "
            + $"from {Words.Time(first.Time)} to {Words.Time(last.Time)}: {Words.Count(replay.Steps.Sum(step => step.Sent.Count), "message")}, "
            + $"{Words.Number(lost)} lost.";
        if (replay.LeftOut > 0)
            text += $" The {Words.Number(replay.LeftOut)} steps before them are left out.";
        var marks = replay.Steps.Index().SelectMany(step => step.Item.Landmarks.Select(name => (Name: name, step.Index, step.Item.Time)))
            .GroupBy(mark => mark.Name).Select(group => $"{group.Key} {Times(group.Count())} (first in step {Words.Number(group.First().Index + 1)}, "
                + $"{Words.Time(group.First().Time)})").ToList();
        if (marks.Count > 0)
            text += $" Landmarks: {Words.List(marks)}.";
        var broken = replay.Steps.Index().SelectMany(step => step.Item.Verdicts.Where(verdict => !verdict.Holds)
            .Select(verdict => $"{verdict.Property} in step {Words.Number(step.Index + 1)}, {Words.Time(step.Item.Time)}")).ToList();
        return broken.Count > 0 ? $"{text} Broken: {Words.List(broken)}." : text;
    }

    private static string Times(int count) => count switch { 1 => "once", 2 => "twice", _ => $"{Words.Number(count)} times" };

    private static string Difference(ReplayPair pair)
    {
        if (pair.FirstDifference is not { } at)
            return "The two runs are the same.";
        return $"They first differ in step {Words.Number(at + 1)}: {Side(pair.Left, at)}; {Side(pair.Right, at)}.";
    }

    private static string Side((string Name, Replay Run) side, int at) =>
        $"{side.Name}: {(at < side.Run.Steps.Count ? side.Run.Steps[at].ToString() : "the run has ended")}";
}
