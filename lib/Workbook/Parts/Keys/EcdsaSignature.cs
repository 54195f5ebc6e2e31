using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Workbook.Parts.Keys;

/// <summary>
/// A signature: two numbers r and s. What was read may hold numbers that no signature has (0, or n and more); such a one is well-formed
/// and verifies for no key, as in Bitcoin.
/// </summary>
public sealed class EcdsaSignature : IEquatable<EcdsaSignature>
{
    /// <summary>p - n: an r below it may stand for an x that is n more.</summary>
    private static readonly BigInteger orderBelowP = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 32) - 977 - Scalar.Order;

    /// <summary>A signature of two numbers, not negative; whether they can be a signature's is <see cref="IsInRange"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public EcdsaSignature(BigInteger r, BigInteger s)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(r);
        ArgumentOutOfRangeException.ThrowIfNegative(s);
        (R, S) = (r, s);
        IsInRange = !r.IsZero && r < Scalar.Order && !s.IsZero && s < Scalar.Order;
        if (IsInRange)
            (ScalarR, ScalarS) = (Scalar.Of(r), Scalar.Of(s));
    }

    internal EcdsaSignature(in Scalar r, in Scalar s) : this(r.ToBigInteger(), s.ToBigInteger())
    {
    }

    /// <summary>The x of the nonce's point, modulo n.</summary>
    public BigInteger R { get; }

    /// <summary>(hash + r·d) / nonce, modulo n.</summary>
    public BigInteger S { get; }

    /// <summary>Whether r and s are from 1 to n - 1. No other signature verifies.</summary>
    public bool IsInRange { get; }

    /// <summary>
    /// Whether s is at most n / 2. Of s and n - s, which verify alike, nodes relay only this one (BIP 62, BIP 146); blocks may hold either.
    /// </summary>
    public bool IsLowS => S <= (Scalar.Order >> 1);

    /// <summary>r of a signature in range; 0 of another.</summary>
    internal Scalar ScalarR { get; }

    /// <summary>s of a signature in range; 0 of another.</summary>
    internal Scalar ScalarS { get; }

    /// <summary>
    /// The same signature with n - s for s, which anyone can make and which verifies alike: so others could change a transaction's
    /// identifier, before signatures were set apart as its witness.
    /// </summary>
    /// <exception cref="InvalidOperationException">The signature is not <see cref="IsInRange"/>.</exception>
    public EcdsaSignature WithOtherS() => IsInRange
        ? new EcdsaSignature(ScalarR, -ScalarS)
        : throw new InvalidOperationException("Only a signature with r and s from 1 to n - 1 has another s.");

    /// <summary>
    /// Reads DER: 30, the length, then r and s each as 02, length and a number, the highest byte first. Bitcoin's byte for the hash type
    /// is not part of it.
    /// </summary>
    /// <param name="bytes">All of the signature.</param>
    /// <param name="strict">
    /// Whether BIP 66 holds: numbers as short as can be, nothing behind them. Without, as blocks before 363,725 may have it: lengths in
    /// the long form, numbers padded or negative (taken as positive), a wrong outer length, bytes behind.
    /// </param>
    /// <exception cref="KeyException">The bytes are no such signature; the message says what is wrong.</exception>
    public static EcdsaSignature ParseDer(ReadOnlySpan<byte> bytes, bool strict = true) =>
        DerSignature.Read(bytes, strict, out var signature) is { } complaint ? throw new KeyException(complaint) : signature!;

    /// <summary>Reads DER as <see cref="ParseDer"/> does; false where that would throw.</summary>
    public static bool TryParseDer(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out EcdsaSignature? signature, bool strict = true) =>
        DerSignature.Read(bytes, strict, out signature) is null;

    /// <summary>Reads the compact form: 32 bytes of r, 32 of s, the highest first.</summary>
    /// <exception cref="KeyException">The bytes are not 64.</exception>
    public static EcdsaSignature ParseCompact(ReadOnlySpan<byte> bytes) => bytes.Length == 64
        ? new EcdsaSignature(Number(bytes[..32]), Number(bytes[32..]))
        : throw new KeyException($"A compact signature has 64 bytes, and this one has {bytes.Length}.");

    /// <summary>The signature in DER, as BIP 66 wants it: 70 to 72 bytes as a rule.</summary>
    /// <exception cref="InvalidOperationException">The numbers are so large that more than 72 bytes were needed.</exception>
    public byte[] ToDer() => DerSignature.Write(this);

    /// <summary>The compact form: 32 bytes of r, 32 of s.</summary>
    /// <exception cref="InvalidOperationException">A number has more than 32 bytes.</exception>
    public byte[] ToCompact()
    {
        var bytes = new byte[64];
        if (R.GetBitLength() > 256 || S.GetBitLength() > 256)
            throw new InvalidOperationException("The compact form has room for numbers of 32 bytes, and one of this signature's has more.");
        R.TryWriteBytes(bytes.AsSpan(32 - R.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        S.TryWriteBytes(bytes.AsSpan(64 - S.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        return bytes;
    }

    /// <summary>The same two numbers.</summary>
    public bool Equals(EcdsaSignature? other) => other is not null && R == other.R && S == other.S;

    public override bool Equals(object? obj) => Equals(obj as EcdsaSignature);

    public override int GetHashCode() => R.GetHashCode() ^ S.GetHashCode();

    /// <summary>r and s in hexadecimal.</summary>
    public override string ToString() => $"r = {Hexadecimal(R)}, s = {Hexadecimal(S)}";

    /// <summary>The number of some bytes, the highest first.</summary>
    internal static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    /// <summary>The x of the nonce's point, of a signature in range: r or r + n; false where that is not below p.</summary>
    internal bool TryPointX(bool plusOrder, out FieldElement x)
    {
        x = default;
        if (plusOrder && R >= orderBelowP)
            return false;
        Span<byte> bytes = stackalloc byte[32];
        var number = plusOrder ? R + Scalar.Order : R;
        return number.TryWriteBytes(bytes[(32 - number.GetByteCount(isUnsigned: true))..], out _, isUnsigned: true, isBigEndian: true)
            && FieldElement.TryRead(bytes, out x);
    }

    private static string Hexadecimal(BigInteger number) => Convert.ToHexStringLower(number.ToByteArray(isUnsigned: true, isBigEndian: true));
}
