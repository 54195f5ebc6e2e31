using System.Diagnostics.CodeAnalysis;
using Workbook.Parts;
using Workbook.Spark.Records;

namespace Workbook.Spark;

/// <summary>By a hash of the key that is the same in every process: keys spread evenly, and their order is lost.</summary>
public sealed class HashPartitioner(int partitions) : Partitioner(partitions), IEquatable<HashPartitioner>
{
    /// <inheritdoc/>
    public override int PartitionOf<TKey>(TKey key) => StableHash.Bucket(KeyHash<TKey>.Of(key), Partitions);

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] HashPartitioner? other) => other?.Partitions == Partitions;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HashPartitioner);

    /// <inheritdoc/>
    public override int GetHashCode() => Partitions;

    /// <inheritdoc/>
    public override string ToString() => $"hash({Partitions})";

    internal override void Place<TKey, TValue>(ReadOnlySpan<(TKey Key, TValue Value)> records, Span<int> places)
    {
        var partitions = Partitions;
        for (var at = 0; at < records.Length; at++) places[at] = StableHash.Bucket(KeyHash<TKey>.Of(records[at].Key), partitions);
    }
}
