namespace Workbook.MapReduce.Tasks;

/// <summary>The numbers of a table's keys, by reduce task, and within one by the bytes of the key.</summary>
internal sealed class KeyOrder
{
    private readonly KeyTable _keys;
    private readonly int[] _numbers;
    private readonly int[] _starts;

    /// <param name="keys">The keys.</param>
    /// <param name="partitions">The reduce task of each key.</param>
    /// <param name="reducers">R.</param>
    public KeyOrder(KeyTable keys, ReadOnlySpan<int> partitions, int reducers)
    {
        _keys = keys;

        // Count, then place: the keys of one reduce task are brought together without comparing them.
        _starts = new int[reducers + 1];
        for (var number = 0; number < keys.Count; number++)
            _starts[partitions[number] + 1]++;
        for (var r = 0; r < reducers; r++)
            _starts[r + 1] += _starts[r];

        _numbers = new int[keys.Count];
        var prefixes = new ulong[keys.Count];
        var next = _starts.AsSpan(0, reducers).ToArray();
        for (var number = 0; number < keys.Count; number++)
        {
            var at = next[partitions[number]]++;
            _numbers[at] = number;
            prefixes[at] = SegmentReader.Prefix(keys[number]);
        }

        for (var r = 0; r < reducers; r++)
            Sort(prefixes.AsSpan(_starts[r].._starts[r + 1]), _numbers.AsSpan(_starts[r].._starts[r + 1]));
    }

    /// <summary>The numbers of one reduce task's keys, in order.</summary>
    public ReadOnlySpan<int> Of(int r) => _numbers.AsSpan(_starts[r].._starts[r + 1]);

    /// <summary>By the first eight bytes, as numbers; then those that agree in them, by all bytes.</summary>
    private void Sort(Span<ulong> prefixes, Span<int> numbers)
    {
        prefixes.Sort(numbers);
        for (int start = 0, end; start < prefixes.Length; start = end)
        {
            for (end = start + 1; end < prefixes.Length && prefixes[end] == prefixes[start];)
                end++;
            if (end - start > 1)
                numbers[start..end].Sort((a, b) => _keys[a].SequenceCompareTo(_keys[b]));
        }
    }
}
