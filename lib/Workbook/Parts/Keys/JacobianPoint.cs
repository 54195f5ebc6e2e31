using System.Runtime.CompilerServices;

namespace Workbook.Parts.Keys;

/// <summary>
/// A point of the curve in Jacobian coordinates, (x / z², y / z³), so that additions need no division. Of x the magnitude is at most 5, of y at most
/// 4, of z 1.
/// </summary>
/// <remarks>The formulas are those of the textbook for y² = x³ + b; a magnitude stands behind what is not a product.</remarks>
// Points are large, and every local one would be cleared first.
[SkipLocalsInit]
internal struct JacobianPoint
{
    public FieldElement X;
    public FieldElement Y;
    public FieldElement Z;

    public JacobianPoint(in AffinePoint point) => (X, Y, Z, IsInfinity) = (point.X, point.Y, FieldElement.One, false);

    private JacobianPoint(bool infinity) => IsInfinity = infinity;

    public static JacobianPoint Infinity => new(true);

    public bool IsInfinity { get; private set; }

    /// <summary>
    /// Adds the point to itself: three products, four squares. No point of this curve has y = 0, so the double of a point is never at infinity.
    /// </summary>
    public void Double()
    {
        if (IsInfinity)
            return;
        var square = Y.Square();
        var slope = X.Square().Times(3).Half(); // 3
        var t = X * square;
        Z = Y * Z;
        X = slope.Square().Minus(t.Times(2), 2); // 4
        Y = (slope * t.Minus(X, 4)).Minus(square.Square(), 1); // 3
    }

    /// <summary>Adds a point whose z is 1: eight products, three squares.</summary>
    public void Add(in AffinePoint other)
    {
        if (IsInfinity)
        {
            this = new JacobianPoint(other);
            return;
        }
        var zz = Z.Square();
        Add(X, Y, (other.X * zz).Minus(X, 5), (other.Y * (zz * Z)).Minus(Y, 4), Z); // 7, 6
    }

    /// <summary>Adds another point: twelve products, four squares.</summary>
    public void Add(in JacobianPoint other)
    {
        if (other.IsInfinity)
            return;
        if (IsInfinity)
        {
            this = other;
            return;
        }
        var (zz, otherZz) = (Z.Square(), other.Z.Square());
        var x = X * otherZz;
        var y = Y * (otherZz * other.Z);
        Add(x, y, (other.X * zz).Minus(x, 1), (other.Y * (zz * Z)).Minus(y, 1), Z * other.Z);
    }

    /// <summary>The affine point, given 1 / z.</summary>
    public readonly AffinePoint Scaled(in FieldElement inverse)
    {
        var square = inverse.Square();
        return new AffinePoint(X * square, Y * (square * inverse));
    }

    /// <summary>The affine point with normal coordinates; of a point that is not at infinity.</summary>
    public readonly AffinePoint ToAffine()
    {
        var point = Scaled(Z.Inverse());
        return new AffinePoint(point.X.Normal(), point.Y.Normal());
    }

    /// <summary>Adds a point where both are brought to the same z: this one's x and y there, the differences from them to the other's, and that z.</summary>
    private void Add(in FieldElement x, in FieldElement y, in FieldElement dx, in FieldElement dy, in FieldElement z)
    {
        if (dx.IsZero())
        {
            if (dy.IsZero())
                Double();
            else
                this = Infinity;
            return;
        }
        var square = dx.Square();
        var cube = square * dx;
        var v = x * square;
        var newX = dy.Square().Minus(cube + v.Times(2), 3); // 5
        Y = (dy * v.Minus(newX, 5)).Minus(y * cube, 1); // 3
        X = newX;
        Z = z * dx;
    }
}
