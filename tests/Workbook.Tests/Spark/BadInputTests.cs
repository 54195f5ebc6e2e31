using System.Globalization;
using Workbook.Spark;

namespace Workbook.Tests.Spark;

/// <summary>What is said, and where, when a program or its input is wrong.</summary>
public sealed class BadInputTests
{
    private static readonly Dictionary<string, (Func<SparkContext, object?> Ask, string Says)> Refused = new()
    {
        ["no partitions"] = (spark => spark.Parallelize([1], 0), "A dataset needs at least 1 partition; it was given 0."),
        ["no partitions of a range"] = (spark => spark.Range(0, 1, -1), "A dataset needs at least 1 partition; it was given -1."),
        ["no partitions after a shuffle"] = (spark => Pairs(spark).GroupByKey(0), "A dataset needs at least 1 partition; it was given 0."),
        ["no partitions after a sort"] = (spark => Pairs(spark).SortByKey(partitions: 0), "A dataset needs at least 1 partition; it was given 0."),
        ["coalesce to nothing"] = (spark => Pairs(spark).Coalesce(0), "A dataset needs at least 1 partition; Coalesce was given 0."),
        ["repartition to nothing"] = (spark => Pairs(spark).Repartition(0), "A dataset needs at least 1 partition; it was given 0."),
        ["a fraction too large"] = (spark => Pairs(spark).Sample(1.5, 1), "A fraction is from 0 to 1; 1.5 is not."),
        ["two contexts"] = (spark => Pairs(spark).Union(Pairs(SparkInputs.Context())),
            "dataset 0 belongs to another SparkContext than union: make both in one context."),
        ["keys that are arrays"] = (spark => spark.Parallelize([1], 1).Map(number => (Key: new[] { number }, Value: 1)).GroupByKey(),
            "groupByKey on dataset 1: Values of type int[] cannot be keys: an array equals only itself, not another with the same items. "
            + "Map the keys to a number, a text, or a tuple or record of these first."),
        ["distinct objects"] = (spark => spark.Parallelize<object>([1], 1).Distinct(),
            "reduceByKey on dataset 1: Values of type object cannot be keys: any type may stand there, each with an equality of its own. "
            + "Map the keys to a number, a text, or a tuple or record of these first."),
        ["a type that no disk takes"] = (spark => spark.Parallelize<Func<int>>([() => 1], 1).Persist(StorageLevel.DiskOnly), "Func<int>"),
        ["keys without an order"] = (spark => spark.Parallelize([1, 2], 1).Map(number => (Key: new Unordered(number), Value: 1)).SortByKey(partitions: 3),
            "Keys of type Unordered cannot be sorted (At least one object must implement IComparable): sort by a number, a text, or a tuple of these."),
        ["a file that is not there"] = (spark => spark.TextFile("no such file"), "There is no file no such file."),
        ["take less than nothing"] = (spark => Pairs(spark).Take(-1), "Take cannot give -1 records."),
        ["no job yet"] = (spark => spark.LastJob, "No job has run yet: transformations compute nothing. Call an action, such as Count."),
        ["another level"] = (spark => Pairs(spark).Cache().Persist(StorageLevel.DiskOnly), "dataset 0 is kept at level MemoryOnly: call Unpersist first."),
        ["bounds out of order"] = (_ => new RangePartitioner<int>([2, 1]), "Bounds of ranges must ascend: '1' comes after '2'."),
        ["lookup of null"] = (spark => spark.Parallelize([("a", 1)], 1).Lookup(null!), "Lookup on dataset 0 was given null, which is no key."),
        ["a null record in distinct"] = (spark => spark.Parallelize(["a", null], 1).Distinct().Count(),
            "reduceByKey (on dataset 1) has no place for record 1 of partition 0, '(, False)': its key is null; filter such records out, or give them a key."),
    };

