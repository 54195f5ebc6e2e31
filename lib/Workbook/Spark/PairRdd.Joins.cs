using System.Collections.Immutable;
using Workbook.Spark.Lineage;

namespace Workbook.Spark;

/// <content>
/// Two datasets of pairs brought together by key. Each side is moved to its key's partition first, unless it is there: of two datasets with equal
/// partitioners nothing is moved.
/// </content>
public static partial class PairRdd
{
    /// <summary>A record for every two records of the same key; keys that only one side has are left out.</summary>
    /// <param name="left">The side whose order is kept, and whose partitioner is taken if it has one.</param>
    /// <param name="right">The other side.</param>
    /// <param name="partitions">How many partitions; without a number those of a side that is partitioned by key, or else as many as the left side has.</param>
    public static Rdd<(TKey Key, (TLeft Left, TRight Right) Value)> Join<TKey, TLeft, TRight>(
        this Rdd<(TKey Key, TLeft Value)> left, Rdd<(TKey Key, TRight Value)> right, int? partitions = null)
    {
        ArgumentNullException.ThrowIfNull(right);
        return left.Join(right, Common(left, right, partitions));
    }

    /// <inheritdoc cref="Join{TKey, TLeft, TRight}(Rdd{ValueTuple{TKey, TLeft}}, Rdd{ValueTuple{TKey, TRight}}, int?)"/>
    public static Rdd<(TKey Key, (TLeft Left, TRight Right) Value)> Join<TKey, TLeft, TRight>(
        this Rdd<(TKey Key, TLeft Value)> left, Rdd<(TKey Key, TRight Value)> right, Partitioner partitioner)
    {
        ArgumentNullException.ThrowIfNull(right);
        RefuseUnhashed<TKey>("join", left);
        return JoinedRdd<TKey, TLeft, TRight, (TLeft Left, TRight Right)>.Of(
            left.PartitionBy(partitioner), right.PartitionBy(partitioner), "join", (one, other, _) => (one, other!), wantsAllOfLeft: false);
    }

    /// <summary>
    /// As <see cref="Join{TKey, TLeft, TRight}(Rdd{ValueTuple{TKey, TLeft}}, Rdd{ValueTuple{TKey, TRight}}, int?)"/>; a left record without a right one is
    /// there too, with <c>Found</c> false.
    /// </summary>
    public static Rdd<(TKey Key, (TLeft Left, TRight? Right, bool Found) Value)> LeftOuterJoin<TKey, TLeft, TRight>(
        this Rdd<(TKey Key, TLeft Value)> left, Rdd<(TKey Key, TRight Value)> right, int? partitions = null)
    {
        ArgumentNullException.ThrowIfNull(right);
        RefuseUnhashed<TKey>("leftOuterJoin", left);
        var partitioner = Common(left, right, partitions);
        var (lefts, rights) = (left.PartitionBy(partitioner), right.PartitionBy(partitioner));
        return JoinedRdd<TKey, TLeft, TRight, (TLeft Left, TRight? Right, bool Found)>.Of(
            lefts, rights, "leftOuterJoin", (one, other, isFound) => (one, other, isFound), wantsAllOfLeft: true);
    }

    /// <summary>All values of each key on both sides.</summary>
    public static Rdd<(TKey Key, (ImmutableArray<TLeft> Left, ImmutableArray<TRight> Right) Value)> CoGroup<TKey, TLeft, TRight>(
        this Rdd<(TKey Key, TLeft Value)> left, Rdd<(TKey Key, TRight Value)> right, int? partitions = null)
    {
        ArgumentNullException.ThrowIfNull(right);
        RefuseUnhashed<TKey>("cogroup", left);
        var partitioner = Common(left, right, partitions);
        return CoGroupedRdd<TKey, TLeft, TRight>.Of(left.PartitionBy(partitioner), right.PartitionBy(partitioner));
    }

    private static Partitioner Common(Rdd left, Rdd right, int? partitions) =>
        partitions is { } given ? new HashPartitioner(given) : left.Partitioner ?? right.Partitioner ?? new HashPartitioner(left.Partitions);
}
