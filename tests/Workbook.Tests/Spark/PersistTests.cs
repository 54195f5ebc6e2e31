using Workbook.Spark;

namespace Workbook.Tests.Spark;

/// <summary>What is kept, and what is computed again.</summary>
public sealed class PersistTests
{
    [Theory]
    [InlineData(StorageLevel.None, 3)]
    [InlineData(StorageLevel.MemoryOnly, 1)]
    [InlineData(StorageLevel.MemoryAndDisk, 1)]
    [InlineData(StorageLevel.DiskOnly, 1)]
    public void What_is_kept_is_computed_once(StorageLevel level, int times)
    {
        var spark = SparkInputs.Context();
        var calls = 0;
        var texts = spark.Range(0, 100, 5).Map(number =>
        {
            Interlocked.Increment(ref calls);
            return $"text {number}";
        }).Persist(level);
        var expected = Enumerable.Range(0, 100).Select(number => $"text {number}");
        for (var again = 0; again < 3; again++) Assert.Equal(expected, texts.Map(text => text).Collect());
        Assert.Equal(100 * times, calls);
        Assert.Equal(times == 1 ? 0 : 5, spark.LastJob.ComputedPartitions(texts));
        Assert.Equal(times == 1 ? 0 : 800, spark.LastJob.SourceBytes);

        _ = texts.Unpersist().Count();
        Assert.Equal(100 * (times + 1), calls);
        Assert.Equal(5, spark.LastJob.ComputedPartitions(texts));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    [InlineData(3_000)]
    [InlineData(100_000)]
    public void More_than_memory_holds_is_still_right_and_what_fits_is_not_computed_again(long memory)
    {
        var spark = SparkInputs.Context(memory: memory);
        var numbers = spark.Range(0, 1_000, 10).Map(number => number * number).Cache();
        var sum = Enumerable.Range(0, 1_000).Sum(number => (long)number * number);
        for (var again = 0; again < 3; again++) Assert.Equal(sum, numbers.Sum());
        Assert.Equal(10 - Math.Min(10, memory / 800), spark.LastJob.ComputedPartitions(numbers));
    }

    [Fact]
    public void What_memory_has_no_room_for_is_read_from_disk_when_it_may_be_there()
    {
        var spark = SparkInputs.Context(memory: 2_500);
        var numbers = spark.Range(0, 1_000, 10).Persist(StorageLevel.MemoryAndDisk);
        Assert.Equal(499_500, numbers.Sum());
        Assert.Equal(499_500, numbers.Sum());
        Assert.Equal(0, spark.LastJob.ComputedPartitions(numbers));
        Assert.Equal(8_000, spark.LastJob.Tasks.Sum(task => task.Metrics!.KeptBytesRead));
    }

    [Fact]
    public void Datasets_that_push_each_other_out_are_computed_again_from_their_lineage()
    {
        var spark = SparkInputs.Context(memory: 5_000);
        var first = spark.Range(0, 400, 8).Map(number => (Key: number, Value: 1L)).ReduceByKey((a, b) => a + b).Cache();
        var second = first.MapValues(value => value + 1).Cache();
        var third = second.Map(pair => (Key: pair.Key / 2, pair.Value)).ReduceByKey((a, b) => a + b, 5).Cache();
        for (var again = 0; again < 4; again++)
        {
            Assert.Equal(800, third.Values().Sum());
            Assert.Equal(400, first.Values().Sum());
            Assert.Equal(800, second.Values().Sum());
        }
    }

    [Fact]
    public void A_lost_partition_costs_only_what_it_was_computed_from()
    {
        var spark = SparkInputs.Context(memory: 8 * 700);
        var numbers = spark.Range(0, 1_000, 10);
        var kept = numbers.Map(number => number).Cache();
        _ = kept.Count();
        _ = kept.Count();
        Assert.Equal(3, spark.LastJob.ComputedPartitions(numbers));
        Assert.Equal(3 * 800, spark.LastJob.SourceBytes);
    }

    [Fact]
    public void A_checkpoint_is_where_lineage_begins_and_outlives_what_is_kept()
    {
        var spark = SparkInputs.Context();
        var calls = 0;
        var sums = Counted(spark, () => Interlocked.Increment(ref calls)).ReduceByKey((a, b) => a + b).Cache().Checkpoint();
        Assert.False(sums.IsCheckpointed);
        var expected = sums.Collect();
        Assert.True(sums.IsCheckpointed);
        Assert.Empty(sums.Dependencies);
        _ = sums.Unpersist();
        Assert.Equal(expected, sums.Collect());
        Assert.Equal(expected.Select(pair => pair.Value), sums.Values().Collect());
        Assert.Equal(60, calls);
        Assert.Equal(new HashPartitioner(4), sums.Partitioner);
    }

    [Fact]
    public void A_checkpoint_is_whole_though_only_a_part_was_asked_for()
    {
        var spark = SparkInputs.Context();
        var calls = 0;
        var pairs = Counted(spark, () => Interlocked.Increment(ref calls)).Checkpoint();
        _ = pairs.Take(1);
        Assert.Equal(["take", "checkpoint"], spark.Jobs.Select(job => job.Action));
        Assert.Equal([1, 3], spark.Jobs.Select(job => job.Tasks.Count));
        Assert.True(pairs.IsCheckpointed);
        Assert.Equal(60, calls);
        Assert.Equal(60, pairs.Count());
        Assert.Equal(60, calls);
    }

    [Fact]
    public void Several_checkpoints_of_a_lineage_are_written_the_earliest_first()
    {
        var spark = SparkInputs.Context();
        var calls = 0;
        var first = Counted(spark, () => Interlocked.Increment(ref calls)).Checkpoint();
        var second = first.GroupByKey().Checkpoint();
        var third = second.MapValues(values => values.Length).Checkpoint();
        Assert.Single(third.Take(1));
        Assert.All(new Rdd[] { first, second, third }, rdd => Assert.True(rdd.IsCheckpointed));
        Assert.Equal(60, calls);
        Assert.Equal(60, third.Values().Sum());
    }

    [Fact]
    public void What_is_kept_and_checkpointed_is_read_from_memory()
    {
        var spark = SparkInputs.Context();
        var numbers = spark.Range(0, 10, 2).Cache().Checkpoint();
        _ = numbers.Count();
        Assert.Equal(10, numbers.Count());
        Assert.Equal(2, spark.LastJob.Tasks.Sum(task => task.Metrics!.KeptFound));
        _ = numbers.Unpersist().Cache().Count();
        Assert.Equal(0, spark.LastJob.Tasks.Sum(task => task.Metrics!.KeptFound));
        Assert.Equal(10, numbers.Count());
        Assert.Equal(2, spark.LastJob.Tasks.Sum(task => task.Metrics!.KeptFound));
    }

    private static Rdd<(int Key, int Value)> Counted(SparkContext spark, Action count) =>
        spark.Parallelize(Enumerable.Range(0, 60), 4).Map(number =>
        {
            count();
            return (Key: number % 9, Value: 1);
        });
}
