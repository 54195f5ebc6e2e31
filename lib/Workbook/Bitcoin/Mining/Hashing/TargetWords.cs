using System.Buffers.Binary;
using System.Numerics;

namespace Workbook.Bitcoin;

/// <summary>A target of 256 bits as eight words, the highest first: a hash, read as a number whose first byte is the lowest, must not be above it.</summary>
internal sealed class TargetWords
{
    private readonly uint[] _words = new uint[8];

    private TargetWords()
    {
    }

    /// <summary>The highest word. A hash whose own highest word is above it need not be looked at any further.</summary>
    public uint Highest => _words[0];

    /// <summary>How likely it is that one hash meets the target.</summary>
    public double Chance { get; private init; }

    /// <summary>The target whose number is given.</summary>
    /// <exception cref="ArgumentException">The number is not above 0, or has more than 256 bits.</exception>
    public static TargetWords Of(BigInteger target)
    {
        if (target.Sign <= 0) throw new ArgumentException("No hash can be below a target of 0; give a target of at least 1.", nameof(target));
        if (target.GetBitLength() > 256) throw new ArgumentException("A target has at most 256 bits; every hash is below a larger one.", nameof(target));
        Span<byte> bytes = stackalloc byte[32];
        var start = 32 - target.GetByteCount(isUnsigned: true);
        target.TryWriteBytes(bytes[start..], out _, isUnsigned: true, isBigEndian: true);
        var made = new TargetWords { Chance = Math.Exp(BigInteger.Log(target + 1) - (256 * Math.Log(2))) };
        for (var at = 0; at < 8; at++) made._words[at] = BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 * at)..]);
        return made;
    }

    /// <summary>The target of hashes that begin, as block explorers print them, with so many bits of zero.</summary>
    /// <exception cref="ArgumentException">There are not 0 to 255 bits.</exception>
    public static TargetWords LeadingZeroBits(int bits) => bits is >= 0 and <= 255
        ? Of((BigInteger.One << (256 - bits)) - 1)
        : throw new ArgumentException($"A hash of 256 bits cannot be asked to begin with {bits} bits of zero; ask for 0 to 255.", nameof(bits));

    /// <summary>Whether a hash, eight words as SHA-256 gives them, is not above the target.</summary>
    public bool IsMetBy(ReadOnlySpan<uint> hash)
    {
        for (var at = 0; at < 8; at++)
        {
            var word = BinaryPrimitives.ReverseEndianness(hash[7 - at]);
            if (word != _words[at]) return word < _words[at];
        }

        return true;
    }
}
