using Workbook.Sim;
using Workbook.Spark.Lineage;
using Workbook.Spark.Readers;

namespace Workbook.Spark;

/// <content>Table 2's transformations of records of any type; those of pairs are in <see cref="PairRdd"/>.</content>
public abstract partial class Rdd<T>
{
    /// <summary>One record for each.</summary>
    public Rdd<TResult> Map<TResult>(Func<T, TResult> map) => Map("map", map);

    /// <summary>The records that a predicate holds for.</summary>
    public Rdd<T> Filter(Func<T, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return new NarrowRdd<T, T>(this, "filter", (source, site) => new FilterReader<T>(source, predicate, site), keepsPartitioner: true);
    }

    /// <summary>Any number of records for each.</summary>
    public Rdd<TResult> FlatMap<TResult>(Func<T, IEnumerable<TResult>> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new NarrowRdd<T, TResult>(this, "flatMap", (source, site) => new FlatMapReader<T, TResult>(source, map, site));
    }

    /// <summary>Any number of records for each, handed over one by one: <c>FlatMap&lt;(string, int)&gt;((line, emit) => …)</c>.</summary>
    public Rdd<TResult> FlatMap<TResult>(Action<T, Action<TResult>> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new NarrowRdd<T, TResult>(this, "flatMap", (source, site) => new EmitReader<T, TResult>(source, map, site));
    }

    /// <summary>A sequence for a whole partition's sequence, which may be walked once.</summary>
    /// <param name="map">The function.</param>
    /// <param name="keepsPartitioner">True promises that the function leaves keys as they are, so that what is known of their places stays true.</param>
    public Rdd<TResult> MapPartitions<TResult>(Func<IEnumerable<T>, IEnumerable<TResult>> map, bool keepsPartitioner = false)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Sequences("mapPartitions", (records, _) => map(records), keepsPartitioner);
    }

    /// <summary>As <see cref="MapPartitions{TResult}"/>; the function is also given the partition's number.</summary>
    public Rdd<TResult> MapPartitionsWithIndex<TResult>(Func<int, IEnumerable<T>, IEnumerable<TResult>> map, bool keepsPartitioner = false)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Sequences("mapPartitionsWithIndex", (records, partition) => map(partition, records), keepsPartitioner);
    }

    /// <summary>All records of both, nothing left out when they are equal. Its partitions are those of this dataset, and then those of the other one.</summary>
    public Rdd<T> Union(Rdd<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new UnionRdd<T>([this, other]);
    }

    /// <summary>Every record once, though it be there often. A shuffle brings equal records together.</summary>
    /// <param name="partitions">How many partitions; without a number as many as this dataset has.</param>
    public Rdd<T> Distinct(int? partitions = null) =>
        Map("distinct", record => (Key: record, Value: false)).ReduceByKey((first, _) => first, partitions).Keys();

    /// <summary>A part of the records, each drawn by itself.</summary>
    /// <param name="fraction">The chance of each, 0 to 1.</param>
    /// <param name="seed">The same seed draws the same records, whatever has been lost and computed again (§2.1).</param>
    public Rdd<T> Sample(double fraction, ulong seed)
    {
        if (!(fraction >= 0 && fraction <= 1)) throw new SparkException($"A fraction is from 0 to 1; {fraction} is not.");
        return Sequences("sample", Drawn, keepsPartitioner: true);

        IEnumerable<T> Drawn(IEnumerable<T> records, int partition)
        {
            var random = new Rng(seed).Fork($"partition {partition}");
            foreach (var record in records)
            {
                if (random.NextDouble() < fraction) yield return record;
            }
        }
    }

    /// <summary>A pair with a key for each.</summary>
    public Rdd<(TKey Key, T Value)> KeyBy<TKey>(Func<T, TKey> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Map("keyBy", record => (key(record), record));
    }

    /// <summary>The records of each key together: a shuffle of all of them.</summary>
    public Rdd<(TKey Key, System.Collections.Immutable.ImmutableArray<T> Value)> GroupBy<TKey>(Func<T, TKey> key, int? partitions = null) =>
        KeyBy(key).GroupByKey(partitions);

    /// <summary>All pairs of a record of this dataset and a record of the other one.</summary>
    public Rdd<(T Left, TOther Right)> Cartesian<TOther>(Rdd<TOther> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new CartesianRdd<T, TOther>(this, other);
    }

    /// <summary>
    /// Each record with its number, from 0, in the order of partitions. How many records each partition has must be known for that, and a job is run at once
    /// to count them (as in Spark), unless there is only one.
    /// </summary>
    public Rdd<(T Value, long Index)> ZipWithIndex()
    {
        var starts = new long[Partitions];
        if (Partitions > 1)
        {
            var counts = Context.Run("zipWithIndex", this, Enumerable.Range(0, Partitions - 1), (reader, _) => Count(reader));
            for (var partition = 1; partition < Partitions; partition++) starts[partition] = starts[partition - 1] + counts[partition - 1];
        }

        return Sequences("zipWithIndex", (records, partition) => records.Select((record, at) => (record, starts[partition] + at)), keepsPartitioner: false);
    }

    /// <summary>Fewer partitions, each made of neighbouring ones, without a shuffle. A number that is not smaller changes nothing.</summary>
    public Rdd<T> Coalesce(int partitions)
    {
        if (partitions < 1) throw new SparkException($"A dataset needs at least 1 partition; Coalesce was given {partitions}.");
        return partitions >= Partitions ? this : new CoalescedRdd<T>(this, partitions);
    }

    /// <summary>Another number of partitions, and records spread evenly over them, by a shuffle.</summary>
    public Rdd<T> Repartition(int partitions) =>
        Sequences("repartition", (records, partition) => records.Select((record, at) => (Key: partition + at, Value: record)), keepsPartitioner: false)
            .PartitionBy(Spark.Partitioner.By<int>(Positive(partitions), key => key % partitions, "round robin")).Values();

    /// <summary>Sorted by something of each record: partition 0 has the smallest. Records of the same stand in the order that they came in.</summary>
    /// <param name="by">What to sort by.</param>
    /// <param name="ascending">False for the largest first.</param>
    /// <param name="partitions">How many partitions; without a number as many as this dataset has.</param>
    public Rdd<T> SortBy<TKey>(Func<T, TKey> by, bool ascending = true, int? partitions = null) =>
        KeyBy(by).SortByKey(ascending, partitions).Values();

    /// <summary>The records of each partition as one array.</summary>
    public Rdd<System.Collections.Immutable.ImmutableArray<T>> Glom() =>
        Sequences<System.Collections.Immutable.ImmutableArray<T>>("glom", (records, _) => [[.. records]], keepsPartitioner: false);

    internal Rdd<TResult> Map<TResult>(string operation, Func<T, TResult> map, bool keepsPartitioner = false)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new NarrowRdd<T, TResult>(this, operation, (source, site) => new MapReader<T, TResult>(source, map, site), keepsPartitioner);
    }

    internal Rdd<TResult> Sequences<TResult>(string operation, Func<IEnumerable<T>, int, IEnumerable<TResult>> map, bool keepsPartitioner) =>
        new NarrowRdd<T, TResult>(this, operation, (source, site) => OpenSequence(source, site, map), keepsPartitioner);

    private static SequenceReader<TResult> OpenSequence<TResult>(Reader<T> source, Site site, Func<IEnumerable<T>, int, IEnumerable<TResult>> map) =>
        new(() => map(source.AsEnumerable(site), site.Partition), site, source);

    private static int Positive(int partitions) =>
        partitions >= 1 ? partitions : throw new SparkException($"A dataset needs at least 1 partition; it was given {partitions}.");
}
