using System.Globalization;
using Workbook.Check;
using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>A precaution of Raft's, and the scene in which its absence shows.</summary>
/// <param name="Name">The name of the member of <see cref="RaftRules"/>.</param>
/// <param name="Source">Where the paper has it.</param>
/// <param name="Without">All rules but this one.</param>
/// <param name="Scene">The scene that finds the anomaly: a function of its schedule and the rules.</param>
public sealed record RaftRule(string Name, string Source, RaftRules Without, Func<Schedule, RaftRules?, SceneRun> Scene);

/// <summary>What happens without each of Raft's precautions: computed, not told.</summary>
public static class RuleTable
{
    private static readonly RaftRules All = RaftRules.All;

    /// <summary>The rules whose absence shows in Raft alone. What only clients can see, the reads, is in the key/value store's table.</summary>
    public static IReadOnlyList<RaftRule> Rules { get; } =
    [
        new("CommitOnlyOwnTerm", "§5.4.2", All with { CommitOnlyOwnTerm = false }, RaftScenes.Figure8),
        new("ElectionRestriction", "§5.4.1", All with { ElectionRestriction = false }, RaftScenes.Chaos),
        new("PersistVote", "Figure 2", All with { PersistVote = false }, RaftScenes.VotersCrash),
        new("PersistLog", "Figure 2", All with { PersistLog = false }, RaftScenes.Chaos),
        new("ConsistencyCheck", "§5.3", All with { ConsistencyCheck = false }, RaftScenes.Chaos),
        new("TruncateOnlyOnConflict", "Figure 2", All with { TruncateOnlyOnConflict = false }, RaftScenes.Chaos),
        new("IgnoreOldReplies", "Students' Guide", All with { IgnoreOldReplies = false }, RaftScenes.Chaos),
        new("RandomizedTimeouts", "§5.2", All with { RandomizedTimeouts = false }, (schedule, rules) => RaftScenes.FirstElection(schedule, rules)),
        new("ResetTimerSparingly", "Students' Guide", All with { ResetTimerSparingly = false }, RaftScenes.OneCanWin),
        new("IgnoreOldSnapshots", "§7", All with { IgnoreOldSnapshots = false }, RaftScenes.LateSnapshots),
        new("PersistSnapshotWithLog", "§7", All with { PersistSnapshotWithLog = false }, RaftScenes.CrashAfterSnapshot),
        new("JointConsensus", "§6", All with { JointConsensus = false }, RaftScenes.ChangingGroup),
        new("CommitBeforeChange", "raft-dev 2015", All with { CommitBeforeChange = false }, RaftScenes.SingleChanges),
        new("DenyVotesWhileLeaderIsHeard", "§6", All with { DenyVotesWhileLeaderIsHeard = false }, RaftScenes.RemovedServer),
    ];

    /// <summary>Explores each rule switched off, over that many seeds.</summary>
    public static Table Explore(int seeds) => Table.Of(
        $"What goes wrong without each rule, in {seeds:N0} runs",
        Rules.Zip(
            Check.Explore.Shrunk(Rules.Select(rule => Check.Explore.Seeds(seeds, schedule => rule.Scene(schedule, rule.Without)))),
            (rule, found) => (Rule: rule, Found: found)),
        ("without", row => row.Rule.Name),
        ("paper", row => row.Rule.Source),
        ("runs that go wrong", row => row.Found.Violations.Count),
        ("events of the smallest", row => row.Found.Smallest?.Run.Events.ToString(CultureInfo.InvariantCulture) ?? "–"),
        ("its seed", row => row.Found.SmallestSeed?.ToString(CultureInfo.InvariantCulture) ?? "–"),
        ("what is seen", row => row.Found.Smallest?.Violation ?? "nothing"));
}
