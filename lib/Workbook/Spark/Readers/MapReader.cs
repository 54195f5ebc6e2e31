namespace Workbook.Spark.Readers;

/// <summary>One record for each.</summary>
internal sealed class MapReader<T, TResult>(Reader<T> source, Func<T, TResult> map, Site site) : Reader<TResult>
{
    private TResult[] _batch = [];

    public override bool Read(out ReadOnlySpan<TResult> batch)
    {
        if (!source.Read(out var records))
        {
            site.End();
            batch = default;
            return false;
        }

        if (_batch.Length < records.Length) _batch = new TResult[records.Length];
        site.Begin();
        var at = 0;
        try
        {
            for (; at < records.Length; at++) _batch[at] = map(records[at]);
        }
        catch (Exception e) when (site.IsOfTheFunction(e))
        {
            throw site.Failed(at, records[at], e);
        }

        site.Had(records.Length);
        batch = _batch.AsSpan(0, records.Length);
        return true;
    }

    public override void Dispose() => source.Dispose();
}
