using Workbook.Sim;
using Workbook.Spark;
using Workbook.Spark.Cluster;

namespace Workbook.Tests.Spark.Cluster;

/// <summary>How long things take, where tasks run, and what a cluster refuses.</summary>
public sealed class ClusterTimeTests
{
    [Fact]
    public void What_is_kept_makes_later_rounds_faster_than_the_first()
    {
        var spark = ClusterPrograms.Context(new SparkCluster(4, seed: 7, new ClusterOptions { Scale = 1_000 }));
        var numbers = spark.Range(0, 40_000, 8).Map(number => number + 1).Cache();
        for (var round = 0; round < 3; round++) _ = numbers.Sum();
        var (first, second, third) = (spark.Jobs[0], spark.Jobs[1], spark.Jobs[2]);
        Assert.True(second.Elapsed * 2 < first.Elapsed, $"{first.Elapsed} {second.Elapsed}");
        Assert.True(third.Elapsed * 2 < first.Elapsed, $"{first.Elapsed} {third.Elapsed}");
        Assert.Equal(Places(first), Places(second));
        Assert.True(first.End <= second.Start);

        static IEnumerable<(int Partition, string Machine)> Places(JobReport job) =>
            job.Tasks.Select(task => (task.Partition, task.Machine)).OrderBy(task => task.Partition);
    }

    [Fact]
    public void A_function_takes_what_the_program_says_it_costs()
    {
        var spark = ClusterPrograms.Context(new SparkCluster(2, seed: 7));
        _ = spark.Range(0, 100, 1).Map(number => number).Costing(20.Milliseconds()).Count();
        Assert.InRange(spark.LastJob.Elapsed, 2.Seconds(), 2.2.Seconds());
    }

    [Fact]
    public void A_worker_runs_as_many_tasks_at_once_as_it_has_cores()
    {
        var spark = ClusterPrograms.Context(new SparkCluster(3, seed: 7, new ClusterOptions { Cores = 2, TaskStartup = 1.Seconds() }));
        _ = spark.Range(0, 100, 18).Count();
        foreach (var task in spark.LastJob.Tasks)
            Assert.InRange(spark.LastJob.Tasks.Count(other => other.Machine == task.Machine && other.Start <= task.Start && other.End > task.Start), 1, 2);
        Assert.InRange(spark.LastJob.Elapsed, 3.Seconds(), 4.Seconds());
    }

    [Fact]
    public void Numbers_that_make_no_sense_are_refused()
    {
        Refused("0 workers can do nothing; give the cluster at least one.", () => new SparkCluster(0, seed: 1));
        Refused("A worker with 0 cores can run no task; give it at least one.", () => new SparkCluster(1, seed: 1, new ClusterOptions { Cores = 0 }));
        Refused("Scale must be a number above 0; it is NaN.", () => new SparkCluster(1, seed: 1, new ClusterOptions { Scale = double.NaN }));
        Refused("A worker must be given more time than there is between two heartbeats: make LostAfter longer.",
            () => new SparkCluster(1, seed: 1, new ClusterOptions { LostAfter = 500.Milliseconds() }));
        Refused("TaskStartup cannot be less than no time; it is -00:00:01.", () => new SparkCluster(1, seed: 1, new ClusterOptions { TaskStartup = -1.Seconds() }));
        var cluster = new SparkCluster(3, seed: 1);
        Refused("There is no worker w4; the cluster has w1 to w3.", () => cluster.Crash("w4", 1.Seconds()));
        Refused("No worker is up yet: make a SparkContext for the cluster first, or say when.", () => cluster.Crash("w1"));
        _ = new SparkContext(cluster);
        Refused("The cluster has a context already: make a cluster for each.", () => new SparkContext(cluster));
        _ = cluster.RunFor(2.Seconds());
        Refused("It is 00:00:02 on the cluster already; 00:00:01 is past. Give a later time.", () => cluster.Crash("w1", 1.Seconds()));
    }

    private static void Refused(string sentence, Func<object> make) => Assert.Equal(sentence, Assert.Throws<SparkException>(make).Message);
}
