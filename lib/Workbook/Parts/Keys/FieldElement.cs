using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Workbook.Parts.Keys;

/// <summary>
/// A number modulo p = 2²⁵⁶ - 2³² - 977 in five limbs of 52 bits, the lowest first. The limbs may hold more than their 52 bits, so that
/// sums and differences need no carries; a product carries for them all.
/// </summary>
/// <remarks>
/// An element's <em>magnitude</em> m bounds its limbs: at most 2m times those of 2²⁵⁶ - 1. A product has magnitude 1, a sum the sum of the
/// two, and so on; factors may have magnitudes whose product is at most 200, each at most 32. Nothing checks this while it runs; the point formulas count it.
/// </remarks>
internal readonly partial struct FieldElement
{
    private const ulong Mask = (1UL << 52) - 1;
    private const ulong TopMask = (1UL << 48) - 1;

    /// <summary>2²⁵⁶ modulo p.</summary>
    private const ulong Fold = 0x1000003D1;

    /// <summary>The lowest limb of p; the others are all ones.</summary>
    private const ulong LowOfP = 0xFFFFEFFFFFC2F;

    private readonly ulong l0, l1, l2, l3, l4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private FieldElement(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4) =>
        (this.l0, this.l1, this.l2, this.l3, this.l4) = (l0, l1, l2, l3, l4);

    public FieldElement(ulong small) => l0 = small;

    public static FieldElement One { get; } = new(1);

    /// <summary>Reads 32 bytes, the highest first; false where the number is not below p.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FieldElement element)
    {
        element = FromWords(Word(bytes[24..]), Word(bytes[16..]), Word(bytes[8..]), Word(bytes));
        return !(element.l0 >= LowOfP && (element.l1 & element.l2 & element.l3) == Mask && element.l4 == TopMask);

        static ulong Word(ReadOnlySpan<byte> eight) => BinaryPrimitives.ReadUInt64BigEndian(eight);
    }

    /// <summary>Of four words of 64 bits, the lowest first.</summary>
    public static FieldElement FromWords(ulong w0, ulong w1, ulong w2, ulong w3) => new(
        w0 & Mask, ((w0 >> 52) | (w1 << 12)) & Mask, ((w1 >> 40) | (w2 << 24)) & Mask, ((w2 >> 28) | (w3 << 36)) & Mask, w3 >> 16);

    /// <summary>The four words of 64 bits, the lowest first; of a normal element only.</summary>
    public (ulong W0, ulong W1, ulong W2, ulong W3) ToWords() =>
        (l0 | (l1 << 52), (l1 >> 12) | (l2 << 40), (l2 >> 24) | (l3 << 28), (l3 >> 36) | (l4 << 16));

    /// <summary>Writes 32 bytes, the highest first; of a normal element only.</summary>
    public void Write(Span<byte> bytes)
    {
        var (w0, w1, w2, w3) = ToWords();
        BinaryPrimitives.WriteUInt64BigEndian(bytes, w3);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], w2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], w1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], w0);
    }

    /// <summary>Whether a normal element is odd.</summary>
    public bool IsOdd => (l0 & 1) == 1;

    /// <summary>The same number as the one from 0 to p - 1, each limb within its bits.</summary>
    public FieldElement Normal()
    {
        var (t0, t1, t2, t3, t4) = Carried(l0, l1, l2, l3, l4);
        (t0, t1, t2, t3, t4) = Carried(t0, t1, t2, t3, t4);
        if (t0 < LowOfP || (t1 & t2 & t3) != Mask || t4 != TopMask)
            return new(t0, t1, t2, t3, t4);
        return new(t0 - LowOfP, 0, 0, 0, 0);
    }

    /// <summary>Whether the number is 0 modulo p, whatever the magnitude.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsZero()
    {
        var (t0, t1, t2, t3, t4) = Carried(l0, l1, l2, l3, l4);

        // Now below 2p, so 0 and p are the two that are 0; nearly always the lowest limb says no.
        if (t0 != 0 && t0 != LowOfP)
            return false;
        return (t0 | t1 | t2 | t3 | t4) == 0 || (t0 == LowOfP && (t1 & t2 & t3) == Mask && t4 == TopMask);
    }

    /// <summary>Whether the two are the same number modulo p; <paramref name="other"/> is of magnitude 1.</summary>
    public bool Is(in FieldElement other) => Minus(other, 1).IsZero();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator +(in FieldElement a, in FieldElement b) =>
        new(a.l0 + b.l0, a.l1 + b.l1, a.l2 + b.l2, a.l3 + b.l3, a.l4 + b.l4);

    /// <summary>The element times a small number, which multiplies the magnitude too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FieldElement Times(ulong small) => new(l0 * small, l1 * small, l2 * small, l3 * small, l4 * small);

    /// <summary>This less another of at most the magnitude given: so many p are added that no limb goes below 0. Adds one more than the magnitude.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FieldElement Minus(in FieldElement b, ulong magnitude)
    {
        var times = 2 * (magnitude + 1);
        return new(
            l0 + times * LowOfP - b.l0, l1 + times * Mask - b.l1, l2 + times * Mask - b.l2, l3 + times * Mask - b.l3, l4 + times * TopMask - b.l4);
    }

    /// <summary>The negative, of one magnitude more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FieldElement Negative(ulong magnitude) => default(FieldElement).Minus(this, magnitude);

    /// <summary>Half the element: it or it + p is even. The magnitude is half, and one more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FieldElement Half()
    {
        var mask = (0 - (l0 & 1)) & Mask;
        var (t0, t1, t2, t3, t4) = (l0 + (mask & LowOfP), l1 + mask, l2 + mask, l3 + mask, l4 + (mask >> 4));
        return new(
            (t0 >> 1) + ((t1 & 1) << 51), (t1 >> 1) + ((t2 & 1) << 51), (t2 >> 1) + ((t3 & 1) << 51), (t3 >> 1) + ((t4 & 1) << 51), t4 >> 1);
    }

    /// <summary>
    /// What stands above 2²⁵⁶ comes in again at the bottom, then each limb gives the next what is above its own bits; the top may keep one bit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong, ulong, ulong, ulong, ulong) Carried(ulong t0, ulong t1, ulong t2, ulong t3, ulong t4)
    {
        t0 += (t4 >> 48) * Fold;
        t4 &= TopMask;
        t1 += t0 >> 52;
        t2 += t1 >> 52;
        t3 += t2 >> 52;
        t4 += t3 >> 52;
        return (t0 & Mask, t1 & Mask, t2 & Mask, t3 & Mask, t4);
    }
}
