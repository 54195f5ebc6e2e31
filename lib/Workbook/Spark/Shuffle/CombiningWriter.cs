using System.Buffers;
using System.Runtime.CompilerServices;
using Workbook.Spark.Readers;

namespace Workbook.Spark.Shuffle;

/// <summary>
/// A map task that combines: one table for each partition after the shuffle. Records wait in front of their table until there are many, because the table of
/// one partition fits in the processor's cache and all tables together do not.
/// </summary>
internal sealed class CombiningWriter<TKey, TValue, TCombined> : IDisposable
{
    private const int WaitingRecords = 256 * 1024;
    private const int Smallest = 64;
    private readonly Aggregator<TValue, TCombined> _aggregator;
    private readonly KeyTable<TKey, TCombined>[] _tables;
    private readonly (TKey Key, TValue Value)[][] _waiting;
    private readonly int[] _counts;
    private readonly int _most;

    public CombiningWriter(Aggregator<TValue, TCombined> aggregator, int partitions)
    {
        _aggregator = aggregator;
        _tables = new KeyTable<TKey, TCombined>[partitions];
        _waiting = new (TKey, TValue)[partitions][];
        _counts = new int[partitions];
        for (var at = 0; at < partitions; at++) (_tables[at], _waiting[at]) = (new(), ArrayPool<(TKey, TValue)>.Shared.Rent(Smallest));
        _most = Math.Clamp(WaitingRecords / partitions, 256, 32 * 1024);
    }

    public MapOutput Write(Reader<(TKey Key, TValue Value)> reader, Placer<TKey, TValue> placer)
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

    public void Dispose()
    {
        foreach (var table in _tables) table.Dispose();
        foreach (var waiting in _waiting) GiveBack(waiting);
    }

    private (TKey Key, TValue Value)[] MakeRoom(int place, ref int count)
    {
        if (count < _most)
        {
            var larger = ArrayPool<(TKey, TValue)>.Shared.Rent(Math.Min(_most, count * 4));
            _waiting[place].CopyTo(larger, 0);
            GiveBack(_waiting[place]);
            return _waiting[place] = larger;
        }

        Combine(place);
        count = 0;
        return _waiting[place];
    }

    private void Combine(int place)
    {
        var table = _tables[place];
        var (create, add) = (_aggregator.Create, _aggregator.Add);
        foreach (ref readonly var record in _waiting[place].AsSpan(0, _counts[place]))
        {
            ref var combined = ref table.At(record.Key, out var isNew);
            combined = isNew ? create(record.Value) : add(combined, record.Value);
        }

        _counts[place] = 0;
    }

    private static void GiveBack((TKey Key, TValue Value)[] waiting) =>
        ArrayPool<(TKey, TValue)>.Shared.Return(waiting, RuntimeHelpers.IsReferenceOrContainsReferences<(TKey, TValue)>());
}
