using Workbook.Spark.Shuffle;

namespace Workbook.Spark;

/// <summary>That a dataset is computed from another one (§4).</summary>
/// <param name="Parent">The other one.</param>
public abstract record Dependency(Rdd Parent);

/// <summary>
/// A narrow dependency: a partition needs only certain partitions of the parent, and is computed in the same task as those. A lost partition costs
/// only what it was computed from.
/// </summary>
/// <param name="Parent">The dataset before.</param>
/// <param name="ParentsOf">Which partitions of the parent a partition needs.</param>
public sealed record NarrowDependency(Rdd Parent, Func<int, IReadOnlyList<int>> ParentsOf) : Dependency(Parent)
{
    /// <summary>Partition p needs partition p.</summary>
    public static NarrowDependency OneToOne(Rdd parent) => new(parent, partition => [partition]);
}

/// <summary>
/// A wide dependency: a partition needs records of every partition of the parent. It ends a stage: all of the parent is computed and cut into one block for
/// each partition before the first of them can be fetched.
/// </summary>
public abstract record WideDependency : Dependency
{
    private protected WideDependency(Rdd parent, Partitioner partitioner)
        : base(parent) => (Partitioner, Shuffle) = (partitioner, parent.Context.NextShuffle());

    /// <summary>The number of the shuffle in its context, from 0.</summary>
    public int Shuffle { get; }

    /// <summary>Which records go to which partition.</summary>
    public Partitioner Partitioner { get; }

    /// <summary>Computes a partition of the parent and cuts it into blocks, one for each partition.</summary>
    internal abstract MapOutput Map(int parentPartition, Scheduling.TaskContext task);
}