    private static readonly Dictionary<string, (Func<SparkContext, object?> Ask, string Says)> Failing = new()
    {
        ["map"] = (spark => Numbers(spark).Map(number => 1 / (number - 1500)).Count(), "The function of map (dataset 1) failed at record 1500 of partition 1, '1500': "),
        ["filter"] = (spark => Numbers(spark).Filter(number => 1 / (number - 1500) > 2).Count(), "The function of filter (dataset 1) failed at record 1500 of partition 1, '1500': "),
        ["flatMap"] = (spark => Numbers(spark).FlatMap(number => new[] { 1 / (number - 1500) }).Count(),
            "The function of flatMap (dataset 1) failed at record 1500 of partition 1, '1500': "),
        ["flatMap by emit"] = (spark => Numbers(spark).FlatMap<int>((number, emit) => emit(1 / (number - 1500))).Count(),
            "The function of flatMap (dataset 1) failed at record 1500 of partition 1, '1500': "),
        ["foreach"] = (spark => { Numbers(spark).ForEach(number => _ = 1 / (number - 1500)); return null; },
            "The function of foreach (dataset 1) failed at record 1500 of partition 1, '1500': "),
        ["reduce"] = (spark => Numbers(spark).Reduce((sum, number) => sum + (1 / (number - 1500))), "The function of reduce (on dataset 0) failed at record 1500 of partition 1, '1500': "),
        ["fold"] = (spark => Numbers(spark).Fold(0, (sum, number) => sum + (1 / (number - 1500))), "The function of aggregate (on dataset 0) failed at record 1500 of partition 1, '1500': "),
        ["partitioner"] = (spark => Numbers(spark).KeyBy(number => number).PartitionBy(Partitioner.By<int>(2, key => 0 / (key - 1500))).Count(),
            "partitionBy (on dataset 1) has no place for record 1500 of partition 1, '(1500, 1500)': "),
        ["partitioner of keys that are combined"] = (spark => Numbers(spark).KeyBy(number => $"{number}")
            .ReduceByKey((a, b) => a + b, Partitioner.By<string>(2, key => 0 / (int.Parse(key) - 1500))).Count(),
            "reduceByKey (on dataset 1) has no place for record 1500 of partition 1, '(1500, 1500)': "),
    };

    /// <summary>Functions that work on more than a record at a time.</summary>
    private static readonly Dictionary<string, (Func<SparkContext, object?> Ask, string Says)> FailingPartition = new()
    {
        ["mapPartitions"] = (spark => Numbers(spark).MapPartitions(all => all.Select(number => 1 / (number - 1500))).Count(), "The function of mapPartitions (dataset 1) failed in partition 1: "),
        ["generate"] = (spark => spark.Generate(3, partition => new[] { 1 / (partition - 1) }).Count(), "The function of generate (dataset 0) failed in partition 1: "),
        ["combine before the shuffle"] = (spark => Numbers(spark).KeyBy(_ => 1).ReduceByKey((sum, number) => 1 / (number - 1500)).Count(),
            "The function of reduceByKey (on dataset 1) failed in partition 1: "),
        ["combine texts before the shuffle"] = (spark => Numbers(spark).KeyBy(_ => "a").ReduceByKey((sum, number) => 1 / (number - 1500)).Count(),
            "The function of reduceByKey (on dataset 1) failed in partition 1: "),
        ["begin a sum"] = (spark => Numbers(spark).KeyBy(number => number).CombineByKey(number => 1 / (number - 1500), (sum, _) => sum, (sum, _) => sum, 2).Count(),
            "The function of combineByKey (on dataset 1) failed in partition 1: "),
        ["combine after the shuffle"] = (spark => Numbers(spark).KeyBy(number => 7).AggregateByKey(0, (sum, _) => sum, (sum, _) => 1 / sum, 2).Count(),
            "The function of aggregateByKey (dataset 2) failed in partition "),
        ["top"] = (spark => Numbers(spark).Top(3, number => 1 / (number - 1500)), "The function of top (on dataset 0) failed in partition 1: "),
    };

    public static TheoryData<string> RefusedNames => [.. Refused.Keys];

    public static TheoryData<string> FailingNames => [.. Failing.Keys];

