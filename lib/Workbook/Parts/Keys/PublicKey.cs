using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Workbook.Parts.Keys;

/// <summary>A public key: a point (x, y) of the curve secp256k1, y² = x³ + 7 modulo p, and not the point at infinity (SEC 2, §2.4.1).</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    internal PublicKey((BigInteger X, BigInteger Y) point) => (X, Y) = point;

    /// <summary>The point's x, from 0 to p - 1.</summary>
    public BigInteger X { get; }

    /// <summary>The point's y, from 1 to p - 1.</summary>
    public BigInteger Y { get; }

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
        var x = signature.R + (recoveryId >= 2 ? SlowCurve.N : 0);
        if (x >= SlowCurve.P || SlowCurve.Y(x, odd: recoveryId % 2 == 1) is not { } y)
            throw new KeyException("No point of the curve has the x that the signature's r and the recovery id say.");
        var inverse = SlowCurve.Inverse(signature.R, SlowCurve.N);
        var u1 = SlowCurve.Mod(-SlowCurve.Number(hash) * inverse, SlowCurve.N);
        var u2 = signature.S * inverse % SlowCurve.N;
        var point = SlowCurve.Add(SlowCurve.Multiply(u1, SlowCurve.G), SlowCurve.Multiply(u2, (x, y)));
        return point is { } found ? new PublicKey(found) : throw new KeyException("The signature's key would be the point at infinity.");
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
        var inverse = SlowCurve.Inverse(signature.S, SlowCurve.N);
        var u1 = SlowCurve.Number(hash) * inverse % SlowCurve.N;
        var u2 = signature.R * inverse % SlowCurve.N;
        var point = SlowCurve.Add(SlowCurve.Multiply(u1, SlowCurve.G), SlowCurve.Multiply(u2, (X, Y)));
        return point is var (x, _) && x % SlowCurve.N == signature.R;
    }

    /// <summary>The key as 33 bytes, or as 65 with both coordinates.</summary>
    public byte[] ToBytes(bool compressed = true) => compressed
        ? [(byte)(Y.IsEven ? 2 : 3), .. SlowCurve.ToBytes(X)]
        : [4, .. SlowCurve.ToBytes(X), .. SlowCurve.ToBytes(Y)];

    /// <summary>The same point.</summary>
    public bool Equals(PublicKey? other) => other is not null && X == other.X && Y == other.Y;

    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    public override int GetHashCode() => X.GetHashCode();

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
            return bytes.IsEmpty ? "A public key has 33 or 65 bytes, and this one has none." : $"A public key begins with 02, 03, 04, 06 or 07, and this one with {bytes[0]:x2}.";
        var wanted = bytes[0] < 4 ? 33 : 65;
        if (bytes.Length != wanted)
            return $"A public key that begins with {bytes[0]:x2} has {wanted} bytes, and this one has {bytes.Length}.";
        var x = SlowCurve.Number(bytes[1..33]);
        if (x >= SlowCurve.P)
            return "The key's x is not below p.";
        if (wanted == 33)
        {
            if (SlowCurve.Y(x, odd: bytes[0] == 3) is not { } root)
                return "No point of the curve has the key's x.";
            key = new PublicKey((x, root));
            return null;
        }
        var y = SlowCurve.Number(bytes[33..]);
        if (y >= SlowCurve.P)
            return "The key's y is not below p.";
        if (!SlowCurve.IsOnCurve(x, y))
            return "The key's point (x, y) is not on the curve.";
        if (bytes[0] != 4 && y.IsEven != (bytes[0] == 6))
            return $"The key begins with {bytes[0]:x2}, which says that y is {(bytes[0] == 6 ? "even" : "odd")}, and it is not.";
        key = new PublicKey((x, y));
        return null;
    }
}
