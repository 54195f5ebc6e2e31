using System.Collections.Immutable;
using Workbook.Spark.Lineage;
using Workbook.Spark.Records;
using Workbook.Spark.Shuffle;

namespace Workbook.Spark;

/// <summary>
/// Transformations of pairs of a key and a value (Table 2). Those that bring a key's records together need a shuffle, unless the dataset's partitioner
/// has brought them together already.
/// </summary>
/// <remarks>A key must be plain data whose hash is the same on every machine: numbers, texts, tuples and records of these.</remarks>
public static partial class PairRdd
{
    /// <summary>The keys.</summary>
    public static Rdd<TKey> Keys<TKey, TValue>(this Rdd<(TKey Key, TValue Value)> pairs) => pairs.Map("keys", pair => pair.Key);

    /// <summary>The values.</summary>
    public static Rdd<TValue> Values<TKey, TValue>(this Rdd<(TKey Key, TValue Value)> pairs) => pairs.Map("values", pair => pair.Value);

    /// <summary>Another value for each; keys and their places stay.</summary>
    public static Rdd<(TKey Key, TResult Value)> MapValues<TKey, TValue, TResult>(this Rdd<(TKey Key, TValue Value)> pairs, Func<TValue, TResult> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return pairs.Map("mapValues", pair => (pair.Key, map(pair.Value)), keepsPartitioner: true);
    }

    /// <summary>Any number of values for each, all with its key; keys' places stay.</summary>
    public static Rdd<(TKey Key, TResult Value)> FlatMapValues<TKey, TValue, TResult>(
        this Rdd<(TKey Key, TValue Value)> pairs, Func<TValue, IEnumerable<TResult>> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new NarrowRdd<(TKey Key, TValue Value), (TKey Key, TResult Value)>(
            pairs,
            "flatMapValues",
            (source, site) => new Readers.FlatMapReader<(TKey Key, TValue Value), (TKey Key, TResult Value)>(
                source, pair => map(pair.Value)?.Select(value => (pair.Key, value))!, site),
            keepsPartitioner: true);
    }

    /// <summary>Moves each record to its key's partition. A dataset that has this partitioner already is given back as it is.</summary>
    public static Rdd<(TKey Key, TValue Value)> PartitionBy<TKey, TValue>(this Rdd<(TKey Key, TValue Value)> pairs, Partitioner partitioner)
    {
        return IsPlaced(pairs, partitioner) ? pairs : new RepartitionedRdd<TKey, TValue>(new("partitionBy", pairs, partitioner));
    }

    /// <summary>
    /// All values of each key. To sum or count them, <see cref="ReduceByKey{TKey, TValue}(Rdd{ValueTuple{TKey, TValue}}, Func{TValue, TValue, TValue},
    /// int?)"/> moves far less.
    /// </summary>
    public static Rdd<(TKey Key, ImmutableArray<TValue> Value)> GroupByKey<TKey, TValue>(this Rdd<(TKey Key, TValue Value)> pairs, int? partitions = null) =>
        pairs.GroupByKey(Default(partitions, pairs));

    /// <inheritdoc cref="GroupByKey{TKey, TValue}(Rdd{ValueTuple{TKey, TValue}}, int?)"/>
    public static Rdd<(TKey Key, ImmutableArray<TValue> Value)> GroupByKey<TKey, TValue>(this Rdd<(TKey Key, TValue Value)> pairs, Partitioner partitioner)
    {
        RefuseUnhashed<TKey>("groupByKey", pairs);
        if (!IsPlaced(pairs, partitioner)) return new GroupedRdd<TKey, TValue>(new("groupByKey", pairs, partitioner));
        return pairs.Sequences("groupByKey", (records, _) => GroupedRdd<TKey, TValue>.Group([[.. records]]), keepsPartitioner: true);
    }

    /// <summary>One value of each key, by a function that is associative and commutative. Map tasks combine what they have before anything is moved.</summary>
    public static Rdd<(TKey Key, TValue Value)> ReduceByKey<TKey, TValue>(
        this Rdd<(TKey Key, TValue Value)> pairs, Func<TValue, TValue, TValue> reduce, int? partitions = null) =>
        pairs.ReduceByKey(reduce, Default(partitions, pairs));

    /// <inheritdoc cref="ReduceByKey{TKey, TValue}(Rdd{ValueTuple{TKey, TValue}}, Func{TValue, TValue, TValue}, int?)"/>
    public static Rdd<(TKey Key, TValue Value)> ReduceByKey<TKey, TValue>(
        this Rdd<(TKey Key, TValue Value)> pairs, Func<TValue, TValue, TValue> reduce, Partitioner partitioner)
    {
        ArgumentNullException.ThrowIfNull(reduce);
        return Combine("reduceByKey", pairs, new Aggregator<TValue, TValue>(first => first, reduce, reduce), partitioner);
    }

