using Workbook.Spark;

namespace Workbook.Tests.Spark;

/// <summary>Each transformation against what LINQ makes of the same records.</summary>
public sealed class TransformationTests
{
    private delegate Rdd<int> Transformation(Rdd<(int Key, int Value)> rdd);

    private delegate IEnumerable<int> Oracle((int Key, int Value)[] records);

    /// <summary>Transformations whose records must be LINQ's, in LINQ's order.</summary>
    private static readonly Dictionary<string, (Transformation Spark, Oracle Linq)> Ordered = new()
    {
        ["map"] = (rdd => rdd.Map(pair => pair.Key * 7), all => all.Select(pair => pair.Key * 7)),
        ["filter"] = (rdd => rdd.Filter(pair => pair.Value % 3 == 0).Values(), all => all.Where(pair => pair.Value % 3 == 0).Select(pair => pair.Value)),
        ["flatMap"] = (rdd => rdd.FlatMap(Repeated), all => all.SelectMany(Repeated)),
        ["flatMap by emit"] = (rdd => rdd.FlatMap<int>((pair, emit) =>
        {
            foreach (var each in Repeated(pair)) emit(each);
        }), all => all.SelectMany(Repeated)),
        ["mapPartitions"] = (rdd => rdd.MapPartitions(pairs => pairs.Select(pair => pair.Value + 1)), all => all.Select(pair => pair.Value + 1)),
        ["mapPartitionsWithIndex"] = (rdd => rdd.MapPartitionsWithIndex((_, pairs) => pairs.Select(pair => pair.Value)), all => all.Select(pair => pair.Value)),
        ["mapValues"] = (rdd => rdd.MapValues(value => value * 2).Map(pair => pair.Key + pair.Value), all => all.Select(pair => pair.Key + (pair.Value * 2))),
        ["flatMapValues"] = (rdd => rdd.FlatMapValues(value => Enumerable.Range(0, value % 4)).Map(pair => pair.Key + pair.Value),
            all => all.SelectMany(pair => Enumerable.Range(0, pair.Value % 4), (pair, value) => pair.Key + value)),
        ["keys"] = (rdd => rdd.Keys(), all => all.Select(pair => pair.Key)),
        ["keyBy"] = (rdd => rdd.KeyBy(pair => pair.Value).Keys(), all => all.Select(pair => pair.Value)),
        ["union"] = (rdd => rdd.Keys().Union(rdd.Values()).Union(rdd.Keys()),
            all => all.Select(pair => pair.Key).Concat(all.Select(pair => pair.Value)).Concat(all.Select(pair => pair.Key))),
        ["zipWithIndex"] = (rdd => rdd.Values().ZipWithIndex().Map(each => each.Value + (int)each.Index), all => all.Select((pair, at) => pair.Value + at)),
        ["coalesce"] = (rdd => rdd.Coalesce(3).Values(), all => all.Select(pair => pair.Value)),
        ["coalesce to one"] = (rdd => rdd.Coalesce(1).Filter(pair => pair.Key == 0).Values(), all => all.Where(pair => pair.Key == 0).Select(pair => pair.Value)),
        ["glom"] = (rdd => rdd.Values().Glom().FlatMap(array => array), all => all.Select(pair => pair.Value)),
        ["sortBy"] = (rdd => rdd.SortBy(pair => pair.Key).Values(), all => all.OrderBy(pair => pair.Key).Select(pair => pair.Value)),
        ["sortBy descending"] = (rdd => rdd.SortBy(pair => pair.Key, ascending: false, partitions: 3).Values(),
            all => all.OrderByDescending(pair => pair.Key).Select(pair => pair.Value)),
    };

    /// <summary>Transformations whose records must be LINQ's, in any order.</summary>
    private static readonly Dictionary<string, (Transformation Spark, Oracle Linq)> Unordered = new()
    {
        ["distinct"] = (rdd => rdd.Keys().Distinct(), all => all.Select(pair => pair.Key).Distinct()),
        ["distinct in five"] = (rdd => rdd.Distinct(5).Values(), all => all.Distinct().Select(pair => pair.Value)),
        ["repartition"] = (rdd => rdd.Values().Repartition(6), all => all.Select(pair => pair.Value)),
        ["partitionBy"] = (rdd => rdd.PartitionBy(new HashPartitioner(4)).Values(), all => all.Select(pair => pair.Value)),
        ["cartesian"] = (rdd => rdd.Keys().Cartesian(rdd.Coalesce(2).Filter(pair => pair.Value < 5).Values()).Map(pair => pair.Left + pair.Right),
            all => all.SelectMany(_ => all.Where(pair => pair.Value < 5), (left, right) => left.Key + right.Value)),
    };

    public static TheoryData<string> OrderedNames => [.. Ordered.Keys];

    public static TheoryData<string> UnorderedNames => [.. Unordered.Keys];

