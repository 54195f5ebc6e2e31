using Workbook.Spark;

namespace Workbook.Tests.Spark;

/// <summary>Each action against LINQ.</summary>
public sealed class ActionTests
{
    private static readonly Dictionary<string, (Func<Rdd<(int Key, int Value)>, object> Spark, Func<(int Key, int Value)[], object> Linq)> Cases = new()
    {
        ["collect"] = (rdd => rdd.Collect(), all => all),
        ["count"] = (rdd => rdd.Count(), all => (long)all.Length),
        ["fold"] = (rdd => rdd.Values().Fold(0, (a, b) => a + b), all => all.Sum(pair => pair.Value)),
        ["aggregate"] = (rdd => rdd.Aggregate("", (text, pair) => text + pair.Key % 10, (a, b) => a + b), all => string.Concat(all.Select(pair => pair.Key % 10))),
        ["take"] = (rdd => rdd.Take(5), all => all.Take(5)),
        ["take none"] = (rdd => rdd.Take(0), all => all.Take(0)),
        ["take many"] = (rdd => rdd.Take(2_000), all => all.Take(2_000)),
        ["top"] = (rdd => rdd.Top(4, pair => pair.Value), all => all.OrderByDescending(pair => pair.Value).Take(4)),
        ["top of all"] = (rdd => rdd.Top(10_000), all => all.OrderDescending()),
        ["top none"] = (rdd => rdd.Top(0), all => all.Take(0)),
        ["takeOrdered"] = (rdd => rdd.TakeOrdered(1_500), all => all.Order().Take(1_500)),
        ["countByKey"] = (rdd => rdd.CountByKey().OrderBy(count => count.Key).Select(count => (count.Key, count.Value)),
            all => all.GroupBy(pair => pair.Key).Select(group => (group.Key, (long)group.Count())).Order()),
        ["countByValue"] = (rdd => rdd.Values().CountByValue().OrderBy(count => count.Key).Select(count => (count.Key, count.Value)),
            all => all.GroupBy(pair => pair.Value).Select(group => (group.Key, (long)group.Count())).Order()),
        ["collectAsMap"] = (rdd => rdd.CollectAsMap().OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)),
            all => all.GroupBy(pair => pair.Key).Select(group => (group.Key, group.Last().Value)).Order()),
        ["lookup"] = (rdd => rdd.Lookup(0), all => all.Where(pair => pair.Key == 0).Select(pair => pair.Value)),
        ["lookup where keys have places"] = (rdd => rdd.PartitionBy(new HashPartitioner(5)).Lookup(0),
            all => all.Where(pair => pair.Key == 0).Select(pair => pair.Value)),
        ["sum"] = (rdd => rdd.Values().Sum(), all => all.Sum(pair => pair.Value)),
        ["foreach"] = (rdd => Each(rdd).Order(), all => all.Select(pair => pair.Value).Order()),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_gives_what_linq_gives(string name)
    {
        foreach (var (records, partitions, seed) in SparkInputs.Pairs())
            Assert.Equal(Cases[name].Linq(records), Cases[name].Spark(SparkInputs.Context().Ragged(records, partitions, seed)));
    }

    [Fact]
    public void What_needs_a_record_says_so_when_there_is_none()
    {
        foreach (var (records, partitions, seed) in SparkInputs.Pairs())
        {
            var numbers = SparkInputs.Context().Ragged(records, partitions, seed).Values();
            var linq = records.Select(pair => pair.Value).ToList();
            Assert.Equal(linq.Count == 0 ? null : linq.Max(), Or(() => numbers.Reduce(Math.Max)));
            Assert.Equal(linq.Count == 0 ? null : linq.Max(), Or(() => numbers.Max()));
            Assert.Equal(linq.Count == 0 ? null : linq.Min(), Or(() => numbers.Min()));
            Assert.Equal(linq.Count == 0 ? null : linq[0], Or(() => numbers.First()));
            Assert.Equal(linq.Count == 0 ? null : (double)linq.Sum() / linq.Count, Or(() => numbers.Mean()));
        }
    }

    [Fact]
    public void Take_computes_no_more_partitions_than_it_must()
    {
        var spark = SparkInputs.Context();
        var numbers = spark.Range(0, 900, 9);
        Assert.Equal(50, numbers.Take(50).Length);
        Assert.Equal(1, spark.Jobs.Sum(job => job.ComputedPartitions(numbers)));
        Assert.Equal(150, numbers.Take(150).Length);
        Assert.Equal(1 + 1 + 4, spark.Jobs.Sum(job => job.ComputedPartitions(numbers)));
    }

    [Fact]
    public void Lookup_computes_one_partition_where_keys_have_places()
    {
        var spark = SparkInputs.Context();
        var pairs = spark.Range(0, 100).Map(number => (Key: number, Value: number * number)).PartitionBy(new HashPartitioner(5)).Cache();
        _ = pairs.Count();
        Assert.Equal([49L], pairs.Lookup(7));
        Assert.Single(spark.LastJob.Tasks);
        Assert.Equal([49L], pairs.Map(pair => pair).Lookup(7));
        Assert.Equal(5, spark.LastJob.Tasks.Count);
    }

    private static T? Or<T>(Func<T> action)
        where T : struct
    {
        try
        {
            return action();
        }
        catch (SparkException e)
        {
            Assert.Contains("no records", e.Message, StringComparison.Ordinal);
            return null;
        }
    }

    private static List<int> Each(Rdd<(int Key, int Value)> rdd)
    {
        var seen = new List<int>();
        rdd.ForEach(pair =>
        {
            lock (seen) seen.Add(pair.Value);
        });
        return seen;
    }
}
