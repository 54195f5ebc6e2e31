using System.Globalization;
using Workbook.Check;
using Workbook.MapReduce.Model;

namespace Workbook.MapReduce.Cluster;

/// <summary>What happens without each of MapReduce's precautions: computed, not told.</summary>
public static class RuleTable
{
    /// <summary>
    /// Explores each rule switched off, and all on, over that many seeds each, and measures what the two rules save without which nothing goes wrong.
    /// </summary>
    public static RuleFindings Explore(int seeds) => RuleFindings.Of("MapReduce",
    [
        (Rule("(all rules on)", "", "") with { AllOn = true }).InSeeds(seeds, seed => MapReduceScenes.WordCount(seed, MapReduceRules.All)),
        Rule("atomic rename", "§3.3", "two executions of a reduce task write into one file")
            .InSeeds(seeds, seed => MapReduceScenes.WordCount(seed, MapReduceRules.All with { AtomicRename = false })),
        Rule("first completion only", "§3.3", "what a map task emitted is counted twice")
            .InSeeds(seeds, seed => MapReduceScenes.WordCount(seed, MapReduceRules.All with { FirstCompletionOnly = false })),
        Rule("re-running completed maps", "§3.3", "reducers wait for ever for what lay on the disk of a dead worker")
            .InSeeds(seeds, seed => MapReduceScenes.WordCount(seed, MapReduceRules.All with { RerunCompletedMaps = false })),
        Rule("waiting for all maps", "§3.1", "records of the last map tasks are missing")
            .InSeeds(seeds, seed => MapReduceScenes.WordCount(seed, MapReduceRules.All with { ReduceWaitsForAllMaps = false })),
        Rule("one partition function", "§4.1", "a key appears in two output files")
            .InSeeds(seeds, seed => MapReduceScenes.WordCount(seed, MapReduceRules.All with { SamePartitionEverywhere = false })),
        Rule("a deterministic map", "§3.3", "different reduce tasks see different executions of one map task")
            .InSeeds(seeds, seed => MapReduceScenes.Lots(seed, deterministic: false)),
        Rule("an associative combiner", "§4.3", "the answer depends on which pairs were combined first")
            .InSeeds(seeds, seed => MapReduceScenes.MeanLength(seed, associative: false)),
        new RuleFinding("backup tasks", "§3.6", "one slow machine holds up the whole job").Costs(Backups()),
        new RuleFinding("locality", "§3.4", "the input crosses the network").Costs(Locality()),
    ]);

    private static RuleFinding Rule(string name, string source, string prevents) => new(name, source, prevents) { Picture = MapReducePictures.Ending };

    /// <summary>A tenth of Figure 3's sort. More slow machines than backups are allowed (one task of twenty) would hold it up all the same.</summary>
    private static string Backups()
    {
        var cluster = Clusters.Osdi2004 with { Machines = 175, StragglerShare = 0.02 };
        var sort = Workloads.Sort with { InputBytes = 1e11, Maps = 1500, Reducers = 400 };
        var (with, without) = (cluster.Run(sort).Elapsed, cluster.Run(sort, MapReduceRules.All with { BackupTasks = false }).Elapsed);
        return Said($"A sort of 100 GB on 175 machines, one of fifty of them slow, takes {without.TotalSeconds:N0} s instead of {with.TotalSeconds:N0} s.");
    }

    private static string Locality()
    {
        var cluster = new ClusterModel { Machines = 200, RootRate = 10e9 / 8, StartUpSeconds = 5 };
        var grep = Workloads.Grep with { InputBytes = 1e11, Maps = 1600 };
        var (with, without) = (cluster.Run(grep), cluster.Run(grep, MapReduceRules.All with { Locality = false }));
        return Said($"A grep of 100 GB moves {without.Bytes.Network / 1e9:N1} GB over the network instead of {with.Bytes.Network / 1e9:N1} GB.");
    }

    private static string Said(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
