using Workbook.Spark;

namespace Workbook.Tests.Spark;

/// <summary>The exercises of notebook 15: right answers are right, and each wrong one hears why.</summary>
public sealed class ExerciseTests
{
    [Fact]
    public void Sums_and_counts_are_added_up_before_the_shuffle() => Assert.True(Exercise.CheckMeans(readings => readings
        .MapValues(value => (Sum: (long)value, Count: 1L)).ReduceByKey((a, b) => (a.Sum + b.Sum, a.Count + b.Count))
        .MapValues(all => (double)all.Sum / all.Count)).IsRight);

    [Fact]
    public void Grouping_moves_every_record() => Assert.Contains("20,000 records went", Exercise.CheckMeans(
        readings => readings.GroupByKey().MapValues(values => values.Average(value => (double)value))).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_mean_of_means_is_found_out() => Assert.Contains("mean of two means", Exercise.CheckMeans(
        readings => readings.MapValues(value => (double)value).ReduceByKey((a, b) => (a + b) / 2)).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_city_that_is_missing_is_named()
    {
        var reason = Exercise.CheckMeans(readings => readings.Filter(reading => reading.Key == "Quincy").MapValues(value => (double)value)
            .ReduceByKey(Math.Max)).Reason;
        Assert.EndsWith("should be there once; it is there not at all.", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Shuffles_are_counted_in_the_lineage()
    {
        var spark = SparkInputs.Context();
        var pairs = spark.Range(0, 100, 4).Map(number => (Key: number % 7, Value: number));
        var joined = pairs.ReduceByKey((a, b) => a + b).Join(pairs.GroupByKey()).MapValues(both => both.Left);
        Assert.True(Exercise.CheckShuffles(joined, 2).IsRight);
        Assert.StartsWith("Fewer", Exercise.CheckShuffles(joined, 3).Reason, StringComparison.Ordinal);
        Assert.StartsWith("More", Exercise.CheckShuffles(joined, 1).Reason, StringComparison.Ordinal);
    }
}
