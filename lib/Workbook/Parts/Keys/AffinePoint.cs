namespace Workbook.Parts.Keys;

/// <summary>A point (x, y) of the curve y² = x³ + 7, other than the one at infinity. Of x the magnitude is 1, of y at most 2.</summary>
internal readonly struct AffinePoint(FieldElement x, FieldElement y)
{
    public readonly FieldElement X = x;
    public readonly FieldElement Y = y;

    /// <summary>The generator (SEC 2, §2.4.1).</summary>
    public static AffinePoint G { get; } = new(
        FieldElement.FromWords(0x59F2815B16F81798, 0x029BFCDB2DCE28D9, 0x55A06295CE870B07, 0x79BE667EF9DCBBAC),
        FieldElement.FromWords(0x9C47D08FFB10D4B8, 0xFD17B448A6855419, 0x5DA4FBFC0E1108A8, 0x483ADA7726A3C465));

    /// <summary>The point opposite, (x, -y); of a point whose y has magnitude 1.</summary>
    public AffinePoint Opposite => new(X, Y.Negative(1));

    /// <summary>Whether y² = x³ + 7 holds.</summary>
    public bool IsOnCurve => Y.Square().Is(CurveSquare(X));

    /// <summary>The point with this normal x and an odd or even y; false where x³ + 7 has no root.</summary>
    public static bool TryLift(in FieldElement x, bool odd, out AffinePoint point)
    {
        var square = CurveSquare(x);
        var root = square.RootCandidate();
        var y = root.Normal();
        point = new AffinePoint(x, y.IsOdd == odd ? y : y.Negative(1).Normal());
        return root.Square().Is(square);
    }

    /// <summary>The points of Jacobian coordinates, none at infinity, all with one inversion: by Montgomery's trick.</summary>
    public static void FromJacobian(ReadOnlySpan<JacobianPoint> points, Span<AffinePoint> affine)
    {
        // In affine[i].X stands first the product of all z before z[i].
        var product = FieldElement.One;
        for (var i = 0; i < points.Length; i++)
        {
            affine[i] = new AffinePoint(product, default);
            product *= points[i].Z;
        }
        var inverse = product.Inverse();
        for (var i = points.Length - 1; i >= 0; i--)
        {
            affine[i] = points[i].Scaled(inverse * affine[i].X);
            inverse *= points[i].Z;
        }
    }

    /// <summary>x³ + 7, of magnitude 1.</summary>
    private static FieldElement CurveSquare(in FieldElement x) => (x.Square() * x + new FieldElement(7)) * FieldElement.One;
}
