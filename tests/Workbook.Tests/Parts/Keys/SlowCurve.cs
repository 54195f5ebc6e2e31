using System.Numerics;

namespace Workbook.Tests.Parts.Keys;

/// <summary>
/// secp256k1, y² = x³ + 7 modulo p, by its definition and with .NET's big integers: what ours is compared with. Null is the point at infinity.
/// </summary>
internal static class SlowCurve
{
    public static readonly BigInteger P = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 32) - 977;
    public static readonly BigInteger N = Number("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

    public static readonly (BigInteger X, BigInteger Y) G = (
        Number("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"),
        Number("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"));

    public static BigInteger Number(string hexadecimal) => Number(Convert.FromHexString(hexadecimal));

    public static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    public static byte[] ToBytes(BigInteger number)
    {
        var bytes = new byte[32];
        var few = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        few.CopyTo(bytes.AsSpan(32 - few.Length));
        return bytes;
    }

    public static BigInteger Inverse(BigInteger a, BigInteger modulus) => BigInteger.ModPow(a, modulus - 2, modulus);

    public static BigInteger Mod(BigInteger a, BigInteger modulus) => (a % modulus + modulus) % modulus;

    /// <summary>The even or odd root of x³ + 7; null where there is none.</summary>
    public static BigInteger? Y(BigInteger x, bool odd)
    {
        var square = (BigInteger.ModPow(x, 3, P) + 7) % P;
        var root = BigInteger.ModPow(square, (P + 1) / 4, P);
        if (root * root % P != square)
            return null;
        return root.IsEven == odd ? P - root : root;
    }

    public static bool IsOnCurve(BigInteger x, BigInteger y) => (y * y - x * x * x - 7) % P == 0;

    public static (BigInteger X, BigInteger Y)? Add((BigInteger X, BigInteger Y)? left, (BigInteger X, BigInteger Y)? right)
    {
        if (left is not var (x1, y1))
            return right;
        if (right is not var (x2, y2))
            return left;
        if (x1 == x2 && (y1 + y2) % P == 0)
            return null;
        var slope = x1 == x2 ? 3 * x1 * x1 * Inverse(2 * y1, P) : (y2 - y1) * Inverse(Mod(x2 - x1, P), P);
        var x = Mod(slope * slope - x1 - x2, P);
        return (x, Mod(slope * (x1 - x) - y1, P));
    }

    public static (BigInteger X, BigInteger Y)? Multiply(BigInteger factor, (BigInteger X, BigInteger Y)? point)
    {
        (BigInteger X, BigInteger Y)? sum = null;
        for (; factor > 0; factor >>= 1, point = Add(point, point))
            if (!factor.IsEven)
                sum = Add(sum, point);
        return sum;
    }
}
