namespace Workbook.MapReduce.Tasks;

/// <summary>The numbers of a table's keys, by reduce task, and within one by the bytes of the key.</summary>
internal sealed class KeyOrder
{
    private record struct Item(ulong Prefix, int Number);

    private readonly Item[] _items;
    private readonly int[] _starts;

    /// <param name="keys">The keys.</param>
    /// <param name="partitions">The reduce task of each key.</param>
    /// <param name="reducers">R.</param>
    public KeyOrder(KeyTable keys, ReadOnlySpan<int> partitions, int reducers)
    {
        // Count, then place: the keys of one reduce task are brought together without comparing them.
        _starts = new int[reducers + 1];
        for (var number = 0; number < keys.Count; number++)
            _starts[partitions[number] + 1]++;
        for (var r = 0; r < reducers; r++)
            _starts[r + 1] += _starts[r];

        _items = new Item[keys.Count];
        var next = _starts.AsSpan(0, reducers).ToArray();
        for (var number = 0; number < keys.Count; number++)
            _items[next[partitions[number]]++] = new Item(SegmentReader.Prefix(keys[number]), number);

        var byKey = new ByKey(keys);
        for (var r = 0; r < reducers; r++)
            _items.AsSpan(_starts[r].._starts[r + 1]).Sort(byKey);
    }

    /// <summary>The numbers of one reduce task's keys, in order.</summary>
    public IEnumerable<int> Of(int r)
    {
        for (var i = _starts[r]; i < _starts[r + 1]; i++)
            yield return _items[i].Number;
    }

    private readonly struct ByKey(KeyTable keys) : IComparer<Item>
    {
        public int Compare(Item x, Item y) =>
            x.Prefix != y.Prefix ? x.Prefix.CompareTo(y.Prefix) : keys[x.Number].SequenceCompareTo(keys[y.Number]);
    }
}
