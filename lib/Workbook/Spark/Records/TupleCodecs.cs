namespace Workbook.Spark.Records;

/// <summary>Pairs, the records of most datasets, so they are worth code of their own. One item behind the other.</summary>
internal sealed class PairCodec<T1, T2>(RecordCodec<T1> first, RecordCodec<T2> second) : RecordCodec<(T1, T2)>
{
    public override int? FixedSize { get; } = first.FixedSize + second.FixedSize;

    internal override int LeastSize { get; } = first.LeastSize + second.LeastSize;

    internal override void Put((T1, T2) value, ref ByteSink to)
    {
        first.Put(value.Item1, ref to);
        second.Put(value.Item2, ref to);
    }

    internal override (T1, T2) Take(ref ReadOnlySpan<byte> from) => (first.Take(ref from), second.Take(ref from));

    internal override long Measure((T1, T2) value) => FixedSize ?? first.Measure(value.Item1) + second.Measure(value.Item2);
}

/// <summary>Triples: as <see cref="PairCodec{T1, T2}"/>.</summary>
internal sealed class TripleCodec<T1, T2, T3>(RecordCodec<T1> first, RecordCodec<T2> second, RecordCodec<T3> third) : RecordCodec<(T1, T2, T3)>
{
    public override int? FixedSize { get; } = first.FixedSize + second.FixedSize + third.FixedSize;

    internal override int LeastSize { get; } = first.LeastSize + second.LeastSize + third.LeastSize;

    internal override void Put((T1, T2, T3) value, ref ByteSink to)
    {
        first.Put(value.Item1, ref to);
        second.Put(value.Item2, ref to);
        third.Put(value.Item3, ref to);
    }

    internal override (T1, T2, T3) Take(ref ReadOnlySpan<byte> from) => (first.Take(ref from), second.Take(ref from), third.Take(ref from));

    internal override long Measure((T1, T2, T3) value) =>
        FixedSize ?? first.Measure(value.Item1) + second.Measure(value.Item2) + third.Measure(value.Item3);
}

/// <summary>A byte that says whether there is a value, then the value.</summary>
internal sealed class NullableCodec<T>(RecordCodec<T> inner) : RecordCodec<T?>
    where T : struct
{
    internal override void Put(T? value, ref ByteSink to)
    {
        to.Next(1)[0] = value.HasValue ? (byte)1 : (byte)0;
        if (value.HasValue)
            inner.Put(value.GetValueOrDefault(), ref to);
    }

    internal override T? Take(ref ReadOnlySpan<byte> from) => ByteSource.Flag(ref from) ? inner.Take(ref from) : null;

    internal override long Measure(T? value) => value.HasValue ? 1 + inner.Measure(value.GetValueOrDefault()) : 1;
}

/// <summary>
/// Stands for the codec of a type inside that very type. Whoever nests values without end comes by here at each level, so the
/// stack is watched here and nowhere else.
/// </summary>
internal sealed class DeferredCodec<T> : RecordCodec<T>, IDeferred
{
    private RecordCodec<T>? _meant;

    void IDeferred.Become(object meant) => _meant = (RecordCodec<T>)meant;

    internal override void Put(T value, ref ByteSink to)
    {
        Damage.GuardDepth(typeof(T));
        _meant!.Put(value, ref to);
    }

    internal override T Take(ref ReadOnlySpan<byte> from)
    {
        Damage.GuardDepth(typeof(T));
        return _meant!.Take(ref from);
    }

    internal override long Measure(T value)
    {
        Damage.GuardDepth(typeof(T));
        return _meant!.Measure(value);
    }
}

/// <summary>What is named before it is there.</summary>
internal interface IDeferred
{
    void Become(object meant);
}
