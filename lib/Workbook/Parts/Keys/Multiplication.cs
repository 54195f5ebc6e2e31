using System.Runtime.CompilerServices;

namespace Workbook.Parts.Keys;

/// <summary>Multiples of points, and sums of two of them, which is what verifying takes.</summary>
// Points are large, and every local one would be cleared first; what is on the stack here is written before it is read.
[SkipLocalsInit]
internal static class Multiplication
{
    private const int Odd = 1 << (SignedDigits.Width - 2);

    /// <summary>k·G.</summary>
    public static JacobianPoint OfGenerator(in Scalar k)
    {
        var sum = JacobianPoint.Infinity;
        GeneratorTable.AddMultiple(ref sum, k);
        return sum;
    }

    /// <summary>
    /// u₁·G + u₂·Q. The halves of u₂ share their doublings (Strauss); u₁·G is added without any.
    /// </summary>
    public static JacobianPoint Sum(in Scalar u1, in Scalar u2, in AffinePoint q)
    {
        var (first, second) = Endomorphism.Split(u2);
        Span<sbyte> firstDigits = stackalloc sbyte[SignedDigits.Most];
        Span<sbyte> secondDigits = stackalloc sbyte[SignedDigits.Most];
        var count = Math.Max(Digits(first, firstDigits), Digits(second, secondDigits));

        Span<AffinePoint> multiples = stackalloc AffinePoint[Odd];
        Span<AffinePoint> images = stackalloc AffinePoint[Odd];
        OddMultiples(q, multiples);
        for (var i = 0; i < Odd; i++)
            images[i] = Endomorphism.Times(multiples[i]);

        var sum = JacobianPoint.Infinity;
        for (var i = count - 1; i >= 0; i--)
        {
            sum.Double();
            AddDigit(ref sum, firstDigits[i], multiples);
            AddDigit(ref sum, secondDigits[i], images);
        }
        GeneratorTable.AddMultiple(ref sum, u1);
        return sum;
    }

    /// <summary>The digits of a number that is short, or n less a short one; of such they are negative.</summary>
    private static int Digits(in Scalar number, Span<sbyte> digits)
    {
        if (!number.IsHigh)
            return SignedDigits.Write(number.Low, digits);
        var count = SignedDigits.Write((-number).Low, digits);
        foreach (ref var digit in digits[..count])
            digit = (sbyte)-digit;
        return count;
    }

    private static void AddDigit(ref JacobianPoint sum, int digit, ReadOnlySpan<AffinePoint> multiples)
    {
        if (digit > 0)
            sum.Add(multiples[digit >> 1]);
        else if (digit < 0)
            sum.Add(multiples[-digit >> 1].Opposite);
    }

    /// <summary>q, 3·q, 5·q and so on.</summary>
    private static void OddMultiples(in AffinePoint q, Span<AffinePoint> multiples)
    {
        Span<JacobianPoint> points = stackalloc JacobianPoint[Odd];
        points[0] = new JacobianPoint(q);
        var twice = points[0];
        twice.Double();
        for (var i = 1; i < Odd; i++)
        {
            points[i] = points[i - 1];
            points[i].Add(twice);
        }
        AffinePoint.FromJacobian(points, multiples);
    }
}
