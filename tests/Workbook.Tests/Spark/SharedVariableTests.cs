using Workbook.Spark;

namespace Workbook.Tests.Spark;

/// <summary>Accumulators and broadcasts.</summary>
public sealed class SharedVariableTests
{
    [Fact]
    public void An_accumulator_counts_a_partition_once_however_often_it_is_computed()
    {
        var spark = SparkInputs.Context();
        var seen = spark.Accumulator(0L);
        var numbers = spark.Range(0, 100, 7).Map(number =>
        {
            seen.Add(1);
            return number;
        });
        Assert.Equal(0, seen.Value);
        _ = numbers.Count();
        Assert.Equal(100, seen.Value);
        _ = numbers.Union(numbers).Collect();
        _ = numbers.Map(number => (number, number)).GroupByKey().Count();
        _ = numbers.Cartesian(numbers).Count();
        Assert.Equal(100, seen.Value);
    }

    [Fact]
    public void A_partition_that_was_read_in_part_counts_in_part_until_all_of_it_is_read()
    {
        var spark = SparkInputs.Context();
        var seen = spark.Accumulator(0L);
        var numbers = spark.Range(0, 30_000, 3).Map(number =>
        {
            seen.Add(1);
            return number;
        });
        _ = numbers.Take(10);
        Assert.Equal(1_024, seen.Value);
        _ = numbers.Take(10);
        Assert.Equal(1_024, seen.Value);
        _ = numbers.Count();
        Assert.Equal(30_000, seen.Value);
        _ = numbers.Take(10);
        Assert.Equal(30_000, seen.Value);
    }

    [Fact]
    public void What_is_evicted_and_computed_again_counts_once()
    {
        var spark = SparkInputs.Context(memory: 2_000);
        var seen = spark.Accumulator(0L);
        var numbers = spark.Range(0, 1_000, 10).Map(number =>
        {
            seen.Add(1);
            return number;
        }).Cache();
        for (var again = 0; again < 3; again++) Assert.Equal(1_000, numbers.Count());
        Assert.True(spark.LastJob.ComputedPartitions(numbers) > 0);
        Assert.Equal(1_000, seen.Value);
    }

    /// <summary>Functions that belong to no dataset's own transformation must not be taken for each other's.</summary>
    [Fact]
    public void Functions_of_a_shuffle_and_of_actions_count_too()
    {
        var spark = SparkInputs.Context();
        var calls = spark.Accumulator(0);
        var pairs = spark.Parallelize(Enumerable.Range(0, 40).Select(number => (Key: number % 2, Value: 1)), 4);
        var sums = pairs.ReduceByKey((a, b) =>
        {
            calls.Add(1);
            return a + b;
        });
        _ = sums.Count();
        Assert.Equal(38, calls.Value);
        _ = sums.Count();
        Assert.Equal(38, calls.Value);

        var inActions = spark.Accumulator(0);
        for (var action = 1; action <= 3; action++)
        {
            _ = pairs.Values().Fold(0, (a, b) =>
            {
                inActions.Add(1);
                return a + b;
            });
            Assert.Equal(44 * action, inActions.Value);
        }
    }

    [Fact]
    public void Its_sum_is_the_same_bit_for_bit_with_any_number_of_threads()
    {
        var sums = new[] { 1, 2, 7 }.Select(threads =>
        {
            var spark = SparkInputs.Context(threads);
            var sum = spark.Accumulator(0.0);
            spark.Range(1, 5_000, 23).ForEach(number => sum.Add(1.0 / number));
            return BitConverter.DoubleToInt64Bits(sum.Value);
        });
        Assert.Single(sums.Distinct());
    }

    [Fact]
    public void The_program_may_add_and_read_and_a_function_may_not_read()
    {
        var spark = SparkInputs.Context();
        var longest = spark.Accumulator("", (a, b) => b.Length > a.Length ? b : a);
        longest.Add("ab");
        Assert.Equal("ab", longest.Value);
        spark.Parallelize(["a", "abc", ""], 3).ForEach(longest.Add);
        Assert.Equal("abc", longest.Value);
        var refused = Assert.Throws<SparkException>(() => spark.Range(0, 1).Map(_ => longest.Value).Collect());
        Assert.Equal("An accumulator cannot be read inside a transformation, where others add to it: read it in the program, after an action.", refused.Message);
    }

    [Fact]
    public void A_broadcast_value_is_read_by_every_task()
    {
        var spark = SparkInputs.Context();
        var names = spark.Broadcast(new Dictionary<int, string> { [0] = "even", [1] = "odd" });
        Assert.Equal(["even", "odd", "even"], spark.Parallelize([2, 3, 4], 3).Map(number => names.Value[number % 2]).Collect());
        Assert.Equal("odd", names.Value[1]);
        Assert.True(names.Bytes > 0);
        Assert.Equal([0, 1], [names.Id, spark.Broadcast(1).Id]);
    }
}
