namespace Workbook.Spark.Readers;

/// <summary>One reader after the other. The next one is opened when the one before it is at its end.</summary>
internal sealed class ConcatReader<T>(IEnumerable<Reader<T>> readers) : Reader<T>
{
    private readonly IEnumerator<Reader<T>> _readers = readers.GetEnumerator();
    private Reader<T>? _open;

    public override bool Read(out ReadOnlySpan<T> batch)
    {
        while (true)
        {
            if (_open is not null && _open.Read(out batch)) return true;
            _open?.Dispose();
            _open = _readers.MoveNext() ? _readers.Current : null;
            if (_open is not null) continue;
            batch = default;
            return false;
        }
    }

    public override void Dispose()
    {
        _open?.Dispose();
        _readers.Dispose();
    }
}
