using System.Collections.Immutable;
using Workbook.Spark.Readers;
using Workbook.Spark.Scheduling;
using Workbook.Spark.Shuffle;

namespace Workbook.Spark.Lineage;

/// <summary>
/// Two datasets whose keys have the same places, partition by partition: the right one is held in a table while the left one streams by.
/// </summary>
/// <param name="left">The left one; its order is kept.</param>
/// <param name="right">The right one, partitioned as the left one is.</param>
/// <param name="operation">The transformation.</param>
/// <param name="pair">A pair of values; called with no right value for a left record without one, if those are wanted.</param>
/// <param name="wantsAllOfLeft">Whether a left record without a right one is in the result.</param>
internal sealed class JoinedRdd<TKey, TLeft, TRight, TResult>(
    Rdd<(TKey Key, TLeft Value)> left, Rdd<(TKey Key, TRight Value)> right, string operation, Func<TLeft, TRight?, bool, TResult> pair, bool wantsAllOfLeft)
    : Rdd<(TKey Key, TResult Value)>(left.Context, operation, left.Partitions, NarrowDependency.OneToOne(left), NarrowDependency.OneToOne(right))
{
    internal override Reader<(TKey Key, TResult Value)> Compute(int partition, TaskContext task)
    {
        var table = new KeyTable<TKey, int>();
        var chain = new RecordList<(TRight Value, int Next)>();
        using (var rights = right.Read(partition, task))
        {
            while (rights.Read(out var batch))
            {
                foreach (ref readonly var record in batch)
                {
                    // A key's values are a chain from the last one to the first; they are given in that order turned round.
                    ref var last = ref table.At(record.Key, out _);
                    chain.Add((record.Value, last));
                    last = checked((int)chain.Count);
                }
            }
        }

        return new Joiner(left.Read(partition, task), table, chain.TakeArray(), task.At(this, partition), pair, wantsAllOfLeft);
    }

    internal static JoinedRdd<TKey, TLeft, TRight, TResult> Of(
        Rdd<(TKey Key, TLeft Value)> left,
        Rdd<(TKey Key, TRight Value)> right,
        string operation,
        Func<TLeft, TRight?, bool, TResult> pair,
        bool wantsAllOfLeft) =>
        new(left, right, operation, pair, wantsAllOfLeft) { Partitioner = left.Partitioner };

    private sealed class Joiner(
        Reader<(TKey Key, TLeft Value)> lefts,
        KeyTable<TKey, int> table,
        (TRight Value, int Next)[] values,
        Site site,
        Func<TLeft, TRight?, bool, TResult> pair,
        bool wantsAllOfLeft) : Reader<(TKey Key, TResult Value)>
    {
        private readonly Outbox<(TKey Key, TResult Value)> _made = new();
        private readonly Stack<int> _chain = new();
        private readonly (TKey Key, TLeft Value)[] _lefts = new (TKey Key, TLeft Value)[Reader.BatchSize];
        private int _count;
        private int _at;

        /// <summary>A key may have many records on both sides: left ones are taken one by one, until there is a batch.</summary>
        public override bool Read(out ReadOnlySpan<(TKey Key, TResult Value)> batch)
        {
            if (_made.IsEmpty)
            {
                _made.Clear();
                while (_made.Count < Reader.BatchSize && (_at < _count || Refill())) Fill();
            }

            batch = _made.Next();
            return batch.Length > 0;
        }

        public override void Dispose()
        {
            lefts.Dispose();
            table.Dispose();
        }

        private bool Refill()
        {
            (_at, _count) = (0, 0);
            if (!lefts.Read(out var records))
            {
                site.End();
                return false;
            }

            records.CopyTo(_lefts);
            _count = records.Length;
            site.Had(_count);
            return true;
        }

        private void Fill()
        {
            site.Begin();
            while (_at < _count && _made.Count < Reader.BatchSize)
            {
                ref readonly var record = ref _lefts[_at++];
                var entry = table.Find(record.Key);
                if (entry >= 0) AddAll(record.Key, record.Value, table.Entries[entry].Value);
                else if (wantsAllOfLeft) _made.Add((record.Key, pair(record.Value, default, false)));
            }
        }

        private void AddAll(TKey key, TLeft value, int last)
        {
            if (values[last - 1].Next == 0)
            {
                _made.Add((key, pair(value, values[last - 1].Value, true)));
                return;
            }

            for (var at = last; at != 0; at = values[at - 1].Next) _chain.Push(at);
            while (_chain.TryPop(out var at)) _made.Add((key, pair(value, values[at - 1].Value, true)));
        }
    }
}

/// <summary>The values of each key in two datasets whose keys have the same places: <c>cogroup</c>. Keys of the left one come first.</summary>
internal sealed class CoGroupedRdd<TKey, TLeft, TRight>(Rdd<(TKey Key, TLeft Value)> left, Rdd<(TKey Key, TRight Value)> right)
    : Rdd<(TKey Key, (ImmutableArray<TLeft> Left, ImmutableArray<TRight> Right) Value)>(
        left.Context, "cogroup", left.Partitions, NarrowDependency.OneToOne(left), NarrowDependency.OneToOne(right))
{
    internal static CoGroupedRdd<TKey, TLeft, TRight> Of(Rdd<(TKey Key, TLeft Value)> left, Rdd<(TKey Key, TRight Value)> right) =>
        new(left, right) { Partitioner = left.Partitioner };

    internal override Reader<(TKey Key, (ImmutableArray<TLeft> Left, ImmutableArray<TRight> Right) Value)> Compute(int partition, TaskContext task)
    {
        var lefts = GroupedRdd<TKey, TLeft>.Group([Drained(left, partition, task)]);
        var rights = GroupedRdd<TKey, TRight>.Group([Drained(right, partition, task)]);
        using var table = new KeyTable<TKey, (ImmutableArray<TLeft> Left, ImmutableArray<TRight> Right)>();
        foreach (var (key, values) in lefts) table.At(key, out _) = (values, []);
        foreach (var (key, values) in rights)
        {
            ref var both = ref table.At(key, out var isNew);
            both = (isNew ? [] : both.Left, values);
        }

        return new ArrayReader<(TKey Key, (ImmutableArray<TLeft> Left, ImmutableArray<TRight> Right) Value)>(table.ToArray());
    }

    private static (TKey Key, TValue Value)[] Drained<TValue>(Rdd<(TKey Key, TValue Value)> rdd, int partition, TaskContext task)
    {
        using var reader = rdd.Read(partition, task);
        return reader.Drain();
    }
}
