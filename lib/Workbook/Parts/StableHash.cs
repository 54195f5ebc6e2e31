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
    // wyhash's constants: odd, about half of the bits set, and unrelated to each other. Others like them would do as well.
    private const ulong First = 0xA0761D6478BD642F;
    private const ulong Second = 0xE7037ED1A0B428DB;
    private const ulong Third = 0x8EBC6AF09C88C6E3;

    /// <summary>The hash of some bytes. Another <paramref name="seed"/> gives another, unrelated hash function.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = 0) =>
        bytes.Length <= 8 ? OfWord(Word(bytes), bytes.Length, seed) : OfLong(bytes, seed);

    /// <summary>The hash of up to eight bytes that are already in a <see cref="Word"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong OfWord(ulong word, int length, ulong seed) =>
        Fold(Fold(word ^ Second, seed ^ First) ^ Third, (ulong)length ^ Second);

    /// <summary>
    /// Up to eight bytes as one number, the first one lowest, zero behind the last. Parts that overlap agree where they do.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Word(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 8)
            return Eight(bytes);
        if (bytes.Length >= 4)
            return Four(bytes) | (Four(bytes[^4..]) << (8 * (bytes.Length - 4)));
        if (bytes.Length == 0)
            return 0;
        var middle = bytes.Length >> 1;
        return bytes[0] | ((ulong)bytes[middle] << (8 * middle)) | ((ulong)bytes[^1] << (8 * (bytes.Length - 1)));
    }

    private static ulong OfLong(ReadOnlySpan<byte> bytes, ulong seed)
    {
        var length = (ulong)bytes.Length;
        seed ^= First;
        for (; bytes.Length > 16; bytes = bytes[16..])
            seed = Fold(Eight(bytes) ^ Second, Eight(bytes[8..]) ^ seed);

        // What is left is 8 to 16 bytes, or fewer behind others: the last word may overlap what came before it.
        var low = bytes.Length >= 8 ? Eight(bytes) : Word(bytes);
        var high = bytes.Length >= 8 ? Eight(bytes[^8..]) : 0;
        return Fold(Fold(low ^ Second, high ^ seed) ^ Third, length ^ Second);
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
