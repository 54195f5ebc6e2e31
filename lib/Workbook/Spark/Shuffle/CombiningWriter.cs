using System.Buffers;
using System.Runtime.CompilerServices;
using Workbook.Spark.Readers;

namespace Workbook.Spark.Shuffle;

/// <summary>A map task that combines: what it has of a key becomes one record before anything is moved.</summary>
internal abstract class CombiningWriter<TKey, TValue, TCombined>(Aggregator<TValue, TCombined> aggregator) : IDisposable
{
    private readonly uint[] _hashes = new uint[Reader.BatchSize];
    private readonly Func<TValue, TCombined> _create = aggregator.Create;
    private readonly Func<TCombined, TValue, TCombined> _add = aggregator.Add;

    /// <summary>The way for records of these types. Both leave the same blocks: keys in the order in which they first came.</summary>
    public static CombiningWriter<TKey, TValue, TCombined> For(Aggregator<TValue, TCombined> aggregator, int partitions) =>
        RuntimeHelpers.IsReferenceOrContainsReferences<(TKey, TValue)>()
            ? new AtOnceWriter<TKey, TValue, TCombined>(aggregator, partitions) : new WaitingWriter<TKey, TValue, TCombined>(aggregator, partitions);

    public abstract MapOutput Write(Reader<(TKey Key, TValue Value)> reader, Placer<TKey, TValue> placer);

    public abstract void Dispose();

    /// <summary>Puts records in a table, a batch at a time.</summary>
    protected void Combine(KeyTable<TKey, TCombined> table, ReadOnlySpan<(TKey Key, TValue Value)> records)
    {
        while (!records.IsEmpty)
        {
            var some = records[..Math.Min(records.Length, _hashes.Length)];
            table.Expect(some, _hashes);
            for (var at = 0; at < some.Length; at++)
            {
                ref var combined = ref table.At(some[at].Key, _hashes[at], out var isNew);
                combined = isNew ? _create(some[at].Value) : _add(combined, some[at].Value);
            }

            records = records[some.Length..];
        }
    }
}

/// <summary>
/// Records that point to others, texts for one, are combined as they come, in one table: a key is placed once and not with every record, and what has been
/// combined is garbage at once. While it waited it would outlive the youngest generation, and the collector would move all of it.
/// </summary>
internal sealed class AtOnceWriter<TKey, TValue, TCombined>(Aggregator<TValue, TCombined> aggregator, int partitions)
    : CombiningWriter<TKey, TValue, TCombined>(aggregator)
{
    private readonly KeyTable<TKey, TCombined> _table = new();
    private readonly RecordList<int> _places = new();
    private readonly int[] _counts = new int[partitions];

    public override MapOutput Write(Reader<(TKey Key, TValue Value)> reader, Placer<TKey, TValue> placer)
    {
        while (reader.Read(out var batch))
        {
            try
            {
                var known = _table.Count;
                Combine(_table, batch);
                Place(placer.PlaceKeys(_table.Entries[known..]));
            }
            catch
            {
                // If it was for a key without a place, this says which record's.
                placer.Place(batch);
                throw;
            }

            placer.Had(batch.Length);
        }

        return new MapOutput<TKey, TCombined>(Blocks(_places.TakeArray()));
    }

    public override void Dispose() => _table.Dispose();

    private void Place(ReadOnlySpan<int> places)
    {
        _places.Add(places);
        foreach (var place in places) _counts[place]++;
    }

    private (TKey Key, TCombined Value)[][] Blocks(int[] places)
    {
        var blocks = Array.ConvertAll(_counts, count => new (TKey Key, TCombined Value)[count]);
        var filled = new int[blocks.Length];
        var entries = _table.Entries;
        for (var at = 0; at < places.Length; at++) blocks[places[at]][filled[places[at]]++] = entries[at];
        return blocks;
    }
}

/// <summary>
/// Numbers and what is made of them: one table for each partition after the shuffle. Records wait in front of their table until there are many, because the
/// table of one partition fits in the processor's cache and all tables together do not.
/// </summary>
internal sealed class WaitingWriter<TKey, TValue, TCombined> : CombiningWriter<TKey, TValue, TCombined>
{
    private const int WaitingRecords = 256 * 1024;
    private const int Smallest = 64;
    private readonly KeyTable<TKey, TCombined>[] _tables;
    private readonly (TKey Key, TValue Value)[][] _waiting;
    private readonly int[] _counts;
    private readonly int _most;

    public WaitingWriter(Aggregator<TValue, TCombined> aggregator, int partitions)
        : base(aggregator)
    {
        _tables = new KeyTable<TKey, TCombined>[partitions];
        _waiting = new (TKey, TValue)[partitions][];
        _counts = new int[partitions];
        for (var at = 0; at < partitions; at++) (_tables[at], _waiting[at]) = (new(), ArrayPool<(TKey, TValue)>.Shared.Rent(Smallest));
        _most = Math.Clamp(WaitingRecords / partitions, 256, 32 * 1024);
    }

    public override MapOutput Write(Reader<(TKey Key, TValue Value)> reader, Placer<TKey, TValue> placer)
    {
        while (reader.Read(out var batch))
        {
            var places = placer.Place(batch);
            for (var at = 0; at < batch.Length; at++)
            {
                var place = places[at];
                var waiting = _waiting[place];
                var count = _counts[place];
                if (count == waiting.Length) waiting = MakeRoom(place, ref count);
                waiting[count] = batch[at];
                _counts[place] = count + 1;
            }
        }

        for (var place = 0; place < _tables.Length; place++) Combine(place);
        return new MapOutput<TKey, TCombined>([.. _tables.Select(table => table.ToArray())]);
    }

    public override void Dispose()
    {
        foreach (var table in _tables) table.Dispose();
        foreach (var waiting in _waiting) ArrayPool<(TKey, TValue)>.Shared.Return(waiting);
    }

    private (TKey Key, TValue Value)[] MakeRoom(int place, ref int count)
    {
        if (count < _most)
        {
            var larger = ArrayPool<(TKey, TValue)>.Shared.Rent(Math.Min(_most, count * 4));
            _waiting[place].CopyTo(larger, 0);
            ArrayPool<(TKey, TValue)>.Shared.Return(_waiting[place]);
            return _waiting[place] = larger;
        }

        Combine(place);
        count = 0;
        return _waiting[place];
    }

    private void Combine(int place)
    {
        Combine(_tables[place], _waiting[place].AsSpan(0, _counts[place]));
        _counts[place] = 0;
    }
}
