using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Workbook.Parts;

namespace Workbook.MapReduce.Tasks;

/// <summary>
/// The distinct keys of a map task, numbered from 0 in the order in which they were first seen: a hash table with open addressing
/// over bytes that lie one after the other in one array, so that a key costs no object.
/// </summary>
internal sealed class KeyTable
{
    /// <summary>
    /// A key of up to eight bytes lies in its slot, where looking it up touches no other memory: most words of most languages are
    /// that short. A longer key is known there by its hash, and compared byte by byte only if that is the same.
    /// </summary>
    private record struct Slot(ulong WordOrHash, int Length, int NumberPlusOne);

    private record struct Place(ulong Hash, int Start, int Length);

    private Slot[] _slots = new Slot[1024];
    private Place[] _places = new Place[512];
    private byte[] _bytes = new byte[16 * 1024];
    private int _used;

    /// <summary>Never read; only there so that the compiler cannot leave out <see cref="Touch"/>.</summary>
    private volatile int _touched;

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    /// <summary>About how much memory they take, in bytes.</summary>
    public long Size { get; private set; }

    /// <summary>A key's bytes.</summary>
    public ReadOnlySpan<byte> this[int number] => _bytes.AsSpan(_places[number].Start, _places[number].Length);

    /// <summary>A key's hash.</summary>
    public ulong HashOf(int number) => _places[number].Hash;

    /// <summary>The number of a key; when it is new, that is the old <see cref="Count"/>.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> key, ulong seed)
    {
        if (key.Length > 8)
            return FindOrAddLong(key, StableHash.Of(key, seed));
        var word = StableHash.Word(key);
        return FindOrAddShort(word, key.Length, StableHash.OfWord(word, key.Length, seed));
    }

    private int FindOrAddLong(ReadOnlySpan<byte> key, ulong hash)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            ref var slot = ref slots[at];
            if (slot.NumberPlusOne == 0)
                return Add(key, hash, ref slot);
            if (slot.WordOrHash == hash && slot.Length == key.Length && this[slot.NumberPlusOne - 1].SequenceEqual(key))
                return slot.NumberPlusOne - 1;
        }
    }

    /// <summary>The numbers of the keys of a batch; new ones are numbered in their order.</summary>
    public void FindOrAdd<TValue>(ShortKeyBatch<TValue> batch)
    {
        Touch(batch.Hashes.AsSpan(0, batch.Count));
        for (var i = 0; i < batch.Count; i++)
            batch.Numbers[i] = FindOrAddShort(batch.Words[i], batch.Lengths[i], batch.Hashes[i]);
    }

    private int FindOrAddShort(ulong word, int length, ulong hash)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            ref var slot = ref slots[at];
            if (slot.WordOrHash == word && slot.Length == length && slot.NumberPlusOne != 0)
                return slot.NumberPlusOne - 1;
            if (slot.NumberPlusOne == 0)
                return AddShort(word, length, hash, ref slot);
        }
    }

    private int AddShort(ulong word, int length, ulong hash, ref Slot slot)
    {
        Span<byte> key = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(key, word);
        return Add(key[..length], hash, ref slot);
    }

    /// <summary>Reads the slots of all hashes, one after the other without a decision between them, to have them in the cache.</summary>
    private void Touch(ReadOnlySpan<ulong> hashes)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        var all = 0;
        foreach (var hash in hashes)
            all |= slots[(int)hash & mask].Length;
        _touched = all;
    }

    /// <summary>Forgets all keys, keeps the memory.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        Count = 0;
        Size = 0;
        _used = 0;
    }

    private int Add(ReadOnlySpan<byte> key, ulong hash, ref Slot slot)
    {
        if (Count == _places.Length)
            Array.Resize(ref _places, 2 * Count);
        if (key.Length > _bytes.Length - _used)
            Array.Resize(ref _bytes, Growth.Of(_bytes.Length, (long)_used + key.Length));
        key.CopyTo(_bytes.AsSpan(_used));
        _places[Count] = new Place(hash, _used, key.Length);
        _used += key.Length;
        slot = SlotOf(Count++);
        Size += key.Length + Unsafe.SizeOf<Place>() + (2 * Unsafe.SizeOf<Slot>());
        if (Count * 2 > _slots.Length)
            GrowSlots();
        return Count - 1;
    }

    private Slot SlotOf(int number)
    {
        var (hash, _, length) = _places[number];
        return new Slot(length <= 8 ? StableHash.Word(this[number]) : hash, length, number + 1);
    }

    private void GrowSlots()
    {
        _slots = new Slot[2 * _slots.Length];
        var mask = _slots.Length - 1;
        for (var number = 0; number < Count; number++)
        {
            var at = (int)_places[number].Hash & mask;
            while (_slots[at].NumberPlusOne != 0)
                at = (at + 1) & mask;
            _slots[at] = SlotOf(number);
        }
    }
}

/// <summary>How a full array grows: to twice its size, or as far as is needed, or as far as an array can.</summary>
internal static class Growth
{
    public static int Of(int length, long needed) => needed <= Array.MaxLength
        ? (int)Math.Max(needed, Math.Min(2L * length, Array.MaxLength))
        : throw new MapReduceException("A map task's pairs need more than 2 GB at once: give the job less memory for each task, so that it spills earlier.");
}
