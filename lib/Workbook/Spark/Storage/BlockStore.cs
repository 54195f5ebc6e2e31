namespace Workbook.Spark.Storage;

/// <summary>What came of keeping a partition.</summary>
internal enum Placement
{
    /// <summary>It is in memory.</summary>
    InMemory,

    /// <summary>It is on the local disk.</summary>
    OnDisk,

    /// <summary>There was no room, and it may not be on disk.</summary>
    Nowhere,
}

/// <summary>
/// The kept partitions of one machine, within a bound of bytes. What goes when there is no room is §5.3's rule: a partition of the dataset that was used
/// longest ago, but not of the dataset that room is wanted for, since that one's partitions will all be wanted again, and one would push out the other in
/// turn.
/// </summary>
/// <param name="memory">The bound.</param>
/// <param name="evictsOthers">§5.3's rule; off, the partition that was used longest ago goes, whosever it is.</param>
/// <param name="toDisk">Puts a partition on the local disk.</param>
internal sealed class BlockStore(long memory, bool evictsOthers, Func<Block, Block> toDisk)
{
    private readonly Dictionary<(Rdd Rdd, int Partition), Kept> _blocks = [];
    private readonly Dictionary<Rdd, long> _used = [];
    private long _clock;

    /// <summary>How many bytes are in memory.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many partitions were thrown out of memory.</summary>
    public int Evictions { get; private set; }

    /// <summary>A kept partition and whether it is on disk; null when it is not there.</summary>
    public (Block Block, bool IsOnDisk)? Find(Rdd rdd, int partition)
    {
        if (!_blocks.TryGetValue((rdd, partition), out var kept)) return null;
        (kept.Used, _used[rdd]) = (++_clock, _clock);
        return (kept.Block, kept.IsOnDisk);
    }

    /// <summary>Keeps a partition as its dataset's storage level says.</summary>
    public Placement Keep(Rdd rdd, int partition, Block block)
    {
        Forget(rdd, partition);
        _used[rdd] = ++_clock;
        var isInMemory = rdd.StorageLevel != StorageLevel.DiskOnly && MakeRoom(rdd, block.Bytes);
        if (!isInMemory && rdd.StorageLevel == StorageLevel.MemoryOnly) return Placement.Nowhere;
        _blocks[(rdd, partition)] = new Kept(isInMemory ? block : toDisk(block)) { IsOnDisk = !isInMemory, Used = _clock };
        if (isInMemory) Bytes += block.Bytes;
        return isInMemory ? Placement.InMemory : Placement.OnDisk;
    }

    public int Count(Rdd rdd) => _blocks.Keys.Count(key => key.Rdd == rdd);

    public IEnumerable<int> Partitions(Rdd rdd) => _blocks.Keys.Where(key => key.Rdd == rdd).Select(key => key.Partition);

    public void Forget(Rdd rdd)
    {
        foreach (var partition in Partitions(rdd).ToList()) Forget(rdd, partition);
    }

    private void Forget(Rdd rdd, int partition)
    {
        if (_blocks.Remove((rdd, partition), out var kept) && !kept.IsOnDisk) Bytes -= kept.Block.Bytes;
    }

    private bool MakeRoom(Rdd wanting, long bytes)
    {
        if (bytes > memory) return false;
        while (Bytes + bytes > memory)
        {
            if (Victim(wanting) is not { } victim) return false;
            Evict(victim);
        }

        return true;
    }

    private (Rdd Rdd, int Partition)? Victim(Rdd wanting)
    {
        var inMemory = _blocks.Where(each => !each.Value.IsOnDisk && (!evictsOthers || each.Key.Rdd != wanting)).ToList();
        if (inMemory.Count == 0) return null;
        return inMemory.MinBy(each => (evictsOthers ? _used[each.Key.Rdd] : 0, each.Value.Used)).Key;
    }

    private void Evict((Rdd Rdd, int Partition) victim)
    {
        Evictions++;
        var kept = _blocks[victim];
        Bytes -= kept.Block.Bytes;
        if (victim.Rdd.StorageLevel == StorageLevel.MemoryAndDisk) (kept.Block, kept.IsOnDisk) = (toDisk(kept.Block), true);
        else _blocks.Remove(victim);
    }

    private sealed class Kept(Block block)
    {
        public Block Block { get; set; } = block;

        public bool IsOnDisk { get; set; }

        public long Used { get; set; }
    }
}
