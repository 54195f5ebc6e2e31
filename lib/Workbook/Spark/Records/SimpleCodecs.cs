using System.Numerics;
using System.Runtime.CompilerServices;

namespace Workbook.Spark.Records;

/// <summary>Values of which every pattern of bits is one, written as they are in memory.</summary>
internal sealed class RawCodec<T> : RecordCodec<T>
    where T : unmanaged
{
    public override int? FixedSize => Unsafe.SizeOf<T>();

    internal override bool IsRaw => true;

    internal override void Put(T value, ref ByteSink to) => to.Raw(value);

    internal override T Take(ref ReadOnlySpan<byte> from) => ByteSource.Raw<T>(ref from);

    internal override long Measure(T value) => Unsafe.SizeOf<T>();
}

/// <summary>A byte that is 0 or 1: any other would be a truth value that equals neither.</summary>
internal sealed class BoolCodec : RecordCodec<bool>
{
    public override int? FixedSize => 1;

    internal override bool IsRaw => true;

    internal override void Put(bool value, ref ByteSink to) => to.Next(1)[0] = value ? (byte)1 : (byte)0;

    internal override bool Take(ref ReadOnlySpan<byte> from) => ByteSource.Flag(ref from);

    internal override long Measure(bool value) => 1;

    internal override bool Allows(ReadOnlySpan<byte> raw) => !raw.ContainsAnyExceptInRange<byte>(0, 1);
}

/// <summary>Values that are some raw value in disguise, but not every raw value is one: <paramref name="fromRaw"/> throws at others.</summary>
internal sealed class DisguisedCodec<T, TRaw>(Func<T, TRaw> toRaw, Func<TRaw, T> fromRaw) : RecordCodec<T>
    where TRaw : unmanaged
{
    public override int? FixedSize => Unsafe.SizeOf<TRaw>();

    internal override void Put(T value, ref ByteSink to) => to.Raw(toRaw(value));

    internal override T Take(ref ReadOnlySpan<byte> from) => fromRaw(ByteSource.Raw<TRaw>(ref from));

    internal override long Measure(T value) => Unsafe.SizeOf<TRaw>();
}

/// <summary>The number's shortest two's complement, with its length before it.</summary>
internal sealed class BigIntegerCodec : RecordCodec<BigInteger>
{
    internal override int LeastSize => 2;

    internal override void Put(BigInteger value, ref ByteSink to)
    {
        var length = value.GetByteCount();
        to.Number((uint)length);
        value.TryWriteBytes(to.Next(length), out _);
    }

    internal override BigInteger Take(ref ReadOnlySpan<byte> from)
    {
        var length = ByteSource.Number(ref from);
        return length <= (uint)from.Length ? new BigInteger(ByteSource.Next(ref from, (int)length)) : throw Damage.Ended();
    }

    internal override long Measure(BigInteger value) => ByteSink.NumberSize((uint)value.GetByteCount()) + value.GetByteCount();
}

/// <summary>The codecs of types that are not made of others.</summary>
internal static class SimpleCodecs
{
    private static readonly Dictionary<Type, object> All = new()
    {
        [typeof(bool)] = new BoolCodec(),
        [typeof(byte)] = new RawCodec<byte>(),
        [typeof(sbyte)] = new RawCodec<sbyte>(),
        [typeof(short)] = new RawCodec<short>(),
        [typeof(ushort)] = new RawCodec<ushort>(),
        [typeof(int)] = new RawCodec<int>(),
        [typeof(uint)] = new RawCodec<uint>(),
        [typeof(long)] = new RawCodec<long>(),
        [typeof(ulong)] = new RawCodec<ulong>(),
        [typeof(Int128)] = new RawCodec<Int128>(),
        [typeof(UInt128)] = new RawCodec<UInt128>(),
        [typeof(nint)] = new DisguisedCodec<nint, long>(value => value, raw => checked((nint)raw)),
        [typeof(nuint)] = new DisguisedCodec<nuint, ulong>(value => value, raw => checked((nuint)raw)),
        [typeof(char)] = new RawCodec<char>(),
        [typeof(Half)] = new RawCodec<Half>(),
        [typeof(float)] = new RawCodec<float>(),
        [typeof(double)] = new RawCodec<double>(),
        [typeof(Guid)] = new RawCodec<Guid>(),
        [typeof(TimeSpan)] = new RawCodec<TimeSpan>(),
        [typeof(string)] = new StringCodec(),
        [typeof(BigInteger)] = new BigIntegerCodec(),
        [typeof(decimal)] = new DisguisedCodec<decimal, DecimalBits>(DecimalBits.Of, bits => bits.ToDecimal()),
        [typeof(DateOnly)] = new DisguisedCodec<DateOnly, int>(date => date.DayNumber, DateOnly.FromDayNumber),
        [typeof(TimeOnly)] = new DisguisedCodec<TimeOnly, long>(time => time.Ticks, ticks => new TimeOnly(ticks)),
        // DateTime.ToBinary would move a local time to the reader's time zone.
        [typeof(DateTime)] = new DisguisedCodec<DateTime, ulong>(
            time => (ulong)time.Ticks | ((ulong)time.Kind << 62), raw => new DateTime((long)(raw & (ulong.MaxValue >> 2)), (DateTimeKind)(raw >> 62))),
        [typeof(DateTimeOffset)] = new DisguisedCodec<DateTimeOffset, OffsetBits>(OffsetBits.Of, bits => bits.ToDateTimeOffset()),
    };

    public static object? For(Type type) => All.GetValueOrDefault(type);

    private readonly record struct DecimalBits(int Low, int Middle, int High, int ScaleAndSign)
    {
        public static DecimalBits Of(decimal value)
        {
            Span<int> bits = stackalloc int[4];
            decimal.GetBits(value, bits);
            return new DecimalBits(bits[0], bits[1], bits[2], bits[3]);
        }

        public decimal ToDecimal() => new([Low, Middle, High, ScaleAndSign]);
    }

    /// <summary>The clock's ticks and its offset from UTC, which is whole minutes.</summary>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Pack = 2)]
    private readonly record struct OffsetBits(long Ticks, short Minutes)
    {
        public static OffsetBits Of(DateTimeOffset value) => new(value.Ticks, (short)value.TotalOffsetMinutes);

        public DateTimeOffset ToDateTimeOffset() => new(Ticks, TimeSpan.FromMinutes(Minutes));
    }
}
