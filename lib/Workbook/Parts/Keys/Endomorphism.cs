namespace Workbook.Parts.Keys;

/// <summary>
/// The shortcut that this curve offers (Gallant, Lambert and Vanstone, 2001): λ·(x, y) = (β·x, y), β being a cube root of 1 modulo p and λ one modulo
/// n. So k·Q is k₁·Q + k₂·(λ·Q) with k₁ and k₂ of half the length, and the doublings are half as many.
/// </summary>
internal static class Endomorphism
{
    // (A, -B) and (A2, A) are short vectors of the lattice of all (i, j) with i + j·λ = 0 modulo n.
    private static readonly Scalar a = new(0xE86C90E49284EB15, 0x3086D221A7D46BCD, 0, 0);
    private static readonly Scalar b = new(0x6F547FA90ABFE4C3, 0xE4437ED6010E8828, 0, 0);

    // A and B times 2³⁸⁴ / n, rounded.
    private static readonly Scalar aOverN = Rounded(a);
    private static readonly Scalar bOverN = Rounded(b);

    public static Scalar Lambda { get; } = new(0xDF02967C1B23BD72, 0x122E22EA20816678, 0xA5261C028812645A, 0x5363AD4CC05C30E0);

    public static FieldElement Beta { get; } = FieldElement.FromWords(0xC1396C28719501EE, 0x9CF0497512F58995, 0x6E64479EAC3434E9, 0x7AE96A2B657C0710);

    /// <summary>λ times the point.</summary>
    public static AffinePoint Times(in AffinePoint point) => new(point.X * Beta, point.Y);

    /// <summary>Two numbers with k = first + second·λ modulo n, each below 2¹²⁸ or n less such a number.</summary>
    public static (Scalar First, Scalar Second) Split(in Scalar k)
    {
        // The point of the lattice near (k, 0) is taken away from it; what is left is short.
        var second = TimesShifted(k, aOverN) * b - TimesShifted(k, bOverN) * a;
        return (k - second * Lambda, second);
    }

    /// <summary>k·factor / 2³⁸⁴, rounded.</summary>
    private static Scalar TimesShifted(in Scalar k, in Scalar factor)
    {
        Span<ulong> product = stackalloc ulong[8];
        Scalar.Multiply(k, factor, product);
        return new Scalar(product[6], product[7], 0, 0) + new Scalar(product[5] >> 63);
    }

    private static Scalar Rounded(in Scalar number) => Scalar.Of(((number.ToBigInteger() << 384) + Scalar.Order / 2) / Scalar.Order);
}
