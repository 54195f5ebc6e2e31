using Workbook.Spark.Storage;

namespace Workbook.Spark.Cluster;

/// <summary>
/// What no crash of a worker reaches: sources and checkpoints, each partition on the disks of some workers, as a distributed file system has them. It is
/// taken to find another copy when a worker is down; what that costs is that the partition comes over the network.
/// </summary>
/// <param name="workers">The workers, w1 first.</param>
/// <param name="replicas">How many of them have each partition.</param>
internal sealed class StableStorage(IReadOnlyList<string> workers, int replicas)
{
    /// <summary>Blocks as they were computed; records are never changed, so there is no need to write them out.</summary>
    private readonly Dictionary<(Rdd, int), Block> _checkpoints = [];

    /// <summary>The workers that have a partition on their disks: the next ones in turn, so that each has as many as the others.</summary>
    public IReadOnlyList<string> Holders(int partition)
    {
        var count = Math.Min(replicas, workers.Count);
        return [.. Enumerable.Range(0, count).Select(copy => workers[(int)(((long)partition + copy) % workers.Count)])];
    }

    public bool HasCheckpoint(Rdd rdd, int partition) => _checkpoints.ContainsKey((rdd, partition));

    public Block Checkpointed(Rdd rdd, int partition) => _checkpoints[(rdd, partition)];

    /// <summary>Adds a partition. Of two attempts at one task the second writes what the first has written.</summary>
    public void Checkpoint(Rdd rdd, int partition, Block block) => _checkpoints[(rdd, partition)] = block;

    /// <summary>Whether a worker reads a partition from its own disk: then the network is not needed.</summary>
    public bool IsLocal(string worker, int partition) => Holders(partition).Contains(worker);
}
