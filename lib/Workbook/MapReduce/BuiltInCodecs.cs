using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Workbook.MapReduce;

/// <summary>The codecs that need not be named, chosen by type.</summary>
internal static class BuiltInCodecs
{
    private static readonly Dictionary<Type, object> Simple = new()
    {
        [typeof(string)] = new StringCodec(),
        [typeof(ByteString)] = new ByteStringCodec(),
        [typeof(int)] = new IntCodec(),
        [typeof(long)] = new LongCodec(),
        [typeof(double)] = new DoubleCodec(),
    };

    /// <summary>The codec for a type.</summary>
    /// <param name="role">What values of the type are in the job: <c>key</c>, <c>value</c> or <c>result</c>.</param>
    /// <exception cref="MapReduceException">There is none.</exception>
    public static Codec<T> For<T>(string role) =>
        (Codec<T>?)For(typeof(T)) ?? throw new MapReduceException(
            $"A {role} of type {NameOf(typeof(T))} cannot be written as bytes: use string, ByteString, int, long, double or a tuple of two or three of these, or pass a Codec<{NameOf(typeof(T))}> of your own.");

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;

    private static object? For(Type type)
    {
        if (Simple.TryGetValue(type, out var simple))
            return simple;
        if (!type.IsGenericType)
            return null;
        var open = type.GetGenericTypeDefinition();
        var tuple = open == typeof(ValueTuple<,>) ? typeof(PairCodec<,>) : open == typeof(ValueTuple<,,>) ? typeof(TripleCodec<,,>) : null;
        var parts = type.GetGenericArguments();
        var codecs = parts.Select(For).ToArray();
        return tuple is null || codecs.Contains(null) ? null : Activator.CreateInstance(tuple.MakeGenericType(parts), codecs);
    }
}

/// <summary>UTF-8, whose byte order is the order of code points.</summary>
internal sealed class StringCodec : Codec<string>
{
    public override void Encode(string value, IBufferWriter<byte> to) => Encoding.UTF8.GetBytes(value ?? throw new ArgumentNullException(nameof(value)), to);

    public override string Decode(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    public override void Print(string value, IBufferWriter<byte> to) => Encode(value, to);
}

/// <summary>The bytes as they are, all the way from the split to the output file.</summary>
internal sealed class ByteStringCodec : Codec<ByteString>
{
    public override void Encode(ByteString value, IBufferWriter<byte> to) => to.Write(value.Span);

    public override ByteString Decode(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    public override void Print(ByteString value, IBufferWriter<byte> to) => to.Write(value.Span);

    internal override ReadOnlySpan<byte> BytesOf(ByteString value, ArrayBufferWriter<byte> scratch) => value.Span;
}

/// <summary>Big-endian with the sign bit flipped, so that −1 sorts before 0.</summary>
internal sealed class IntCodec : Codec<int>
{
    public override void Encode(int value, IBufferWriter<byte> to)
    {
        BinaryPrimitives.WriteInt32BigEndian(to.GetSpan(4), value ^ int.MinValue);
        to.Advance(4);
    }

    public override int Decode(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32BigEndian(bytes) ^ int.MinValue;
}

/// <summary>As <see cref="IntCodec"/>, in eight bytes.</summary>
internal sealed class LongCodec : Codec<long>
{
    public override void Encode(long value, IBufferWriter<byte> to)
    {
        BinaryPrimitives.WriteInt64BigEndian(to.GetSpan(8), value ^ long.MinValue);
        to.Advance(8);
    }

    public override long Decode(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64BigEndian(bytes) ^ long.MinValue;
}

/// <summary>IEEE 754 bits, big-endian, made to sort: a negative number has all its bits flipped, a positive one its sign bit.</summary>
internal sealed class DoubleCodec : Codec<double>
{
    public override void Encode(double value, IBufferWriter<byte> to)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        BinaryPrimitives.WriteInt64BigEndian(to.GetSpan(8), bits < 0 ? ~bits : bits ^ long.MinValue);
        to.Advance(8);
    }

    public override double Decode(ReadOnlySpan<byte> bytes)
    {
        var bits = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return BitConverter.Int64BitsToDouble(bits < 0 ? bits ^ long.MinValue : ~bits);
    }
}
