using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Workbook.Spark.Readers;
using Workbook.Spark.Scheduling;
using Workbook.Spark.Shuffle;

namespace Workbook.Spark.Lineage;

/// <summary>What stands after a shuffle: partition p has the blocks for p of all map tasks, in their order.</summary>
internal abstract class ShuffledRdd<TKey, TValue, TCombined, TResult> : Rdd<(TKey Key, TResult Value)>
{
    private protected ShuffledRdd(WideDependency<TKey, TValue, TCombined> shuffle)
        : base(shuffle.Parent.Context, shuffle.Operation, shuffle.By.Partitions, shuffle)
    {
        Shuffle = shuffle;
        Partitioner = shuffle.By;
    }

    protected WideDependency<TKey, TValue, TCombined> Shuffle { get; }

    /// <summary>The blocks for a partition, of records as they were sent.</summary>
    protected IReadOnlyList<(TKey Key, TSent Value)[]> Fetch<TSent>(int partition, TaskContext task)
    {
        var outputs = task.Executor.Fetch(Shuffle, partition);
        foreach (var output in outputs)
        {
            task.Metrics.ShuffleBytesRead += output.Bytes(partition);
            task.Metrics.ShuffleRecordsRead += output.Records(partition);
        }

        return [.. outputs.Select(output => ((MapOutput<TKey, TSent>)output).Block(partition))];
    }
}

/// <summary>Records moved to their key's partition, as they were: <c>partitionBy</c>.</summary>
internal sealed class RepartitionedRdd<TKey, TValue>(WideDependency<TKey, TValue, TValue> shuffle)
    : ShuffledRdd<TKey, TValue, TValue, TValue>(shuffle)
{
    internal override Reader<(TKey Key, TValue Value)> Compute(int partition, TaskContext task) =>
        new ConcatReader<(TKey Key, TValue Value)>(Fetch<TValue>(partition, task).Select(block => new ArrayReader<(TKey Key, TValue Value)>(block)));
}

/// <summary>One value of each key, put together from those of the map tasks.</summary>
internal sealed class CombinedRdd<TKey, TValue, TCombined>(WideDependency<TKey, TValue, TCombined> shuffle)
    : ShuffledRdd<TKey, TValue, TCombined, TCombined>(shuffle)
{
    internal override Reader<(TKey Key, TCombined Value)> Compute(int partition, TaskContext task)
    {
        var aggregator = Shuffle.Aggregator!;
        var site = task.At(this, partition);
        site.Begin();
        using var table = aggregator.CombinesBeforeShuffle
            ? Combine(Fetch<TCombined>(partition, task), first => first, aggregator.Merge)
            : Combine(Fetch<TValue>(partition, task), aggregator.Create, aggregator.Add);
        site.End();
        return new ArrayReader<(TKey Key, TCombined Value)>(table.ToArray());
    }

    private static KeyTable<TKey, TCombined> Combine<TSent>(
        IReadOnlyList<(TKey Key, TSent Value)[]> blocks, Func<TSent, TCombined> create, Func<TCombined, TSent, TCombined> add)
    {
        var table = new KeyTable<TKey, TCombined>(blocks.Count == 0 ? 0 : blocks.Max(block => block.Length));
        foreach (var block in blocks)
        {
            foreach (ref readonly var record in block.AsSpan())
            {
                ref var combined = ref table.At(record.Key, out var isNew);
                combined = isNew ? create(record.Value) : add(combined, record.Value);
            }
        }

        return table;
    }
}

/// <summary>
/// All values of each key, in the order of the map tasks: <c>groupByKey</c>. Nothing is combined before the shuffle, since it would save nothing.
/// </summary>
internal sealed class GroupedRdd<TKey, TValue>(WideDependency<TKey, TValue, TValue> shuffle)
    : ShuffledRdd<TKey, TValue, TValue, ImmutableArray<TValue>>(shuffle)
{
    internal override Reader<(TKey Key, ImmutableArray<TValue> Value)> Compute(int partition, TaskContext task) =>
        new ArrayReader<(TKey Key, ImmutableArray<TValue> Value)>(Group(Fetch<TValue>(partition, task)));

    /// <summary>Counts each key's values first, so that each array is made once and of the right length.</summary>
    internal static (TKey Key, ImmutableArray<TValue> Value)[] Group(IReadOnlyList<(TKey Key, TValue Value)[]> blocks)
    {
        using var counts = new KeyTable<TKey, int>();
        foreach (var block in blocks)
        {
            foreach (ref readonly var record in block.AsSpan()) counts.At(record.Key, out _)++;
        }

        var groups = new TValue[counts.Count][];
        var filled = new int[counts.Count];
        for (var at = 0; at < groups.Length; at++) groups[at] = new TValue[counts.Entries[at].Value];
        foreach (var block in blocks)
        {
            foreach (ref readonly var record in block.AsSpan())
            {
                var at = counts.Find(record.Key);
                groups[at][filled[at]++] = record.Value;
            }
        }

        var result = new (TKey Key, ImmutableArray<TValue> Value)[groups.Length];
        for (var at = 0; at < result.Length; at++) result[at] = (counts.Entries[at].Key, ImmutableCollectionsMarshal.AsImmutableArray(groups[at]));
        return result;
    }
}
