using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Workbook.Parts.Keys;

/// <summary>A public key: a point (x, y) of the curve secp256k1, y² = x³ + 7 modulo p, and not the point at infinity (SEC 2, §2.4.1).</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    private readonly AffinePoint point;

    /// <summary>A key whose point has normal coordinates.</summary>
    internal PublicKey(in AffinePoint point) => this.point = point;

    /// <summary>The point's x, from 0 to p - 1.</summary>
    public BigInteger X => Number(point.X);

    /// <summary>The point's y, from 1 to p - 1.</summary>
    public BigInteger Y => Number(point.Y);

    /// <summary>
    /// Reads a key of 33 bytes (02 or 03 for an even or odd y, then x) or of 65 (04, x, y). The hybrid form that Bitcoin's consensus
    /// allows is taken too: 06 or 07 for an even or odd y, then x and y.
    /// </summary>
    /// <exception cref="KeyException">The bytes are no point of the curve; the message says why.</exception>
    public static PublicKey Parse(ReadOnlySpan<byte> bytes) => Read(bytes, out var key) is { } complaint ? throw new KeyException(complaint) : key!;

    /// <summary>Reads a key as <see cref="Parse"/> does; false where that would throw.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PublicKey? key) => Read(bytes, out key) is null;

    /// <summary>The key that signed a hash, found from the signature alone (SEC 1, §4.1.6).</summary>
    /// <param name="hash">32 bytes: the hash that was signed.</param>
    /// <param name="signature">Its signature.</param>
    /// <param name="recoveryId">0 to 3: 1 if the nonce's point has an odd y, and 2 more if its x is not below n.</param>
    /// <exception cref="ArgumentException">The hash is not of 32 bytes, or the recovery id is not 0 to 3.</exception>
    /// <exception cref="KeyException">No key gives this signature with this recovery id; the message says why.</exception>
    public static PublicKey Recover(ReadOnlySpan<byte> hash, EcdsaSignature signature, int recoveryId)
    {
        CheckHash(hash);
        ArgumentOutOfRangeException.ThrowIfNegative(recoveryId);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(recoveryId, 3);
        if (!signature.IsInRange)
            throw new KeyException("The signature's r and s must be from 1 to n - 1.");
        if (!signature.TryPointX(plusOrder: recoveryId >= 2, out var x) || !AffinePoint.TryLift(x, odd: recoveryId % 2 == 1, out var nonce))
            throw new KeyException("No point of the curve has the x that the signature's r and the recovery id say.");

        // s·k = hash + r·d, and k·G is known: d·G is (s·k·G - hash·G) / r.
        var inverse = signature.ScalarR.Inverse();
        var sum = Multiplication.Sum(-(Scalar.Read(hash, out _) * inverse), signature.ScalarS * inverse, nonce);
        return sum.IsInfinity ? throw new KeyException("The signature's key would be the point at infinity.") : new PublicKey(sum.ToAffine());
    }

    /// <summary>Whether this key's owner signed a hash (SEC 1, §4.1.4). Either of the two s that fit is taken, and r or s out of range is false.</summary>
    /// <param name="hash">32 bytes: the hash of what was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <exception cref="ArgumentException">The hash is not of 32 bytes.</exception>
    public bool Verify(ReadOnlySpan<byte> hash, EcdsaSignature signature)
    {
        CheckHash(hash);
        if (!signature.IsInRange)
            return false;
        var inverse = signature.ScalarS.Inverse();
        var sum = Multiplication.Sum(Scalar.Read(hash, out _) * inverse, signature.ScalarR * inverse, point);
        if (sum.IsInfinity)
            return false;

        // x modulo n is r: x is r or r + n. x is X / Z², and multiplying the other side needs no division.
        var square = sum.Z.Square();
        return (signature.TryPointX(plusOrder: false, out var x) && sum.X.Is(x * square))
            || (signature.TryPointX(plusOrder: true, out x) && sum.X.Is(x * square));
    }

    /// <summary>The key as 33 bytes, or as 65 with both coordinates.</summary>
    public byte[] ToBytes(bool compressed = true)
    {
        var bytes = new byte[compressed ? 33 : 65];
        bytes[0] = (byte)(!compressed ? 4 : point.Y.IsOdd ? 3 : 2);
        point.X.Write(bytes.AsSpan(1));
        if (!compressed)
            point.Y.Write(bytes.AsSpan(33));
        return bytes;
    }

    /// <summary>The same point.</summary>
    public bool Equals(PublicKey? other) => other is not null && point.X.ToWords() == other.point.X.ToWords() && point.Y.IsOdd == other.point.Y.IsOdd;

    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    public override int GetHashCode() => (int)point.X.ToWords().W0;

    /// <summary>The 33 bytes in hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToBytes());

    internal static void CheckHash(ReadOnlySpan<byte> hash)
    {
        if (hash.Length != 32)
            throw new ArgumentException($"A hash of 32 bytes is signed, and this one has {hash.Length}: hash the message first.", nameof(hash));
    }

    private static string? Read(ReadOnlySpan<byte> bytes, out PublicKey? key)
    {
        key = null;
        if (bytes is not ([2 or 3, ..] or [4 or 6 or 7, ..]))
        {
            return bytes.IsEmpty
                ? "A public key has 33 or 65 bytes, and this one has none."
                : $"A public key begins with 02, 03, 04, 06 or 07, and this one with {bytes[0]:x2}.";
        }
        var wanted = bytes[0] < 4 ? 33 : 65;
        if (bytes.Length != wanted)
            return $"A public key that begins with {bytes[0]:x2} has {wanted} bytes, and this one has {bytes.Length}.";
        if (!FieldElement.TryRead(bytes[1..], out var x))
            return "The key's x is not below p.";
        AffinePoint point;
        if (wanted == 33)
        {
            if (!AffinePoint.TryLift(x, odd: bytes[0] == 3, out point))
                return "No point of the curve has the key's x.";
            key = new PublicKey(point);
            return null;
        }
        if (!FieldElement.TryRead(bytes[33..], out var y))
            return "The key's y is not below p.";
        point = new AffinePoint(x, y);
        if (!point.IsOnCurve)
            return "The key's point (x, y) is not on the curve.";
        if (bytes[0] != 4 && y.IsOdd != (bytes[0] == 7))
            return $"The key begins with {bytes[0]:x2}, which says that y is {(bytes[0] == 6 ? "even" : "odd")}, and it is not.";
        key = new PublicKey(point);
        return null;
    }

    private static BigInteger Number(in FieldElement element)
    {
        var (w0, w1, w2, w3) = element.ToWords();
        return ((BigInteger)new UInt128(w3, w2) << 128) + new UInt128(w1, w0);
    }
}
