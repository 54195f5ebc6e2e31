namespace Workbook.Spark.Shuffle;

/// <summary>What one map task of a shuffle leaves on its machine: a block of records for each partition after the shuffle.</summary>
internal abstract class MapOutput(long[] bytes)
{
    /// <summary>How many bytes the block for a partition has, written out.</summary>
    public long Bytes(int partition) => bytes[partition];

    /// <summary>All of them together.</summary>
    public long TotalBytes => bytes.Sum();

    /// <summary>How many records the block for a partition has.</summary>
    public abstract int Records(int partition);
}

/// <inheritdoc/>
internal sealed class MapOutput<TKey, TCombined>((TKey Key, TCombined Value)[][] blocks)
    : MapOutput([.. blocks.Select(block => Storage.Block<(TKey Key, TCombined Value)>.SizeOf(block))])
{
    public (TKey Key, TCombined Value)[] Block(int partition) => blocks[partition];

    public override int Records(int partition) => blocks[partition].Length;
}
