using Workbook.Sim;
using Workbook.Spark;

namespace Workbook.Tests.Spark;

/// <summary>Order over all partitions.</summary>
public sealed class SortTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Partitions_are_in_order_and_records_of_one_key_as_they_came(bool ascending)
    {
        foreach (var (records, partitions, seed) in SparkInputs.Pairs())
        {
            foreach (var ranges in new[] { 1, 2, 20 })
            {
                var sorted = SparkInputs.Context().Ragged(records, partitions, seed).SortByKey(ascending, ranges);
                var expected = ascending ? records.OrderBy(pair => pair.Key) : records.OrderByDescending(pair => pair.Key);
                Assert.Equal(expected, sorted.Collect());
                Assert.InRange(sorted.Partitions, 1, ranges);
                Assert.All(sorted.Glom().Collect().Select(part => part.Select(pair => pair.Key).Distinct()).SelectMany(keys => keys).CountBy(key => key),
                    key => Assert.Equal(1, key.Value));
            }
        }
    }

    [Fact]
    public void Texts_are_sorted_by_their_code_units()
    {
        string[] texts = ["b", "a", "B", "é", "z", "ab", "", "日本", "a-b", "aB"];
        var spark = SparkInputs.Context();
        Assert.Equal(texts.Order(StringComparer.Ordinal), spark.Parallelize(texts, 3).SortBy(text => text, partitions: 4).Collect());
        Assert.Equal(texts.OrderDescending(StringComparer.Ordinal).Take(3), spark.Parallelize(texts, 3).Top(3));
    }

    [Fact]
    public void Ranges_are_about_as_large_as_each_other_though_partitions_are_not()
    {
        var random = new Rng(3);
        var numbers = Enumerable.Range(0, 40_000).Select(_ => random.NextExponential(1)).ToArray();
        var sorted = SparkInputs.Context().Ragged(numbers, 9, seed: 2).SortBy(number => number, partitions: 8);
        var sizes = sorted.Glom().Collect().Select(part => part.Length).ToList();
        Assert.Equal(8, sizes.Count);
        Assert.All(sizes, size => Assert.InRange(size, 2_500, 8_500));
    }

    [Fact]
    public void A_few_keys_get_a_partition_each()
    {
        var sorted = SparkInputs.Context().Parallelize([4, 1, 3, 2], 2).SortBy(number => number, partitions: 4);
        Assert.Equal([[1], [2], [3], [4]], sorted.Glom().Collect());
    }

    [Fact]
    public void What_is_sorted_is_partitioned_by_range_and_is_joined_without_moving()
    {
        var spark = SparkInputs.Context();
        var sorted = spark.Range(0, 100, 3).Map(number => (Key: number, Value: number)).SortByKey().Cache();
        _ = sorted.Count();
        Assert.Equal($"range({sorted.Partitions})", $"{sorted.Partitioner}");
        Assert.Equal(100, sorted.Join(sorted.MapValues(value => -value)).Count());
        Assert.Equal(0, spark.LastJob.ShuffledRecords);
        Assert.Equal([42L], sorted.Lookup(42));
        Assert.Single(spark.LastJob.Tasks);
    }
}
