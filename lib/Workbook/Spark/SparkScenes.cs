using Workbook.Check;
using Workbook.Sim;
using Workbook.Spark.Apps;
using Workbook.Spark.Cluster;

namespace Workbook.Spark;

/// <summary>
/// Runs that show what each precaution is for: small programs on four workers, most of them while workers crash and come back. Those of
/// <see cref="SparkRules"/> are Spark's, those of <see cref="PageRankRules"/> a program's.
/// </summary>
public static class SparkScenes
{
    private static readonly NodeId[] Workers = ["w1", "w2", "w3", "w4"];

    private static readonly ClusterOptions Slow = new() { TaskStartup = 100.Milliseconds(), LostAfter = 1.Seconds() };

    /// <summary>
    /// PageRank on links drawn from the seed, while workers crash, restart and are cut off. Broken when the ranks are not those of one machine, to the
    /// last bit.
    /// </summary>
    /// <param name="seed">Decides the links, the faults and the run.</param>
    /// <param name="rules">Spark's precautions.</param>
    public static SceneRun Ranks(ulong seed, SparkRules? rules = null)
    {
        var links = Links(seed);
        return Play(seed, DrawFaults(seed), rules, (spark, cluster) =>
        {
            var expected = Of(new SparkContext(new SparkOptions { Threads = 1, Partitions = spark.Options.Partitions }));
            var found = Of(spark);
            if (found.Length != expected.Length) return $"The cluster has ranks of {found.Length} pages, and one machine of {expected.Length}.";
            return found.Zip(expected).Where(pair => pair.First != pair.Second)
                .Select(pair => $"The cluster says {pair.First}, and one machine {pair.Second}.").FirstOrDefault();
        });

        (int Key, double Value)[] Of(SparkContext spark) =>
            PageRank.Run(spark.Parallelize(links), 6, new PageRankRules { CheckpointEvery = 3 }, eachIteration: true).Result.Collect();
    }

    /// <summary>
    /// A dataset is computed, kept and looked at twice, and between the two a worker may be lost. Broken when a record has changed: computing a partition again
    /// stands for having a copy only if it gives the same (§2.1).
    /// </summary>
    /// <param name="seed">Decides the faults and the run.</param>
    /// <param name="deterministic">Off: what a record becomes depends on how many were computed before it.</param>
    public static SceneRun Lots(ulong seed, bool deterministic = true) => Play(seed, DrawFaults(seed), null, (spark, cluster) =>
    {
        var drawn = 0L;
        var lots = spark.Range(0, 24, 8).Map(number => deterministic ? number * 7919 % 100 : ++drawn).Named("lots").Cache();
        var before = lots.Collect();
        _ = cluster.RunFor(4.Seconds());
        var after = lots.Collect();
        return Enumerable.Range(0, before.Length).Where(at => before[at] != after[at]).Select(at =>
            $"Record {at} was {before[at]} in the first job and is {after[at]} in the second: its partition was lost, and computed again it is another one.")
            .FirstOrDefault();
    });

    /// <summary>
    /// A function counts the records that it sees in an accumulator, while workers are lost. Broken when the count is not the number of records.
    /// </summary>
    /// <param name="seed">Decides the faults and the run.</param>
    /// <param name="rules">Spark's precautions.</param>
    public static SceneRun Counter(ulong seed, SparkRules? rules = null) => Play(seed, DrawFaults(seed), rules, (spark, cluster) =>
    {
        const int records = 240;
        var seen = spark.Accumulator(0L);
        var sums = spark.Range(0, records, 12).Map(number =>
        {
            seen.Add(1);
            return (Key: number % 10, Value: number);
        }).ReduceByKey((a, b) => a + b).Cache();
        _ = sums.Count();
        _ = cluster.RunFor(4.Seconds());
        _ = sums.Count();
        return seen.Value == records ? null : $"{records} records were counted as {seen.Value}: what was computed again was counted again.";
    });

    /// <summary>
    /// Twelve rounds, each of which needs all of the round before, and a worker or two lost on the way. Broken when a round that is more than four back
    /// runs again.
    /// </summary>
    /// <param name="seed">Decides the faults and the run.</param>
    /// <param name="checkpoint">Off: no round is written to a checkpoint (§5.4); on, each third is.</param>
    public static SceneRun LongLoop(ulong seed, bool checkpoint = true) => Play(seed, DrawFaults(seed), null, (spark, cluster) =>
    {
        const int most = 4;
        var rounds = new List<Rdd<(long Key, long Value)>> { spark.Range(0, 120).Map(number => (Key: number % 40, Value: number)) };
        string? violation = null;
        for (var round = 1; round <= 12; round++)
        {
            var next = rounds[^1].Map(sum => (Key: sum.Key * 3 % 40, sum.Value)).ReduceByKey((a, b) => a + b).Named($"round {round}").Cache();
            if (checkpoint && round % 3 == 0) next.Checkpoint();
            rounds.Add(next);
            _ = next.Count();
            var oldest = Enumerable.Range(1, round).First(each => spark.LastJob.ComputedPartitions(rounds[each]) > 0);
            if (round - oldest > most) violation ??= $"To compute round {round}, all rounds from {oldest} on ran again.";
        }

        return violation;
    });

