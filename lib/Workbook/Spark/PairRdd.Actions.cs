using Workbook.Spark.Readers;

namespace Workbook.Spark;

/// <content>Actions of pairs.</content>
public static partial class PairRdd
{
    /// <summary>How many records each key has.</summary>
    public static IReadOnlyDictionary<TKey, long> CountByKey<TKey, TValue>(this Rdd<(TKey Key, TValue Value)> pairs)
        where TKey : notnull => pairs.MapValues(_ => 1L).ReduceByKey((left, right) => left + right).CollectAsMap();

    /// <summary>How often each record is there.</summary>
    public static IReadOnlyDictionary<T, long> CountByValue<T>(this Rdd<T> rdd)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(rdd);
        return rdd.Map("countByValue", record => (Key: record, Value: true)).CountByKey();
    }

    /// <summary>All pairs as a dictionary; of several values of a key the last one.</summary>
    public static IReadOnlyDictionary<TKey, TValue> CollectAsMap<TKey, TValue>(this Rdd<(TKey Key, TValue Value)> pairs)
        where TKey : notnull
    {
        var map = new Dictionary<TKey, TValue>();
        foreach (var (key, value) in pairs.Collect()) map[key] = value;
        return map;
    }

    /// <summary>The values of a key. Where keys have their places only one partition is computed.</summary>
    public static TValue[] Lookup<TKey, TValue>(this Rdd<(TKey Key, TValue Value)> pairs, TKey key)
    {
        if (key is null) throw new SparkException($"Lookup on {pairs.Label} was given null, which is no key.");
        var places = pairs.Partitioner is { } partitioner ? [partitioner.PartitionOf(key)] : Enumerable.Range(0, pairs.Partitions);
        return [.. pairs.Context.Run("lookup", pairs, places, (reader, _) => Found(reader, key)).SelectMany(values => values)];
    }

    private static TValue[] Found<TKey, TValue>(Reader<(TKey Key, TValue Value)> reader, TKey key)
    {
        var found = new RecordList<TValue>();
        while (reader.Read(out var batch))
        {
            foreach (ref readonly var record in batch)
            {
                if (EqualityComparer<TKey>.Default.Equals(record.Key, key)) found.Add(record.Value);
            }
        }

        return found.TakeArray();
    }
}
