namespace Workbook.Parts.Keys;

/// <summary>
/// Multiples of the generator, computed once, when the first is wanted: for each group of eight bits of a factor 1 to 128 times that group's power of
/// two. A multiple of G then costs an addition for every group, and no doubling.
/// </summary>
internal static class GeneratorTable
{
    private const int Width = 8;
    private const int Groups = 256 / Width;

    /// <summary>Digits are from -127 to 128, so half of the multiples do.</summary>
    private const int PerGroup = 1 << (Width - 1);

    private static readonly AffinePoint[] multiples = Compute();

    /// <summary>Adds k·G.</summary>
    public static void AddMultiple(ref JacobianPoint sum, in Scalar k)
    {
        // The lower of k and n - k has no digit to carry out of its highest group.
        var isOpposite = k.IsHigh;
        var (w0, w1, w2, w3) = (isOpposite ? -k : k).ToWords();
        ReadOnlySpan<ulong> words = [w0, w1, w2, w3];
        var carry = 0;
        for (var group = 0; group < Groups; group++)
        {
            var digit = (int)(words[group * Width / 64] >> (group * Width % 64)) & ((1 << Width) - 1);
            digit += carry;
            carry = digit > PerGroup ? 1 : 0;
            digit -= carry << Width;
            if (digit == 0)
                continue;
            ref readonly var point = ref multiples[group * PerGroup + Math.Abs(digit) - 1];
            if (digit < 0 != isOpposite)
                sum.Add(point.Opposite);
            else
                sum.Add(point);
        }
    }

    private static AffinePoint[] Compute()
    {
        var all = new AffinePoint[Groups * PerGroup];
        Span<JacobianPoint> group = new JacobianPoint[PerGroup];
        var power = AffinePoint.G;
        for (var first = 0; first < all.Length; first += PerGroup)
        {
            var multiple = new JacobianPoint(power);
            foreach (ref var place in group)
            {
                place = multiple;
                multiple.Add(power);
            }
            var affine = all.AsSpan(first, PerGroup);
            AffinePoint.FromJacobian(group, affine);

            // Twice the last one, 128 times this group's power, is the next group's.
            var next = group[^1];
            next.Double();
            power = next.ToAffine();
        }
        return all;
    }
}
