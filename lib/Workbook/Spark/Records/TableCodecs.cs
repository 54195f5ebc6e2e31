namespace Workbook.Spark.Records;

/// <summary>A dictionary's entries in its own order, which is that of their adding while none is removed.</summary>
internal sealed class DictionaryCodec<TKey, TValue>(RecordCodec<TKey> key, RecordCodec<TValue> value) : RecordCodec<Dictionary<TKey, TValue>?>
    where TKey : notnull
{
    internal override void Put(Dictionary<TKey, TValue>? table, ref ByteSink to)
    {
        to.Number(table is null ? 0 : (uint)table.Count + 1);
        if (table is null)
            return;
        Comparison.Check(table, typeof(Dictionary<TKey, TValue>), table.Comparer);
        foreach (var entry in table)
        {
            key.Put(entry.Key, ref to);
            value.Put(entry.Value, ref to);
        }
    }

    internal override Dictionary<TKey, TValue>? Take(ref ReadOnlySpan<byte> from)
    {
        var count = ByteSource.Count(ref from, key.LeastSize + value.LeastSize);
        if (count < 0)
            return null;
        var table = new Dictionary<TKey, TValue>(count);
        for (var i = 0; i < count; i++)
        {
            if (!table.TryAdd(key.Take(ref from), value.Take(ref from)))
                throw new SparkException("a key of a dictionary is there twice");
        }

        return table;
    }

    internal override long Measure(Dictionary<TKey, TValue>? table)
    {
        if (table is null)
            return 1;
        long size = ByteSink.NumberSize((uint)table.Count + 1);
        if (key.FixedSize + value.FixedSize is { } each)
            return size + ((long)table.Count * each);
        foreach (var entry in table)
            size += key.Measure(entry.Key) + value.Measure(entry.Value);
        return size;
    }
}

/// <summary>A set's items, as the keys of <see cref="DictionaryCodec{TKey, TValue}"/>.</summary>
internal sealed class SetCodec<T>(RecordCodec<T> item) : RecordCodec<HashSet<T>?>
{
    internal override void Put(HashSet<T>? set, ref ByteSink to)
    {
        to.Number(set is null ? 0 : (uint)set.Count + 1);
        if (set is null)
            return;
        Comparison.Check(set, typeof(HashSet<T>), set.Comparer);
        foreach (var one in set)
            item.Put(one, ref to);
    }

    internal override HashSet<T>? Take(ref ReadOnlySpan<byte> from)
    {
        var count = ByteSource.Count(ref from, item.LeastSize);
        if (count < 0)
            return null;
        var set = new HashSet<T>(count);
        for (var i = 0; i < count; i++)
        {
            if (!set.Add(item.Take(ref from)))
                throw new SparkException("an item of a set is there twice");
        }

        return set;
    }

    internal override long Measure(HashSet<T>? set)
    {
        if (set is null)
            return 1;
        long size = ByteSink.NumberSize((uint)set.Count + 1);
        if (item.FixedSize is { } each)
            return size + ((long)set.Count * each);
        foreach (var one in set)
            size += item.Measure(one);
        return size;
    }
}

/// <summary>How a table compares its keys is code, and cannot be written: it must be the usual way.</summary>
internal static class Comparison
{
    public static void Check<T>(object table, Type expected, IEqualityComparer<T> comparer)
    {
        if (table.GetType() != expected)
            throw CompositeCodec.Derived(table.GetType(), expected);
        if (!comparer.Equals(EqualityComparer<T>.Default) && !ReferenceEquals(comparer, StringComparer.Ordinal))
            throw new SparkException($"A {TypeNames.Of(expected)} that compares by {TypeNames.Of(comparer.GetType())} cannot be written as bytes: copy it to one without a comparer.");
    }
}
