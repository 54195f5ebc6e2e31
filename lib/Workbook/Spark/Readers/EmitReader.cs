namespace Workbook.Spark.Readers;

/// <summary>Any number of records for each, handed over by a call instead of a sequence: nothing is allocated for a record.</summary>
internal sealed class EmitReader<T, TResult> : Reader<TResult>
{
    private readonly Reader<T> _source;
    private readonly Action<T, Action<TResult>> _map;
    private readonly Site _site;
    private readonly Outbox<TResult> _emitted = new();
    private readonly Action<TResult> _emit;
    private readonly T[] _records = new T[Reader.BatchSize];
    private int _count;
    private int _at;

    public EmitReader(Reader<T> source, Action<T, Action<TResult>> map, Site site)
    {
        (_source, _map, _site) = (source, map, site);
        _emit = _emitted.Add;
    }

    public override bool Read(out ReadOnlySpan<TResult> batch)
    {
        if (_emitted.IsEmpty)
        {
            _emitted.Clear();
            while (_emitted.Count < Reader.BatchSize && (_at < _count || Refill())) Fill();
        }

        batch = _emitted.Next();
        return batch.Length > 0;
    }

    public override void Dispose() => _source.Dispose();

    private bool Refill()
    {
        _site.Had(_count);
        (_at, _count) = (0, 0);
        if (!_source.Read(out var records))
        {
            _site.End();
            return false;
        }

        records.CopyTo(_records);
        _count = records.Length;
        return true;
    }

    private void Fill()
    {
        _site.Begin();
        try
        {
            while (_at < _count && _emitted.Count < Reader.BatchSize)
            {
                _map(_records[_at], _emit);
                _at++;
            }
        }
        catch (Exception e) when (_site.IsOfTheFunction(e))
        {
            throw _site.Failed(_at, _records[_at], e);
        }
    }
}
