using Workbook.Sim;
using Workbook.Spark.Scheduling;
using Workbook.Spark.Shuffle;
using Workbook.Spark.Storage;

namespace Workbook.Spark.Cluster;

/// <summary>
/// What one task finds on its worker: what is kept there, what was fetched from other workers before it began, and stable storage. It counts what came from
/// where, and from that says how long the task takes. Checkpoints are written when that time is over, and not at all when the worker is gone by then.
/// </summary>
internal sealed class TaskExecutor(string worker, BlockStore kept, StableStorage storage, ClusterOptions options) : IExecutor
{
    private readonly Dictionary<WideDependency, (MapOutput[] Outputs, IReadOnlyList<string> Holders)> _shuffles = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(Rdd, int), (Block Block, bool IsOnDisk, bool IsRemote)> _fetched = [];
    private readonly Dictionary<(Rdd Rdd, int Partition), Block> _checkpoints = [];
    private long _fromDisk;
    private long _overNetwork;

    /// <summary>The map outputs of a shuffle are here.</summary>
    public void Add(WideDependency shuffle, MapOutput[] outputs, IReadOnlyList<string> holders) => _shuffles[shuffle] = (outputs, holders);

    public bool Has(WideDependency shuffle) => _shuffles.ContainsKey(shuffle);

    /// <summary>A kept partition is here, from this worker or another one, and stays even if its worker throws it out now.</summary>
    public void Add(Rdd rdd, int partition, Block block, bool isOnDisk, bool isRemote) => _fetched[(rdd, partition)] = (block, isOnDisk, isRemote);

    public IReadOnlyList<MapOutput> Fetch(WideDependency shuffle, int partition)
    {
        if (!_shuffles.TryGetValue(shuffle, out var found)) throw new FetchFailedException(shuffle, 0);
        for (var map = 0; map < found.Outputs.Length; map++)
        {
            if (found.Holders[map] != worker) _overNetwork += found.Outputs[map].Bytes(partition);
        }

        return found.Outputs;
    }

    public Block? Kept(Rdd rdd, int partition)
    {
        if (kept.Find(rdd, partition) is { } own)
        {
            if (own.IsOnDisk) _fromDisk += own.Block.Bytes;
            return own.Block;
        }

        if (!_fetched.TryGetValue((rdd, partition), out var found)) return null;
        if (found.IsOnDisk) _fromDisk += found.Block.Bytes;
        if (found.IsRemote) _overNetwork += found.Block.Bytes;
        return found.Block;
    }

    public void Keep(Rdd rdd, int partition, Block block) => kept.Keep(rdd, partition, block);

    public Block Checkpointed(Rdd rdd, int partition)
    {
        var block = storage.Checkpointed(rdd, partition);
        _fromDisk += block.Bytes;
        if (!storage.IsLocal(worker, partition)) _overNetwork += block.Bytes;
        return block;
    }

    public bool HasCheckpoint(Rdd rdd, int partition) => _checkpoints.ContainsKey((rdd, partition)) || storage.HasCheckpoint(rdd, partition);

    public void Checkpoint(Rdd rdd, int partition, Block block) => _checkpoints[(rdd, partition)] = block;

    /// <summary>The task is done: what it has written to the checkpoint is there.</summary>
    public void Commit()
    {
        foreach (var ((rdd, partition), block) in _checkpoints) storage.Checkpoint(rdd, partition, block);
    }

    /// <summary>How long the task takes, from its start to its result.</summary>
    /// <param name="task">What it has read, made and computed.</param>
    /// <param name="sources">The partitions of sources that it read.</param>
    /// <param name="small">Bytes that are what they are, whatever a record stands for: a result for the program, broadcast values.</param>
    public TimeSpan Cost(TaskContext task, IReadOnlyList<StoredInput> sources, long small)
    {
        var metrics = task.Metrics;
        var network = _overNetwork + sources.Where(each => !storage.IsLocal(worker, each.Partition)).Sum(each => each.Rdd.SourceBytes(each.Partition));
        var seconds = (metrics.SourceBytes / options.ParsedBytesPerSecond)
            + ((metrics.SourceBytes + _fromDisk + metrics.CheckpointBytes) / options.DiskBytesPerSecond)
            + ((metrics.ShuffleBytesRead + metrics.ShuffleBytesWritten) / options.ShuffledBytesPerSecond)
            + (network / options.NetworkBytesPerSecond)
            + (metrics.Records / options.RecordsPerSecond)
            + task.TimeOfFunctions().TotalSeconds;
        return options.TaskStartup + ((seconds * options.Scale) + (small / options.NetworkBytesPerSecond)).Seconds();
    }
}
