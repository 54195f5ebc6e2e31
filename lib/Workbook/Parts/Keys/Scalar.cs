using System.Buffers.Binary;
using System.Numerics;

namespace Workbook.Parts.Keys;

/// <summary>A number modulo n, the order of the curve, in four words of 64 bits, the lowest first; always below n.</summary>
internal readonly struct Scalar : IEquatable<Scalar>
{
    private const ulong N0 = 0xBFD25E8CD0364141, N1 = 0xBAAEDCE6AF48A03B, N2 = 0xFFFFFFFFFFFFFFFE, N3 = ulong.MaxValue;

    private readonly ulong w0, w1, w2, w3;

    /// <summary>A number given by its words, below n.</summary>
    public Scalar(ulong w0, ulong w1, ulong w2, ulong w3) => (this.w0, this.w1, this.w2, this.w3) = (w0, w1, w2, w3);

    public Scalar(ulong small) => w0 = small;

    /// <summary>n itself.</summary>
    public static BigInteger Order { get; } = Words(N0, N1, N2, N3);

    public bool IsZero => (w0 | w1 | w2 | w3) == 0;

    public bool IsOdd => (w0 & 1) == 1;

    /// <summary>Whether the number is above (n - 1) / 2.</summary>
    public bool IsHigh => IsLess((N0 >> 1) | (N1 << 63), (N1 >> 1) | (N2 << 63), (N2 >> 1) | (N3 << 63), N3 >> 1, w0, w1, w2, w3);

    /// <summary>The lowest 128 bits.</summary>
    public UInt128 Low => new(w1, w0);

    /// <summary>What stands above the lowest 128 bits.</summary>
    public UInt128 High => new(w3, w2);

    /// <summary>Reads 32 bytes, the highest first, modulo n; <paramref name="overflow"/> says whether the number was not below n.</summary>
    public static Scalar Read(ReadOnlySpan<byte> bytes, out bool overflow)
    {
        return Reduced(Word(bytes[24..]), Word(bytes[16..]), Word(bytes[8..]), Word(bytes), out overflow);

        static ulong Word(ReadOnlySpan<byte> eight) => BinaryPrimitives.ReadUInt64BigEndian(eight);
    }

    /// <summary>A number below 2²⁵⁶, modulo n.</summary>
    public static Scalar Reduced(ulong w0, ulong w1, ulong w2, ulong w3, out bool overflow)
    {
        overflow = !IsLess(w0, w1, w2, w3, N0, N1, N2, N3);
        return overflow ? Difference(w0, w1, w2, w3, N0, N1, N2, N3) : new Scalar(w0, w1, w2, w3);
    }

    /// <summary>A number from 0 to n - 1.</summary>
    public static Scalar Of(BigInteger number)
    {
        Span<byte> bytes = stackalloc byte[32];
        number.TryWriteBytes(bytes, out var written, isUnsigned: true);
        bytes[written..].Clear();
        bytes.Reverse();
        return Read(bytes, out _);
    }

    public BigInteger ToBigInteger() => Words(w0, w1, w2, w3);

    public (ulong W0, ulong W1, ulong W2, ulong W3) ToWords() => (w0, w1, w2, w3);

    /// <summary>The number's 32 bytes, the highest first.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[32];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, w3);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), w2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(16), w1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(24), w0);
        return bytes;
    }

    public static Scalar operator -(in Scalar a) => a.IsZero ? a : Difference(N0, N1, N2, N3, a.w0, a.w1, a.w2, a.w3);

    public static Scalar operator -(in Scalar a, in Scalar b) => a + -b;

    public static Scalar operator +(in Scalar a, in Scalar b)
    {
        var sum = (UInt128)a.w0 + b.w0;
        var s0 = (ulong)sum;
        sum = (sum >> 64) + a.w1 + b.w1;
        var s1 = (ulong)sum;
        sum = (sum >> 64) + a.w2 + b.w2;
        var s2 = (ulong)sum;
        sum = (sum >> 64) + a.w3 + b.w3;
        return sum >> 64 == 0 ? Reduced(s0, s1, s2, (ulong)sum, out _) : Difference(s0, s1, s2, (ulong)sum, N0, N1, N2, N3);
    }

    public static Scalar operator *(in Scalar a, in Scalar b)
    {
        Span<ulong> product = stackalloc ulong[8];
        Multiply(a, b, product);

        // 2²⁵⁶ is modulo n a number of 129 bits: what stands above comes in again, multiplied by that, until nothing is above.
        while ((product[4] | product[5] | product[6] | product[7]) != 0)
        {
            ReadOnlySpan<ulong> above = [product[4], product[5], product[6], product[7]];
            product[4..].Clear();
            AddProduct(product, above, ~N0 + 1);
            AddProduct(product[1..], above, ~N1);
            AddProduct(product[2..], above, 1);
        }
        return Reduced(product[0], product[1], product[2], product[3], out _);
    }

    /// <summary>1 divided by the number; of 0 it is 0.</summary>
    public Scalar Inverse()
    {
        var (i0, i1, i2, i3) = ModularInverse.OfN.Of(w0, w1, w2, w3);
        return new Scalar(i0, i1, i2, i3);
    }

    /// <summary>The product as it is, without n, in eight words.</summary>
    public static void Multiply(in Scalar a, in Scalar b, Span<ulong> product)
    {
        ReadOnlySpan<ulong> words = [a.w0, a.w1, a.w2, a.w3];
        product.Clear();
        AddProduct(product, words, b.w0);
        AddProduct(product[1..], words, b.w1);
        AddProduct(product[2..], words, b.w2);
        AddProduct(product[3..], words, b.w3);
    }

    public bool Equals(Scalar other) => (w0, w1, w2, w3) == (other.w0, other.w1, other.w2, other.w3);

    public override bool Equals(object? obj) => obj is Scalar other && Equals(other);

    public override int GetHashCode() => (int)w0;

    public override string ToString() => $"{ToBigInteger()}";

    private static void AddProduct(Span<ulong> sum, ReadOnlySpan<ulong> words, ulong factor)
    {
        ulong carry = 0;
        for (var i = 0; i < sum.Length && (i < words.Length || carry != 0); i++)
        {
            var high = Math.BigMul(i < words.Length ? words[i] : 0, factor, out var low);
            low += carry;
            high += low < carry ? 1UL : 0;
            sum[i] += low;
            carry = high + (sum[i] < low ? 1UL : 0);
        }
    }

    private static BigInteger Words(ulong w0, ulong w1, ulong w2, ulong w3) => ((BigInteger)new UInt128(w3, w2) << 128) + new UInt128(w1, w0);

    private static bool IsLess(ulong a0, ulong a1, ulong a2, ulong a3, ulong b0, ulong b1, ulong b2, ulong b3) =>
        a3 != b3 ? a3 < b3 : a2 != b2 ? a2 < b2 : a1 != b1 ? a1 < b1 : a0 < b0;

    private static Scalar Difference(ulong a0, ulong a1, ulong a2, ulong a3, ulong b0, ulong b1, ulong b2, ulong b3)
    {
        var low = new UInt128(a1, a0) - new UInt128(b1, b0);
        var borrow = new UInt128(a1, a0) < new UInt128(b1, b0) ? UInt128.One : 0;
        var high = new UInt128(a3, a2) - new UInt128(b3, b2) - borrow;
        return new Scalar((ulong)low, (ulong)(low >> 64), (ulong)high, (ulong)(high >> 64));
    }
}
