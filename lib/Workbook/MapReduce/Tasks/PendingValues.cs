using System.Buffers;
using System.Runtime.CompilerServices;

namespace Workbook.MapReduce.Tasks;

/// <summary>The values that a map task holds in memory, by the number of their key.</summary>
internal abstract class PendingValues<TValue>(Codec<TValue> codec)
{
    /// <summary>For encoding one value.</summary>
    protected ArrayBufferWriter<byte> Scratch { get; } = new();

    protected Codec<TValue> Codec => codec;

    /// <summary>About how much memory they take, in bytes.</summary>
    public long Size { get; protected set; }

    /// <summary>Adds a value for a key; a new key has the next number.</summary>
    public abstract void Add(int key, TValue value);

    /// <summary>Writes a key's group.</summary>
    public abstract void Write(int key, ReadOnlySpan<byte> keyBytes, SegmentWriter to);

    /// <summary>Forgets all values, keeps the memory.</summary>
    public abstract void Clear();

    /// <summary>
    /// One value a key where a combiner allows it; but values with references in them (a string that grows, say) are kept encoded,
    /// because nobody could tell how much memory they take.
    /// </summary>
    public static PendingValues<TValue> For(Codec<TValue> codec, Func<TValue, TValue, TValue>? combine) =>
        combine is not null && !RuntimeHelpers.IsReferenceOrContainsReferences<TValue>()
            ? new FoldedValues<TValue>(codec, combine)
            : new ListedValues<TValue>(codec, combine);
}

/// <summary>One value a key: the fold of all that came.</summary>
internal sealed class FoldedValues<TValue>(Codec<TValue> codec, Func<TValue, TValue, TValue> combine) : PendingValues<TValue>(codec)
{
    private TValue[] _values = new TValue[512];
    private int _count;

    public override void Add(int key, TValue value) => Add([key], [value]);

    /// <summary>Adds a value for each of some keys.</summary>
    public void Add(ReadOnlySpan<int> keys, ReadOnlySpan<TValue> values)
    {
        if (_values.Length - _count < keys.Length)
            Array.Resize(ref _values, 2 * _values.Length);
        var all = _values;
        for (var i = 0; i < keys.Length && i < values.Length; i++)
        {
            if (keys[i] < _count)
                all[keys[i]] = combine(all[keys[i]], values[i]);
            else
                all[_count++] = values[i];
        }

        Size = _count * (long)Unsafe.SizeOf<TValue>();
    }

    public override void Write(int key, ReadOnlySpan<byte> keyBytes, SegmentWriter to)
    {
        var value = Codec.BytesOf(_values[key], Scratch);
        to.WriteKey(keyBytes, SegmentWriter.SizeOfValue(value.Length));
        to.WriteValue(value);
    }

    public override void Clear()
    {
        _count = 0;
        Size = 0;
    }
}
