using Workbook.Check;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.KeyValue;

/// <summary>A precaution of the store, or of Raft for the store's sake, and the scene in which its absence shows.</summary>
/// <param name="Name">The name of the member of <see cref="KeyValueRules"/> or <see cref="RaftRules"/>.</param>
/// <param name="Source">Where the lecture or the paper has it.</param>
/// <param name="Prevents">What goes wrong without it, in general.</param>
/// <param name="Detector">What finds it: the beginning of the sentence about what is seen.</param>
/// <param name="Scene">The scene that finds the anomaly: a function of its schedule, and of whether the rule is on.</param>
public sealed record KeyValueRule(string Name, string Source, string Prevents, string Detector, Func<Schedule, bool, SceneRun> Scene)
{
    /// <summary>The scene without the rule as a reader would write it: a function of its schedule.</summary>
    public string SceneText { get; init; } = "";

    /// <summary>Whether the scene is a script that brings the anomaly about, and the seed decides no more than its delays.</summary>
    public bool IsScripted { get; init; }

    /// <summary>All of the store's own rules but this one; null when it is not one of the store's.</summary>
    public KeyValueRules? Without { get; init; }

    /// <summary>How many seeds are explored at least: an anomaly may be too rare for fewer.</summary>
    public int Seeds { get; init; } = 1;
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
        Own("ReplyAfterCommit", "lab 3", "what was acknowledged is lost with the leader", Linearizable, on => All with { ReplyAfterCommit = on }, Workload),
        Own("CheckEntryIsMine", "lab 3", "a client whose command was overwritten gets somebody else's answer", Linearizable,
            on => All with { CheckEntryIsMine = on }, Workload) with { Seeds = 120 },
        Own("SameSequenceOnRetry", "lecture 7", "to the servers a repeated request is another one, and it is done twice", Twice,
            on => All with { SameSequenceOnRetry = on }, Appends),
        Own("DuplicateTable", "lecture 7", "a request that is sent again is done twice", Twice, on => All with { DuplicateTable = on }, Appends),
        Own("CheckWhenApplied", "lecture 7", "a request that comes again before it is applied stands in the log twice, and is done twice", Twice,
            on => All with { CheckWhenApplied = on }, Appends),
        Own("RememberReply", "lecture 7", "a request that comes again is told that it was done, and not what came of it", Linearizable,
            on => All with { RememberReply = on }, Workload),
        Own("DuplicateTableInSnapshot", "lab 3B", "a server that starts from a snapshot does things again", Twice,
            on => All with { DuplicateTableInSnapshot = on }, Snapshots),
        Own("ConfirmGets", "§8", "a deposed leader answers with what is stale", Linearizable, on => All with { ConfirmGets = on }, Reads) with
        {
            SceneText = "schedule => KeyValueScenes.Reads(schedule, ReadMode.Log, KeyValueRules.All with { ConfirmGets = false })",
        },
        ReadRule("ConfirmBeforeRead", "a deposed leader answers from its own state, which is stale", on => Raft with { ConfirmBeforeRead = on }),
        ReadRule("NoOpAtTermStart", "a new leader that does not know what is committed answers without it", on => Raft with { NoOpAtTermStart = on }),
        new("DenyVotesWhileLeaderIsHeard", "lecture 7", "another leader is elected while a lease still holds, and reads by lease are stale", Linearizable,
            KeyValueStories.BrokenPromise) { IsScripted = true, SceneText = "schedule => KeyValueStories.BrokenPromise(schedule, denyVotes: false)" },
        new("ClockDriftBound", "lecture 7", "a leader with a slow clock believes in its lease for too long", Linearizable,
            (schedule, on) => KeyValueStories.SlowClock(schedule, on ? 0.1 : 0.4))
        { IsScripted = true, SceneText = "schedule => KeyValueStories.SlowClock(schedule, 0.4)" },
    ];

    /// <summary>Explores each rule switched off, over that many seeds.</summary>
    /// <param name="seeds">How many seeds each; more where an anomaly is too rare for them.</param>
    public static RuleFindings Explore(int seeds) => RuleFindings.Of("Key/value store", Rules.Select(rule =>
        new RuleFinding(rule.Name, rule.Source, rule.Prevents) { IsScripted = rule.IsScripted, Picture = KeyValuePictures.Ending }.In(
            Math.Max(seeds, rule.Seeds), schedule => rule.Scene(schedule, false), rule.SceneText)));

    private static KeyValueRule Own(
        string name, string source, string prevents, string detector, Func<bool, KeyValueRules> rules, Func<Schedule, KeyValueRules, SceneRun> scene) =>
        new(name, source, prevents, detector, (schedule, on) => scene(schedule, rules(on)))
        {
            Without = rules(false),
            SceneText = $"schedule => KeyValueScenes.{scene.Method.Name}(schedule, KeyValueRules.All with {{ {name} = false }})",
        };

    private static KeyValueRule ReadRule(string name, string prevents, Func<bool, RaftRules> rules) =>
        new(name, "§8", prevents, Linearizable, (schedule, on) => KeyValueScenes.Reads(schedule, ReadMode.ReadIndex, raftRules: rules(on)))
        {
            SceneText = $"schedule => KeyValueScenes.Reads(schedule, ReadMode.ReadIndex, raftRules: RaftRules.All with {{ {name} = false }})",
        };

    private static SceneRun Workload(Schedule schedule, KeyValueRules rules) => KeyValueScenes.Workload(schedule, rules);

    private static SceneRun Appends(Schedule schedule, KeyValueRules rules) => KeyValueScenes.Appends(schedule, rules);

    private static SceneRun Snapshots(Schedule schedule, KeyValueRules rules) => KeyValueScenes.Snapshots(schedule, rules);

    private static SceneRun Reads(Schedule schedule, KeyValueRules rules) => KeyValueScenes.Reads(schedule, ReadMode.Log, rules);
}
