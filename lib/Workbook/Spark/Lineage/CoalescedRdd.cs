using Workbook.Spark.Readers;
using Workbook.Spark.Scheduling;

namespace Workbook.Spark.Lineage;

/// <summary>Partitions made of neighbouring partitions of the parent.</summary>
internal sealed class CoalescedRdd<T>(Rdd<T> parent, int partitions)
    : Rdd<T>(parent.Context, "coalesce", partitions, new NarrowDependency(parent, partition => Of(partition, partitions, parent.Partitions)))
{
    internal override Reader<T> Compute(int partition, TaskContext task) =>
        new ConcatReader<T>(Of(partition, Partitions, parent.Partitions).Select(each => parent.Read(each, task)));

    private static int[] Of(int partition, int partitions, int parents)
    {
        var first = (int)((long)partition * parents / partitions);
        var after = (int)((partition + 1L) * parents / partitions);
        return [.. Enumerable.Range(first, after - first)];
    }
}
