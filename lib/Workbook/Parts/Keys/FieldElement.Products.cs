using System.Runtime.CompilerServices;

namespace Workbook.Parts.Keys;

/// <content>
/// Products. A product of two limbs is wanted in two parts: its low 52 bits and what is above them. Both limbs are shifted up by six bits
/// first, so that the upper word of the machine's 128-bit product is just what is above, and nothing has to be carried from column to column while they are
/// summed: the machine adds 64 bits, and has no carry to offer here.
/// </content>
internal readonly partial struct FieldElement
{
    private const int Up = 6;

    /// <summary>2²⁶⁰ modulo p, shifted up as both factors' limbs together are; and 2²⁵⁶ modulo p.</summary>
    private const ulong FoldColumn = Fold << 4 << (2 * Up);
    private const ulong FoldTop = Fold << (2 * Up);

    /// <summary>The product, of magnitude 1; the factors' magnitudes multiply to 200 at most.</summary>
    public static FieldElement operator *(in FieldElement a, in FieldElement b)
    {
        var (a0, a1, a2, a3, a4) = (a.l0 << Up, a.l1 << Up, a.l2 << Up, a.l3 << Up, a.l4 << Up);
        var (b0, b1, b2, b3, b4) = (b.l0 << Up, b.l1 << Up, b.l2 << Up, b.l3 << Up, b.l4 << Up);
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0, t6 = 0, t7 = 0, t8 = 0, t9 = 0;

        Add(a0, b0, ref t0, ref t1);
        Add(a0, b1, ref t1, ref t2);
        Add(a0, b2, ref t2, ref t3);
        Add(a0, b3, ref t3, ref t4);
        Add(a0, b4, ref t4, ref t5);

        Add(a1, b0, ref t1, ref t2);
        Add(a1, b1, ref t2, ref t3);
        Add(a1, b2, ref t3, ref t4);
        Add(a1, b3, ref t4, ref t5);
        Add(a1, b4, ref t5, ref t6);

        Add(a2, b0, ref t2, ref t3);
        Add(a2, b1, ref t3, ref t4);
        Add(a2, b2, ref t4, ref t5);
        Add(a2, b3, ref t5, ref t6);
        Add(a2, b4, ref t6, ref t7);

        Add(a3, b0, ref t3, ref t4);
        Add(a3, b1, ref t4, ref t5);
        Add(a3, b2, ref t5, ref t6);
        Add(a3, b3, ref t6, ref t7);
        Add(a3, b4, ref t7, ref t8);

        Add(a4, b0, ref t4, ref t5);
        Add(a4, b1, ref t5, ref t6);
        Add(a4, b2, ref t6, ref t7);
        Add(a4, b3, ref t7, ref t8);
        Add(a4, b4, ref t8, ref t9);

        return Folded(t0, t1, t2, t3, t4, t5, t6, t7, t8, t9);
    }

    /// <summary>The square, of magnitude 1; the element's magnitude is at most 14.</summary>
    public FieldElement Square()
    {
        var (a0, a1, a2, a3, a4) = (l0 << Up, l1 << Up, l2 << Up, l3 << Up, l4 << Up);
        var (d0, d1, d2, d3) = (a0 << 1, a1 << 1, a2 << 1, a3 << 1);
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0, t6 = 0, t7 = 0, t8 = 0, t9 = 0;

        Add(a0, a0, ref t0, ref t1);
        Add(d0, a1, ref t1, ref t2);
        Add(d0, a2, ref t2, ref t3);
        Add(d0, a3, ref t3, ref t4);
        Add(d0, a4, ref t4, ref t5);

        Add(a1, a1, ref t2, ref t3);
        Add(d1, a2, ref t3, ref t4);
        Add(d1, a3, ref t4, ref t5);
        Add(d1, a4, ref t5, ref t6);

        Add(a2, a2, ref t4, ref t5);
        Add(d2, a3, ref t5, ref t6);
        Add(d2, a4, ref t6, ref t7);

        Add(a3, a3, ref t6, ref t7);
        Add(d3, a4, ref t7, ref t8);

        Add(a4, a4, ref t8, ref t9);

        return Folded(t0, t1, t2, t3, t4, t5, t6, t7, t8, t9);
    }

    /// <summary>The square of the square of … the square.</summary>
    public FieldElement Squared(int times)
    {
        var square = this;
        for (var i = 0; i < times; i++)
            square = square.Square();
        return square;
    }

    /// <summary>Adds a product of two limbs to two columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ulong a, ulong b, ref ulong column, ref ulong next)
    {
        next += Math.BigMul(a, b, out var low);
        column += low >> (2 * Up);
    }

    /// <summary>
    /// The upper five columns stand for 2²⁶⁰ times themselves, which is a number of 37 bits: each is multiplied by it and comes in five below.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Folded(
        ulong t0, ulong t1, ulong t2, ulong t3, ulong t4, ulong t5, ulong t6, ulong t7, ulong t8, ulong t9)
    {
        ulong top = 0;
        Add(t5, FoldColumn, ref t0, ref t1);
        Add(t6, FoldColumn, ref t1, ref t2);
        Add(t7, FoldColumn, ref t2, ref t3);
        Add(t8, FoldColumn, ref t3, ref t4);
        Add(t9, FoldColumn, ref t4, ref top);

        t1 += t0 >> 52;
        t2 += t1 >> 52;
        t3 += t2 >> 52;
        t4 += t3 >> 52;
        t0 &= Mask;
        t1 &= Mask;
        Add((top << 4) + (t4 >> 48), FoldTop, ref t0, ref t1);
        return new(t0, t1, t2 & Mask, t3 & Mask, t4 & TopMask);
    }

    /// <summary>1 divided by the element; of 0 it is 0. The result is normal.</summary>
    public FieldElement Inverse()
    {
        var (w0, w1, w2, w3) = Normal().ToWords();
        (w0, w1, w2, w3) = ModularInverse.OfP.Of(w0, w1, w2, w3);
        return FromWords(w0, w1, w2, w3);
    }

    /// <summary>
    /// A root of the element, if it has one: the element to the power of (p + 1) / 4, p being 3 modulo 4. That number is in binary 223 ones, a zero,
    /// 22 ones, four zeros, two ones, two zeros; runs of ones are put together from shorter ones.
    /// </summary>
    public FieldElement RootCandidate()
    {
        var ones2 = Square() * this;
        var ones3 = ones2.Square() * this;
        var ones6 = ones3.Squared(3) * ones3;
        var ones9 = ones6.Squared(3) * ones3;
        var ones11 = ones9.Squared(2) * ones2;
        var ones22 = ones11.Squared(11) * ones11;
        var ones44 = ones22.Squared(22) * ones22;
        var ones88 = ones44.Squared(44) * ones44;
        var ones176 = ones88.Squared(88) * ones88;
        var ones220 = ones176.Squared(44) * ones44;
        var ones223 = ones220.Squared(3) * ones3;
        return ((ones223.Squared(23) * ones22).Squared(6) * ones2).Squared(2);
    }
}
