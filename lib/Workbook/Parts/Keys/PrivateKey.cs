using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Workbook.Parts.Keys;

/// <summary>
/// A private key of secp256k1: a number d from 1 to n - 1, n being the order of the curve's generator G. Its public key is the
/// point d·G.
/// </summary>
/// <remarks>For study only: how long signing takes depends on the key, and the key stays in memory. Never for money.</remarks>
public sealed class PrivateKey : IEquatable<PrivateKey>
{
    private readonly Scalar d;

    private PrivateKey(in Scalar d)
    {
        this.d = d;
        PublicKey = new PublicKey(Multiplication.OfGenerator(d).ToAffine());
    }

    /// <summary>The point d·G, by which others verify what this key signs.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>Reads a key of 32 bytes, the highest first.</summary>
    /// <exception cref="KeyException">The bytes are not 32, or the number is 0 or not below n.</exception>
    public static PrivateKey Parse(ReadOnlySpan<byte> bytes) =>
        Read(bytes, out var key) is { } complaint ? throw new KeyException(complaint) : key!;

    /// <summary>Reads a key as <see cref="Parse"/> does; false where that would throw.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PrivateKey? key) => Read(bytes, out key) is null;

    /// <summary>
    /// The key that a text stands for, such as <c>FromText("Alice")</c>: the SHA-256 hash of its UTF-8 bytes. The same text gives the
    /// same key everywhere, so whoever guesses the text has the key. For notebooks and tests, never for money.
    /// </summary>
    public static PrivateKey FromText(string text)
    {
        // A hash is refused as a key once in 2^128 tries; hashing it again leaves no text without a key.
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        PrivateKey? key;
        while (!TryParse(bytes, out key))
            bytes = SHA256.HashData(bytes);
        return key;
    }

    /// <summary>The key's 32 bytes, the highest first.</summary>
    public byte[] ToBytes() => d.ToBytes();

    /// <summary>
    /// Signs a hash. The nonce is RFC 6979's, so the same key and hash give the same signature, and s is the lower of the two that would
    /// do.
    /// </summary>
    /// <param name="hash">32 bytes: the hash of what is signed.</param>
    /// <exception cref="ArgumentException">The hash is not of 32 bytes.</exception>
    public EcdsaSignature Sign(ReadOnlySpan<byte> hash) => SignRecoverable(hash).Signature;

    /// <summary>
    /// Signs a hash as <see cref="Sign"/> does, and says which of the up to four public keys that fit the signature is this key's.
    /// </summary>
    /// <param name="hash">32 bytes: the hash of what is signed.</param>
    /// <returns>The signature, and the recovery id, 0 to 3, for <see cref="PublicKey.Recover"/>.</returns>
    /// <exception cref="ArgumentException">The hash is not of 32 bytes.</exception>
    public (EcdsaSignature Signature, int RecoveryId) SignRecoverable(ReadOnlySpan<byte> hash)
    {
        PublicKey.CheckHash(hash);
        var e = Scalar.Read(hash, out _);
        var nonces = new DeterministicNonces(ToBytes(), e.ToBytes());
        while (true)
        {
            var k = Scalar.Read(nonces.Next(), out var overflow);
            if (k.IsZero || overflow)
                continue;
            var point = Multiplication.OfGenerator(k).ToAffine();
            var (w0, w1, w2, w3) = point.X.ToWords();
            var r = Scalar.Reduced(w0, w1, w2, w3, out overflow);
            var s = k.Inverse() * (e + r * d);
            if (r.IsZero || s.IsZero)
                continue;

            // n - s is the signature by -k, whose point is the opposite one.
            var id = (point.Y.IsOdd != s.IsHigh ? 1 : 0) + (overflow ? 2 : 0);
            return (new EcdsaSignature(r, s.IsHigh ? -s : s), id);
        }
    }

    /// <summary>The same number.</summary>
    public bool Equals(PrivateKey? other) => other is not null && d.Equals(other.d);

    public override bool Equals(object? obj) => Equals(obj as PrivateKey);

    public override int GetHashCode() => PublicKey.GetHashCode();

    /// <summary>Names the key by its public key: a private key is not shown by accident.</summary>
    public override string ToString() => $"private key of {PublicKey}";

    private static string? Read(ReadOnlySpan<byte> bytes, out PrivateKey? key)
    {
        key = null;
        if (bytes.Length != 32)
            return $"A private key has 32 bytes, and this one has {bytes.Length}.";
        var d = Scalar.Read(bytes, out var overflow);
        if (d.IsZero || overflow)
            return $"A private key is from 1 to n - 1, and this one is {(overflow ? "not below n" : "0")}.";
        key = new PrivateKey(d);
        return null;
    }
}
