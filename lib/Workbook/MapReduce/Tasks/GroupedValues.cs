using System.Collections;

namespace Workbook.MapReduce.Tasks;

/// <summary>
/// The values of one key as the reduce function sees them: read from the segments while it walks them, so that a key may have more
/// values than fit in memory; which is why they can be walked only once.
/// </summary>
internal sealed class GroupedValues<TValue>(IReadOnlyList<SegmentReader> readers, Codec<TValue> codec) : IEnumerable<TValue>, IEnumerator<TValue>
{
    private int _reader;
    private long _count;
    private bool _isTaken;
    private bool _isOver;

    public TValue Current { get; private set; } = default!;

    object? IEnumerator.Current => Current;

    public IEnumerator<TValue> GetEnumerator()
    {
        if (_isTaken)
            throw new InvalidOperationException("the values of a key are read from disk as they are asked for, and only once; call ToList() on them first to go over them again");
        _isTaken = true;
        return this;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool MoveNext()
    {
        if (_isOver)
            throw new InvalidOperationException("the values of a key can be read only until the reduce function returns; call ToList() on them inside it");
        for (; _reader < readers.Count; _reader++)
        {
            if (!Read(readers[_reader], out var bytes))
                continue;
            Current = codec.Decode(bytes);
            _count++;
            return true;
        }

        return false;
    }

    /// <summary>Says that the reduce function has returned.</summary>
    /// <returns>How many values it read.</returns>
    public long End()
    {
        _isOver = true;
        return _count;
    }

    public void Reset() => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private static bool Read(SegmentReader reader, out ReadOnlySpan<byte> bytes)
    {
        try
        {
            return reader.NextValue(out bytes);
        }
        catch (IOException e)
        {
            throw new MapReduceException($"A reduce task could not read the pairs made for it: {MapReduceException.Of(e)}.", e);
        }
    }
}
