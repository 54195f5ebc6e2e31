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

        Had(batch.Length);
        return _places;
    }

    /// <summary>The partition of each key, where nothing is known of the records that they are of.</summary>
    /// <param name="keys">Keys with anything beside them, no more than a batch.</param>
    public ReadOnlySpan<int> PlaceKeys<TOther>(ReadOnlySpan<(TKey Key, TOther Value)> keys)
    {
        partitioner.Place(keys, _places);
        return _places.AsSpan(0, keys.Length);
    }

    /// <summary>These many more records have been dealt with.</summary>
    public void Had(int records) => site.Had(records);

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
