using System.Globalization;
using Workbook.Check;
using Workbook.Draw;
using Workbook.Spark.Apps;

namespace Workbook.Spark;

/// <summary>What happens without each precaution of Spark, and of a program for it: computed, not told.</summary>
public static class SparkRuleTable
{
    /// <summary>Explores each rule switched off, and all on, over that many seeds each.</summary>
    public static Table Explore(int seeds) => Table.Of(
        $"What goes wrong without each rule, in {seeds:N0} runs",
        Rows(seeds),
        ("without", row => row.Rule),
        ("paper", row => row.Source),
        ("runs that go wrong", row => row.Found.Violations.Count),
        ("the smallest: faults", row => row.Found.Smallest?.Faults.Count.ToString(CultureInfo.InvariantCulture) ?? "–"),
        ("what is seen", row => row.Found.Smallest?.Violation ?? "nothing"));

    private static IEnumerable<(string Rule, string Source, Exploration Found)> Rows(int seeds)
    {
        yield return ("(all rules on)", "", Check.Explore.Seeds(seeds, seed => SparkScenes.Ranks(seed)));
        yield return ("deterministic functions", "§2.1", Check.Explore.Seeds(seeds, seed => SparkScenes.Lots(seed, deterministic: false)));
        yield return ("keeping the links", "§2.2", Loop(PageRankRules.Default with { PersistLinks = false }));
        yield return ("partitioning links and ranks alike", "§3.2.2", Loop(PageRankRules.Default with { CoPartition = false }));
        yield return ("skipping needless shuffles", "§5.1", Loop(PageRankRules.Default, SparkRules.All with { SkipNeedlessShuffles = false }));
        yield return ("a checkpoint every third round", "§5.4", Check.Explore.Seeds(seeds, seed => SparkScenes.LongLoop(seed, checkpoint: false)));
        yield return ("counting updates once", "", Check.Explore.Seeds(seeds, seed => SparkScenes.Counter(seed, SparkRules.All with { CountUpdatesOnce = false })));
        yield return ("evicting other datasets only", "§5.3", Check.Explore.Seeds(seeds, seed => SparkScenes.TooLarge(seed, SparkRules.All with { EvictOtherDatasets = false })));
        yield return ("keeping all of the ranks", "", Check.Explore.Seeds(seeds, seed => SparkScenes.Mass(seed, keepAllMass: false)));

        Exploration Loop(PageRankRules program, SparkRules? rules = null) => Check.Explore.Seeds(seeds, seed => SparkScenes.Loop(seed, program, rules));
    }
}
