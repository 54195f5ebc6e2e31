using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using Workbook.Spark.Records;

namespace Workbook.Spark.Shuffle;

/// <summary>
/// Keys with a value each, in the order in which the keys first came. A dictionary of .NET's would do but for two things: its hashes of texts differ from
/// process to process, and a key is looked up and added in one go here. Its arrays are lent by the pool, since a job makes thousands of tables of about the
/// same size.
/// </summary>
internal sealed class KeyTable<TKey, TValue> : IDisposable
{
    private int[] _slots;
    private (TKey Key, TValue Value)[] _entries;
    private uint[] _hashes;
    private int _mask;

    public KeyTable(int capacity = 0)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(capacity, 16, 1 << 28));
        _entries = ArrayPool<(TKey, TValue)>.Shared.Rent(size);
        _hashes = KeepsHashes ? ArrayPool<uint>.Shared.Rent(size) : [];
        _slots = Slots(_entries.Length);
        _mask = _entries.Length * 2 - 1;
    }

    public int Count { get; private set; }

    /// <summary>Keys and values, in the order in which the keys first came.</summary>
    public ReadOnlySpan<(TKey Key, TValue Value)> Entries => _entries.AsSpan(0, Count);

    /// <summary>Comparing two texts costs more than comparing their hashes first; comparing two numbers does not.</summary>
    private static bool KeepsHashes => !typeof(TKey).IsValueType;

    /// <summary>The place of a key's value, where a new key's is the type's default.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref TValue At(TKey key, out bool isNew)
    {
        var hash = (uint)KeyHash<TKey>.Of(key);
        var entry = Find(key, hash);
        isNew = entry < 0;
        if (isNew) return ref Add(key, hash);
        return ref _entries[entry].Value;
    }

    /// <summary>The place of a key's entry; −1 when it is not there.</summary>
    public int Find(TKey key) => Find(key, (uint)KeyHash<TKey>.Of(key));

    /// <summary>The entries as an array of their own.</summary>
    public (TKey Key, TValue Value)[] ToArray() => Entries.ToArray();

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_slots);
        ArrayPool<(TKey, TValue)>.Shared.Return(_entries, RuntimeHelpers.IsReferenceOrContainsReferences<(TKey, TValue)>());
        if (KeepsHashes) ArrayPool<uint>.Shared.Return(_hashes);
        (_slots, _entries, _hashes, Count) = ([], [], [], 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Find(TKey key, uint hash)
    {
        var (slots, entries, mask) = (_slots, _entries, _mask);
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            var entry = slots[at] - 1;
            if (entry < 0) return -1;
            if ((!KeepsHashes || _hashes[entry] == hash) && EqualityComparer<TKey>.Default.Equals(entries[entry].Key, key)) return entry;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref TValue Add(TKey key, uint hash)
    {
        if (Count == _entries.Length) Grow();
        _entries[Count] = (key, default!);
        if (KeepsHashes) _hashes[Count] = hash;
        Enter(Count, hash);
        return ref _entries[Count++].Value;
    }

    private void Enter(int entry, uint hash)
    {
        var at = (int)hash & _mask;
        while (_slots[at] != 0) at = (at + 1) & _mask;
        _slots[at] = entry + 1;
    }

    private void Grow()
    {
        ArrayPool<int>.Shared.Return(_slots);
        Resize(ref _entries);
        if (KeepsHashes) Resize(ref _hashes);
        _slots = Slots(_entries.Length);
        _mask = _entries.Length * 2 - 1;
        for (var entry = 0; entry < Count; entry++) Enter(entry, KeepsHashes ? _hashes[entry] : (uint)KeyHash<TKey>.Of(_entries[entry].Key));
    }

    private static int[] Slots(int entries)
    {
        var slots = ArrayPool<int>.Shared.Rent(entries * 2);
        Array.Clear(slots, 0, entries * 2);
        return slots;
    }

    private static void Resize<T>(ref T[] array)
    {
        var larger = ArrayPool<T>.Shared.Rent(array.Length * 2);
        array.CopyTo(larger, 0);
        ArrayPool<T>.Shared.Return(array, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        array = larger;
    }
}
