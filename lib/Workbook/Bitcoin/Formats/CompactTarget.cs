using System.Numerics;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>
/// The number that a block's hash must not exceed, in the four bytes of a header ("nBits"): a floating-point number to base 256, whose first
/// byte is the length of the target in bytes and whose other three are its highest digits.
/// </summary>
/// <param name="Bits">The four bytes as a number: <c>0x1d00ffff</c> in the first block.</param>
[TypeFormatterSource]
public readonly record struct CompactTarget(uint Bits) : IDisplay
{
    private static readonly BigInteger AllHashes = BigInteger.One << 256;

    /// <summary>The easiest target of the main network, that of the first block: its difficulty is 1.</summary>
    public static CompactTarget One { get; } = new(0x1d00ffff);

    /// <summary>The target of the regression test network: every second hash meets it.</summary>
    public static CompactTarget Easiest { get; } = new(0x207fffff);

    /// <summary>Whether this is a target at all: above zero and within 256 bits.</summary>
    public bool IsValid => Fault is null;

    /// <summary>The largest hash that is good enough.</summary>
    /// <exception cref="BitcoinException">The four bytes stand for zero, for a negative number or for one beyond 256 bits.</exception>
    public BigInteger Target
    {
        get
        {
            if (Fault is { } fault) throw new BitcoinException(BitcoinError.BadTarget, $"{this} is no target: it stands for {fault}.");
            return Length <= 3 ? Digits : (BigInteger)Digits << (8 * (Length - 3));
        }
    }

    /// <summary>How many hashes must be tried, on average, to find one that is good enough: 2^256 / (target + 1).</summary>
    /// <exception cref="BitcoinException">This is no target.</exception>
    public BigInteger Work => AllHashes / (Target + 1);

    /// <summary>How many times harder than the first block (2^32 hashes, nearly).</summary>
    /// <exception cref="BitcoinException">This is no target.</exception>
    public double Difficulty => (double)One.Target / (double)Target;

    private int Length => (int)(Bits >> 24);

    private uint Digits => Length >= 3 ? Bits & 0x7fffff : (Bits & 0x7fffff) >> (8 * (3 - Length));

    private string? Fault =>
        Digits == 0 ? "zero"
        : (Bits & 0x800000) != 0 ? "a negative number"
        : Length > 34 || (Digits > 0xff && Length > 33) || (Digits > 0xffff && Length > 32) ? "a number beyond 256 bits"
        : null;

    /// <summary>
    /// The four bytes of a target. Only its three highest bytes fit, so what is read back may be a little less.
    /// </summary>
    /// <exception cref="BitcoinException">The target is not above zero and below 2^256.</exception>
    public static CompactTarget Of(BigInteger target)
    {
        if (target.Sign <= 0 || target >= AllHashes)
            throw new BitcoinException(BitcoinError.BadTarget, "A target is above zero and below 2^256.");
        var length = target.GetByteCount(isUnsigned: true);
        var digits = length <= 3 ? (uint)target << (8 * (3 - length)) : (uint)(target >> (8 * (length - 3)));

        // The highest bit of the digits is a sign; where it is needed the number moves up by a byte.
        if ((digits & 0x800000) != 0) (digits, length) = (digits >> 8, length + 1);
        return new CompactTarget(((uint)length << 24) | digits);
    }

    /// <summary>The target that so many hashes meet once on average.</summary>
    /// <param name="hashes">Hashes for one block, 1 to 2^255.</param>
    public static CompactTarget ForWork(double hashes) => hashes is >= 1 and <= 5.8e76
        ? Of(BigInteger.Min(AllHashes - 1, BigInteger.Max(1, (BigInteger)(Math.ScaleB(1, 256) / hashes) - 1)))
        : throw new ArgumentException($"A block cannot need {hashes} hashes; give a number from 1 to 2^255.", nameof(hashes));

    /// <summary>Whether a block with this hash has its proof of work; never when this is no target.</summary>
    public bool IsMetBy(Hash256 hash) => IsValid && hash.ToNumber() <= Target;

    /// <summary>The text.</summary>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>The four bytes in hexadecimal: <c>1d00ffff</c>.</summary>
    public override string ToString() => $"{Bits:x8}";
}
