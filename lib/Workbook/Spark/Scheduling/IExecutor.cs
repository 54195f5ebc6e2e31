using Workbook.Spark.Shuffle;
using Workbook.Spark.Storage;

namespace Workbook.Spark.Scheduling;

/// <summary>What a task finds on the machine it runs on: this one, or a worker of the simulated cluster.</summary>
internal interface IExecutor
{
    /// <summary>What the map tasks of a shuffle have made, in the order of the parent's partitions.</summary>
    /// <exception cref="FetchFailedException">One of them is not there.</exception>
    IReadOnlyList<MapOutput> Fetch(WideDependency shuffle, int partition);

    /// <summary>A partition that was kept; null when it was not, or is no longer.</summary>
    Block? Kept(Rdd rdd, int partition);

    /// <summary>Keeps a partition as the dataset's storage level says, if there is room.</summary>
    void Keep(Rdd rdd, int partition, Block block);

    /// <summary>A partition from the checkpoint.</summary>
    Block Checkpointed(Rdd rdd, int partition);

    bool HasCheckpoint(Rdd rdd, int partition);

    /// <summary>Writes a partition where no failure reaches it.</summary>
    void Checkpoint(Rdd rdd, int partition, Block block);
}
