namespace Workbook.Draw;

/// <summary>What became of one partition of a dataset; the drawing says it by a word and a look.</summary>
public enum PartitionState
{
    /// <summary>Nothing is said of it.</summary>
    Plain,

    /// <summary>It is still there: in memory, or on stable storage.</summary>
    Kept,

    /// <summary>It was on a machine that is gone.</summary>
    Lost,

    /// <summary>It was made once more from what it depends on.</summary>
    ComputedAgain,
}

/// <summary>A dataset in a <see cref="PartitionGraph"/>.</summary>
/// <param name="Name">Its name; no two datasets share one.</param>
/// <param name="Partitions">The state of each partition, the first being number 0.</param>
public sealed record PartitionDataset(string Name, IReadOnlyList<PartitionState> Partitions)
{
    /// <summary>A dataset of whose partitions nothing is said.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="partitions">How many partitions it has.</param>
    public PartitionDataset(string name, int partitions)
        : this(name, [.. Enumerable.Repeat(PartitionState.Plain, Math.Max(0, partitions))])
    {
    }

    /// <summary>A few words beside the name: <c>groupByKey, cached</c>.</summary>
    public string Detail { get; init; } = "";
}

/// <summary>One partition is made from another, in a <see cref="PartitionGraph"/>.</summary>
/// <param name="From">The parent dataset.</param>
/// <param name="FromPartition">The number of its partition, the first being 0.</param>
/// <param name="To">The child dataset.</param>
/// <param name="ToPartition">The number of its partition.</param>
public sealed record PartitionEdge(string From, int FromPartition, string To, int ToPartition)
{
    /// <summary>A narrow dependency: each partition of the child is made from the one of the parent with its number.</summary>
    public static IEnumerable<PartitionEdge> OneToOne(string from, string to, int partitions) =>
        Enumerable.Range(0, Math.Max(0, partitions)).Select(partition => new PartitionEdge(from, partition, to, partition));

    /// <summary>A wide dependency: each partition of the child is made from all of the parent.</summary>
    public static IEnumerable<PartitionEdge> AllToAll(string from, int fromPartitions, string to, int toPartitions) =>
        Enumerable.Range(0, Math.Max(0, toPartitions)).SelectMany(_ => Enumerable.Range(0, Math.Max(0, fromPartitions)),
            (child, parent) => new PartitionEdge(from, parent, to, child));
}
