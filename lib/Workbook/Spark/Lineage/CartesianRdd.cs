using Workbook.Spark.Readers;
using Workbook.Spark.Scheduling;

namespace Workbook.Spark.Lineage;

/// <summary>All pairs: a partition for every pair of partitions. The right one is held in memory while the left one streams by.</summary>
internal sealed class CartesianRdd<TLeft, TRight>(Rdd<TLeft> left, Rdd<TRight> right)
    : Rdd<(TLeft Left, TRight Right)>(
        left.Context,
        "cartesian",
        checked(left.Partitions * right.Partitions),
        new NarrowDependency(left, partition => [partition / right.Partitions]),
        new NarrowDependency(right, partition => [partition % right.Partitions]))
{
    internal override Reader<(TLeft Left, TRight Right)> Compute(int partition, TaskContext task)
    {
        var site = task.At(this, partition);
        return new SequenceReader<(TLeft Left, TRight Right)>(Pairs, site);

        IEnumerable<(TLeft Left, TRight Right)> Pairs()
        {
            using var rights = right.Read(partition % right.Partitions, task);
            var others = rights.Drain();
            using var lefts = left.Read(partition / right.Partitions, task);
            foreach (var one in lefts.AsEnumerable(site))
            {
                foreach (var other in others) yield return (one, other);
            }
        }
    }
}
