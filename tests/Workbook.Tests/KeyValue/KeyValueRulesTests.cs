using Workbook.Check;
using Workbook.KeyValue;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Tests.KeyValue;

/// <summary>Each rule off finds its anomaly, by the detector that the table names; all rules on find none.</summary>
public sealed class KeyValueRulesTests
{
    private const int MostSeeds = 600;

    public static TheoryData<string> Names => [.. KeyValueRuleTable.Rules.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_rule_off_finds_its_anomaly(string name)
    {
        var rule = KeyValueRuleTable.Rules.Single(one => one.Name == name);
        for (var seed = 0UL; seed < MostSeeds; seed++)
        {
            if (rule.Scene(Schedule.Times(seed) with { Trace = TraceLimit.Off }, false).Violation is not { } violation) continue;
            if (!violation.StartsWith(rule.Detector, StringComparison.Ordinal)) continue;
            TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}: {violation}");
            return;
        }

        Assert.Fail($"Without {name} {MostSeeds} seeds show nothing that begins with “{rule.Detector}”.");
    }

    [Fact]
    public void The_table_looks_at_enough_runs_for_the_rarest_anomaly() => Assert.All(
        KeyValueRuleTable.Rules.Where(rule => rule.Seeds > 1),
        rule => Assert.NotEmpty(Explore.Seeds(rule.Seeds, schedule => rule.Scene(schedule, false)).Violations));

    /// <summary>A rule for each scene: with all rules on, the others of the same scene would show the same runs.</summary>
    public static TheoryData<string> Scenes => [.. KeyValueRuleTable.Rules.DistinctBy(rule => rule.Scene(0, true).Run.Trace.Hash).Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Scenes))]
    public void All_rules_on_find_nothing_in_the_same_scene(string name)
    {
        var rule = KeyValueRuleTable.Rules.Single(one => one.Name == name);
        var explored = Explore.Seeds(Seeds.Count(100), seed => rule.Scene(seed, true));
        Assert.True(explored.Violations.Count == 0, $"{explored}, in the scene for {name}");
        Assert.Empty(explored.NeverMet);
    }

    [Fact]
    public void Every_rule_of_the_store_stands_in_the_table_and_so_do_those_of_reads()
    {
        var all = typeof(KeyValueRules).GetProperties().Where(property => property.PropertyType == typeof(bool)).Select(property => property.Name);
        string[] reads =
        [
            nameof(RaftRules.ConfirmBeforeRead), nameof(RaftRules.NoOpAtTermStart), nameof(RaftRules.DenyVotesWhileLeaderIsHeard),
            nameof(RaftOptions.ClockDriftBound),
        ];
        Assert.Equal(all.Concat(reads), KeyValueRuleTable.Rules.Select(rule => rule.Name));
    }
}