    public static TheoryData<string> FailingPartitionNames => [.. FailingPartition.Keys];

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void What_cannot_be_is_refused_in_a_sentence(string name) =>
        Assert.Contains(Refused[name].Says, Assert.Throws<SparkException>(() => Refused[name].Ask(SparkInputs.Context())).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(FailingNames))]
    public void A_function_that_throws_is_named_with_its_record(string name)
    {
        var failure = Assert.Throws<SparkException>(() => Failing[name].Ask(SparkInputs.Context()));
        Assert.Equal($"{Failing[name].Says}DivideByZeroException: Attempted to divide by zero.", failure.Message);
        Assert.Equal((1, 1500), (failure.Partition, failure.Record));
        Assert.IsType<DivideByZeroException>(failure.InnerException);
    }

    [Theory]
    [MemberData(nameof(FailingPartitionNames))]
    public void A_function_of_many_records_that_throws_is_named_with_its_partition(string name)
    {
        var failure = Assert.Throws<SparkException>(() => FailingPartition[name].Ask(SparkInputs.Context()));
        Assert.StartsWith(FailingPartition[name].Says, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("DivideByZeroException: Attempted to divide by zero.", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.Partition);
        Assert.Null(failure.Record);
    }

    [Fact]
    public void A_null_key_is_named_with_its_record_whoever_wants_it()
    {
        var pairs = SparkInputs.Context().Generate(
            2, partition => Enumerable.Range(0, 1400).Select(at => (Key: partition == 1 && at >= 1300 ? null : "a", Value: at)));
        (string Name, Action Ask)[] askers =
        [
            ("groupByKey", () => pairs.GroupByKey().Count()), ("reduceByKey", () => pairs.ReduceByKey((a, b) => a + b, 3).Count()),
            ("partitionBy", () => pairs.Join(pairs, 3).Count()), ("sortByKey", () => pairs.SortByKey(partitions: 3).Count()),
            ("partitionBy", () => pairs.PartitionBy(Partitioner.By<string>(2, _ => 0)).Count()),
        ];
        Assert.All(askers, asker =>
        {
            var failure = Assert.Throws<SparkException>(asker.Ask);
            var start = $"{asker.Name} (on dataset 0) has no place for record 1300 of partition 1, '(, 1300)': its key is null; ";
            Assert.StartsWith(start, failure.Message, StringComparison.Ordinal);
            Assert.Equal((1, 1300), (failure.Partition, failure.Record));
        });
    }

    [Fact]
    public void An_action_inside_a_map_is_refused_also_on_a_thread_of_the_functions_own()
    {
        var spark = SparkInputs.Context();
        var other = spark.Range(0, 3);
        const string Says = "count on dataset 0 was called inside a transformation, where no job can run: collect it before and use the result, or join the two.";
        Assert.Equal(Says, Assert.Throws<SparkException>(() => spark.Range(0, 3).Map(_ => other.Count()).Collect()).Message);
        var elsewhere = Assert.Throws<SparkException>(() => spark.Range(0, 3).Map(_ => Elsewhere(() => other.Count())).Collect());
        Assert.Equal(Says, elsewhere.Message);
        Assert.Equal(3, other.Count());
    }

    [Fact]
    public void A_function_that_gives_null_for_a_sequence_is_told_so()
    {
        var numbers = SparkInputs.Context().Range(0, 2, 1);
        const string Reason = "InvalidOperationException: it gave null instead of a sequence; for no records give an empty one, [].";
        Action[] asked =
        [
            () => numbers.FlatMap<int>(_ => null!).Count(), () => numbers.Map(number => (1, number)).FlatMapValues<int, long, int>(_ => null!).Count(),
            () => numbers.MapPartitions<int>(_ => null!).Count(), () => numbers.Context.Generate<int>(1, _ => null!).Count(),
        ];
        Assert.All(asked, ask => Assert.EndsWith(Reason, Assert.Throws<SparkException>(ask).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Records_of_a_derived_type_may_be_mapped_kept_and_collected()
    {
        var animals = SparkInputs.Context().Parallelize<Animal>([new("a"), new Bird("b", 2)], 1).Map(animal => animal).Cache();
        Assert.Equal(["a", "b"], animals.Map(animal => animal.Name).Collect());
        Assert.Equal(["a", "b"], animals.Map(animal => animal.Name).Collect());
        Assert.Equal(2, animals.Map(animal => (1, animal)).GroupByKey().First().Value.Length);
    }

    [Fact]
    public void Numbers_are_written_and_read_alike_in_every_country()
    {
        var before = CultureInfo.CurrentCulture;
        var german = (CultureInfo)before.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = german;
        try
        {
            Assert.Equal(["(1, 2.5)"], SparkInputs.Context().Parallelize(["2.5"], 1).Map(text => $"{(1, double.Parse(text))}").Collect());
            Assert.Equal("2,5", $"{2.5}");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static Rdd<(int Key, int Value)> Pairs(SparkContext spark) => spark.Parallelize([(1, 1)], 2);

    /// <summary>1500 is record 1500 of partition 1.</summary>
    private static Rdd<int> Numbers(SparkContext spark) =>
        spark.Generate(3, partition => Enumerable.Range(partition == 1 ? 0 : 2000, partition == 1 ? 1600 : 3));

    private static T Elsewhere<T>(Func<T> work) => Task.Run(work).GetAwaiter().GetResult();

    private sealed record Unordered(int Number);

    private record Animal(string Name);

    private sealed record Bird(string Name, int Wings) : Animal(Name);
}
