using Workbook.Sim;
using Workbook.Spark;
using Workbook.Spark.Cluster;

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
            var (name, run) = ClusterPrograms.All[(int)(seed % 6)];
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
