using System.Buffers.Binary;
using System.Numerics;

namespace Workbook.Bitcoin;

/// <summary>SHA-256 (FIPS 180-4) word by word, so that a miner can keep what does not change from one nonce to the next.</summary>
internal static class Sha256
{
    /// <summary>Rounds of one compression, and words of the message schedule.</summary>
    public const int Rounds = 64;

    /// <summary>FIPS 180-4 §5.3.3: what hashing starts from.</summary>
    public static ReadOnlySpan<uint> Initial =>
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    /// <summary>FIPS 180-4 §4.2.2: the constant of each round.</summary>
    public static ReadOnlySpan<uint> K =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>Takes a block of 16 words into the state (FIPS 180-4 §6.2.2).</summary>
    public static void Compress(Span<uint> state, ReadOnlySpan<uint> block)
    {
        Span<uint> words = stackalloc uint[Rounds];
        block[..16].CopyTo(words);
        for (var t = 16; t < Rounds; t++) words[t] = SmallSigma1(words[t - 2]) + words[t - 7] + SmallSigma0(words[t - 15]) + words[t - 16];
        var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        for (var t = 0; t < Rounds; t++)
        {
            var first = h + BigSigma1(e) + (g ^ (e & (f ^ g))) + K[t] + words[t];
            var second = BigSigma0(a) + ((a & b) | (c & (a | b)));
            (a, b, c, d, e, f, g, h) = (first + second, a, b, c, d + first, e, f, g);
        }

        ReadOnlySpan<uint> made = [a, b, c, d, e, f, g, h];
        for (var at = 0; at < 8; at++) state[at] += made[at];
    }

    /// <summary>One round: the working variables <c>a</c> to <c>h</c> move on by one place.</summary>
    /// <param name="s">The working variables.</param>
    /// <param name="word">The round's constant and word, added.</param>
    public static void Round(Span<uint> s, uint word)
    {
        var (a, b, c, d, e, f, g, h) = (s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
        var first = h + BigSigma1(e) + (g ^ (e & (f ^ g))) + word;
        var second = BigSigma0(a) + ((a & b) | (c & (a | b)));
        (s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]) = (first + second, a, b, c, d + first, e, f, g);
    }

    /// <summary>Words as SHA-256 reads them from bytes: the first byte is the highest.</summary>
    public static void ReadWords(ReadOnlySpan<byte> bytes, Span<uint> words)
    {
        for (var at = 0; at < bytes.Length / 4; at++) words[at] = BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 * at)..]);
    }

    public static uint SmallSigma0(uint x) => BitOperations.RotateRight(x, 7) ^ BitOperations.RotateRight(x, 18) ^ (x >> 3);

    public static uint SmallSigma1(uint x) => BitOperations.RotateRight(x, 17) ^ BitOperations.RotateRight(x, 19) ^ (x >> 10);

    private static uint BigSigma0(uint x) => BitOperations.RotateRight(x, 2) ^ BitOperations.RotateRight(x, 13) ^ BitOperations.RotateRight(x, 22);

    private static uint BigSigma1(uint x) => BitOperations.RotateRight(x, 6) ^ BitOperations.RotateRight(x, 11) ^ BitOperations.RotateRight(x, 25);
}
