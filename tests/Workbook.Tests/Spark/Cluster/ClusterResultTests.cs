using Workbook.Sim;
using Workbook.Spark;
using Workbook.Spark.Cluster;
using Workbook.Tests.Spark.Records;

namespace Workbook.Tests.Spark.Cluster;

/// <summary>A program gives on a cluster what it gives on one machine, whatever is lost on the way.</summary>
public sealed class ClusterResultTests
{
    private static readonly ClusterOptions Crashing = new()
    {
        MeanTimeBetweenCrashes = 10.Seconds(),
        MeanTimeToRestart = 1.Seconds(),
        TaskStartup = 100.Milliseconds(),
        LostAfter = 1.Seconds(),
    };

    [Fact]
    public void A_program_gives_what_it_gives_on_one_machine()
    {
        foreach (var (name, run) in ClusterPrograms.All)
        {
            foreach (var workers in new[] { 1, 2, 5 })
                Assert.Equal((name, run(ClusterPrograms.Local())), (name, run(ClusterPrograms.Context(new SparkCluster(workers, seed: 7)))));
        }
    }

    [Fact]
    public void It_does_so_with_little_memory_and_with_a_network_that_loses_and_doubles_messages()
    {
        var network = new NetworkOptions { Loss = 0.05, Duplication = 0.05, Reordering = 0.1 };
        foreach (var (name, run) in ClusterPrograms.All)
        {
            var cluster = new SparkCluster(3, seed: 8, new ClusterOptions { Network = network });
            Assert.Equal((name, run(ClusterPrograms.Local())), (name, run(ClusterPrograms.Context(cluster, memory: 700))));
        }
    }

    [Fact]
    public void It_does_so_whichever_workers_crash_and_whenever_they_do()
    {
        var lost = 0;
        for (var seed = 0UL; seed < 54; seed++)
        {
            var (name, run) = ClusterPrograms.All[(int)(seed % (ulong)ClusterPrograms.All.Length)];
            var spark = ClusterPrograms.Context(new SparkCluster(4, seed, Crashing), memory: seed % 4 < 2 ? 1 << 30 : 900);
            Assert.Equal((name, seed, run(ClusterPrograms.Local())), (name, seed, run(spark)));
            lost += spark.Jobs.Sum(job => job.Tasks.Count(task => !task.Succeeded));
        }

        Assert.True(lost > 10, $"Only {lost} attempts were lost.");
    }

    [Fact]
    public void The_same_seed_gives_the_same_times_on_the_same_machines()
    {
        Assert.Equal(Story(3), Story(3));
        Assert.NotEqual(Story(3), Story(4));

        static string Story(ulong seed)
        {
            var spark = ClusterPrograms.Context(new SparkCluster(4, seed, Crashing));
            _ = ClusterPrograms.Ranks(spark);
            return string.Join('\n', spark.Jobs.Select(ClusterPrograms.Text));
        }
    }

    /// <summary>As on one machine: the longest chain that may be made also runs, however little stack the program has left.</summary>
    [Fact]
    public void A_chain_of_thousands_of_narrow_steps_runs_on_any_stack() => SmallStack.Run(() =>
    {
        var spark = ClusterPrograms.Context(new SparkCluster(2, seed: 7));
        var numbers = spark.Range(0, 3, 1);
        for (var step = 0; step < 4_000; step++) numbers = numbers.Map(number => number + 1);
        Assert.Equal([4_000L, 4_001, 4_002], numbers.Collect());
        var refused = Assert.Throws<SparkException>(() => numbers.Map(number => number));
        Assert.StartsWith("map would be narrow transformation 4,001 in a row", refused.Message, StringComparison.Ordinal);
        _ = numbers.Checkpoint().Count();
        var failure = Assert.Throws<SparkException>(() => numbers.Map(number => 1 / (number - 4_001)).Count());
        Assert.Equal(1, failure.Record);
    });

    [Fact]
    public void It_is_the_failure_of_one_machine_that_is_told()
    {
        for (var seed = 0UL; seed < 10; seed++)
        {
            var spark = ClusterPrograms.Context(new SparkCluster(3, seed));
            var failure = Assert.Throws<SparkException>(() => spark.Range(0, 9, 9).Map(number => 10 / (number % 3 - 2)).Count());
            Assert.Equal(2, failure.Partition);
            Assert.Equal(9, spark.Range(0, 9, 9).Count());
        }
    }
}
