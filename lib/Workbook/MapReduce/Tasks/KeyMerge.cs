namespace Workbook.MapReduce.Tasks;

/// <summary>
/// Merges sorted segments: hands out each key once, with the readers that stand on it, in the order in which the segments were
/// given. So the values of a key come in the order of the input, whatever was spilled or merged on the way.
/// </summary>
internal sealed class KeyMerge
{
    private readonly SegmentReader[] _readers;

    /// <summary>A binary heap of reader numbers; the reader with the smallest key is on top, of equal keys the first reader.</summary>
    private readonly int[] _heap;
    private int _count;
    private readonly List<SegmentReader> _group = [];
    private readonly List<int> _groupNumbers = [];

    public KeyMerge(IReadOnlyList<Segment> segments)
    {
        _readers = [.. segments.Select(segment => new SegmentReader(segment))];
        _heap = new int[_readers.Length];
        for (var number = 0; number < _readers.Length; number++)
            PushIfNotAtEnd(number);
    }

    /// <summary>The readers that stand on the current key, at least one.</summary>
    public IReadOnlyList<SegmentReader> Group => _group;

    /// <summary>The current key.</summary>
    public ReadOnlySpan<byte> Key => _group[0].Key;

    /// <summary>Goes on to the next key. False at the end of all segments.</summary>
    public bool NextKey()
    {
        foreach (var number in _groupNumbers)
            PushIfNotAtEnd(number);
        _group.Clear();
        _groupNumbers.Clear();
        if (_count == 0)
            return false;
        do
        {
            var number = Pop();
            _groupNumbers.Add(number);
            _group.Add(_readers[number]);
        }
        while (_count > 0 && _readers[_heap[0]].Key.SequenceEqual(Key));

        return true;
    }

    private bool Before(int a, int b)
    {
        SegmentReader left = _readers[a], right = _readers[b];
        if (left.KeyPrefix != right.KeyPrefix)
            return left.KeyPrefix < right.KeyPrefix;
        var order = left.Key.SequenceCompareTo(right.Key);
        return order != 0 ? order < 0 : a < b;
    }

    private void PushIfNotAtEnd(int number)
    {
        if (!_readers[number].NextKey())
            return;
        var at = _count++;
        for (; at > 0 && Before(number, _heap[(at - 1) / 2]); at = (at - 1) / 2)
            _heap[at] = _heap[(at - 1) / 2];
        _heap[at] = number;
    }

    private int Pop()
    {
        var top = _heap[0];
        var last = _heap[--_count];
        var at = 0;
        for (int child; (child = 2 * at + 1) < _count; at = child)
        {
            if (child + 1 < _count && Before(_heap[child + 1], _heap[child]))
                child++;
            if (!Before(_heap[child], last))
                break;
            _heap[at] = _heap[child];
        }

        _heap[at] = last;
        return top;
    }
}
