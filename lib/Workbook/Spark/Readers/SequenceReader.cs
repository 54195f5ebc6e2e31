namespace Workbook.Spark.Readers;

/// <summary>A sequence of the reader's own, made from a partition's records or from nothing: <c>mapPartitions</c> and generated data.</summary>
/// <param name="start">Gives the sequence; called when the first record is wanted.</param>
/// <param name="site">Counts the records that come out, and explains failures.</param>
/// <param name="source">What the sequence is made from; goes away with this reader.</param>
internal sealed class SequenceReader<T>(Func<IEnumerable<T>> start, Site site, IDisposable? source = null) : Reader<T>
{
    private readonly T[] _batch = new T[Reader.BatchSize];
    private IEnumerator<T>? _records;

    public override bool Read(out ReadOnlySpan<T> batch)
    {
        site.Begin();
        var filled = 0;
        try
        {
            _records ??= (start() ?? throw SequenceReader.NoSequence()).GetEnumerator();
            while (filled < _batch.Length && _records.MoveNext())
            {
                _batch[filled++] = _records.Current;
                site.Begin();
            }
        }
        catch (Exception e) when (site.IsOfTheFunction(e))
        {
            throw site.Failed(e);
        }

        site.Had(filled);
        if (filled == 0) site.End();
        batch = _batch.AsSpan(0, filled);
        return filled > 0;
    }

    public override void Dispose()
    {
        _records?.Dispose();
        source?.Dispose();
    }
}

internal static class SequenceReader
{
    /// <summary>What to say when a function gives null instead of a sequence.</summary>
    public static InvalidOperationException NoSequence() => new("it gave null instead of a sequence; for no records give an empty one, []");
}
