using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Workbook.Spark.Records;

/// <summary>The number of items plus one (0 is null), then the items; those that are raw in one copy.</summary>
internal sealed class ArrayCodec<T>(RecordCodec<T> item) : RecordCodec<T[]?>
{
    internal override void Put(T[]? value, ref ByteSink to) => PutItems(value, value is null, ref to);

    internal override T[]? Take(ref ReadOnlySpan<byte> from)
    {
        var count = ByteSource.Count(ref from, item.LeastSize);
        if (count < 0)
            return null;
        var items = item.IsRaw ? GC.AllocateUninitializedArray<T>(count) : new T[count];
        TakeItems(items, ref from);
        return items;
    }

    internal override long Measure(T[]? value) => MeasureItems(value, value is null);

    public int TakeCount(ref ReadOnlySpan<byte> from) => ByteSource.Count(ref from, item.LeastSize);

    public void PutItems(ReadOnlySpan<T> items, bool isNull, ref ByteSink to)
    {
        to.Number(isNull ? 0 : (uint)items.Length + 1);
        if (item.IsRaw)
        {
            if ((long)items.Length * Unsafe.SizeOf<T>() > Array.MaxLength)
                throw new SparkException($"{items.Length} items of type {TypeNames.Of(typeof(T))} take more than the 2 GB of one array: divide them into more partitions.");
            MemoryOf(items).CopyTo(to.Next(items.Length * Unsafe.SizeOf<T>()));
            return;
        }

        foreach (var one in items)
            item.Put(one, ref to);
    }

    public void TakeItems(Span<T> items, ref ReadOnlySpan<byte> from)
    {
        if (item.IsRaw)
        {
            var raw = ByteSource.Next(ref from, items.Length * Unsafe.SizeOf<T>());
            if (!item.Allows(raw))
                throw new SparkException("a byte that is 0 or 1 is neither");
            raw.CopyTo(MemoryOf<T>(items));
            return;
        }

        foreach (ref var one in items)
            one = item.Take(ref from);
    }

    public long MeasureItems(ReadOnlySpan<T> items, bool isNull)
    {
        long size = ByteSink.NumberSize(isNull ? 0 : (uint)items.Length + 1);
        if (item.FixedSize is { } each)
            return size + ((long)items.Length * each);
        foreach (var one in items)
            size += item.Measure(one);
        return size;
    }

    /// <summary>The items' own memory. Only for raw items, which hold no references.</summary>
    private static Span<byte> MemoryOf<TItem>(ReadOnlySpan<TItem> items) => MemoryMarshal.CreateSpan(
        ref Unsafe.As<TItem, byte>(ref MemoryMarshal.GetReference(items)), items.Length * Unsafe.SizeOf<TItem>());
}

/// <summary>As the array that is inside; one that was never set is read back as one that was never set.</summary>
internal sealed class ImmutableArrayCodec<T>(ArrayCodec<T> array) : RecordCodec<ImmutableArray<T>>
{
    internal override void Put(ImmutableArray<T> value, ref ByteSink to) => array.Put(ImmutableCollectionsMarshal.AsArray(value), ref to);

    internal override ImmutableArray<T> Take(ref ReadOnlySpan<byte> from) => ImmutableCollectionsMarshal.AsImmutableArray(array.Take(ref from));

    internal override long Measure(ImmutableArray<T> value) => array.Measure(ImmutableCollectionsMarshal.AsArray(value));
}

/// <summary>As an array.</summary>
internal sealed class ListCodec<T>(ArrayCodec<T> array) : RecordCodec<List<T>?>
{
    internal override void Put(List<T>? value, ref ByteSink to) => array.PutItems(Items(value), value is null, ref to);

    internal override List<T>? Take(ref ReadOnlySpan<byte> from)
    {
        var count = array.TakeCount(ref from);
        if (count < 0)
            return null;
        var list = new List<T>(count);
        CollectionsMarshal.SetCount(list, count);
        array.TakeItems(CollectionsMarshal.AsSpan(list), ref from);
        return list;
    }

    internal override long Measure(List<T>? value) => array.MeasureItems(Items(value), value is null);

    private static Span<T> Items(List<T>? value)
    {
        if (value is not null && value.GetType() != typeof(List<T>))
            throw CompositeCodec.Derived(value.GetType(), typeof(List<T>));
        return CollectionsMarshal.AsSpan(value);
    }
}

/// <summary>A sequence known by an interface alone: written as an array, and read back as one.</summary>
internal sealed class SequenceCodec<TSequence, T>(ArrayCodec<T> array) : RecordCodec<TSequence?>
    where TSequence : class, IEnumerable<T>
{
    internal override void Put(TSequence? value, ref ByteSink to) => array.PutItems(Items(value), value is null, ref to);

    internal override TSequence? Take(ref ReadOnlySpan<byte> from) => (TSequence?)(object?)array.Take(ref from);

    internal override long Measure(TSequence? value) => array.MeasureItems(Items(value), value is null);

    private static ReadOnlySpan<T> Items(TSequence? value) => value switch
    {
        null => default,
        T[] items => items,
        List<T> list => CollectionsMarshal.AsSpan(list),
        _ => value.ToArray(),
    };
}
