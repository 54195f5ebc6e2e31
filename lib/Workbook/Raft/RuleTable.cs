using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Workbook.Check;
using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>A precaution of Raft's, and the scene in which its absence shows.</summary>
/// <param name="Name">The name of the member of <see cref="RaftRules"/>.</param>
/// <param name="Source">Where the paper has it.</param>
/// <param name="Prevents">What goes wrong without it, in general.</param>
/// <param name="Without">All rules but this one.</param>
/// <param name="Scene">The scene that finds the anomaly: a function of its schedule and the rules.</param>
/// <param name="SceneText">The scene as it is written; the compiler fills it in.</param>
public sealed record RaftRule(
    string Name, string Source, string Prevents, RaftRules Without, Func<Schedule, RaftRules?, SceneRun> Scene,
    [CallerArgumentExpression(nameof(Scene))] string SceneText = "")
{
    /// <summary>How many seeds are explored at least: an anomaly may be too rare for fewer.</summary>
    public int Seeds { get; init; } = 1;
}

/// <summary>What happens without each of Raft's precautions: computed, not told.</summary>
public static partial class RuleTable
{
    private static readonly RaftRules All = RaftRules.All;

    /// <summary>The rules whose absence shows in Raft alone. What only clients can see, the reads, is in the key/value store's table.</summary>
    public static IReadOnlyList<RaftRule> Rules { get; } =
    [
        new("CommitOnlyOwnTerm", "§5.4.2", "an entry that a majority holds is overwritten after it was committed, as in Figure 8",
            All with { CommitOnlyOwnTerm = false }, RaftScenes.Figure8) { Seeds = 100 },
        new("ElectionRestriction", "§5.4.1", "a leader lacks committed entries, and overwrites them", All with { ElectionRestriction = false }, RaftScenes.Chaos),
        new("PersistVote", "Figure 2", "a server that comes back votes twice in one term, and there are two leaders",
            All with { PersistVote = false }, RaftScenes.VotersCrash) { Seeds = 1000 },
        new("PersistLog", "Figure 2", "an acknowledged entry vanishes with the power", All with { PersistLog = false }, RaftScenes.Chaos),
        new("ConsistencyCheck", "§5.3", "logs agree at an index and differ before it", All with { ConsistencyCheck = false }, RaftScenes.Chaos),
        new("TruncateOnlyOnConflict", "Figure 2", "a late, shorter AppendEntries takes away what the follower has acknowledged since",
            All with { TruncateOnlyOnConflict = false }, RaftScenes.Chaos),
        new("IgnoreOldReplies", "Students' Guide", "a leader believes that a follower has what it does not have, and commits too early",
            All with { IgnoreOldReplies = false }, RaftScenes.Chaos),
        new("RandomizedTimeouts", "§5.2", "servers stand for election together, again and again, and every vote is split",
            All with { RandomizedTimeouts = false }, (schedule, rules) => RaftScenes.FirstElection(schedule, rules)),
        new("ResetTimerSparingly", "Students' Guide", "a server that cannot win keeps those from standing that could",
            All with { ResetTimerSparingly = false }, RaftScenes.OneCanWin),
        new("IgnoreOldSnapshots", "§7", "the state goes back in time, and commands are executed again", All with { IgnoreOldSnapshots = false }, RaftScenes.LateSnapshots),
        new("PersistSnapshotWithLog", "§7", "a crash in between loses what the log no longer has",
            All with { PersistSnapshotWithLog = false }, RaftScenes.CrashAfterSnapshot),
        new("JointConsensus", "§6", "two disjoint majorities, two leaders", All with { JointConsensus = false }, RaftScenes.ChangingGroup),
        new("CommitBeforeChange", "raft-dev 2015", "a change that an earlier leader began comes back, and its majority misses that of another change",
            All with { CommitBeforeChange = false }, RaftScenes.SingleChanges) { Seeds = 100 },
        new("DenyVotesWhileLeaderIsHeard", "§6", "a server that was removed deposes one leader after the other",
            All with { DenyVotesWhileLeaderIsHeard = false }, RaftScenes.RemovedServer),
    ];

    /// <summary>Explores each rule switched off, over that many seeds, and measures what the one rule saves without which nothing goes wrong.</summary>
    /// <param name="seeds">How many seeds each; more where an anomaly is too rare for them.</param>
    public static RuleFindings Explore(int seeds) => RuleFindings.Of("Raft", [.. Rules.Select(rule => Row(rule, seeds)), Backup()]);

    private static RuleFinding Row(RaftRule rule, int seeds) =>
        new RuleFinding(rule.Name, rule.Source, rule.Prevents) { Picture = RaftPictures.Ending }.In(
            Math.Max(seeds, rule.Seeds), schedule => rule.Scene(schedule, rule.Without),
            $"schedule => {SceneName().Match(rule.SceneText)}(schedule, RaftRules.All with {{ {rule.Name} = false }})");

    private static RuleFinding Backup()
    {
        const string follower = "4 5 5 5 5 5 5 5 5 5 5 5", leader = "4 6 6 6 6 6 6 6 6 6 6 6";
        var (slow, fast) = (RaftStories.RollBack(follower, leader, fast: false), RaftStories.RollBack(follower, leader));
        return new RuleFinding(nameof(RaftRules.ConflictTermBackup), "§5.3", "a leader goes back one RPC for each entry that differs")
            .Costs($"{slow} AppendEntries instead of {fast}, for eleven entries that differ.");
    }

    /// <summary>The scene's name, also where it stands in a lambda.</summary>
    [GeneratedRegex(@"\w+\.\w+")]
    private static partial Regex SceneName();
}