    /// <summary>
    /// PageRank for six rounds, and nothing fails. Broken when a later round reads its input again, or moves more through shuffles than the contributions
    /// (§3.2.2).
    /// </summary>
    /// <param name="seed">Decides the links.</param>
    /// <param name="program">The program's precautions.</param>
    /// <param name="rules">Spark's.</param>
    public static SceneRun Loop(ulong seed, PageRankRules? program = null, SparkRules? rules = null) => Play(seed, [], rules, (spark, cluster) =>
    {
        var links = Links(seed);
        foreach (var round in PageRank.Run(spark.Parallelize(links), 6, program, eachIteration: true).Iterations.Skip(1))
        {
            if (round.SourceBytes > 0) return $"Round {round.Number} read the links again, and grouped them again.";
            var shuffles = round.Jobs.Sum(job => job.Stages.Count(stage => stage is { EndsInShuffle: true, Tasks: > 0 }));
            if (shuffles > 1) return $"Round {round.Number} moved {round.ShuffledBytes} bytes through {shuffles} shuffles; the contributions need one.";
        }

        return null;
    });

    /// <summary>A dataset that is larger than memory is gone through twice. Broken when nothing of it is left for the second time.</summary>
    /// <param name="seed">Decides the run.</param>
    /// <param name="rules">Spark's precautions.</param>
    public static SceneRun TooLarge(ulong seed, SparkRules? rules = null) => Play(seed, [], rules, (spark, cluster) =>
    {
        const int partitions = 40;
        var numbers = spark.Range(0, 4_000, partitions).Cache();
        _ = numbers.Count();
        _ = numbers.Count();
        return spark.LastJob.ComputedPartitions(numbers) < partitions ? null : "Memory has room for most of the partitions, and the second pass found none.";
    }, memory: 6_000);

    /// <summary>
    /// Ranks of pages some of which nobody links to, and some of which link to nobody. Broken when the ranks do not sum to the number of pages.
    /// </summary>
    /// <param name="seed">Decides the links, the faults and the run.</param>
    /// <param name="keepAllMass">Off: the program of the notes, in which such pages lose rank.</param>
    public static SceneRun Mass(ulong seed, bool keepAllMass = true)
    {
        var links = Links(seed);
        var pages = links.SelectMany(link => new[] { link.From, link.To }).Distinct().Count();
        return Play(seed, DrawFaults(seed), null, (spark, cluster) =>
        {
            var sum = PageRank.Run(spark.Parallelize(links), 5, new PageRankRules { KeepAllMass = keepAllMass }).Result.Values().Sum();
            return Math.Abs(sum - pages) < 1e-9 * pages ? null : $"The ranks of {pages} pages sum to {sum:0.###}.";
        });
    }

    private static SceneRun Play(
        ulong seed, IReadOnlyList<PlannedFault> faults, SparkRules? rules, Func<SparkContext, SparkCluster, string?> program, long memory = 1 << 30)
    {
        var cluster = new SparkCluster(Workers.Length, seed, Slow);
        var spark = new SparkContext(cluster, new SparkOptions { Partitions = 6, Memory = memory, Rules = rules ?? SparkRules.All });
        cluster.Run.Plan(faults);
        string? violation;
        try
        {
            violation = program(spark, cluster);
        }
        catch (SparkException exception)
        {
            violation = exception.Message;
        }

        return new SceneRun(violation, cluster.Run)
        {
            Faults = faults,
            Met = [.. Met(spark)],
            WithFaults = faults.Count == 0 ? null : fewer => Play(seed, fewer, rules, program, memory),
        };
    }

    private static IEnumerable<string> Met(SparkContext spark)
    {
        if (spark.Jobs.Any(job => job.Tasks.Any(task => !task.Succeeded))) yield return "an attempt that came to nothing";
        if (spark.Jobs.Any(job => job.Tasks.Where(task => task.Succeeded).GroupBy(task => (task.Stage, task.Partition)).Any(task => task.Count() > 1)))
            yield return "a task that was done, lost and done again";
    }

    private static IReadOnlyList<PlannedFault> DrawFaults(ulong seed) =>
        new FaultProfile
        {
            Until = 3.Seconds(),
            CrashEvery = 6.Seconds(),
            RestartAfter = 1.Seconds(),
            PartitionEvery = 5.Seconds(),
            PartitionFor = 2.Seconds(),
        }.Draw(seed, Workers);

    /// <summary>Some dozen pages, two or three links each on average.</summary>
    private static (int From, int To)[] Links(ulong seed)
    {
        var random = new Rng(seed).Fork("links");
        var pages = random.Next(10, 25);
        return [.. Enumerable.Range(0, random.Next(2 * pages, 3 * pages)).Select(_ => (random.Next(pages), random.Next(pages)))];
    }
}
