using Workbook.Spark.Readers;
using Workbook.Spark.Scheduling;

namespace Workbook.Spark.Lineage;

/// <summary>
/// Partition p of it is a function of partition p of one parent: map, filter, flatMap, mapPartitions, sample and whatever else is made of them.
/// </summary>
internal sealed class NarrowRdd<T, TResult> : Rdd<TResult>
{
    private readonly Rdd<T> _parent;
    private readonly Func<Reader<T>, Site, Reader<TResult>> _open;

    public NarrowRdd(Rdd<T> parent, string operation, Func<Reader<T>, Site, Reader<TResult>> open, bool keepsPartitioner = false)
        : base(parent.Context, operation, parent.Partitions, NarrowDependency.OneToOne(parent))
    {
        (_parent, _open) = (parent, open);
        if (keepsPartitioner) Partitioner = parent.Partitioner;
    }

    internal override Reader<TResult> Compute(int partition, TaskContext task) => _open(_parent.Read(partition, task), task.At(this, partition));
}
