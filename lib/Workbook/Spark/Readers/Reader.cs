namespace Workbook.Spark.Readers;

/// <summary>
/// The records of one partition, batch by batch. A chain of narrow transformations is a chain of readers, so that records stream through all of
/// it (§2.2) and only as many as a batch holds are in memory; and what a record costs is a turn of a loop, not a virtual call for every transformation.
/// </summary>
internal abstract class Reader<T> : IDisposable
{
    /// <summary>The next records, at least 1 and at most <see cref="Reader.BatchSize"/>. They stand in the reader's buffer until the next call.</summary>
    /// <returns>False when there are no more.</returns>
    public abstract bool Read(out ReadOnlySpan<T> batch);

    public virtual void Dispose()
    {
    }

    /// <summary>All records that are left.</summary>
    public T[] Drain()
    {
        var all = new RecordList<T>();
        while (Read(out var batch)) all.Add(batch);
        return all.TakeArray();
    }

    /// <summary>The records one at a time, for a function that takes a sequence.</summary>
    /// <param name="site">The function: it goes on to run whenever it has been given a record.</param>
    public IEnumerable<T> AsEnumerable(Site site)
    {
        var records = new T[Reader.BatchSize];
        while (true)
        {
            if (!Read(out var batch)) yield break;
            batch.CopyTo(records);
            var count = batch.Length;
            site.Begin();
            for (var at = 0; at < count; at++) yield return records[at];
        }
    }
}

internal static class Reader
{
    /// <summary>How many records a batch holds at most: enough to forget the call, few enough to stay in the processor's nearest cache.</summary>
    public const int BatchSize = 1024;
}
