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
/// turn. Nothing goes when room could not be made even so.
/// </summary>
/// <param name="memory">The bound.</param>
/// <param name="evictsOthers">§5.3's rule; off, the partition that was used longest ago goes, whosever it is.</param>
/// <param name="toDisk">Puts a partition on the local disk.</param>
internal sealed class BlockStore(long memory, bool evictsOthers, Func<Block, Block> toDisk)
{
    private readonly Dictionary<Rdd, Shelf> _shelves = [];
    private long _clock;

    /// <summary>How many bytes are in memory.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many partitions were thrown out of memory.</summary>
    public int Evictions { get; private set; }

    /// <summary>A kept partition and whether it is on disk; null when it is not there.</summary>
    public (Block Block, bool IsOnDisk)? Find(Rdd rdd, int partition)
    {
        if (!_shelves.TryGetValue(rdd, out var shelf) || !shelf.Blocks.TryGetValue(partition, out var kept)) return null;
        kept.Used = shelf.Used = ++_clock;
        return (kept.Block, kept.IsOnDisk);
    }

    /// <summary>Keeps a partition as its dataset's storage level says.</summary>
    public Placement Keep(Rdd rdd, int partition, Block block)
    {
        if (rdd.StorageLevel == StorageLevel.None) return Placement.Nowhere;
        if (!_shelves.TryGetValue(rdd, out var shelf)) _shelves[rdd] = shelf = new Shelf(rdd);
        Remove(shelf, partition);
        shelf.Used = ++_clock;
        var isInMemory = rdd.StorageLevel != StorageLevel.DiskOnly && MakeRoom(shelf, block.Bytes);
        if (!isInMemory && rdd.StorageLevel == StorageLevel.MemoryOnly) return Placement.Nowhere;
        Put(shelf, partition, new Kept(isInMemory ? block : toDisk(block)) { IsOnDisk = !isInMemory, Used = _clock });
        return isInMemory ? Placement.InMemory : Placement.OnDisk;
    }

    public int Count(Rdd rdd) => _shelves.TryGetValue(rdd, out var shelf) ? shelf.Blocks.Count : 0;

    /// <summary>The datasets of which something is, or was, kept.</summary>
    public IEnumerable<Rdd> Datasets => _shelves.Keys;

    public IEnumerable<int> Partitions(Rdd rdd) => _shelves.TryGetValue(rdd, out var shelf) ? shelf.Blocks.Keys : [];

    public void Forget(Rdd rdd)
    {
        if (_shelves.Remove(rdd, out var shelf)) Bytes -= shelf.Bytes;
    }

    private void Put(Shelf shelf, int partition, Kept kept)
    {
        shelf.Blocks[partition] = kept;
        if (!kept.IsOnDisk) Charge(shelf, kept.Block.Bytes);
    }

    private void Remove(Shelf shelf, int partition)
    {
        if (shelf.Blocks.Remove(partition, out var kept) && !kept.IsOnDisk) Charge(shelf, -kept.Block.Bytes);
    }

    private void Charge(Shelf shelf, long bytes)
    {
        shelf.Bytes += bytes;
        Bytes += bytes;
    }

    private bool MakeRoom(Shelf wanting, long bytes)
    {
        if (bytes > memory - (evictsOthers ? wanting.Bytes : 0)) return false;
        while (Bytes + bytes > memory) Evict(evictsOthers ? Others(wanting) : All());
        return true;
    }

    /// <summary>The partition that was used longest ago of the dataset that was used longest ago and is another one.</summary>
    private (Shelf Shelf, int Partition) Others(Shelf wanting)
    {
        var shelf = _shelves.Values.Where(each => each != wanting && each.Bytes > 0).MinBy(each => each.Used)!;
        return (shelf, shelf.InMemory.MinBy(each => each.Value.Used).Key);
    }

    private (Shelf Shelf, int Partition) All()
    {
        var (shelf, block) = _shelves.Values.SelectMany(shelf => shelf.InMemory, (shelf, block) => (shelf, block)).MinBy(each => each.block.Value.Used);
        return (shelf, block.Key);
    }

    private void Evict((Shelf Shelf, int Partition) victim)
    {
        var (shelf, partition) = victim;
        var kept = shelf.Blocks[partition];
        var onDisk = shelf.Rdd.StorageLevel == StorageLevel.MemoryAndDisk ? toDisk(kept.Block) : null;
        Remove(shelf, partition);
        if (onDisk is not null) Put(shelf, partition, new Kept(onDisk) { IsOnDisk = true, Used = kept.Used });
        Evictions++;
    }

    /// <summary>What is kept of a dataset.</summary>
    private sealed class Shelf(Rdd rdd)
    {
        public Rdd Rdd => rdd;

        public Dictionary<int, Kept> Blocks { get; } = [];

        /// <summary>Those that take memory, however little: one of no bytes is not worth throwing out.</summary>
        public IEnumerable<KeyValuePair<int, Kept>> InMemory => Blocks.Where(each => !each.Value.IsOnDisk && each.Value.Block.Bytes > 0);

        /// <summary>How many bytes of it are in memory.</summary>
        public long Bytes { get; set; }

        public long Used { get; set; }
    }

    private sealed class Kept(Block block)
    {
        public Block Block => block;

        public bool IsOnDisk { get; init; }

        public long Used { get; set; }
    }
}
