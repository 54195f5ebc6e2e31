using Workbook.Spark.Readers;
using Workbook.Spark.Scheduling;

namespace Workbook.Spark.Lineage;

/// <summary>The partitions of several datasets, one dataset's after the other's.</summary>
internal sealed class UnionRdd<T>(IReadOnlyList<Rdd<T>> parents)
    : Rdd<T>(parents[0].Context, "union", parents.Sum(parent => parent.Partitions), [.. parents.Select((parent, at) => Of(parents, at))])
{
    internal override Reader<T> Compute(int partition, TaskContext task)
    {
        var at = 0;
        while (partition >= parents[at].Partitions) partition -= parents[at++].Partitions;
        return parents[at].Read(partition, task);
    }

    private static NarrowDependency Of(IReadOnlyList<Rdd<T>> parents, int at)
    {
        var first = parents.Take(at).Sum(parent => parent.Partitions);
        var count = parents[at].Partitions;
        return new NarrowDependency(parents[at], partition => partition >= first && partition < first + count ? [partition - first] : []);
    }
}
