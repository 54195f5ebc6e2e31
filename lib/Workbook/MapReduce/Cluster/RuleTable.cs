using Workbook.Check;
using Workbook.Draw;

namespace Workbook.MapReduce.Cluster;

/// <summary>What happens without each of MapReduce's precautions: computed, not told.</summary>
public static class RuleTable
{
    /// <summary>Explores each rule switched off, and all on, over that many seeds each.</summary>
    public static Table Explore(int seeds) => Table.Of(
        $"What goes wrong without each rule, in {seeds:N0} runs",
        Rows(seeds),
        ("without", row => row.Rule),
        ("paper", row => row.Source),
        ("runs that go wrong", row => row.Found.Violations.Count),
        ("the smallest: faults", row => row.Found.Smallest?.Faults.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "–"),
        ("events", row => row.Found.Smallest?.Run.Events.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "–"),
        ("what is seen", row => row.Found.Smallest?.Violation ?? "nothing"));

    private static IEnumerable<(string Rule, string Source, Exploration Found)> Rows(int seeds)
    {
        var all = MapReduceRules.All;
        yield return ("(all rules on)", "", Found(all));
        yield return ("atomic rename", "§3.3", Found(all with { AtomicRename = false }));
        yield return ("first completion only", "§3.3", Found(all with { FirstCompletionOnly = false }));
        yield return ("re-running completed maps", "§3.3", Found(all with { RerunCompletedMaps = false }));
        yield return ("waiting for all maps", "§3.1", Found(all with { ReduceWaitsForAllMaps = false }));
        yield return ("one partition function", "§4.1", Found(all with { SamePartitionEverywhere = false }));
        yield return ("a deterministic map", "§3.3", Check.Explore.Seeds(seeds, seed => MapReduceScenes.Lots(seed, deterministic: false)));
        yield return ("an associative combiner", "§4.3", Check.Explore.Seeds(seeds, seed => MapReduceScenes.MeanLength(seed, associative: false)));

        Exploration Found(MapReduceRules rules) => Check.Explore.Seeds(seeds, seed => MapReduceScenes.WordCount(seed, rules));
    }
}
