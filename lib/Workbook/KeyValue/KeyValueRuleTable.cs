using System.Globalization;
using Workbook.Check;
using Workbook.Draw;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.KeyValue;

/// <summary>A precaution of the store, or of Raft for the store's sake, and the scene in which its absence shows.</summary>
/// <param name="Name">The name of the member of <see cref="KeyValueRules"/> or <see cref="RaftRules"/>.</param>
/// <param name="Source">Where the lecture or the paper has it.</param>
/// <param name="Detector">What finds it: the beginning of the sentence about what is seen.</param>
/// <param name="Scene">The scene that finds the anomaly: a function of its schedule, and of whether the rule is on.</param>
public sealed record KeyValueRule(string Name, string Source, string Detector, Func<Schedule, bool, SceneRun> Scene)
{
    /// <summary>All of the store's own rules but this one; null when it is not one of the store's.</summary>
    public KeyValueRules? Without { get; init; }
}

/// <summary>What happens without each precaution: computed, not told.</summary>
public static class KeyValueRuleTable
{
    private const string Linearizable = "Not linearizable", Twice = "Appended twice";

    private static readonly KeyValueRules All = KeyValueRules.All;
    private static readonly RaftRules Raft = RaftRules.All;

    /// <summary>All precautions, the store's own first.</summary>
    public static IReadOnlyList<KeyValueRule> Rules { get; } =
    [
        Own("ReplyAfterCommit", "lab 3", Linearizable, on => All with { ReplyAfterCommit = on }, Workload),
        Own("CheckEntryIsMine", "lab 3", Linearizable, on => All with { CheckEntryIsMine = on }, Workload),
        Own("SameSequenceOnRetry", "lecture 7", Twice, on => All with { SameSequenceOnRetry = on }, Appends),
        Own("DuplicateTable", "lecture 7", Twice, on => All with { DuplicateTable = on }, Appends),
        Own("CheckWhenApplied", "lecture 7", Twice, on => All with { CheckWhenApplied = on }, Appends),
        Own("RememberReply", "lecture 7", Linearizable, on => All with { RememberReply = on }, Workload),
        Own("DuplicateTableInSnapshot", "lab 3B", Twice, on => All with { DuplicateTableInSnapshot = on }, Snapshots),
        Own("ConfirmGets", "§8", Linearizable, on => All with { ConfirmGets = on }, (schedule, rules) => KeyValueScenes.Reads(schedule, ReadMode.Log, rules)),
        new("ConfirmBeforeRead", "§8", Linearizable, Reads(ReadMode.ReadIndex, on => Raft with { ConfirmBeforeRead = on })),
        new("NoOpAtTermStart", "§8", Linearizable, Reads(ReadMode.ReadIndex, on => Raft with { NoOpAtTermStart = on })),
        new("DenyVotesWhileLeaderIsHeard", "lecture 7", Linearizable, KeyValueStories.BrokenPromise),
        new("ClockDriftBound", "lecture 7", Linearizable, (schedule, on) => KeyValueStories.SlowClock(schedule, on ? 0.1 : 0.4)),
    ];

    /// <summary>Explores each rule switched off, over that many seeds.</summary>
    public static Table Explore(int seeds) => Table.Of(
        $"What goes wrong without each rule, in {seeds:N0} runs",
        Rules.Zip(
            Check.Explore.Shrunk(Rules.Select(rule => Check.Explore.Seeds(seeds, schedule => rule.Scene(schedule, false)))),
            (rule, found) => (Rule: rule, Found: found)),
        ("without", row => row.Rule.Name),
        ("source", row => row.Rule.Source),
        ("runs that go wrong", row => row.Found.Violations.Count),
        ("events of the smallest", row => row.Found.Smallest?.Run.Events.ToString(CultureInfo.InvariantCulture) ?? "–"),
        ("its seed", row => row.Found.SmallestSeed?.ToString(CultureInfo.InvariantCulture) ?? "–"),
        ("what is seen", row => row.Found.Smallest?.Violation ?? "nothing"));

    private static KeyValueRule Own(
        string name, string source, string detector, Func<bool, KeyValueRules> rules, Func<Schedule, KeyValueRules, SceneRun> scene) =>
        new(name, source, detector, (schedule, on) => scene(schedule, rules(on))) { Without = rules(false) };

    private static SceneRun Workload(Schedule schedule, KeyValueRules rules) => KeyValueScenes.Workload(schedule, rules);

    private static SceneRun Appends(Schedule schedule, KeyValueRules rules) => KeyValueScenes.Appends(schedule, rules);

    private static SceneRun Snapshots(Schedule schedule, KeyValueRules rules) => KeyValueScenes.Snapshots(schedule, rules);

    private static Func<Schedule, bool, SceneRun> Reads(ReadMode mode, Func<bool, RaftRules> rules) =>
        (schedule, on) => KeyValueScenes.Reads(schedule, mode, raftRules: rules(on));
}
