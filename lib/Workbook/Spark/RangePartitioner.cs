using System.Diagnostics.CodeAnalysis;
using Workbook.Spark.Records;
using Workbook.Spark.Shuffle;

namespace Workbook.Spark;

/// <summary>By the key's order: partition 0 has the smallest keys. Bounds come from a sample, so that partitions are about as large as each other.</summary>
public sealed class RangePartitioner<TKey> : Partitioner, IEquatable<RangePartitioner<TKey>>
{
    private readonly TKey[] _bounds;
    private readonly IComparer<TKey> _order;

    /// <summary>A partitioner by bounds.</summary>
    /// <param name="bounds">The largest key of every partition but the last, in order.</param>
    /// <param name="order">The order of keys; without one their own.</param>
    /// <exception cref="SparkException">The bounds are not in order.</exception>
    public RangePartitioner(IEnumerable<TKey> bounds, IComparer<TKey>? order = null)
        : this(Checked(bounds), order ?? KeyOrder<TKey>.Ascending)
    {
    }

    private RangePartitioner(TKey[] bounds, IComparer<TKey> order)
        : base(bounds.Length + 1)
    {
        (_bounds, _order) = (bounds, order);
        for (var at = 1; at < bounds.Length; at++)
        {
            if (order.Compare(bounds[at - 1], bounds[at]) > 0)
                throw new SparkException($"Bounds of ranges must ascend: '{bounds[at]}' comes after '{bounds[at - 1]}'.");
        }
    }

    /// <summary>The largest key of every partition but the last.</summary>
    public IReadOnlyList<TKey> Bounds => _bounds;

    /// <inheritdoc/>
    public override int PartitionOf<TOther>(TOther key)
    {
        if (key is null) throw new ArgumentNullException(null, "a key is null");
        if (key is not TKey its) throw new SparkException($"These ranges are of keys of type {TypeNames.Of(typeof(TKey))}; the key '{key}' is none.");
        var (low, high) = (0, _bounds.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_order.Compare(its, _bounds[middle]) <= 0) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] RangePartitioner<TKey>? other) =>
        other is not null && ReferenceEquals(_order, other._order) && _bounds.AsSpan().SequenceEqual(other._bounds);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RangePartitioner<TKey>);

    /// <inheritdoc/>
    public override int GetHashCode() => Partitions;

    /// <inheritdoc/>
    public override string ToString() => $"range({Partitions})";

    /// <summary>Bounds that cut a sample into parts of about the same size.</summary>
    internal static RangePartitioner<TKey> FromSample(TKey[] sample, int partitions, IComparer<TKey> order)
    {
        try
        {
            Array.Sort(sample, order);
        }
        catch (InvalidOperationException e)
        {
            var why = (e.InnerException ?? e).Message.TrimEnd('.');
            throw new SparkException($"Keys of type {TypeNames.Of(typeof(TKey))} cannot be sorted ({why}): sort by a number, a text, or a tuple of these.", e);
        }

        var bounds = new List<TKey>();
        for (var part = 1; part < partitions && sample.Length > 0; part++)
        {
            var bound = sample[Math.Max(0, (int)((long)part * sample.Length / partitions) - 1)];
            if (bounds.Count == 0 || order.Compare(bounds[^1], bound) < 0) bounds.Add(bound);
        }

        return new RangePartitioner<TKey>([.. bounds], order);
    }

    private static TKey[] Checked(IEnumerable<TKey> bounds)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        return [.. bounds];
    }
}
