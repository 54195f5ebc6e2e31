using Workbook.Sim;
using Workbook.Spark;
using Workbook.Spark.Cluster;

namespace Workbook.Tests.Spark.Cluster;

/// <summary>What comes of a job while machines cannot reach each other.</summary>
public sealed class NetworkCutTests
{
    private static readonly ClusterOptions Slow = new()
    {
        TaskStartup = 100.Milliseconds(),
        LostAfter = 1.Seconds(),
        GiveUpAfter = 30.Seconds(),
        MostAttempts = 30,
    };

    /// <summary>A day of virtual time, and more, is what a job takes that goes on for ever.</summary>
    private static readonly TimeSpan Long = 5.Minutes();

    [Fact]
    public void Results_are_those_of_one_machine_whatever_is_cut_crashed_and_lost()
    {
        var (lost, cuts) = (0, 0);
        var expected = ClusterPrograms.All.ToDictionary(program => program.Name, program => program.Run(ClusterPrograms.Local()));
        for (var seed = 0UL; seed < (ulong)Seeds.Count(60); seed++)
        {
            var (name, run) = ClusterPrograms.All[(int)(seed % (ulong)ClusterPrograms.All.Length)];
            var network = new NetworkOptions { Loss = 0.02, Duplication = 0.05, Reordering = 0.05 };
            var cluster = new SparkCluster(2 + ((int)(seed / 2) % 4), seed, Slow with { Network = seed % 3 == 0 ? network : new(), MostAttempts = 1_000 });
            var spark = ClusterPrograms.Context(cluster, memory: seed % 4 < 2 ? 1 << 30 : 900);
            _ = cluster.Run.Plan(Faults(seed, cluster));
            Assert.Equal((name, seed, expected[name]), (name, seed, run(spark)));
            Assert.True(cluster.Now < Long, $"Seed {seed}: {cluster.Now}");
            lost += spark.Jobs.Sum(job => job.Tasks.Count(task => !task.Succeeded));
            cuts += cluster.Run.Faults.Count(fault => fault is PartitionFault or CutFault && Instant.Start + fault.At < cluster.Run.Now);
        }

        Assert.True(lost > 10 && cuts > 10, $"Only {lost} attempts were lost, and only {cuts} cuts were in time.");
    }

    /// <summary>Faults of the first seconds, when the programs run; the driver is cut off as any other, and never crashes.</summary>
    private static IEnumerable<PlannedFault> Faults(ulong seed, SparkCluster cluster)
    {
        NodeId[] workers = [.. cluster.Workers.Select(worker => (NodeId)worker)];
        var cuts = new FaultProfile
        {
            PartitionEvery = 1.5.Seconds(),
            PartitionFor = 2.Seconds(),
            CutEvery = 500.Milliseconds(),
            CutFor = 2.Seconds(),
            LossEvery = 2.Seconds(),
            SlowLinkEvery = 1.Seconds(),
            SlowLinkBy = 300.Milliseconds(),
        };
        var crashes = new FaultProfile { CrashEvery = 8.Seconds() };
        return cuts.Draw(seed, [.. workers, SparkCluster.Driver]).Concat(crashes.Draw(seed, workers));
    }

