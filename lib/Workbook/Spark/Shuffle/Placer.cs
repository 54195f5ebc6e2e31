using Workbook.Spark.Readers;

namespace Workbook.Spark.Shuffle;

/// <summary>Where the records of a map task go, batch by batch. A key that has no place is looked for only once there is one.</summary>
/// <param name="partitioner">Where a key goes.</param>
/// <param name="site">Counts the records, and explains failures.</param>
internal sealed class Placer<TKey, TValue>(Partitioner partitioner, Site site)
{
    private readonly int[] _places = new int[Reader.BatchSize];

    public int Partitions => partitioner.Partitions;

    /// <summary>The partition of each record's key.</summary>
    /// <exception cref="SparkException">A key has none: it is null, or of a type that the partitioner is not for.</exception>
    public ReadOnlySpan<int> Place(ReadOnlySpan<(TKey Key, TValue Value)> batch)
    {
        try
        {
            partitioner.Place(batch, _places);
        }
        catch (Exception e) when (e is SparkException || site.IsOfTheFunction(e))
        {
            var at = FirstUnplaced(batch);
            throw site.Unplaced(at, batch[at], e);
        }

        site.Had(batch.Length);
        return _places;
    }

    private int FirstUnplaced(ReadOnlySpan<(TKey Key, TValue Value)> batch)
    {
        var at = 0;
        try
        {
            while (at < batch.Length - 1)
            {
                _ = partitioner.PartitionOf(batch[at].Key);
                at++;
            }
        }
        catch (Exception e) when (e is SparkException || site.IsOfTheFunction(e))
        {
        }

        return at;
    }
}
