using System.Collections.Concurrent;
using Workbook.Spark.Scheduling;
using Workbook.Spark.Shuffle;
using Workbook.Spark.Storage;

namespace Workbook.Spark.Real;

/// <summary>What tasks find on this machine, whichever thread they run on.</summary>
internal sealed class LocalExecutor(SparkOptions options) : IExecutor
{
    private readonly Lock _lock = new();
    private readonly BlockStore _kept = new(options.Memory, options.Rules.EvictOtherDatasets, TemporaryFiles.Write);
    private readonly ConcurrentDictionary<WideDependency, MapOutput?[]> _outputs = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<(Rdd, int), Block> _checkpoints = new();

    public int Evictions
    {
        get
        {
            lock (_lock) return _kept.Evictions;
        }
    }

    public IReadOnlyList<MapOutput> Fetch(WideDependency shuffle, int partition)
    {
        if (!_outputs.TryGetValue(shuffle, out var outputs)) throw new FetchFailedException(shuffle, 0);
        for (var map = 0; map < outputs.Length; map++)
        {
            if (outputs[map] is null) throw new FetchFailedException(shuffle, map);
        }

        return outputs!;
    }

    public void Leave(WideDependency shuffle, int map, MapOutput output) =>
        _outputs.GetOrAdd(shuffle, _ => new MapOutput?[shuffle.Parent.Partitions])[map] = output;

    public void Remove(WideDependency shuffle) => _outputs.TryRemove(shuffle, out _);

    public Block? Kept(Rdd rdd, int partition)
    {
        lock (_lock) return _kept.Find(rdd, partition)?.Block;
    }

    public void Keep(Rdd rdd, int partition, Block block)
    {
        lock (_lock) _kept.Keep(rdd, partition, block);
    }

    public int KeptPartitions(Rdd rdd)
    {
        lock (_lock) return _kept.Count(rdd);
    }

    public void Forget(Rdd rdd)
    {
        lock (_lock) _kept.Forget(rdd);
    }

    public Block Checkpointed(Rdd rdd, int partition) => _checkpoints[(rdd, partition)];

    public bool HasCheckpoint(Rdd rdd, int partition) => _checkpoints.ContainsKey((rdd, partition));

    public void Checkpoint(Rdd rdd, int partition, Block block) => _checkpoints[(rdd, partition)] = TemporaryFiles.Write(block);
}