    /// <summary>One result of each key: <paramref name="zero"/>, to which values are added where they are, and the sums merged after the shuffle.</summary>
    /// <param name="pairs">The dataset.</param>
    /// <param name="zero">Where each sum begins. It is shared: give a function if adding changes it.</param>
    /// <param name="add">A sum with one value more.</param>
    /// <param name="merge">Two sums together.</param>
    /// <param name="partitions">How many partitions; without a number as many as this dataset has.</param>
    public static Rdd<(TKey Key, TSum Value)> AggregateByKey<TKey, TValue, TSum>(
        this Rdd<(TKey Key, TValue Value)> pairs, TSum zero, Func<TSum, TValue, TSum> add, Func<TSum, TSum, TSum> merge, int? partitions = null)
    {
        ArgumentNullException.ThrowIfNull(add);
        ArgumentNullException.ThrowIfNull(merge);
        return Combine("aggregateByKey", pairs, new Aggregator<TValue, TSum>(value => add(zero, value), add, merge), Default(partitions, pairs));
    }

    /// <summary>As <see cref="AggregateByKey"/>, with the first value made into a sum: what all others are made of.</summary>
    public static Rdd<(TKey Key, TSum Value)> CombineByKey<TKey, TValue, TSum>(
        this Rdd<(TKey Key, TValue Value)> pairs, Func<TValue, TSum> create, Func<TSum, TValue, TSum> add, Func<TSum, TSum, TSum> merge, int? partitions = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(add);
        ArgumentNullException.ThrowIfNull(merge);
        return Combine("combineByKey", pairs, new Aggregator<TValue, TSum>(create, add, merge), Default(partitions, pairs));
    }

    /// <summary>
    /// Sorted by key, over all partitions: partition 0 has the smallest. Where to cut is found from a sample, for which a job is run at once (as in Spark).
    /// Records of one key stand in the order that they came in.
    /// </summary>
    public static Rdd<(TKey Key, TValue Value)> SortByKey<TKey, TValue>(this Rdd<(TKey Key, TValue Value)> pairs, bool ascending = true, int? partitions = null)
    {
        var order = ascending ? KeyOrder<TKey>.Ascending : KeyOrder<TKey>.Descending;
        var ranges = partitions ?? pairs.Partitions;
        if (ranges < 1) throw new SparkException($"A dataset needs at least 1 partition; it was given {ranges}.");
        var partitioner = ranges == 1 ? new RangePartitioner<TKey>([], order) : RangePartitioner<TKey>.FromSample(KeySample.Of(pairs, ranges), ranges, order);
        return new RepartitionedRdd<TKey, TValue>(new("sortByKey", pairs, partitioner))
            .Sequences("sortByKey", (records, _) => records.OrderBy(pair => pair.Key, order), keepsPartitioner: true);
    }

    private static Partitioner Default(int? partitions, Rdd pairs) =>
        partitions is { } given ? new HashPartitioner(given) : pairs.Partitioner ?? new HashPartitioner(pairs.Partitions);

    /// <summary>Whether each key's records are together in the partition that they would be moved to.</summary>
    private static bool IsPlaced(Rdd pairs, Partitioner partitioner)
    {
        ArgumentNullException.ThrowIfNull(partitioner);
        return pairs.Context.Options.Rules.SkipNeedlessShuffles && partitioner.Equals(pairs.Partitioner);
    }

    /// <summary>A type that does not do for keys is known when the transformation is called, and not only when the first record comes.</summary>
    private static void RefuseUnhashed<TKey>(string operation, Rdd pairs)
    {
        if (KeyHash<TKey>.WhyNot is { } reason) throw new SparkException($"{operation} on {pairs.Label}: {reason}");
    }

    private static Rdd<(TKey Key, TSum Value)> Combine<TKey, TValue, TSum>(
        string operation, Rdd<(TKey Key, TValue Value)> pairs, Aggregator<TValue, TSum> aggregator, Partitioner partitioner)
    {
        RefuseUnhashed<TKey>(operation, pairs);
        if (!IsPlaced(pairs, partitioner)) return new CombinedRdd<TKey, TValue, TSum>(new(operation, pairs, partitioner, aggregator));
        return pairs.Sequences(operation, (records, _) => Combined(records), keepsPartitioner: true);

        IEnumerable<(TKey Key, TSum Value)> Combined(IEnumerable<(TKey Key, TValue Value)> records)
        {
            using var table = new KeyTable<TKey, TSum>();
            foreach (var (key, value) in records)
            {
                ref var sum = ref table.At(key, out var isNew);
                sum = isNew ? aggregator.Create(value) : aggregator.Add(sum, value);
            }

            return table.ToArray();
        }
    }
}
