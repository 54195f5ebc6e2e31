using Workbook.Check;
using Workbook.MapReduce.Cluster;

namespace Workbook.Tests.MapReduce.Cluster;

public sealed class RulesTests
{
    [Fact]
    public void With_all_rules_on_nothing_goes_wrong_whatever_fails()
    {
        var found = Explore.Seeds(Seeds.Count(1000), seed => MapReduceScenes.WordCount(seed, MapReduceRules.All));
        Assert.True(found.Violations.Count == 0, found.ToString());
        foreach (var sometimes in new[]
        {
            "a backup of a map task", "a backup of a reduce task", "a map task finished twice", "a reduce task finished twice",
            "a worker died during a map", "a worker died during a reduce", "a finished map's output was lost",
        })
        {
            Assert.True(found.Met.GetValueOrDefault(sometimes) > 0, $"No run met “{sometimes}”.");
        }
    }

    public static TheoryData<string, string> RulesOff => new()
    {
        { nameof(MapReduceRules.AtomicRename), "should be" },
        { nameof(MapReduceRules.FirstCompletionOnly), "should be" },
        { nameof(MapReduceRules.RerunCompletedMaps), "not done" },
        { nameof(MapReduceRules.ReduceWaitsForAllMaps), "should be" },
        { nameof(MapReduceRules.SamePartitionEverywhere), "is in mr-out-" },
    };

    [Theory]
    [MemberData(nameof(RulesOff))]
    public void With_the_rule_off_its_anomaly_is_found(string rule, string anomaly)
    {
        var without = MapReduceRules.All with { };
        typeof(MapReduceRules).GetProperty(rule)!.SetValue(without, false);
        var found = Explore.Seeds(Seeds.Count(200), seed => MapReduceScenes.WordCount(seed, without));
        Assert.Contains(found.Violations, one => one.Violation.Contains(anomaly));
        TestContext.Current.TestOutputHelper!.WriteLine(found.ToString());
        Assert.NotNull(found.Smallest!.Violation);
    }

    [Fact]
    public void A_map_that_is_not_a_function_shows_two_inputs_at_once()
    {
        Assert.Empty(Explore.Seeds(Seeds.Count(200), seed => MapReduceScenes.Lots(seed, deterministic: true)).Violations);
        var found = Explore.Seeds(Seeds.Count(200), seed => MapReduceScenes.Lots(seed, deterministic: false));
        TestContext.Current.TestOutputHelper!.WriteLine(found.ToString());
        Assert.Contains(found.Violations, one => one.Violation.Contains("have different lots"));
    }

    [Fact]
    public void A_combiner_that_is_not_associative_gives_wrong_means()
    {
        Assert.Empty(Explore.Seeds(Seeds.Count(100), seed => MapReduceScenes.MeanLength(seed, associative: true)).Violations);
        Assert.NotEmpty(Explore.Seeds(Seeds.Count(100), seed => MapReduceScenes.MeanLength(seed, associative: false)).Violations);
    }
}
