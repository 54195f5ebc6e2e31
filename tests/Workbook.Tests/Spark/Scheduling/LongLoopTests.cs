using Workbook.Spark;

namespace Workbook.Tests.Spark.Scheduling;

/// <summary>Lineages as long as a program that never looks back makes them.</summary>
public sealed class LongLoopTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_loop_of_two_thousand_shuffles_is_planned_and_run(bool isCached)
    {
        var spark = SparkInputs.Context();
        var pairs = spark.Range(0, 20, 2).Map(number => (Key: number, Value: number));
        for (var round = 0; round < 2_000; round++)
        {
            pairs = pairs.Map(pair => (Key: (pair.Key + 1) % 20, pair.Value)).ReduceByKey((a, b) => a + b);
            if (isCached) pairs = pairs.Cache();
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(key => (long)key), pairs.SortByKey(partitions: 1).Values().Collect());
        Assert.Equal(2_002, spark.LastJob.Stages.Count);
    }

    [Fact]
    public void A_chain_of_thousands_of_narrow_steps_is_refused_before_a_stack_ends()
    {
        var spark = SparkInputs.Context();
        var numbers = spark.Range(0, 3, 1);
        for (var step = 0; step < 4_000; step++) numbers = numbers.Map(number => number + 1);
        Assert.Equal([4_000L, 4_001, 4_002], numbers.Collect());
        var refused = Assert.Throws<SparkException>(() => numbers.Map(number => number));
        Assert.Equal("map would be narrow transformation 4,001 in a row: every few hundred rounds, call Checkpoint on a dataset and then an action.", refused.Message);
        _ = numbers.Checkpoint().Count();
        Assert.Equal(4_001, numbers.Map(number => number + 1).First());
    }

    [Fact]
    public void A_checkpoint_now_and_then_lets_a_loop_go_on_for_ever()
    {
        var spark = SparkInputs.Context();
        var numbers = spark.Range(0, 3, 2);
        for (var step = 1; step <= 9_000; step++)
        {
            numbers = numbers.Map(number => number + 1);
            if (step % 1_000 == 0) _ = numbers.Checkpoint().Count();
        }

        Assert.Equal([9_000L, 9_001, 9_002], numbers.Collect());
    }
}