    [Theory]
    [MemberData(nameof(OrderedNames))]
    public void It_gives_what_linq_gives_in_the_same_order(string name)
    {
        foreach (var (records, partitions, seed) in SparkInputs.Pairs())
            Assert.Equal(Ordered[name].Linq(records), Ordered[name].Spark(SparkInputs.Context().Ragged(records, partitions, seed)).Collect());
    }

    [Theory]
    [MemberData(nameof(UnorderedNames))]
    public void It_gives_what_linq_gives_in_some_order(string name)
    {
        foreach (var (records, partitions, seed) in SparkInputs.Pairs())
        {
            var made = Unordered[name].Spark(SparkInputs.Context().Ragged(records, partitions, seed)).Collect();
            Assert.Equal(Unordered[name].Linq(records).Order(), made.Order());
        }
    }

    [Fact]
    public void A_transformation_computes_nothing()
    {
        var spark = SparkInputs.Context();
        var calls = 0;
        var rdd = spark.Range(0, 10).Map(number => Interlocked.Increment(ref calls) + number);
        Assert.Equal(0, calls);
        Assert.Empty(spark.Jobs);
        _ = rdd.Count();
        Assert.Equal(10, calls);
    }

    [Fact]
    public void A_sample_is_the_same_for_the_same_seed_and_about_as_large_as_it_should_be()
    {
        var numbers = SparkInputs.Context().Range(0, 20_000, 7);
        var drawn = numbers.Sample(0.1, seed: 1).Collect();
        Assert.Equal(drawn, numbers.Sample(0.1, seed: 1).Collect());
        Assert.NotEqual(drawn, numbers.Sample(0.1, seed: 2).Collect());
        Assert.InRange(drawn.Length, 1_800, 2_200);
        Assert.Equal(drawn.Distinct().Order(), drawn);
        Assert.Empty(numbers.Sample(0, seed: 1).Collect());
        Assert.Equal(20_000, numbers.Sample(1, seed: 1).Count());
    }

    [Fact]
    public void Repartition_spreads_records_evenly()
    {
        var sizes = SparkInputs.Context().Generate(3, partition => Enumerable.Range(0, partition == 1 ? 1000 : 0)).Repartition(7).Glom().Collect();
        Assert.Equal(7, sizes.Length);
        Assert.All(sizes, part => Assert.InRange(part.Length, 142, 143));
    }

    [Fact]
    public void A_range_may_be_empty_negative_and_as_wide_as_numbers_are()
    {
        var spark = SparkInputs.Context();
        Assert.Equal([-2L, -1, 0, 1], spark.Range(-2, 2, 3).Collect());
        Assert.Empty(spark.Range(5, 5).Collect());
        Assert.Empty(spark.Range(5, -5).Collect());
        Assert.Equal([long.MinValue, long.MinValue + 1], spark.Range(long.MinValue, long.MaxValue, 3).Take(2));
    }

    [Fact]
    public void Arrays_of_any_length_are_handed_on_whole_and_in_order()
    {
        int[] lengths = [0, 3, 0, 0, 1024, 1, 2500, 1023, 0, 5000, 7, 0];
        var records = SparkInputs.Context().Parallelize(lengths, 2).FlatMap(length => Enumerable.Range(0, length).ToArray()).Collect();
        Assert.Equal(lengths.SelectMany(length => Enumerable.Range(0, length)), records);
    }

    [Fact]
    public void A_sequence_without_end_is_walked_only_as_far_as_it_is_wanted()
    {
        var spark = SparkInputs.Context();
        Assert.Equal([0, 1, 2], spark.Parallelize([0], 1).FlatMap(_ => Endless()).Take(3));
        Assert.Equal([0, 1, 2], spark.Generate(1, _ => Endless()).Filter(number => number >= 0).Take(3));
    }

    [Fact]
    public void What_a_function_walks_is_disposed_though_only_a_part_of_it_was_wanted()
    {
        var open = 0;
        var spark = SparkInputs.Context(threads: 1);
        _ = spark.Generate(2, _ => Counted()).FlatMap(number => Counted().Select(other => number + other)).Take(1);
        Assert.Equal(0, open);
        Assert.Throws<SparkException>(() => spark.Generate(2, _ => Counted()).Map(number => 1 / number).Count());
        Assert.Equal(0, open);

        IEnumerable<int> Counted()
        {
            open++;
            try
            {
                for (var number = 3; number > -3; number--) yield return number;
            }
            finally
            {
                open--;
            }
        }
    }

    private static IEnumerable<int> Endless()
    {
        for (var number = 0; ; number++) yield return number;
    }

    private static IEnumerable<int> Repeated((int Key, int Value) pair) => Enumerable.Repeat(pair.Key, pair.Value % 5 == 4 ? 40 : pair.Value % 5);
}
