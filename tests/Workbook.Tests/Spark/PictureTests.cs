using Workbook.Draw;
using Workbook.Spark;
using Workbook.Spark.Apps;

namespace Workbook.Tests.Spark;

/// <summary>What the pictures say of a run.</summary>
public sealed class PictureTests
{
    private static readonly (string From, string To)[] Lecture = [("u1", "u3"), ("u1", "u1"), ("u2", "u3"), ("u2", "u2"), ("u3", "u1")];

    /// <summary>Figure 3: one shuffle a round, that of the contributions; links are kept.</summary>
    [Fact]
    public void A_lineage_shows_stages_wide_dependencies_and_what_is_kept()
    {
        var links = PageRankTests.Links(SparkInputs.Context(), Lecture, 2).Named("links");
        var graph = PageRankTests.Ranks(links, rounds: 2).Named("ranks").Lineage();
        Assert.Equal(5, graph.Groups.Count);
        Assert.Equal(4, graph.Edges.Count(edge => edge.Kind == DependencyKind.Wide));
        Assert.Equal(links.Id.ToString(), Assert.Single(graph.Nodes, node => node.Mark == DatasetMark.Cached).Name.Split('(', ')')[1]);
        Assert.All(graph.Nodes, node => Assert.NotNull(node.Group));
        Assert.Contains("ranks", graph.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_lineage_of_a_job_says_which_stages_were_skipped()
    {
        var spark = SparkInputs.Context();
        var links = PageRankTests.Links(spark, Lecture, 2);
        _ = links.Count();
        _ = PageRankTests.Ranks(links, rounds: 1).Collect();
        Assert.Equal([true, true, false, false], spark.LastJob.Lineage().Groups.Select(group => group.IsSkipped));
        var states = spark.LastJob.Partitions().Datasets.Single(each => each.Name == $"({links.Id})").Partitions;
        Assert.All(states, state => Assert.Equal(PartitionState.Kept, state));
    }

    [Fact]
    public void A_dataset_that_two_actions_compute_is_computed_in_both()
    {
        var spark = SparkInputs.Context();
        var lines = spark.Parallelize(["a b", "b c"], 2).Named("lines");
        var words = lines.FlatMap(line => line.Split(' ')).Map(word => (word, 1)).ReduceByKey((a, b) => a + b);
        _ = words.Count();
        _ = words.Count();
        Assert.All(spark.Jobs, job => Assert.Equal(2, job.ComputedPartitions(lines)));
        Assert.Contains("stage 0", spark.Jobs.Gantt().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_stages_share_as_many_kinds_as_there_are_colours()
    {
        var spark = SparkInputs.Context();
        var sums = spark.Range(0, 40, 2).Map(number => (Key: number % 7, Value: number));
        for (var round = 0; round < 12; round++) sums = sums.ReduceByKey((a, b) => a + b).Map(sum => sum);
        _ = sums.Count();
        var figure = spark.LastJob.Gantt();
        Assert.Equal(["stages 0 to 2", "stages 3 to 5", "stages 6 to 8", "stages 9 to 11", "stages 12 to 12"], figure.Traces.Select(trace => trace.Name));
    }

    [Fact]
    public void A_figure_has_a_line_for_each_run()
    {
        var spark = SparkInputs.Context();
        _ = spark.Range(0, 100, 2).Map(number => (number % 3, number)).ReduceByKey((a, b) => a + b).Collect();
        IReadOnlyList<IterationReport> rounds = [new(1, spark.Jobs)];
        Assert.Equal(2, SparkPictures.ShuffledBytes(("one", rounds), ("two", rounds)).Traces.Count);
        Assert.Equal(2, SparkPictures.Times(("one", rounds), ("two", rounds)).Traces.Count);
        Assert.Single(SparkPictures.Computed(("one", spark.Jobs)).Traces);
    }
}
