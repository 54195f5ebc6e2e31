using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Workbook.Parts;

/// <summary>
/// A 64-bit hash of bytes that is the same in every process, on every machine and on every .NET, which
/// <c>string.GetHashCode</c> is not: .NET seeds that one anew in each process.
/// </summary>
/// <remarks>
/// Two machines that must agree without talking (which reducer gets a key, where a key sits on a ring) need such a hash.
/// The core is a <em>folded multiply</em>, as in wyhash: multiply two 64-bit words to 128 bits and xor the halves, so that every
/// bit of the input reaches every bit of the result. It is fast and spreads well; it is not a cryptographic hash, and someone
/// who may choose the keys can make them collide. The values are pinned by a test: changing them would break stored data.
/// </remarks>
public static class StableHash
{
    // Odd, with 32 one-bits each, and unrelated: the digits of pi and e would do as well.
    private const ulong First = 0xA0761D6478BD642F;
    private const ulong Second = 0xE7037ED1A0B428DB;
    private const ulong Third = 0x8EBC6AF09C88C6E3;

    /// <summary>The hash of some bytes. Another <paramref name="seed"/> gives another, unrelated hash function.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        var length = (ulong)bytes.Length;
        seed ^= First;
        while (bytes.Length > 16)
        {
            seed = Fold(Eight(bytes) ^ Second, Eight(bytes[8..]) ^ seed);
            bytes = bytes[16..];
        }

        ulong low, high;
        if (bytes.Length >= 8)
        {
            // The two words overlap when there are fewer than 16 bytes: no byte is missed and no byte-wise loop is needed.
            low = Eight(bytes);
            high = Eight(bytes[^8..]);
        }
        else if (bytes.Length >= 4)
        {
            low = Four(bytes);
            high = Four(bytes[^4..]);
        }
        else if (bytes.Length > 0)
        {
            low = ((ulong)bytes[0] << 16) | ((ulong)bytes[bytes.Length >> 1] << 8) | bytes[^1];
            high = 0;
        }
        else
        {
            low = high = 0;
        }

        return Fold(Third ^ length, Fold(low ^ Second, high ^ seed));
    }

    /// <summary>The hash of a text's UTF-8 bytes.</summary>
    public static ulong Of(string text, ulong seed = 0) => Of(Encoding.UTF8.GetBytes(text), seed);

    /// <summary>
    /// Maps a hash to one of <paramref name="buckets"/> buckets, evenly, by a multiplication (Lemire's method) where a
    /// remainder would need a slow division.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bucket(ulong hash, int buckets) => (int)Math.BigMul(hash, (ulong)buckets, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Eight(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Four(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
