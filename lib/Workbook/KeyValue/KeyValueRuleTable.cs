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
/// <param name="Scene">The scene that finds the anomaly: a function of seed, whether the rule is on, and how much of the trace is kept.</param>
public sealed record KeyValueRule(string Name, string Source, string Detector, Func<ulong, bool, TraceLimit?, SceneRun> Scene);

/// <summary>What happens without each precaution: computed, not told.</summary>
public static class KeyValueRuleTable
{
    private const string Linearizable = "Not linearizable", Twice = "Appended twice";

    private static readonly KeyValueRules All = KeyValueRules.All;
    private static readonly RaftRules Raft = RaftRules.All;

    /// <summary>All precautions, the store's own first.</summary>
    public static IReadOnlyList<KeyValueRule> Rules { get; } =
    [
        new("ReplyAfterCommit", "lab 3", Linearizable, (seed, on, trace) => KeyValueScenes.Workload(seed, All with { ReplyAfterCommit = on }, trace: trace)),
        new("CheckEntryIsMine", "lab 3", Linearizable, (seed, on, trace) => KeyValueScenes.Workload(seed, All with { CheckEntryIsMine = on }, trace: trace)),
        new("SameSequenceOnRetry", "lecture 7", Twice, (seed, on, trace) => KeyValueScenes.Appends(seed, All with { SameSequenceOnRetry = on }, trace: trace)),
        new("DuplicateTable", "lecture 7", Twice, (seed, on, trace) => KeyValueScenes.Appends(seed, All with { DuplicateTable = on }, trace: trace)),
        new("CheckWhenApplied", "lecture 7", Twice, (seed, on, trace) => KeyValueScenes.Appends(seed, All with { CheckWhenApplied = on }, trace: trace)),
        new("RememberReply", "lecture 7", Linearizable, (seed, on, trace) => KeyValueScenes.Workload(seed, All with { RememberReply = on }, trace: trace)),
        new("DuplicateTableInSnapshot", "lab 3B", Twice,
            (seed, on, trace) => KeyValueScenes.Snapshots(seed, All with { DuplicateTableInSnapshot = on }, trace: trace)),
        new("ConfirmGets", "§8", Linearizable, (seed, on, trace) => KeyValueScenes.Reads(seed, ReadMode.Log, All with { ConfirmGets = on }, trace: trace)),
        new("ConfirmBeforeRead", "§8", Linearizable, Reads(ReadMode.ReadIndex, on => Raft with { ConfirmBeforeRead = on })),
        new("NoOpAtTermStart", "§8", Linearizable, Reads(ReadMode.ReadIndex, on => Raft with { NoOpAtTermStart = on })),
        new("DenyVotesWhileLeaderIsHeard", "lecture 7", Linearizable, KeyValueStories.BrokenPromise),
        new("ClockDriftBound", "lecture 7", Linearizable, (seed, on, trace) => KeyValueStories.SlowClock(seed, on ? 0.1 : 0.4, trace: trace)),
    ];

    /// <summary>Explores each rule switched off, over that many seeds.</summary>
    public static Table Explore(int seeds) => Table.Of(
        $"What goes wrong without each rule, in {seeds:N0} runs",
        Rules.Select(rule => (Rule: rule, Found: Check.Explore.Seeds(seeds, seed => rule.Scene(seed, false, TraceLimit.Off)))),
        ("without", row => row.Rule.Name),
        ("source", row => row.Rule.Source),
        ("runs that go wrong", row => row.Found.Violations.Count),
        ("events of the smallest", row => row.Found.Smallest?.Run.Events.ToString(CultureInfo.InvariantCulture) ?? "–"),
        ("its seed", row => row.Found.SmallestSeed?.ToString(CultureInfo.InvariantCulture) ?? "–"),
        ("what is seen", row => row.Found.Smallest?.Violation ?? "nothing"));

    private static Func<ulong, bool, TraceLimit?, SceneRun> Reads(ReadMode mode, Func<bool, RaftRules> rules) =>
        (seed, on, trace) => KeyValueScenes.Reads(seed, mode, raftRules: rules(on), trace: trace);
}
