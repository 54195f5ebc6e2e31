using System.Collections.Frozen;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Workbook.Parts;

namespace Workbook.Spark.Records;

/// <summary>The hash of keys that are one value: that of their bytes, where equal keys have equal bytes, and else of some that are equal.</summary>
internal static class ScalarHash
{
    private static readonly FrozenSet<Type> Types = new[]
    {
        typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(Int128), typeof(UInt128), typeof(nint), typeof(nuint), typeof(char), typeof(Half), typeof(float), typeof(double), typeof(decimal),
        typeof(string), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan), typeof(BigInteger),
    }.ToFrozenSet();

    public static bool Knows(Type type) => type.IsEnum || Types.Contains(type);

    /// <summary>
    /// The hash of a key of one of these types. The compiler of each <typeparamref name="K"/> answers every question here beforehand, and
    /// leaves one line; <c>Unsafe.As</c> is between a type and itself, and boxes nothing even where code is not yet optimised.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryOf<K>(K key, out ulong hash)
    {
        if (typeof(K) == typeof(string)) hash = OfText(Unsafe.As<K, string>(ref key));
        else if (typeof(K) == typeof(int) || typeof(K) == typeof(uint) || typeof(K) == typeof(DateOnly)) hash = Of(Unsafe.As<K, uint>(ref key));
        else if (IsLong<K>()) hash = Of(Unsafe.As<K, ulong>(ref key));
        else if (typeof(K) == typeof(bool)) hash = StableHash.OfWord(Unsafe.As<K, bool>(ref key) ? 1u : 0u, 1, 0);
        else if (typeof(K) == typeof(byte) || typeof(K) == typeof(sbyte)) hash = StableHash.OfWord(Unsafe.As<K, byte>(ref key), 1, 0);
        else if (IsShort<K>()) hash = StableHash.OfWord(Unsafe.As<K, ushort>(ref key), 2, 0);
        else if (typeof(K) == typeof(double)) hash = Of(Unsafe.As<K, double>(ref key));
        else if (typeof(K) == typeof(float)) hash = Of(Unsafe.As<K, float>(ref key));
        else if (typeof(K) == typeof(Half)) hash = Of((double)Unsafe.As<K, Half>(ref key));
        else if (typeof(K) == typeof(nint)) hash = Of((ulong)Unsafe.As<K, nint>(ref key));
        else if (typeof(K) == typeof(nuint)) hash = Of(Unsafe.As<K, nuint>(ref key));
        // Neither the kind of a time nor its offset counts when two are compared.
        else if (typeof(K) == typeof(DateTime)) hash = Of((ulong)Unsafe.As<K, DateTime>(ref key).Ticks);
        else if (typeof(K) == typeof(DateTimeOffset)) hash = Of((ulong)Unsafe.As<K, DateTimeOffset>(ref key).UtcTicks);
        else if (typeof(K) == typeof(Guid) || typeof(K) == typeof(Int128) || typeof(K) == typeof(UInt128)) hash = StableHash.Of(BytesOf(ref key));
        else if (typeof(K) == typeof(decimal)) hash = Of(Unsafe.As<K, decimal>(ref key));
        else if (typeof(K) == typeof(BigInteger)) hash = Of(Unsafe.As<K, BigInteger>(ref key));
        else if (typeof(K).IsEnum) hash = StableHash.OfWord(StableHash.Word(BytesOf(ref key)), Unsafe.SizeOf<K>(), 0);
        else
        {
            hash = 0;
            return false;
        }

        return true;
    }

    /// <summary>Nothing, inside a key.</summary>
    public static ulong OfNull() => StableHash.OfWord(0, 0, 1);

    /// <summary>The hash of several parts so far, and of one more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong hash, ulong next) => StableHash.OfWord(next, 8, hash);

    private static ulong OfText(string? text) => text is null ? OfNull() : StableHash.Of(MemoryMarshal.AsBytes(text.AsSpan()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Of(uint value) => StableHash.OfWord(value, 4, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Of(ulong value) => StableHash.OfWord(value, 8, 0);

    /// <summary>−0 equals 0, and every value that is no number equals every other.</summary>
    private static ulong Of(double value) => Of(BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : double.IsNaN(value) ? double.NaN : value));

    /// <summary>1.0 equals 1.00, and −0 equals 0.</summary>
    private static ulong Of(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var digits = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        var scale = (ulong)value.Scale;
        for (; scale > 0 && digits % 10 == 0; scale--)
            digits /= 10;
        var sign = digits != 0 && bits[3] < 0 ? 1UL : 0UL;
        return Add(Add(Of((ulong)digits), (ulong)(digits >> 64)), (scale << 1) | sign);
    }

    private static ulong Of(BigInteger value)
    {
        const int onTheStack = 256;
        var length = value.GetByteCount();
        var bytes = length <= onTheStack ? stackalloc byte[onTheStack] : new byte[length];
        value.TryWriteBytes(bytes, out _);
        return StableHash.Of(bytes[..length]);
    }

    private static bool IsLong<K>() =>
        typeof(K) == typeof(long) || typeof(K) == typeof(ulong) || typeof(K) == typeof(TimeSpan) || typeof(K) == typeof(TimeOnly);

    private static bool IsShort<K>() => typeof(K) == typeof(short) || typeof(K) == typeof(ushort) || typeof(K) == typeof(char);

    /// <summary>The memory of a value that holds no references.</summary>
    private static ReadOnlySpan<byte> BytesOf<K>(ref K key) => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<K, byte>(ref key), Unsafe.SizeOf<K>());
}
