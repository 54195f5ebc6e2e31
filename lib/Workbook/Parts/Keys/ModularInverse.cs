using System.Numerics;
using System.Runtime.CompilerServices;

namespace Workbook.Parts.Keys;

/// <summary>
/// Inverses modulo an odd number of 256 bits by Bernstein's and Yang's division steps (“Fast constant-time gcd computation and modular
/// inversion”, 2019), 62 of them at a time on the lowest words alone; here in a form whose time depends on the number.
/// </summary>
/// <remarks>
/// A step halves g, or (g ± f) / 2 where g is odd, and sometimes takes g for f, until g is 0 and f is 1 or -1. Alongside, d·x = f and e·x = g hold
/// modulo the modulus. Numbers are in five limbs of 62 bits, the highest with a sign.
/// </remarks>
internal sealed class ModularInverse
{
    private const int Bits = 62;
    private const ulong Mask = (1UL << Bits) - 1;

    private readonly Limbs modulus;

    /// <summary>1 divided by the modulus, modulo 2⁶².</summary>
    private readonly ulong inverseOfModulus;

    private ModularInverse(ulong w0, ulong w1, ulong w2, ulong w3)
    {
        modulus = Limbs.Of(w0, w1, w2, w3);

        // Newton: each round doubles the bits that are right; an odd number is its own inverse modulo 8.
        inverseOfModulus = w0;
        for (var right = 3; right < 64; right *= 2)
            inverseOfModulus *= 2 - w0 * inverseOfModulus;
        inverseOfModulus &= Mask;
    }

    public static ModularInverse OfP { get; } = new(0xFFFFFFFEFFFFFC2F, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    public static ModularInverse OfN { get; } = new(0xBFD25E8CD0364141, 0xBAAEDCE6AF48A03B, 0xFFFFFFFFFFFFFFFE, ulong.MaxValue);

    /// <summary>1 divided by a number below the modulus, given as words of 64 bits, the lowest first; of 0 it is 0.</summary>
    public (ulong W0, ulong W1, ulong W2, ulong W3) Of(ulong w0, ulong w1, ulong w2, ulong w3)
    {
        var (f, g) = (modulus, Limbs.Of(w0, w1, w2, w3));
        var (d, e) = (default(Limbs), new Limbs { L0 = 1 });
        for (var delta = 1L; !g.IsZero;)
        {
            var steps = Steps(ref delta, (ulong)f.L0, (ulong)g.L0);
            (d, e) = Combined(d, e, steps);
            (f, g) = (Limbs.Sum(f, steps.U, g, steps.V, default, 0), Limbs.Sum(f, steps.Q, g, steps.R, default, 0));
        }
        while (d.L4 < 0)
            d = d.Plus(modulus);
        return (f.L4 < 0 ? Limbs.Sum(d, -1L << Bits, modulus, 1L << Bits, default, 0) : d).ToWords();
    }

    /// <summary>What 62 steps do: the new f is (U·f + V·g) / 2⁶², the new g is (Q·f + R·g) / 2⁶². |U| + |V| and |Q| + |R| are at most 2⁶².</summary>
    private readonly record struct Matrix(long U, long V, long Q, long R);

    private static Matrix Steps(ref long delta, ulong f, ulong g)
    {
        var (u, v, q, r) = (1L, 0L, 0L, 1L);
        for (var left = Bits; ;)
        {
            var zeros = BitOperations.TrailingZeroCount(g | (ulong.MaxValue << left));
            g >>= zeros;
            u <<= zeros;
            v <<= zeros;
            delta += zeros;
            left -= zeros;
            if (left == 0)
                return new Matrix(u, v, q, r);
            if (delta > 0)
            {
                delta = -delta;
                (f, g) = (g, 0 - f);
                (u, q) = (q, -u);
                (v, r) = (r, -v);
            }
            g += f;
            q += u;
            r += v;
        }
    }

    /// <summary>The new d and e: a multiple of the modulus is taken away so that they can be divided by 2⁶².</summary>
    private (Limbs D, Limbs E) Combined(Limbs d, Limbs e, Matrix steps)
    {
        if (d.L4 < 0)
            d = d.Plus(modulus);
        if (e.L4 < 0)
            e = e.Plus(modulus);
        return (Combined(d, steps.U, e, steps.V), Combined(d, steps.Q, e, steps.R));
    }

    private Limbs Combined(in Limbs d, long u, in Limbs e, long v)
    {
        var low = (ulong)(u * d.L0 + v * e.L0);
        return Limbs.Sum(d, u, e, v, modulus, -(long)((low * inverseOfModulus) & Mask));
    }

    private struct Limbs
    {
        public long L0, L1, L2, L3, L4;

        public readonly bool IsZero => (L0 | L1 | L2 | L3 | L4) == 0;

        public static Limbs Of(ulong w0, ulong w1, ulong w2, ulong w3) => new()
        {
            L0 = (long)(w0 & Mask),
            L1 = (long)(((w0 >> 62) | (w1 << 2)) & Mask),
            L2 = (long)(((w1 >> 60) | (w2 << 4)) & Mask),
            L3 = (long)(((w2 >> 58) | (w3 << 6)) & Mask),
            L4 = (long)(w3 >> 56),
        };

        public readonly (ulong, ulong, ulong, ulong) ToWords() => (
            (ulong)L0 | ((ulong)L1 << 62), ((ulong)L1 >> 2) | ((ulong)L2 << 60), ((ulong)L2 >> 4) | ((ulong)L3 << 58), ((ulong)L3 >> 6) | ((ulong)L4 << 56));

        public readonly Limbs Plus(in Limbs other)
        {
            Limbs sum;
            sum.L0 = L0 + other.L0;
            sum.L1 = L1 + other.L1 + (sum.L0 >> Bits);
            sum.L2 = L2 + other.L2 + (sum.L1 >> Bits);
            sum.L3 = L3 + other.L3 + (sum.L2 >> Bits);
            sum.L4 = L4 + other.L4 + (sum.L3 >> Bits);
            return sum.Masked();
        }

        /// <summary>(a·u + b·v + m·k) / 2⁶², which leaves no rest.</summary>
        public static Limbs Sum(in Limbs a, long u, in Limbs b, long v, in Limbs m, long k)
        {
            Limbs sum;
            var carry = (Product(a.L0, u) + Product(b.L0, v) + Product(m.L0, k)) >> Bits;
            carry += Product(a.L1, u) + Product(b.L1, v) + Product(m.L1, k);
            sum.L0 = (long)carry;
            carry = (carry >> Bits) + Product(a.L2, u) + Product(b.L2, v) + Product(m.L2, k);
            sum.L1 = (long)carry;
            carry = (carry >> Bits) + Product(a.L3, u) + Product(b.L3, v) + Product(m.L3, k);
            sum.L2 = (long)carry;
            carry = (carry >> Bits) + Product(a.L4, u) + Product(b.L4, v) + Product(m.L4, k);
            sum.L3 = (long)carry;
            sum.L4 = (long)(carry >> Bits);
            return sum.Masked();
        }

        private Limbs Masked()
        {
            L0 &= (long)Mask;
            L1 &= (long)Mask;
            L2 &= (long)Mask;
            L3 &= (long)Mask;
            return this;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Int128 Product(long a, long b)
        {
            var high = Math.BigMul(a, b, out long low);
            return new Int128((ulong)high, (ulong)low);
        }
    }
}
