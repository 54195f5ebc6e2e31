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
    /// <summary>Each holds an entry's number, from 1, below its key's hash, so that most keys that are others are not looked at; 0 is free.</summary>
    private ulong[] _slots;
    private (TKey Key, TValue Value)[] _entries;
    private int _mask;

    public KeyTable(int capacity = 0)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(capacity, 16, 1 << 28));
        _entries = ArrayPool<(TKey, TValue)>.Shared.Rent(size);
        _slots = Slots(_entries.Length);
        _mask = _entries.Length * 2 - 1;
    }

    public int Count { get; private set; }

    /// <summary>Something of the keys that <see cref="Expect"/> has read: for nobody, but while it could be asked for, reading them cannot be left out.</summary>
    public int Touched { get; private set; }

    /// <summary>Keys and values, in the order in which the keys first came.</summary>
    public ReadOnlySpan<(TKey Key, TValue Value)> Entries => _entries.AsSpan(0, Count);

    /// <summary>The place of a key's value, where a new key's is the type's default.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref TValue At(TKey key, out bool isNew) => ref At(key, HashOf(key), out isNew);

    /// <inheritdoc cref="At(TKey, out bool)"/>
    /// <param name="key">The key.</param>
    /// <param name="hash">What <see cref="Expect"/> has given for it.</param>
    /// <param name="isNew">Whether it was not there before.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref TValue At(TKey key, uint hash, out bool isNew)
    {
        var entry = Find(key, hash);
        isNew = entry < 0;
        if (isNew) return ref Add(key, hash);
        return ref _entries[entry].Value;
    }

    /// <summary>
    /// The hashes of keys that will be looked up next. What is known of them is read, one key after the other without waiting for any, to have it in the
    /// processor's cache.
    /// </summary>
    public void Expect<TOther>(ReadOnlySpan<(TKey Key, TOther Value)> records, Span<uint> hashes)
    {
        for (var at = 0; at < records.Length; at++) hashes[at] = HashOf(records[at].Key);
        Touch(hashes[..records.Length]);
    }

    /// <summary>The place of a key's entry; −1 when it is not there.</summary>
    public int Find(TKey key) => Find(key, HashOf(key));

    /// <summary>The entries as an array of their own.</summary>
    public (TKey Key, TValue Value)[] ToArray() => Entries.ToArray();

    public void Dispose()
    {
        ArrayPool<ulong>.Shared.Return(_slots);
        ArrayPool<(TKey, TValue)>.Shared.Return(_entries, RuntimeHelpers.IsReferenceOrContainsReferences<(TKey, TValue)>());
        (_slots, _entries, Count) = ([], [], 0);
    }

    /// <summary>Texts are asked for first: code for them is shared with other classes, and would look up their type with every key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint HashOf(TKey key) => (uint)(!typeof(TKey).IsValueType && key is string text ? KeyHash<string>.Of(text) : KeyHash<TKey>.Of(key));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreEqual(TKey one, TKey other) => !typeof(TKey).IsValueType && one is string text
        ? string.Equals(text, Unsafe.As<TKey, string>(ref other)) : EqualityComparer<TKey>.Default.Equals(one, other);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Find(TKey key, uint hash)
    {
        var (slots, entries, mask) = (_slots, _entries, _mask);
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            var slot = slots[at];
            if (slot == 0) return -1;
            var entry = (int)slot - 1;
            if ((uint)(slot >> 32) == hash && AreEqual(key, entries[entry].Key)) return entry;
        }
    }

    private void Touch(ReadOnlySpan<uint> hashes)
    {
        var (slots, entries, mask) = (_slots, _entries, _mask);
        var all = 0;
        foreach (var hash in hashes)
        {
            var slot = slots[(int)hash & mask];
            if ((uint)(slot >> 32) != hash || slot == 0) continue;
            ref readonly var key = ref entries[(int)slot - 1].Key;
            if (typeof(TKey).IsValueType) all |= Unsafe.As<TKey, byte>(ref Unsafe.AsRef(in key));
            else if (key is string text) all |= text.Length;
        }

        Touched = all;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref TValue Add(TKey key, uint hash)
    {
        if (Count == _entries.Length) Grow();
        _entries[Count] = (key, default!);
        Enter(((ulong)hash << 32) | (uint)(Count + 1));
        return ref _entries[Count++].Value;
    }

    private void Enter(ulong slot)
    {
        var at = (int)(slot >> 32) & _mask;
        while (_slots[at] != 0) at = (at + 1) & _mask;
        _slots[at] = slot;
    }

    private void Grow()
    {
        var (before, used) = (_slots, _mask + 1);
        Resize(ref _entries);
        _slots = Slots(_entries.Length);
        _mask = _entries.Length * 2 - 1;
        foreach (var slot in before.AsSpan(0, used))
        {
            if (slot != 0) Enter(slot);
        }

        ArrayPool<ulong>.Shared.Return(before);
    }

    private static ulong[] Slots(int entries)
    {
        var slots = ArrayPool<ulong>.Shared.Rent(entries * 2);
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
