using System.Buffers;

namespace Workbook.MapReduce;

/// <summary>
/// Pairs, sorted by the first item, then by the second. All items but the last are <em>marked off</em>: a zero byte inside is
/// written 00 FF and the end 00 00, so that ("a", "z") sorts before ("ab", "a") although the bytes of "a" are a prefix of those of "ab".
/// </summary>
internal sealed class PairCodec<T1, T2>(Codec<T1> first, Codec<T2> second) : Codec<(T1, T2)>
{
    public override void Encode((T1, T2) value, IBufferWriter<byte> to)
    {
        MarkedOff.Write(first, value.Item1, to);
        second.Encode(value.Item2, to);
    }

    public override (T1, T2) Decode(ReadOnlySpan<byte> bytes) => (MarkedOff.Read(first, ref bytes), second.Decode(bytes));

    public override void Print((T1, T2) value, IBufferWriter<byte> to)
    {
        first.Print(value.Item1, to);
        to.Write(" "u8);
        second.Print(value.Item2, to);
    }
}

/// <summary>Triples: as <see cref="PairCodec{T1, T2}"/>.</summary>
internal sealed class TripleCodec<T1, T2, T3>(Codec<T1> first, Codec<T2> second, Codec<T3> third) : Codec<(T1, T2, T3)>
{
    public override void Encode((T1, T2, T3) value, IBufferWriter<byte> to)
    {
        MarkedOff.Write(first, value.Item1, to);
        MarkedOff.Write(second, value.Item2, to);
        third.Encode(value.Item3, to);
    }

    public override (T1, T2, T3) Decode(ReadOnlySpan<byte> bytes) =>
        (MarkedOff.Read(first, ref bytes), MarkedOff.Read(second, ref bytes), third.Decode(bytes));

    public override void Print((T1, T2, T3) value, IBufferWriter<byte> to)
    {
        first.Print(value.Item1, to);
        to.Write(" "u8);
        second.Print(value.Item2, to);
        to.Write(" "u8);
        third.Print(value.Item3, to);
    }
}

/// <summary>An item with its end marked, in an encoding that sorts as the item does.</summary>
internal static class MarkedOff
{
    private static ReadOnlySpan<byte> EscapedZero => [0, 0xFF];

    private static ReadOnlySpan<byte> End => [0, 0];

    public static void Write<T>(Codec<T> codec, T value, IBufferWriter<byte> to)
    {
        var item = new ArrayBufferWriter<byte>();
        codec.Encode(value, item);
        foreach (var b in item.WrittenSpan)
            to.Write(b == 0 ? EscapedZero : [b]);
        to.Write(End);
    }

    public static T Read<T>(Codec<T> codec, ref ReadOnlySpan<byte> bytes)
    {
        var item = new ArrayBufferWriter<byte>();
        var at = 0;
        while (bytes[at] != 0 || bytes[at + 1] != 0)
        {
            item.Write(bytes.Slice(at, 1));
            at += bytes[at] == 0 ? 2 : 1;
        }

        bytes = bytes[(at + 2)..];
        return codec.Decode(item.WrittenSpan);
    }
}
