namespace Workbook.Spark.Readers;

/// <summary>Any number of records for each. A sequence is walked only as far as the batch has room.</summary>
internal sealed class FlatMapReader<T, TResult>(Reader<T> source, Func<T, IEnumerable<TResult>> map, Site site) : Reader<TResult>
{
    private readonly TResult[] _batch = new TResult[Reader.BatchSize];
    private readonly T[] _records = new T[Reader.BatchSize];
    private int _count;
    private int _at = -1;
    private int _filled;
    private IEnumerator<TResult>? _open;
    private ReadOnlyMemory<TResult> _array;

    public override bool Read(out ReadOnlySpan<TResult> batch)
    {
        _filled = 0;
        while (_filled < _batch.Length && (_open is not null || !_array.IsEmpty || _at + 1 < _count || Refill())) Fill();
        site.Had(0);
        batch = _batch.AsSpan(0, _filled);
        return _filled > 0;
    }

    public override void Dispose()
    {
        _open?.Dispose();
        source.Dispose();
    }

    private bool Refill()
    {
        site.Had(_count);
        _at = -1;
        _count = 0;
        if (!source.Read(out var records))
        {
            site.End();
            return false;
        }

        records.CopyTo(_records);
        _count = records.Length;
        return true;
    }

    private void Fill()
    {
        site.Begin();
        var (batch, filled) = (_batch, _filled);
        try
        {
            while (filled < batch.Length)
            {
                if (_open is null && _array.IsEmpty)
                {
                    if (++_at == _count) { _at--; break; }
                    Open(map(_records[_at]) ?? throw SequenceReader.NoSequence());
                }

                if (_open is null)
                {
                    filled += Copy(batch.AsSpan(filled));
                    continue;
                }

                var open = _open;
                while (filled < batch.Length && open.MoveNext()) batch[filled++] = open.Current;
                if (filled == batch.Length) break;
                open.Dispose();
                _open = null;
            }
        }
        catch (Exception e) when (site.IsOfTheFunction(e))
        {
            throw site.Failed(_at, _records[_at], e);
        }

        _filled = filled;
    }

    /// <summary>An array is there as a whole, and need not be asked for one record after the other.</summary>
    private void Open(IEnumerable<TResult> sequence)
    {
        if (sequence is TResult[] array) _array = array;
        else _open = sequence.GetEnumerator();
    }

    private int Copy(Span<TResult> room)
    {
        var some = _array.Span[..Math.Min(_array.Length, room.Length)];
        some.CopyTo(room);
        _array = _array[some.Length..];
        return some.Length;
    }
}
