using Workbook.Sim;
using Workbook.Spark;
using Workbook.Spark.Cluster;

namespace Workbook.Tests.Spark.Cluster;

/// <summary>What is computed again when a worker is lost, and what is said when all are.</summary>
public sealed class LostWorkerTests
{
    private static readonly ClusterOptions Slow = new() { TaskStartup = 100.Milliseconds(), LostAfter = 1.Seconds() };

    /// <summary>A narrow lineage: each partition is computed from its own source, so only those of the lost worker are.</summary>
    [Fact]
    public void Only_the_kept_partitions_of_a_lost_worker_are_computed_again()
    {
        var cluster = new SparkCluster(4, seed: 7, Slow);
        var spark = ClusterPrograms.Context(cluster);
        var numbers = spark.Range(0, 1_000, 8).Map(number => number * 2).Cache();
        _ = numbers.Count();
        var kept = spark.LastJob.Tasks.Where(task => task.Machine == "w2").Select(task => task.Partition).Order().ToList();
        Assert.InRange(kept.Count, 1, 4);
        _ = cluster.Crash("w2").RunFor(2.Seconds());
        _ = numbers.Count();
        var again = spark.LastJob.Tasks.SelectMany(task => task.Metrics!.Computed).Where(each => each.Rdd == numbers.Id);
        Assert.Equal(kept, again.Select(each => each.Partition).Order());
        _ = numbers.Count();
        Assert.Equal(0, spark.LastJob.ComputedPartitions(numbers));
    }

    /// <summary>A wide dependency: a partition that was lost needs a block of every partition before the shuffle.</summary>
    [Fact]
    public void A_lost_partition_after_a_shuffle_needs_all_those_before_it()
    {
        var cluster = new SparkCluster(4, seed: 7, Slow);
        var spark = ClusterPrograms.Context(cluster);
        var pairs = spark.Range(0, 1_000, 8).Map(number => (Key: number % 90, Value: 1));
        var sums = pairs.ReduceByKey((a, b) => a + b, 8).Cache();
        _ = sums.Count();
        var kept = spark.LastJob.Tasks.Count(task => task.Machine == "w2" && task.Stage == 1);
        Assert.InRange(kept, 1, 4);
        _ = cluster.Crash("w2").RunFor(2.Seconds());
        _ = sums.Count();
        Assert.Equal(8, spark.LastJob.ComputedPartitions(pairs));
        Assert.Equal(kept, spark.LastJob.ComputedPartitions(sums));
    }

    /// <summary>In the middle of a job of many rounds, what the lost worker had of each round is made again; a checkpoint ends that walk back.</summary>
    [Fact]
    public void A_checkpoint_saves_the_rounds_before_it()
    {
        var (without, plainWithout) = (Computed(isCheckpointed: false, crashes: true), Computed(isCheckpointed: false, crashes: false));
        var (with, plainWith) = (Computed(isCheckpointed: true, crashes: true), Computed(isCheckpointed: true, crashes: false));
        Assert.InRange(without - plainWithout, 1, plainWithout - 1);
        Assert.InRange(with - plainWith, 0, without - plainWithout - 1);

        static int Computed(bool isCheckpointed, bool crashes)
        {
            var cluster = new SparkCluster(4, seed: 7, Slow);
            var spark = ClusterPrograms.Context(cluster);
            var sums = Rounds(spark.Range(0, 400, 8).Map(number => (Key: number % 40, Value: number)), 5);
            if (isCheckpointed) _ = sums.Checkpoint().Count();
            var job = spark.Jobs.Count == 0 ? 0 : spark.LastJob.Number + 1;
            if (crashes) _ = cluster.CrashInJob("w3", job, after: isCheckpointed ? 350.Milliseconds() : 850.Milliseconds());
            _ = Rounds(sums, 3).Count();
            Assert.Equal(crashes, spark.LastJob.Tasks.Any(task => !task.Succeeded));
            return spark.LastJob.Tasks.Count(task => task.Succeeded);
        }
    }

    private static Rdd<(long Key, long Value)> Rounds(Rdd<(long Key, long Value)> sums, int rounds)
    {
        for (var round = 0; round < rounds; round++) sums = sums.Map(sum => (Key: (sum.Key * 3) % 40, sum.Value)).ReduceByKey((a, b) => a + b, 8);
        return sums;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Accumulators_count_once_what_is_computed_twice(bool countsOnce)
    {
        var cluster = new SparkCluster(3, seed: 7, Slow);
        var spark = ClusterPrograms.Context(cluster, SparkRules.All with { CountUpdatesOnce = countsOnce });
        var seen = spark.Accumulator(0L);
        var numbers = spark.Range(0, 600, 6).Map(number =>
        {
            seen.Add(1);
            return (Key: number % 10, Value: number);
        });
        _ = cluster.CrashInJob("w1", job: 0, after: 160.Milliseconds());
        Assert.Equal(10, numbers.ReduceByKey((a, b) => a + b).Count());
        Assert.Contains(spark.LastJob.Tasks, task => !task.Succeeded);
        if (countsOnce) Assert.Equal(600, seen.Value);
        else Assert.InRange(seen.Value, 601, 1_200);
    }

    [Fact]
    public void A_job_without_workers_waits_and_is_then_given_up()
    {
        var cluster = new SparkCluster(2, seed: 7, Slow with { GiveUpAfter = 30.Seconds() }).Crash("w1", 50.Milliseconds()).Crash("w2", 60.Milliseconds());
        var spark = ClusterPrograms.Context(cluster);
        var refused = Assert.Throws<SparkException>(() => spark.Range(0, 100).Count());
        Assert.Equal("count on dataset 0 was given up: no worker has been there for 30 seconds; restart one, or heal the network.", refused.Message);
        Assert.InRange(cluster.Now, 30.Seconds(), 35.Seconds());
        _ = cluster.Restart("w2");
        Assert.Equal(100, spark.Range(0, 100).Count());
        Assert.All(spark.LastJob.Tasks, task => Assert.Equal("w2", task.Machine));
    }

    [Fact]
    public void A_worker_that_comes_back_has_nothing_and_works_again()
    {
        var cluster = new SparkCluster(1, seed: 7, Slow).Crash("w1", 1.Seconds()).Restart("w1", 1.5.Seconds());
        var spark = ClusterPrograms.Context(cluster);
        var numbers = spark.Range(0, 100, 4).Map(number => number + 1).Cache();
        _ = numbers.Count();
        _ = cluster.RunFor(2.Seconds());
        _ = numbers.Count();
        Assert.Equal(4, spark.LastJob.ComputedPartitions(numbers));
    }
}
