using Workbook.Spark;

namespace Workbook.Tests.Spark;

/// <summary>Transformations and actions of pairs against what LINQ makes of the same records, for keys of three types.</summary>
public sealed class PairTests
{
    private delegate Rdd<string> Transformation<TKey>(Rdd<(TKey Key, int Value)> left, Rdd<(TKey Key, int Value)> right);

    private delegate IEnumerable<string> Oracle<TKey>((TKey Key, int Value)[] left, (TKey Key, int Value)[] right);

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(5)]
    public void Each_transformation_gives_what_linq_gives_for_keys_of_each_type(int? partitions)
    {
        foreach (var (records, parts, seed) in SparkInputs.Pairs(12))
        {
            Compare(records, parts, seed, partitions, key => key);
            Compare(records, parts, seed, partitions, key => $"key {key}");
            Compare(records, parts, seed, partitions, key => (key % 5, key % 2 == 0 ? null : "odd"));
        }
    }

    [Fact]
    public void Values_of_a_key_stand_in_the_order_of_the_records()
    {
        foreach (var (records, partitions, seed) in SparkInputs.Pairs())
        {
            var groups = SparkInputs.Context().Ragged(records, partitions, seed).GroupByKey(3).CollectAsMap();
            foreach (var group in records.GroupBy(pair => pair.Key, pair => pair.Value)) Assert.Equal(group, groups[group.Key]);
            Assert.Equal(records.Select(pair => pair.Key).Distinct().Count(), groups.Count);
        }
    }

    [Fact]
    public void A_join_of_many_with_many_gives_every_pair_and_holds_them_a_batch_at_a_time()
    {
        var spark = SparkInputs.Context();
        var left = spark.Range(0, 2_000).Map(number => (Key: 1, Value: number));
        var right = spark.Range(0, 500).Map(number => (Key: 1, Value: number));
        Assert.Equal(1_000_000, left.Join(right).Count());
        Assert.Equal((0L, 0L), left.Join(right).First().Value);
    }

    private static void Compare<TKey>((int Key, int Value)[] records, int parts, ulong seed, int? partitions, Func<int, TKey> key)
        where TKey : notnull
    {
        var lefts = records.Select(pair => (Key: key(pair.Key), pair.Value)).ToArray();
        var rights = records.Where(pair => pair.Value % 3 == 0).Take(30).Select(pair => (Key: key(pair.Key + (pair.Value % 2)), Value: -pair.Value)).ToArray();
        var spark = SparkInputs.Context();
        var left = spark.Ragged(lefts, parts, seed);
        var right = spark.Ragged(rights, 2, seed + 1);
        foreach (var (name, transformation, oracle) in Cases<TKey>(partitions))
        {
            var made = transformation(left, right).Collect().Order(StringComparer.Ordinal).ToList();
            var expected = oracle(lefts, rights).Order(StringComparer.Ordinal).ToList();
            Assert.True(expected.SequenceEqual(made), $"{name}, seed {seed}: {made.Count} records, {expected.Count} expected");
        }
    }

    private static (string Name, Transformation<TKey> Spark, Oracle<TKey> Linq)[] Cases<TKey>(int? partitions)
        where TKey : notnull =>
    [
        ("groupByKey", (left, _) => left.GroupByKey(partitions).Map(group => $"{group.Key}: {string.Join(' ', group.Value)}"),
            (left, _) => left.GroupBy(pair => pair.Key).Select(group => $"{group.Key}: {string.Join(' ', group.Select(pair => pair.Value))}")),
        ("reduceByKey", (left, _) => left.ReduceByKey((a, b) => a + b, partitions).Map(sum => $"{sum.Key}: {sum.Value}"),
            (left, _) => left.GroupBy(pair => pair.Key).Select(group => $"{group.Key}: {group.Sum(pair => pair.Value)}")),
        ("aggregateByKey", (left, _) => left.AggregateByKey(1L, (sum, value) => Math.Max(sum, value), Math.Max, partitions).Map(sum => $"{sum.Key}: {sum.Value}"),
            (left, _) => left.GroupBy(pair => pair.Key).Select(group => $"{group.Key}: {Math.Max(1, group.Max(pair => pair.Value))}")),
        ("combineByKey", (left, _) => left.CombineByKey(value => $"{value}", (text, value) => $"{text} {value}", (a, b) => $"{a} {b}", partitions)
                .Map(text => $"{text.Key}: {text.Value}"),
            (left, _) => left.GroupBy(pair => pair.Key).Select(group => $"{group.Key}: {string.Join(' ', group.Select(pair => pair.Value))}")),
        ("groupBy", (left, _) => left.GroupBy(pair => pair.Value % 7, partitions).Map(group => $"{group.Key}: {group.Value.Length}"),
            (left, _) => left.GroupBy(pair => pair.Value % 7).Select(group => $"{group.Key}: {group.Count()}")),
        ("join", (left, right) => left.Join(right, partitions).Map(pair => $"{pair.Key}: {pair.Value.Left} {pair.Value.Right}"),
            (left, right) => left.Join(right, pair => pair.Key, pair => pair.Key, (one, other) => $"{one.Key}: {one.Value} {other.Value}")),
        ("join of one that is partitioned already", (left, right) => left.Join(right.PartitionBy(new HashPartitioner(3)), partitions)
                .Map(pair => $"{pair.Key}: {pair.Value.Left} {pair.Value.Right}"),
            (left, right) => left.Join(right, pair => pair.Key, pair => pair.Key, (one, other) => $"{one.Key}: {one.Value} {other.Value}")),
        ("leftOuterJoin", (left, right) => left.LeftOuterJoin(right, partitions)
                .Map(pair => $"{pair.Key}: {pair.Value.Left} {(pair.Value.Found ? pair.Value.Right : "none")}"),
            (left, right) => left.GroupJoin(right, pair => pair.Key, pair => pair.Key, (one, others) => (one, others)).SelectMany(
                each => each.others.Select(other => $"{other.Value}").DefaultIfEmpty("none"), (each, other) => $"{each.one.Key}: {each.one.Value} {other}")),
        ("cogroup", (left, right) => left.CoGroup(right, partitions)
                .Map(both => $"{both.Key}: {string.Join(' ', both.Value.Left)} / {string.Join(' ', both.Value.Right)}"),
            (left, right) => left.Concat(right).Select(pair => pair.Key).Distinct().Select(key =>
                $"{key}: {string.Join(' ', Of(left, key))} / {string.Join(' ', Of(right, key))}")),
        ("countByKey", (left, _) => left.Context.Parallelize(left.CountByKey().Select(count => $"{count.Key}: {count.Value}")),
            (left, _) => left.GroupBy(pair => pair.Key).Select(group => $"{group.Key}: {group.Count()}")),
        ("sortByKey", (left, _) => left.MapValues(value => value % 10).SortByKey(partitions: partitions).Map(pair => $"{pair}"),
            (left, _) => left.Select(pair => $"{(pair.Key, pair.Value % 10)}")),
    ];

    private static IEnumerable<int> Of<TKey>((TKey Key, int Value)[] pairs, TKey key) =>
        pairs.Where(pair => EqualityComparer<TKey>.Default.Equals(pair.Key, key)).Select(pair => pair.Value);
}
