using System.Runtime.CompilerServices;

namespace Workbook.MapReduce.Tasks;

/// <summary>
/// The distinct keys of a map task, numbered from 0 in the order in which they were first seen: a hash table with open addressing
/// over bytes that lie one after the other in one array, so that a key costs no object.
/// </summary>
internal sealed class KeyTable
{
    private record struct Place(ulong Hash, int Start, int Length);

    /// <summary>0 for a free slot; otherwise the key's number + 1 below and the upper half of its hash above.</summary>
    private ulong[] _slots = new ulong[1024];
    private Place[] _places = new Place[512];
    private byte[] _bytes = new byte[16 * 1024];
    private int _used;

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    /// <summary>About how much memory they take, in bytes.</summary>
    public long Size => _used + Count * (long)(2 * sizeof(ulong) + Unsafe.SizeOf<Place>());

    /// <summary>A key's bytes.</summary>
    public ReadOnlySpan<byte> this[int number] => _bytes.AsSpan(_places[number].Start, _places[number].Length);

    /// <summary>A key's hash.</summary>
    public ulong HashOf(int number) => _places[number].Hash;

    /// <summary>The number of a key; when it is new, that is the old <see cref="Count"/>.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> key, ulong hash)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            var slot = slots[at];
            if (slot == 0)
                return Add(key, hash, at);
            if ((uint)(slot >> 32) == (uint)(hash >> 32) && this[(int)(uint)slot - 1].SequenceEqual(key))
                return (int)(uint)slot - 1;
        }
    }

    /// <summary>Forgets all keys, keeps the memory.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        Count = 0;
        _used = 0;
    }

    private int Add(ReadOnlySpan<byte> key, ulong hash, int slot)
    {
        if (Count == _places.Length)
            Array.Resize(ref _places, 2 * Count);
        if (key.Length > _bytes.Length - _used)
            Array.Resize(ref _bytes, Growth.Of(_bytes.Length, (long)_used + key.Length));
        key.CopyTo(_bytes.AsSpan(_used));
        _places[Count] = new Place(hash, _used, key.Length);
        _used += key.Length;
        _slots[slot] = SlotOf(Count);
        if (++Count * 2 > _slots.Length)
            GrowSlots();
        return Count - 1;
    }

    private ulong SlotOf(int number) => (_places[number].Hash & 0xFFFFFFFF_00000000) | (uint)(number + 1);

    private void GrowSlots()
    {
        _slots = new ulong[2 * _slots.Length];
        var mask = _slots.Length - 1;
        for (var number = 0; number < Count; number++)
        {
            var at = (int)_places[number].Hash & mask;
            while (_slots[at] != 0)
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
