namespace Workbook.Spark;

/// <summary>
/// Which partition a key belongs to. Two datasets with equal partitioners have a key in partitions of the same number, so that they can be joined without
/// moving a record (§3.2.2, §5.1).
/// </summary>
public abstract class Partitioner
{
    private protected Partitioner(int partitions)
    {
        if (partitions < 1) throw new SparkException($"A dataset needs at least 1 partition; it was given {partitions}.");
        Partitions = partitions;
    }

    /// <summary>How many partitions there are.</summary>
    public int Partitions { get; }

    /// <summary>The partition of a key, from 0.</summary>
    public abstract int PartitionOf<TKey>(TKey key);

    /// <summary>The partitions of many keys at once, so that the shuffle's inner loop has no virtual call.</summary>
    internal virtual void Place<TKey, TValue>(ReadOnlySpan<(TKey Key, TValue Value)> records, Span<int> places)
    {
        for (var at = 0; at < records.Length; at++) places[at] = PartitionOf(records[at].Key);
    }

    /// <summary>A partitioner by a function of the reader's own, which is only ever equal to itself.</summary>
    /// <param name="partitions">How many partitions there are.</param>
    /// <param name="place">The partition of a key, from 0; one that is too large or negative stops the job.</param>
    /// <param name="name">What it is called in pictures.</param>
    public static Partitioner By<TKey>(int partitions, Func<TKey, int> place, string name = "custom")
    {
        ArgumentNullException.ThrowIfNull(place);
        return new CustomPartitioner<TKey>(partitions, place, name);
    }

    private sealed class CustomPartitioner<T>(int partitions, Func<T, int> place, string name) : Partitioner(partitions)
    {
        public override int PartitionOf<TKey>(TKey key)
        {
            if (key is null) throw new ArgumentNullException(null, "a key is null");
            if (key is not T its) throw new SparkException($"The partitioner {name} is for keys of type {Records.TypeNames.Of(typeof(T))}; the key '{key}' is none.");
            var partition = place(its);
            if ((uint)partition < (uint)Partitions) return partition;
            throw new SparkException($"The partitioner {name} put the key '{key}' in partition {partition}; there are 0 to {Partitions - 1}.");
        }

        public override string ToString() => $"{name}({Partitions})";
    }
}
