namespace Workbook.Spark.Readers;

/// <summary>The records that a predicate holds for.</summary>
internal sealed class FilterReader<T>(Reader<T> source, Func<T, bool> predicate, Site site) : Reader<T>
{
    private T[] _batch = [];

    public override bool Read(out ReadOnlySpan<T> batch)
    {
        while (source.Read(out var records))
        {
            if (_batch.Length < records.Length) _batch = new T[records.Length];
            var kept = Filter(records);
            site.Had(records.Length);
            if (kept == 0) continue;
            batch = _batch.AsSpan(0, kept);
            return true;
        }

        site.End();
        batch = default;
        return false;
    }

    public override void Dispose() => source.Dispose();

    private int Filter(ReadOnlySpan<T> records)
    {
        site.Begin();
        var (at, kept) = (0, 0);
        try
        {
            for (; at < records.Length; at++)
            {
                if (predicate(records[at])) _batch[kept++] = records[at];
            }

            return kept;
        }
        catch (Exception e) when (site.IsOfTheFunction(e))
        {
            throw site.Failed(at, records[at], e);
        }
    }
}
