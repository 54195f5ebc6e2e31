using Workbook.Check;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Tests.Raft;

/// <summary>Each rule off finds its anomaly, all rules on find none.</summary>
public sealed class RaftRulesTests
{
    /// <summary>What must be seen without the rule: the property's name, or how the scene's own sentence begins.</summary>
    private static readonly Dictionary<string, string[]> Anomalies = new()
    {
        ["CommitOnlyOwnTerm"] = ["Leader Completeness", "State Machine Safety"],
        ["ElectionRestriction"] = ["Leader Completeness", "State Machine Safety"],
        ["PersistVote"] = ["Election Safety"],
        ["PersistLog"] = ["Match Index", "Leader Completeness", "State Machine Safety"],
        ["ConsistencyCheck"] = ["Log Matching", "State Machine Safety"],
        ["TruncateOnlyOnConflict"] = ["Match Index", "Commit Index"],
        ["IgnoreOldReplies"] = ["Match Index"],
        ["RandomizedTimeouts"] = ["No leader"],
        ["ResetTimerSparingly"] = ["No leader"],
        ["IgnoreOldSnapshots"] = ["Commit Index", "Match Index", "State Machine Safety"],
        ["PersistSnapshotWithLog"] = ["Match Index", "Leader Completeness", "Commit Index"],
        ["JointConsensus"] = ["Leader Completeness", "State Machine Safety", "Election Safety"],
        ["CommitBeforeChange"] = ["Leader Completeness", "State Machine Safety", "Election Safety"],
        ["DenyVotesWhileLeaderIsHeard"] = ["Nothing failed"],
    };

    public static TheoryData<string> Names => [.. RuleTable.Rules.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_rule_off_finds_its_anomaly(string name)
    {
        var rule = RuleTable.Rules.Single(one => one.Name == name);

        // The first anomaly is enough: the rarest of them, Figure 8, takes some hundreds of seeds.
        var found = Found(rule, Math.Max(3000, Seeds.Count(3000)));

        Assert.True(found is not null, $"Without {name} nothing went wrong.");
        Assert.Contains(Anomalies[name], anomaly => found!.StartsWith(anomaly, StringComparison.Ordinal));
    }

    /// <summary>A rule for each scene: with all rules on, the others of the same scene would show the same runs.</summary>
    public static TheoryData<string> Scenes => [.. RuleTable.Rules.DistinctBy(rule => rule.Scene.Method).Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Scenes))]
    public void All_rules_on_find_nothing_in_the_same_scene(string name)
    {
        var rule = RuleTable.Rules.Single(one => one.Name == name);

        var explored = Explore.Seeds(Seeds.Count(300), seed => rule.Scene(seed, RaftRules.All));

        Assert.True(explored.Violations.Count == 0, $"{explored}, in the scene for {name}");
        Assert.Empty(explored.NeverMet);
    }

    [Fact]
    public void Every_rule_stands_in_the_table_or_is_one_that_only_clients_or_message_counts_can_see()
    {
        string[] elsewhere = [nameof(RaftRules.ConfirmBeforeRead), nameof(RaftRules.NoOpAtTermStart), nameof(RaftRules.ConflictTermBackup)];

        var all = typeof(RaftRules).GetProperties().Where(property => property.PropertyType == typeof(bool)).Select(property => property.Name);

        Assert.Equal(all.Order(), RuleTable.Rules.Select(rule => rule.Name).Concat(elsewhere).Order());
    }

    [Fact]
    public void Each_row_of_the_table_switches_off_the_rule_it_names_and_no_other()
    {
        foreach (var rule in RuleTable.Rules)
        {
            var off = typeof(RaftRules).GetProperties().Where(property => property.GetValue(rule.Without) is false).Select(property => property.Name);
            Assert.Equal([rule.Name], off);
        }
    }

    private static string? Found(RaftRule rule, int seeds)
    {
        for (var seed = 0UL; seed < (ulong)seeds; seed++)
        {
            if (rule.Scene(Schedule.Times(seed) with { Trace = TraceLimit.Off }, rule.Without).Violation is { } violation) return violation;
        }

        return null;
    }
}
