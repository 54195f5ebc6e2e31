namespace Workbook.Spark.Readers;

/// <summary>Records that were made faster than they are read: handed on a batch at a time, in the buffer that they were made in.</summary>
internal sealed class Outbox<T>
{
    private T[] _records = new T[Reader.BatchSize];
    private int _count;
    private int _handed;

    public bool IsEmpty => _handed == _count;

    public int Count => _count;

    public void Add(T record)
    {
        if (_count == _records.Length) Array.Resize(ref _records, _records.Length * 2);
        _records[_count++] = record;
    }

    /// <summary>The next records; none when all were handed on.</summary>
    public ReadOnlySpan<T> Next()
    {
        var length = Math.Min(Reader.BatchSize, _count - _handed);
        var batch = _records.AsSpan(_handed, length);
        _handed += length;
        return batch;
    }

    public void Clear() => (_count, _handed) = (0, 0);
}
