namespace Workbook.MapReduce.Tasks;

/// <summary>
/// A few dozen pairs with keys of up to eight bytes, waiting to be looked up together. A look-up in a table larger than the
/// processor's caches is mostly waiting for memory; of many look-ups that do not depend on each other, the processor waits for
/// several at once. A pair waits only for others with short keys, so the order of one key's values stays what it was.
/// </summary>
internal sealed class ShortKeyBatch<TValue>
{
    public const int Capacity = 64;

    /// <summary>The keys' bytes, as <see cref="Workbook.Parts.StableHash.Word"/> has them.</summary>
    public ulong[] Words { get; } = new ulong[Capacity];

    public int[] Lengths { get; } = new int[Capacity];

    public ulong[] Hashes { get; } = new ulong[Capacity];

    public TValue[] Values { get; } = new TValue[Capacity];

    /// <summary>Room for the numbers that the keys turn out to have.</summary>
    public int[] Numbers { get; } = new int[Capacity];

    public int Count { get; set; }
}
