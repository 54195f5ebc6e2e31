using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Workbook.Bitcoin;

/// <summary>
/// RIPEMD-160 (Dobbertin, Bosselaers and Preneel, 1996), which .NET has not: two lines of five rounds of sixteen steps over each 64 bytes,
/// added up at the end. Bitcoin shortens SHA-256 to 20 bytes with it.
/// </summary>
public static class Ripemd160
{
    /// <summary>How many bytes the hash has.</summary>
    public const int Size = 20;

    private const int BlockSize = 64;
    private const int Steps = 80;

    // Which word of the message each step takes, and how far it turns, in the one line and in the other.
    private static ReadOnlySpan<byte> LeftWord =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14, 11, 8,
        3, 10, 14, 4, 9, 15, 8, 1, 2, 7, 0, 6, 13, 11, 5, 12,
        1, 9, 11, 10, 0, 8, 12, 4, 13, 3, 7, 15, 14, 5, 6, 2,
        4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13,
    ];

    private static ReadOnlySpan<byte> RightWord =>
    [
        5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12,
        6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8, 12, 4, 9, 1, 2,
        15, 5, 1, 3, 7, 14, 6, 9, 11, 8, 12, 2, 10, 0, 4, 13,
        8, 6, 4, 1, 3, 11, 15, 0, 5, 12, 2, 13, 9, 7, 10, 14,
        12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11,
    ];

    private static ReadOnlySpan<byte> LeftTurn =>
    [
        11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8,
        7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9, 11, 7, 13, 12,
        11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5,
        11, 12, 14, 15, 14, 15, 9, 8, 9, 14, 5, 6, 8, 6, 5, 12,
        9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6,
    ];

    private static ReadOnlySpan<byte> RightTurn =>
    [
        8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6,
        9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7, 6, 15, 13, 11,
        9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5,
        15, 5, 8, 11, 14, 14, 6, 14, 6, 9, 12, 9, 12, 5, 15, 8,
        8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11,
    ];

    private static ReadOnlySpan<uint> LeftConstant => [0, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e];

    private static ReadOnlySpan<uint> RightConstant => [0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0];

    /// <summary>The hash of some bytes: 20 bytes.</summary>
    public static byte[] HashData(ReadOnlySpan<byte> bytes)
    {
        Span<uint> state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
        var length = (ulong)bytes.Length * 8;
        for (; bytes.Length >= BlockSize; bytes = bytes[BlockSize..]) Compress(state, bytes);

        // A bit that is set, zeros, and the length in bits: one block more, or two.
        Span<byte> tail = stackalloc byte[2 * BlockSize];
        tail.Clear();
        bytes.CopyTo(tail);
        tail[bytes.Length] = 0x80;
        tail = tail[..(bytes.Length < BlockSize - 8 ? BlockSize : 2 * BlockSize)];
        BinaryPrimitives.WriteUInt64LittleEndian(tail[^8..], length);
        for (; tail.Length > 0; tail = tail[BlockSize..]) Compress(state, tail);

        var hash = new byte[Size];
        for (var index = 0; index < state.Length; index++) BinaryPrimitives.WriteUInt32LittleEndian(hash.AsSpan(4 * index), state[index]);
        return hash;
    }

    /// <summary>RIPEMD-160 of SHA-256, as addresses have it: 20 bytes.</summary>
    public static byte[] Hash160(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return HashData(hash);
    }

    private static void Compress(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[16];
        for (var index = 0; index < words.Length; index++) words[index] = BinaryPrimitives.ReadUInt32LittleEndian(block[(4 * index)..]);
        Span<uint> left = stackalloc uint[5];
        Span<uint> right = stackalloc uint[5];
        state.CopyTo(left);
        state.CopyTo(right);
        for (var step = 0; step < Steps; step++)
        {
            var round = step >> 4;
            Step(left, round, words[LeftWord[step]] + LeftConstant[round], LeftTurn[step]);
            Step(right, 4 - round, words[RightWord[step]] + RightConstant[round], RightTurn[step]);
        }

        var first = state[1] + left[2] + right[3];
        state[1] = state[2] + left[3] + right[4];
        state[2] = state[3] + left[4] + right[0];
        state[3] = state[4] + left[0] + right[1];
        state[4] = state[0] + left[1] + right[2];
        state[0] = first;
    }

    private static void Step(Span<uint> line, int function, uint word, int turn)
    {
        var (b, c, d) = (line[1], line[2], line[3]);
        var mixed = function switch
        {
            0 => b ^ c ^ d,
            1 => (b & c) | (~b & d),
            2 => (b | ~c) ^ d,
            3 => (b & d) | (c & ~d),
            _ => b ^ (c | ~d),
        };
        var next = BitOperations.RotateLeft(line[0] + mixed + word, turn) + line[4];
        (line[0], line[4], line[3], line[2], line[1]) = (line[4], d, BitOperations.RotateLeft(c, 10), b, next);
    }
}
