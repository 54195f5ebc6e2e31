using Workbook.Spark;
using Workbook.Spark.Storage;

namespace Workbook.Tests.Spark.Storage;

/// <summary>§5.3: what goes when memory has no room, step by step. A block here has 8 bytes for each of its numbers.</summary>
public sealed class BlockStoreTests
{
    private readonly SparkContext _spark = SparkInputs.Context();
    private readonly List<long> _written = [];

    [Fact]
    public void What_fits_stays_and_counts()
    {
        var store = Store(memory: 100);
        var rdd = Kept();
        Assert.Equal([Placement.InMemory, Placement.InMemory], [store.Keep(rdd, 0, Numbers(5)), store.Keep(rdd, 3, Numbers(7))]);
        Assert.Equal((96, 2, 0), (store.Bytes, store.Count(rdd), store.Evictions));
        Assert.Equal([0, 3], store.Partitions(rdd).Order());
        Assert.Equal(7, ((Block<long>)store.Find(rdd, 3)!.Value.Block).Records.Length);
        Assert.Null(store.Find(rdd, 1));
        Assert.Null(store.Find(Kept(), 0));
    }

    [Fact]
    public void A_partition_never_pushes_out_one_of_its_own_dataset()
    {
        var store = Store(memory: 100);
        var rdd = Kept();
        _ = store.Keep(rdd, 0, Numbers(10));
        Assert.Equal(Placement.Nowhere, store.Keep(rdd, 1, Numbers(10)));
        Assert.NotNull(store.Find(rdd, 0));
    }

    [Fact]
    public void The_dataset_that_was_used_longest_ago_gives_its_partition_that_was_used_longest_ago()
    {
        var store = Store(memory: 80);
        var (first, second, third) = (Kept(), Kept(), Kept());
        foreach (var (rdd, partition) in new[] { (first, 0), (first, 1), (second, 0), (second, 1) }) _ = store.Keep(rdd, partition, Numbers(2));
        _ = store.Find(first, 0);
        Assert.Equal(Placement.InMemory, store.Keep(third, 0, Numbers(4)));
        Assert.Equal((true, true, false, true), Have(store, (first, 0), (first, 1), (second, 0), (second, 1)));
        Assert.Equal(Placement.InMemory, store.Keep(third, 1, Numbers(2)));
        Assert.Equal(Placement.InMemory, store.Keep(third, 2, Numbers(2)));
        Assert.Equal((80, 3), (store.Bytes, store.Evictions));
    }

    [Fact]
    public void Nothing_goes_when_it_would_not_help()
    {
        var store = Store(memory: 100);
        var (mine, other) = (Kept(), Kept());
        _ = store.Keep(mine, 0, Numbers(10));
        _ = store.Keep(other, 0, Numbers(2));
        Assert.Equal(Placement.Nowhere, store.Keep(mine, 1, Numbers(5)));
        Assert.Equal(Placement.Nowhere, store.Keep(mine, 2, Numbers(50)));
        Assert.Equal((96, 0), (store.Bytes, store.Evictions));
        Assert.NotNull(store.Find(other, 0));
    }

    [Fact]
    public void Without_the_rule_the_partition_that_was_used_longest_ago_goes_whosever_it_is()
    {
        var store = Store(memory: 80, evictsOthers: false);
        var (first, second) = (Kept(), Kept());
        _ = store.Keep(first, 0, Numbers(5));
        _ = store.Keep(second, 0, Numbers(5));
        _ = store.Find(first, 0);
        Assert.Equal(Placement.InMemory, store.Keep(second, 1, Numbers(5)));
        Assert.Equal((true, false, true, false), Have(store, (first, 0), (second, 0), (second, 1), (first, 1)));
    }

    [Fact]
    public void What_is_thrown_out_goes_to_disk_if_it_may_be_there()
    {
        var store = Store(memory: 80);
        var (first, second, third) = (Kept(StorageLevel.MemoryAndDisk), Kept(), Kept(StorageLevel.DiskOnly));
        _ = store.Keep(first, 0, Numbers(6));
        Assert.Equal(Placement.InMemory, store.Keep(second, 0, Numbers(8)));
        Assert.Equal(Placement.OnDisk, store.Keep(third, 0, Numbers(3)));
        Assert.Equal([48L, 24], _written);
        Assert.True(store.Find(first, 0)!.Value.IsOnDisk);
        Assert.Equal(Placement.InMemory, store.Keep(first, 1, Numbers(10)));
        Assert.Equal(Placement.OnDisk, store.Keep(first, 2, Numbers(4)));
        Assert.Equal((3, 0, 1), (store.Count(first), store.Count(second), store.Count(third)));
        Assert.Equal(80, store.Bytes);
    }

    [Fact]
    public void A_disk_that_refuses_leaves_the_store_as_it_was()
    {
        var store = new BlockStore(80, evictsOthers: true, _ => throw new SparkException("full"));
        var first = Kept(StorageLevel.MemoryAndDisk);
        _ = store.Keep(first, 0, Numbers(6));
        Assert.Throws<SparkException>(() => store.Keep(Kept(), 0, Numbers(8)));
        Assert.Equal((48, 1, 0), (store.Bytes, store.Count(first), store.Evictions));
    }

    [Fact]
    public void What_is_kept_again_or_forgotten_takes_no_room_any_more()
    {
        var store = Store(memory: 100);
        var (first, second) = (Kept(), Kept());
        _ = store.Keep(first, 0, Numbers(6));
        _ = store.Keep(first, 0, Numbers(8));
        _ = store.Keep(second, 0, Numbers(1));
        _ = store.Keep(second, 1, Numbers(0));
        Assert.Equal(72, store.Bytes);
        store.Forget(first);
        Assert.Equal((8, 0, 2), (store.Bytes, store.Count(first), store.Count(second)));
        Assert.Equal(Placement.Nowhere, store.Keep(first.Unpersist(), 0, Numbers(1)));
        Assert.Equal(Placement.InMemory, store.Keep(Kept(), 0, Numbers(12)));
        Assert.Equal(1, store.Count(second));
    }

    private static (bool, bool, bool, bool) Have(BlockStore store, params (Rdd Rdd, int Partition)[] of)
    {
        var have = of.Select(each => store.Partitions(each.Rdd).Contains(each.Partition)).ToList();
        return (have[0], have[1], have[2], have[3]);
    }

    private static Block<long> Numbers(int count) => new(new long[count]);

    private BlockStore Store(long memory, bool evictsOthers = true) => new(memory, evictsOthers, block =>
    {
        _written.Add(block.Bytes);
        return block;
    });

    private Rdd<long> Kept(StorageLevel level = StorageLevel.MemoryOnly) => _spark.Range(0, 1).Persist(level);
}
