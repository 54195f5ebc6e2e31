using Workbook.Sim;
using Workbook.Spark;
using Workbook.Spark.Cluster;

namespace Workbook.Tests.Spark.Cluster;

/// <summary>Workers that crash so often that it is a question whether a job ends.</summary>
public sealed class ManyCrashesTests
{
    [Fact]
    public void A_crash_every_half_second_is_got_over()
    {
        var expected = ClusterPrograms.Ranks(ClusterPrograms.Local());
        for (var seed = 0UL; seed < (ulong)Seeds.Count(20); seed++)
        {
            var cluster = new SparkCluster(4, seed, Crashing(2.Seconds()));
            Assert.Equal((seed, expected), (seed, ClusterPrograms.Ranks(ClusterPrograms.Context(cluster))));
            Assert.True(cluster.Now < 2.Minutes(), $"Seed {seed}: {cluster.Now}");
        }
    }

    /// <summary>Each round needs all partitions of the one before it: where more is lost than is made, only what is nowhere lost helps.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_more_is_lost_than_is_made_a_job_ends_with_a_sentence_unless_it_has_checkpoints(bool isCheckpointed)
    {
        for (var seed = 0UL; seed < 3; seed++)
        {
            var cluster = new SparkCluster(4, seed, Crashing(1.Seconds()) with { MostAttempts = 40 });
            var spark = ClusterPrograms.Context(cluster);
            if (isCheckpointed)
            {
                Assert.Equal(Rounds(ClusterPrograms.Local(), isCheckpointed), Rounds(spark, isCheckpointed));
                Assert.Contains(spark.Jobs.SelectMany(job => job.Tasks), task => !task.Succeeded);
            }
            else
            {
                var refused = Assert.Throws<SparkException>(() => Rounds(spark, isCheckpointed));
                Assert.Matches(
                    "^Partition [0-5] of dataset [0-9]+ was begun 40 times, and each time it was lost, or what it had made: "
                    + "have workers crash less often, mend the network between them, or checkpoint.$", refused.Message);
            }

            Assert.True(cluster.Now < 30.Minutes(), $"Seed {seed}: {cluster.Now}");
        }
    }

    private static ClusterOptions Crashing(TimeSpan mean) => new()
    {
        MeanTimeBetweenCrashes = mean,
        MeanTimeToRestart = 1.Seconds(),
        TaskStartup = 100.Milliseconds(),
        LostAfter = 1.Seconds(),
    };

    private static string Rounds(SparkContext spark, bool isCheckpointed)
    {
        var sums = spark.Range(0, 200).Map(number => (Key: number % 20, Value: number));
        for (var round = 0; round < 40; round++)
        {
            sums = sums.Map(sum => (Key: (sum.Key * 3) % 20, Value: sum.Value + 1)).ReduceByKey((a, b) => a + b);
            if (isCheckpointed) _ = sums.Cache().Checkpoint().Count();
        }

        return ClusterPrograms.Text(sums.Collect());
    }
}
