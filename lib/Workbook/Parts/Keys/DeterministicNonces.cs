using System.Security.Cryptography;

namespace Workbook.Parts.Keys;

/// <summary>
/// RFC 6979, §3.2 with HMAC-SHA256: the nonces that a key tries for a hash, one after another. A nonce that repeats for two hashes, or
/// that others can guess, gives the key away; these follow from key and hash alone.
/// </summary>
internal ref struct DeterministicNonces
{
    private readonly byte[] k = new byte[32];
    private readonly byte[] v = new byte[32];
    private bool first = true;

    /// <param name="key">The private key's 32 bytes.</param>
    /// <param name="hash">The hash as a number modulo n, 32 bytes (<c>bits2octets</c>).</param>
    public DeterministicNonces(ReadOnlySpan<byte> key, ReadOnlySpan<byte> hash)
    {
        v.AsSpan().Fill(0x01);
        Update([0x00, .. key, .. hash]);
        Update([0x01, .. key, .. hash]);
    }

    /// <summary>The next 32 bytes to try; the caller refuses 0 and what is not below n.</summary>
    public ReadOnlySpan<byte> Next()
    {
        if (!first)
            Update([0x00]);
        first = false;
        HMACSHA256.HashData(k, v, v);
        return v;
    }

    private readonly void Update(ReadOnlySpan<byte> data)
    {
        HMACSHA256.HashData(k, [.. v, .. data], k);
        HMACSHA256.HashData(k, v, v);
    }
}
