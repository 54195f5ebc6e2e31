using Workbook.Check;
using Workbook.Spark;
using Workbook.Spark.Apps;

namespace Workbook.Tests.Spark;

/// <summary>Each precaution's anomaly is found with the precaution off, and nothing with it on, over many seeds.</summary>
public sealed class SparkScenesTests
{
    private static readonly SparkRules All = SparkRules.All;

    [Fact]
    public void Ranks_are_those_of_one_machine_whatever_fails()
    {
        var found = Explore.Seeds(Seeds.Count(150), seed => SparkScenes.Ranks(seed));
        Assert.True(found.Violations.Count == 0, found.ToString());
        Assert.True(found.Met.GetValueOrDefault("an attempt that came to nothing") > 0);
        Assert.True(found.Met.GetValueOrDefault("a task that was done, lost and done again") > 0);
    }

    [Fact]
    public void Functions_that_are_not_deterministic_give_another_partition_for_a_lost_one() => OffAndOn(
        seed => SparkScenes.Lots(seed, deterministic: false), seed => SparkScenes.Lots(seed), "computed again it is another one", faults: 1);

    [Fact]
    public void Links_that_are_not_kept_are_read_in_every_round() => OffAndOn(
        seed => SparkScenes.Loop(seed, new PageRankRules { PersistLinks = false }), seed => SparkScenes.Loop(seed), "read the links again");

    [Fact]
    public void Links_and_ranks_that_are_not_partitioned_alike_are_shuffled_in_every_round() => OffAndOn(
        seed => SparkScenes.Loop(seed, new PageRankRules { CoPartition = false }), seed => SparkScenes.Loop(seed), "the contributions need one");

    [Fact]
    public void Needless_shuffles_move_what_is_in_its_place() => OffAndOn(
        seed => SparkScenes.Loop(seed, rules: All with { SkipNeedlessShuffles = false }), seed => SparkScenes.Loop(seed), "the contributions need one");

    [Fact]
    public void Without_a_checkpoint_one_lost_worker_may_have_all_rounds_run_again() => OffAndOn(
        seed => SparkScenes.LongLoop(seed, checkpoint: false), seed => SparkScenes.LongLoop(seed), "ran again", faults: 1);

    [Fact]
    public void Updates_of_a_task_that_is_done_twice_count_twice_without_their_rule() => OffAndOn(
        seed => SparkScenes.Counter(seed, All with { CountUpdatesOnce = false }), seed => SparkScenes.Counter(seed), "was counted again", faults: 1);

    [Fact]
    public void A_dataset_larger_than_memory_throws_itself_out_without_its_rule() => OffAndOn(
        seed => SparkScenes.TooLarge(seed, All with { EvictOtherDatasets = false }), seed => SparkScenes.TooLarge(seed), "the second pass found none");

    [Fact]
    public void Pages_without_links_leak_rank_in_the_program_of_the_notes() => OffAndOn(
        seed => SparkScenes.Mass(seed, keepAllMass: false), seed => SparkScenes.Mass(seed), "pages sum to");

    [Fact]
    public void The_table_of_rules_has_a_row_for_each()
    {
        var text = SparkRuleTable.Explore(15).ToString();
        foreach (var anomaly in new[] { "another one", "read the links again", "need one", "ran again", "was counted again", "found none", "pages sum to" })
            Assert.Contains(anomaly, text);
        Assert.Contains("nothing", text);
    }

    private static void OffAndOn(Func<ulong, SceneRun> off, Func<ulong, SceneRun> on, string anomaly, int faults = 0)
    {
        // Where nothing fails, a seed decides little.
        var seeds = Seeds.Count(faults > 0 ? 100 : 15);
        var without = Explore.Seeds(seeds, off);
        Assert.Contains(without.Violations, one => one.Violation.Contains(anomaly));
        Assert.Contains(anomaly, without.Smallest!.Violation!);
        Assert.Equal(faults, without.Smallest.Faults.Count);
        var with = Explore.Seeds(seeds, on);
        Assert.True(with.Violations.Count == 0, with.ToString());
    }
}
