using System.Linq.Expressions;
using System.Reflection;

namespace Workbook.Spark.Records;

/// <summary>
/// Values made of members: records, classes, structs, longer tuples. A class has a byte before it that says whether it is there. Code for
/// the members is generated once for each type, so that no member is boxed and nothing is looked up at run time.
/// </summary>
internal sealed class CompositeCodec<T> : RecordCodec<T>
{
    private readonly bool _hasHead;
    private readonly bool _mayBeDerived = !typeof(T).IsSealed;
    private readonly Putter _put;
    private readonly Taker _take;
    private readonly Func<T, long> _measure;

    public CompositeCodec(CompositeShape shape, object[] codecs)
    {
        // A value without members takes a byte too: else a damaged count of such values could not be found out.
        _hasHead = !typeof(T).IsValueType || codecs.Length == 0;
        var head = _hasHead ? 1 : 0;
        int?[] sizes = [.. codecs.Select(codec => (int?)Of(codec, nameof(FixedSize)))];
        if (typeof(T).IsValueType && sizes.All(size => size is not null))
            FixedSize = head + sizes.Sum();
        LeastSize = typeof(T).IsValueType ? head + codecs.Sum(codec => (int)Of(codec, nameof(LeastSize))!) : 1;

        var value = Expression.Parameter(typeof(T), "value");
        var sink = Expression.Parameter(typeof(ByteSink).MakeByRefType(), "to");
        var source = Expression.Parameter(typeof(ReadOnlySpan<byte>).MakeByRefType(), "from");
        var members = shape.Members.Select(member => Expression.MakeMemberAccess(value, member)).ToArray();

        var puts = codecs.Select((codec, i) => Call(codec, nameof(Put), members[i], sink));
        _put = Expression.Lambda<Putter>(Expression.Block(typeof(void), [Expression.Empty(), .. puts]), value, sink).Compile();

        var taken = shape.Members.Select(member => Expression.Variable(CompositeShape.TypeOf(member), member.Name)).ToArray();
        var takes = codecs.Select((codec, i) => Expression.Assign(taken[i], Call(codec, nameof(Take), source)));
        _take = Expression.Lambda<Taker>(Expression.Block(taken, [.. takes, shape.Build(taken)]), source).Compile();

        Expression sum = Expression.Constant(head + sizes.Sum(size => (long)(size ?? 0)));
        for (var i = 0; i < codecs.Length; i++)
            sum = sizes[i] is null ? Expression.Add(sum, Call(codecs[i], nameof(Measure), members[i])) : sum;
        _measure = Expression.Lambda<Func<T, long>>(sum, value).Compile();
    }

    private delegate void Putter(T value, ref ByteSink to);

    private delegate T Taker(ref ReadOnlySpan<byte> from);

    public override int? FixedSize { get; }

    internal override int LeastSize { get; }

    internal override void Put(T value, ref ByteSink to)
    {
        if (_hasHead)
            to.Next(1)[0] = value is null ? (byte)0 : (byte)1;
        if (value is null)
            return;
        CheckType(value);
        _put(value, ref to);
    }

    internal override T Take(ref ReadOnlySpan<byte> from)
    {
        if (!_hasHead || ByteSource.Flag(ref from))
            return _take(ref from);
        return !typeof(T).IsValueType ? default! : throw new SparkException("a byte that is 1 is 0");
    }

    internal override long Measure(T value)
    {
        if (FixedSize is { } size)
            return size;
        if (value is null)
            return 1;
        CheckType(value);
        return _measure(value);
    }

    private void CheckType(T value)
    {
        if (_mayBeDerived && value!.GetType() != typeof(T))
            throw CompositeCodec.Derived(value.GetType(), typeof(T));
    }

    /// <summary>A call on a codec of a member, whose type is only known at run time.</summary>
    private static MethodCallExpression Call(object codec, string name, params Expression[] arguments)
    {
        var method = CompositeCodec.Abstract(codec).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
        return Expression.Call(Expression.Constant(codec, method.DeclaringType!), method, arguments);
    }

    private static object? Of(object codec, string property) => CompositeCodec.Abstract(codec)
        .GetProperty(property, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(codec);
}

/// <summary>What does not depend on the type.</summary>
internal static class CompositeCodec
{
    /// <summary>The <see cref="RecordCodec{T}"/> that a codec is.</summary>
    public static Type Abstract(object codec) => codec.GetType().BaseType!;

    public static SparkException Derived(Type actual, Type declared) => new(
        $"A value of type {TypeNames.Of(actual)} stands where {TypeNames.Of(declared)} is to be written, and what it adds would be lost: make a dataset of {TypeNames.Of(actual)}, or map to one sealed type.");
}
