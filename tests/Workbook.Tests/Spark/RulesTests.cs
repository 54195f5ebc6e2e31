using Workbook.Spark;

namespace Workbook.Tests.Spark;

/// <summary>What each rule prevents is found with the rule off, and not with it on.</summary>
public sealed class RulesTests
{
    [Fact]
    public void Without_CountUpdatesOnce_a_partition_that_is_computed_twice_counts_twice()
    {
        Assert.Equal(100, Counted(SparkRules.All));
        Assert.Equal(200, Counted(SparkRules.All with { CountUpdatesOnce = false }));
    }

    [Fact]
    public void Without_SkipNeedlessShuffles_records_that_are_in_their_place_are_moved_and_the_result_is_the_same()
    {
        var (moved, result) = Joined(SparkRules.All);
        var (movedWithout, resultWithout) = Joined(SparkRules.All with { SkipNeedlessShuffles = false });
        Assert.Equal(0, moved);
        // The join moves both its sides, the sum what a map task has combined, and of the cogroup one side is moved twice.
        Assert.Equal((100 + 40) + 40 + (100 + 100 + 100), movedWithout);
        Assert.Equal(result, resultWithout);
    }

    [Fact]
    public void Without_EvictOtherDatasets_a_dataset_larger_than_memory_throws_out_each_partition_just_before_it_is_wanted()
    {
        Assert.Equal(3, Recomputed(SparkRules.All));
        Assert.Equal(10, Recomputed(SparkRules.All with { EvictOtherDatasets = false }));
    }

    private static long Counted(SparkRules rules)
    {
        var spark = SparkInputs.Context(rules: rules);
        var seen = spark.Accumulator(0L);
        var numbers = spark.Range(0, 100).Map(number =>
        {
            seen.Add(1);
            return number;
        });
        return numbers.Count() + numbers.Count() > 0 ? seen.Value : 0;
    }

    private static (long Moved, string Result) Joined(SparkRules rules)
    {
        var spark = SparkInputs.Context(rules: rules);
        var left = spark.Range(0, 100).Map(number => (Key: number % 40, Value: number)).PartitionBy(new HashPartitioner(3)).Cache();
        var right = left.GroupByKey().Cache();
        _ = right.Count();
        var before = spark.Jobs.Sum(job => job.ShuffledRecords);
        var joined = left.Join(right).Collect().Select(pair => $"{pair.Key} {pair.Value.Left} {pair.Value.Right.Length}");
        var summed = left.ReduceByKey((a, b) => a + b).Collect().Select(pair => $"{pair}");
        var together = left.CoGroup(left.PartitionBy(new HashPartitioner(3))).Collect().Select(pair => $"{pair.Key} {pair.Value.Left.Length}");
        var result = string.Join(' ', [.. joined, .. summed, .. together]);
        return (spark.Jobs.Sum(job => job.ShuffledRecords) - before, result);
    }

    /// <summary>Ten partitions in order, of which memory holds seven.</summary>
    private static int Recomputed(SparkRules rules)
    {
        var spark = SparkInputs.Context(threads: 1, memory: 8 * 700, rules: rules);
        var numbers = spark.Range(0, 1_000, 10).Cache();
        for (var again = 0; again < 3; again++) Assert.Equal(1_000, numbers.Count());
        return spark.LastJob.ComputedPartitions(numbers);
    }
}
