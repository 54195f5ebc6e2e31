using Workbook.Sim;
using Workbook.Spark;
using Workbook.Spark.Cluster;

namespace Workbook.Tests.Spark.Cluster;

/// <summary>Programs of a few jobs each, whose results are text: for one machine and for a cluster on which anything may be lost.</summary>
internal static class ClusterPrograms
{
    public static readonly (string Name, Func<SparkContext, string> Run)[] All =
    [
        ("words", Words), ("join", Join), ("ranks", Ranks), ("sort", Sort), ("checkpoints", Checkpoints), ("levels", Levels), ("counts", Counts),
    ];

    public static SparkContext Context(SparkCluster cluster, SparkRules? rules = null, long memory = 1 << 30) =>
        new(cluster, new SparkOptions { Partitions = 6, Memory = memory, Rules = rules ?? SparkRules.All });

    public static SparkContext Local() => new(new SparkOptions { Threads = 1, Partitions = 6 });

    public static string Words(SparkContext spark)
    {
        var lines = spark.Parallelize(Enumerable.Range(0, 200).Select(number => $"a{number % 7} b{number % 11} c{number}"));
        return Text(lines.FlatMap(line => line.Split(' ')).Map(word => (Key: word, Value: 1)).ReduceByKey((a, b) => a + b).Collect());
    }

    public static string Join(SparkContext spark)
    {
        var left = spark.Range(0, 300).Map(number => (Key: number % 50, Value: number)).Cache();
        var right = spark.Range(0, 100).Map(number => (Key: number % 70, Value: $"r{number}"));
        return $"{left.Count()} {Text(left.Join(right).Collect())} {Text(left.CoGroup(right).MapValues(both => both.Left.Length).Collect())}";
    }

    public static string Ranks(SparkContext spark)
    {
        var random = new Rng(15);
        var links = PageRankTests.Links(spark, [.. Enumerable.Range(0, 300).Select(_ => ($"p{random.Next(40)}", $"p{random.Next(40)}"))], 5);
        return $"{links.Count()} {Text(PageRankTests.Ranks(links, rounds: 4).Collect())}";
    }

    public static string Sort(SparkContext spark)
    {
        var random = new Rng(3);
        var pairs = spark.Parallelize(Enumerable.Range(0, 500).Select(number => (Key: random.Next(1_000), Value: number)).ToArray());
        return Text(pairs.SortByKey().Collect()) + Text(pairs.Repartition(3).Map(pair => pair.Value / 7.0).Take(40));
    }

    public static string Checkpoints(SparkContext spark)
    {
        var sums = spark.Range(0, 200).Map(number => (Key: number % 20, Value: 1.0 / (number + 1)));
        for (var round = 0; round < 4; round++)
        {
            sums = sums.ReduceByKey((a, b) => a + b).Map(sum => (Key: (sum.Key * 3) % 20, Value: sum.Value * 0.7));
            if (round % 2 == 1) _ = sums.Cache().Checkpoint().Count();
        }

        return Text(sums.Collect());
    }

    public static string Levels(SparkContext spark)
    {
        var disk = spark.Range(0, 400).Map(number => number * 3).Persist(StorageLevel.DiskOnly);
        var both = disk.Map(number => number + 1).Persist(StorageLevel.MemoryAndDisk);
        var first = $"{both.Sum()} {disk.Sum()}";
        _ = disk.Unpersist();
        return $"{first} {both.Sum()} {disk.Union(both).Filter(number => number % 2 == 0).Coalesce(3).Count()}";
    }

    public static string Counts(SparkContext spark)
    {
        var (seen, weight) = (spark.Accumulator(0L), spark.Accumulator(0.0));
        var pairs = spark.Range(0, 300).Map(number =>
        {
            seen.Add(1);
            return (Key: number % 30, Value: number);
        }).Cache();
        var sums = pairs.ReduceByKey((a, b) => a + b).MapValues(sum =>
        {
            weight.Add(sum / 7.0);
            return sum;
        });
        return $"{sums.Count()} {seen.Value} {weight.Value} {Text(sums.Join(pairs.GroupByKey()).MapValues(both => both.Left).Collect())} {seen.Value} {weight.Value}";
    }

    /// <summary>Numbers are written so that different ones are never the same text.</summary>
    public static string Text<T>(IEnumerable<T> records) => string.Join(' ', records);

    /// <summary>All of a job that a run could have otherwise.</summary>
    public static string Text(JobReport job) =>
        $"{job.Action} {job.Start} {job.End}: " + string.Join(", ", job.Tasks.Select(task =>
            $"{task.Stage}/{task.Partition} on {task.Machine} {task.Start}–{task.End} {(task.Succeeded ? "" : "lost")}"));
}
