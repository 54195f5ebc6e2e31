using Workbook.Spark;

namespace Workbook.Tests.Spark;

public sealed class LineageTextTests
{
    [Fact]
    public void A_lineage_is_told_as_spark_tells_it()
    {
        var links = PageRankTests.Links(SparkInputs.Context(), [("u1", "u2")], 2);
        links.Named("links");
        Assert.Equal(
            """
            (2) mapValues [11]
             |  reduceByKey [10]
             +-(2) flatMap [9]
                |  values [8]
                |  join [7]
                |  links: groupByKey [5], MemoryOnly
                +-(2) keys [4]
                |  |  reduceByKey [3]
                |  +-(2) distinct [2]
                |     |  map [1]
                |     |  parallelize [0]
                |  mapValues [6]
                |  links: groupByKey [5], MemoryOnly, as above

            """, PageRankTests.Ranks(links, rounds: 1).ToDebugString());
    }

    [Fact]
    public void What_is_checkpointed_is_where_the_lineage_begins()
    {
        var spark = SparkInputs.Context();
        var sums = spark.Range(0, 5, 3).Map(number => (Key: number, Value: 1)).ReduceByKey((a, b) => a + b).Checkpoint();
        _ = sums.Count();
        Assert.Equal(
            """
            (3) keys [3]
             |  reduceByKey [2], checkpointed

            """, sums.Keys().ToDebugString());
    }

    [Fact]
    public void Branches_that_meet_again_and_again_are_told_once_and_a_long_lineage_ends()
    {
        var spark = SparkInputs.Context();
        var pairs = spark.Range(0, 5, 2).Map(number => (Key: number, Value: number));
        for (var round = 0; round < 500; round++) pairs = pairs.Join(pairs, new HashPartitioner(2 + (round % 2))).Map(pair => (pair.Key, pair.Value.Left));
        Assert.Contains(", and what it is computed from", pairs.ToDebugString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dataset_shows_its_lineage_and_runs_nothing()
    {
        var spark = SparkInputs.Context();
        var squares = spark.Range(0, 10).Map(number => number * number).Named("squares");
        Assert.Equal(squares.ToDebugString(), squares.ToMimeBundle()["text/plain"]);
        Assert.Empty(spark.Jobs);
    }
}
