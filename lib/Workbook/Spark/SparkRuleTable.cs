using Workbook.Check;
using Workbook.Spark.Apps;

namespace Workbook.Spark;

/// <summary>What happens without each precaution of Spark, and of a program for it: computed, not told.</summary>
public static class SparkRuleTable
{
    /// <summary>Explores each rule switched off, and all on, over that many seeds each.</summary>
    public static RuleFindings Explore(int seeds) => RuleFindings.Of("Spark",
    [
        new RuleFinding("(all rules on)", "", "") { AllOn = true }.InSeeds(seeds, seed => SparkScenes.Ranks(seed)),
        new RuleFinding("deterministic functions", "§2.1", "a partition that was lost is another one when it is computed again")
            .InSeeds(seeds, seed => SparkScenes.Lots(seed, deterministic: false)),
        new RuleFinding("keeping the links", "§2.2", "every round reads and groups the links again")
            .InSeeds(seeds, seed => SparkScenes.Loop(seed, PageRankRules.Default with { PersistLinks = false })),
        new RuleFinding("partitioning links and ranks alike", "§3.2.2", "every round moves all links through a shuffle")
            .InSeeds(seeds, seed => SparkScenes.Loop(seed, PageRankRules.Default with { CoPartition = false })),
        new RuleFinding("skipping needless shuffles", "§5.1", "what is in its place already is moved nevertheless")
            .InSeeds(seeds, seed => SparkScenes.Loop(seed, PageRankRules.Default, SparkRules.All with { SkipNeedlessShuffles = false })),
        new RuleFinding("a checkpoint every third round", "§5.4", "one lost worker may have all rounds run again")
            .InSeeds(seeds, seed => SparkScenes.LongLoop(seed, checkpoint: false)),
        new RuleFinding("counting updates once", "", "what a task counts is counted again when the task is")
            .InSeeds(seeds, seed => SparkScenes.Counter(seed, SparkRules.All with { CountUpdatesOnce = false })),
        new RuleFinding("evicting other datasets only", "§5.3", "a dataset larger than memory throws out each partition just before it is wanted")
            .InSeeds(seeds, seed => SparkScenes.TooLarge(seed, SparkRules.All with { EvictOtherDatasets = false })),
        new RuleFinding("keeping all of the ranks", "", "rank leaks at pages without links")
            .InSeeds(seeds, seed => SparkScenes.Mass(seed, keepAllMass: false)),
    ]);
}