    [Theory]
    [InlineData(2, "w1/w2")]
    [InlineData(3, "w1/w2")]
    [InlineData(4, "w1/w3 w1/w4 w2/w3 w2/w4")]
    [InlineData(4, "w1/w2 w1/w3 w1/w4 w2/w3 w2/w4 w3/w4")]
    [InlineData(3, "w1>w2")]
    [InlineData(2, "w2>w1")]
    public void Workers_that_can_never_talk_to_each_other_leave_the_work_to_others(int workers, string cuts)
    {
        foreach (var (name, run) in ClusterPrograms.All)
        {
            var cluster = new SparkCluster(workers, seed: 7, Slow);
            var spark = ClusterPrograms.Context(cluster);
            foreach (var cut in cuts.Split(' '))
            {
                cluster.Run.Network.Cut(cut[..2], cut[3..]);
                if (cut[2] == '/') cluster.Run.Network.Cut(cut[3..], cut[..2]);
            }

            Assert.Equal((name, run(ClusterPrograms.Local())), (name, run(spark)));
            Assert.True(cluster.Now < Long, $"{name}: {cluster.Now}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_worker_that_is_cut_off_one_way_is_lost_as_well(bool isHeard)
    {
        var cluster = new SparkCluster(3, seed: 7, Slow);
        var spark = ClusterPrograms.Context(cluster);
        if (isHeard) cluster.Run.Network.Cut("driver", "w2");
        else cluster.Run.Network.Cut("w2", "driver");
        Assert.Equal(ClusterPrograms.Ranks(ClusterPrograms.Local()), ClusterPrograms.Ranks(spark));
        Assert.DoesNotContain(spark.Jobs.SelectMany(job => job.Tasks), task => task.Succeeded && task.Machine == "w2");
        cluster.Run.Network.HealAll();
        _ = cluster.RunFor(2.Seconds());
        _ = spark.Range(0, 60, 12).Count();
        Assert.Contains(spark.LastJob.Tasks, task => task.Machine == "w2");
    }

    [Fact]
    public void A_worker_that_was_cut_off_has_to_start_over()
    {
        var cluster = new SparkCluster(3, seed: 7, Slow);
        var spark = ClusterPrograms.Context(cluster);
        var seen = spark.Accumulator(0L);
        var numbers = spark.Range(0, 600, 6).Map(number =>
        {
            seen.Add(1);
            return number * 2;
        }).Cache();
        _ = numbers.Count();
        var kept = spark.LastJob.Tasks.Where(task => task.Machine == "w2").Select(task => task.Partition).Order().ToList();
        Assert.NotEmpty(kept);
        cluster.Run.Network.Isolate("w2");
        _ = cluster.RunFor(3.Seconds());
        cluster.Run.Network.HealAll();
        _ = cluster.RunFor(3.Seconds());
        _ = numbers.Count();
        var again = spark.LastJob.Tasks.SelectMany(task => task.Metrics!.Computed).Where(each => each.Rdd == numbers.Id);
        Assert.Equal(kept, again.Select(each => each.Partition).Order());
        Assert.Equal(600, seen.Value);
    }

    /// <summary>A short cut is nothing but a wait: nobody is lost, and nothing is computed again.</summary>
    [Fact]
    public void A_cut_that_is_mended_soon_costs_nothing_but_time()
    {
        var cluster = new SparkCluster(3, seed: 7, Slow);
        var spark = ClusterPrograms.Context(cluster);
        var numbers = spark.Range(0, 600, 6).Map(number => number * 2).Cache();
        _ = numbers.Count();
        cluster.Run.Network.Isolate("w2");
        _ = cluster.Run.At(cluster.Now + 300.Milliseconds(), cluster.Run.Network.HealAll);
        _ = numbers.Count();
        Assert.Equal(0, spark.LastJob.ComputedPartitions(numbers));
        Assert.All(spark.LastJob.Tasks, task => Assert.True(task.Succeeded));
    }

    [Fact]
    public void A_driver_that_hears_of_nobody_gives_up()
    {
        var cluster = new SparkCluster(3, seed: 7, Slow);
        var spark = ClusterPrograms.Context(cluster);
        cluster.Run.Network.Isolate(SparkCluster.Driver);
        var refused = Assert.Throws<SparkException>(() => spark.Range(0, 100).Count());
        Assert.Equal("count on dataset 0 was given up: no worker has been there for 30 seconds; restart one, or heal the network.", refused.Message);
        cluster.Run.Network.HealAll();
        Assert.Equal(100, spark.Range(0, 100).Count());
    }
}
