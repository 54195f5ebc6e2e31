using Workbook.Sim;
using Workbook.Spark;
using Workbook.Spark.Apps;
using Workbook.Spark.Cluster;
using Workbook.Tests.Spark.Cluster;

namespace Workbook.Tests.Spark;

/// <summary>The scenes that lecture 15 must show, each under its name.</summary>
public sealed class SceneTests
{
    private static readonly string[] FiveLinks = ["u1 u3", "u1 u1", "u2 u3", "u2 u2", "u3 u1"];
    private static readonly ClusterOptions Slow = new() { TaskStartup = 100.Milliseconds(), LostAfter = 1.Seconds() };

    [Fact]
    public void PageRank_on_the_notes_five_links_for_ten_iterations()
    {
        (string, double)[] notes = [("u2", 0.2610116705534049), ("u3", 0.9999999999999998), ("u1", 1.7389883294465944)];
        foreach (var spark in new[] { SparkInputs.Context(threads: 1), SparkInputs.Context(threads: 4), ClusterPrograms.Context(new SparkCluster(3, seed: 7)) })
            Assert.Equal(notes, PageRank.Run(spark.Parallelize(FiveLinks), 10).Result.Collect().OrderBy(page => page.Value));
    }

    [Fact]
    public void The_lineage_is_drawn_with_its_stages_and_with_what_is_cached()
    {
        var spark = SparkInputs.Context();
        var drawing = PageRank.Run(spark.Parallelize(FiveLinks), 3).Result.Lineage().ToMimeBundle()["text/plain"]!;
        Assert.Contains("Stage 4", drawing);
        Assert.DoesNotContain("Stage 6", drawing);
        Assert.Contains("cached", drawing);
        Assert.Empty(spark.Jobs);
    }

    [Fact]
    public void Counting_lines_again_reads_the_file_again_and_counting_cached_links_does_not()
    {
        var spark = SparkInputs.Context();
        var lines = spark.Parallelize(FiveLinks);
        var links = lines.Map(line => (line[..2], line[3..])).Distinct().GroupByKey().Cache();
        Assert.Equal([5, 5, 3, 3], new[] { lines.Count(), lines.Count(), links.Count(), links.Count() });
        Assert.Equal([true, true, true, false], spark.Jobs.Select(job => job.SourceBytes > 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_worker_lost_after_a_narrow_dependency_costs_its_own_partitions_and_after_a_wide_one_all_that_went_in(bool isWide)
    {
        var cluster = new SparkCluster(4, seed: 7, Slow);
        var spark = ClusterPrograms.Context(cluster);
        var pairs = spark.Range(0, 1_000, 8).Map(number => (Key: number % 90, Value: 1L));
        var kept = (isWide ? pairs.ReduceByKey((a, b) => a + b, 8) : pairs.MapValues(value => value + 1)).Cache();
        _ = kept.Count();
        var lost = spark.LastJob.Tasks.Count(task => task.Machine == "w2" && task.Stage == (isWide ? 1 : 0));
        _ = cluster.Crash("w2").RunFor(2.Seconds());
        _ = kept.Count();
        Assert.InRange(lost, 1, 4);
        Assert.Equal(lost, spark.LastJob.ComputedPartitions(kept));
        Assert.Equal(isWide ? 8 : lost, spark.LastJob.ComputedPartitions(pairs));
    }

    [Fact]
    public void With_a_checkpoint_every_tenth_iteration_a_worker_lost_in_the_fifteenth_costs_half()
    {
        var (without, with) = (Lost(checkpoint: 0), Lost(checkpoint: 10));
        Assert.Equal(with.Ranks, without.Ranks);
        Assert.InRange(with.Tasks, 1, without.Tasks * 6 / 10);

        static (string Ranks, int Tasks) Lost(int checkpoint)
        {
            var cluster = new SparkCluster(4, seed: 7, Slow).CrashInJob("w2", job: 14, after: 50.Milliseconds());
            var random = new Rng(15);
            var links = ClusterPrograms.Context(cluster).Parallelize(Enumerable.Range(0, 300).Select(_ => (random.Next(40), random.Next(40))).ToArray());
            var run = PageRank.Run(links, 16, new PageRankRules { CheckpointEvery = checkpoint }, eachIteration: true);
            var hit = run.Iterations[14].Jobs.Concat(run.Iterations[15].Jobs).ToList();
            Assert.Contains(hit, job => job.Tasks.Any(task => !task.Succeeded));
            return (ClusterPrograms.Text(run.Result.Collect()), hit.Sum(job => job.Tasks.Count));
        }
    }

    [Fact]
    public void Controlled_partitioning_removes_one_of_two_shuffles_in_each_iteration()
    {
        var (alike, apart) = (Rounds(new PageRankRules()), Rounds(new PageRankRules { CoPartition = false }));
        foreach (var (one, two) in alike.Zip(apart).Skip(1))
        {
            Assert.Equal((1, 2), (Shuffles(one), Shuffles(two)));
            Assert.InRange(one.ShuffledBytes, 1, two.ShuffledBytes / 2);
        }

        static int Shuffles(IterationReport round) => round.Jobs.Sum(job => job.Stages.Count(stage => stage is { EndsInShuffle: true, Tasks: > 0 }));

        static IReadOnlyList<IterationReport> Rounds(PageRankRules rules) =>
            PageRank.Run(Rmat.Edges(SparkInputs.Context(), 1 << 10, 10_000, seed: 7), 4, rules, eachIteration: true).Iterations;
    }
}
