using Workbook.Spark;

namespace Workbook.Tests.Spark.Scheduling;

/// <summary>Where lineages are cut, which stages are skipped, and what is moved.</summary>
public sealed class StagePlanTests
{
    [Fact]
    public void Narrow_transformations_are_one_stage()
    {
        var spark = SparkInputs.Context();
        _ = spark.Range(0, 10, 3).Map(number => number).Filter(_ => true).Union(spark.Range(0, 5, 2)).Coalesce(4).Count();
        Assert.Equal("0: coalesce, 4 tasks, result", StagePlans.Of(spark.LastJob));
    }

    /// <summary>Figure 5: a group, a join with a union of two, and of the join's sides one that is partitioned already.</summary>
    [Fact]
    public void A_lineage_is_cut_at_its_shuffles()
    {
        var spark = SparkInputs.Context();
        var grouped = spark.Range(0, 10, 3).Map(number => (Key: number % 4, Value: number)).GroupByKey();
        var mapped = spark.Range(0, 10, 2).Map(number => (Key: number % 4, Value: number));
        _ = grouped.Join(mapped.Union(mapped)).Count();
        Assert.Equal(
            """
            0: map, 3 tasks, shuffle
            1: union, 4 tasks, shuffle
            2: join, 3 tasks, result
            """, StagePlans.Of(spark.LastJob));
    }

    [Fact]
    public void What_two_branches_need_is_computed_once_for_both()
    {
        var spark = SparkInputs.Context();
        var sums = spark.Range(0, 100, 3).Map(number => (Key: number % 7, Value: number)).ReduceByKey((a, b) => a + b);
        _ = sums.Join(sums.MapValues(sum => sum * 2)).Union(sums.Map(sum => (sum.Key + 1, (sum.Value, 0L))).GroupByKey(2).MapValues(each => each[0])).Count();
        Assert.Equal(
            """
            0: map, 3 tasks, shuffle
            1: map, 3 tasks, shuffle
            2: union, 5 tasks, result
            """, StagePlans.Of(spark.LastJob));
    }

    [Fact]
    public void A_stage_whose_results_are_kept_is_skipped()
    {
        var spark = SparkInputs.Context();
        var sums = spark.Range(0, 100, 3).Map(number => (Key: number % 7, Value: number)).ReduceByKey((a, b) => a + b).Cache();
        _ = sums.Count();
        _ = sums.Map(sum => (sum.Value, sum.Key)).GroupByKey().Count();
        Assert.Equal(
            """
            0: map, 0 tasks, shuffle
            1: map, 3 tasks, shuffle
            2: groupByKey, 3 tasks, result
            """, StagePlans.Of(spark.LastJob));
    }

    [Fact]
    public void Nothing_is_moved_where_the_partitioner_fits()
    {
        var spark = SparkInputs.Context();
        var placed = spark.Range(0, 100, 3).Map(number => (Key: number % 7, Value: number)).PartitionBy(new HashPartitioner(5)).Cache();
        _ = placed.Count();
        (string Name, Func<long> Count)[] fitting =
        [
            ("partitionBy", () => placed.PartitionBy(new HashPartitioner(5)).Count()), ("reduceByKey", () => placed.ReduceByKey((a, b) => a + b).Count()),
            ("groupByKey", () => placed.GroupByKey().Count()), ("after mapValues", () => placed.MapValues(value => -value).GroupByKey().Count()),
            ("after filter", () => placed.Filter(pair => pair.Value > 5).AggregateByKey(0L, (sum, value) => sum + value, (a, b) => a + b).Count()),
            ("join", () => placed.Join(placed.ReduceByKey((a, b) => a + b)).Count()), ("cogroup", () => placed.CoGroup(placed).Count()),
            ("leftOuterJoin", () => placed.LeftOuterJoin(placed.GroupByKey()).Count()),
            ("after join", () => placed.Join(placed).ReduceByKey((first, _) => first).Count()), ("sample", () => placed.Sample(0.5, 1).GroupByKey().Count()),
        ];
        Assert.All(fitting, each =>
        {
            Assert.True(each.Count() > 0);
            Assert.True(spark.LastJob.ShuffledRecords == 0 && spark.LastJob.Tasks.Count == 5, $"{each.Name}: {StagePlans.Of(spark.LastJob)}");
        });
        _ = placed.Map(pair => pair).GroupByKey().Count();
        Assert.Equal(100, spark.LastJob.ShuffledRecords);
        _ = placed.GroupByKey(4).Count();
        Assert.Equal(100, spark.LastJob.ShuffledRecords);
    }

    [Fact]
    public void Only_the_side_that_is_not_there_is_moved()
    {
        var spark = SparkInputs.Context();
        var left = spark.Range(0, 100, 3).Map(number => (Key: number, Value: number)).PartitionBy(new HashPartitioner(5)).Cache();
        _ = left.Count();
        _ = spark.Range(0, 30).Map(number => (Key: number, Value: number)).Join(left).Count();
        Assert.Equal(30, spark.LastJob.ShuffledRecords);
    }

    [Fact]
    public void A_map_task_sends_one_record_for_a_key_when_it_can_combine()
    {
        var spark = SparkInputs.Context();
        var pairs = spark.Range(0, 10_000, 3).Map(number => (Key: number % 10, Value: 1L));
        Assert.Equal(10, pairs.ReduceByKey((a, b) => a + b).Count());
        Assert.Equal(3 * 10, spark.LastJob.ShuffledRecords);
        Assert.Equal(3 * 10 * 16, spark.LastJob.ShuffledBytes);
        Assert.Equal(10, pairs.GroupByKey().Count());
        Assert.Equal(10_000, spark.LastJob.ShuffledRecords);
        Assert.All(pairs.CountByKey(), count => Assert.Equal(1_000, count.Value));
        Assert.Equal(30, spark.LastJob.ShuffledRecords);
    }

    [Fact]
    public void Partitioners_are_equal_when_they_place_all_keys_alike()
    {
        var custom = Partitioner.By<int>(3, key => key % 3);
        Assert.Equal(new HashPartitioner(3), new HashPartitioner(3));
        Assert.NotEqual(new HashPartitioner(3), new HashPartitioner(4));
        Assert.Equal<Partitioner>(custom, custom);
        Assert.NotEqual<Partitioner>(custom, Partitioner.By<int>(3, key => key % 3));
        Assert.Equal(new RangePartitioner<int>([1, 5]), new RangePartitioner<int>([1, 5]));
        Assert.NotEqual(new RangePartitioner<int>([1, 5]), new RangePartitioner<int>([1, 6]));
        Assert.NotEqual<Partitioner>(new RangePartitioner<int>([1, 5]), new HashPartitioner(3));
        Assert.NotEqual<Partitioner>(new RangePartitioner<int>([1, 5]), new RangePartitioner<long>([1, 5]));
        Assert.Equal([0, 0, 1, 1, 2], new[] { 0, 1, 2, 5, 6 }.Select(new RangePartitioner<int>([1, 5]).PartitionOf));
    }
}
