using System.Globalization;
using System.Numerics;
using Workbook.Parts.Keys;

namespace Workbook.Tests.Parts.Keys;

public sealed class PointTests
{
    /// <summary>Multiples of the generator as they are published for testing implementations of the curve.</summary>
    [Theory]
    [InlineData("1", "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8")]
    [InlineData("2", "c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5", "1ae168fea63dc339a3c58419466ceaeef7f632653266d0e1236431a950cfe52a")]
    [InlineData("3", "f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9", "388f7b0f632de8140fe337e62a37f3566500a99934c2231b6cb9fd7584b8e672")]
    [InlineData("20", "4ce119c96e2fa357200b559b2f7dd5a5f02d5290aff74b03f3e471b273211c97", "12ba26dcb10ec1625da61fa10a844c676162948271d96967450288ee9233dc3a")]
    [InlineData("112233445566778899", "a90cc3d3f3e146daadfc74ca1372207cb4b725ae708cef713a98edd73d99ef29",
        "5a79d6b289610c68bc3b47f3d72f9788a26a06868b4d8e433e1e2ad76fb7dc76")]
    [InlineData("115792089237316195423570985008687907852837564279074904382605163141518161494336",
        "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", "b7c52588d95c3b9aa25b0403f1eef75702e84bb7597aabe663b82f6f04ef2777")]
    public void Multiples_of_the_generator_are_the_published_ones(string factor, string x, string y)
    {
        var key = PrivateKey.Parse(SlowCurve.ToBytes(BigInteger.Parse(factor, CultureInfo.InvariantCulture))).PublicKey;

        Assert.Equal($"04{x}{y}", Convert.ToHexStringLower(key.ToBytes(compressed: false)));
    }

    [Fact]
    public void Multiples_of_the_generator_at_the_edges_are_those_of_the_definition()
    {
        foreach (var k in Bytes.EdgeScalars())
            Same(SlowCurve.Multiply(k, SlowCurve.G), Multiplication.OfGenerator(Scalar.Of(k)));
    }

    [Fact]
    public void Sums_of_multiples_are_those_of_the_definition()
    {
        var random = new Random(1);
        var edges = Bytes.EdgeScalars();
        for (var i = 0; i < 60; i++)
        {
            var (u1, u2, d) = (Pick(), Pick(), 1 + Pick() % (SlowCurve.N - 1));
            var q = Multiplication.OfGenerator(Scalar.Of(d)).ToAffine();

            Same(SlowCurve.Multiply((u1 + u2 * d) % SlowCurve.N, SlowCurve.G), Multiplication.Sum(Scalar.Of(u1), Scalar.Of(u2), q));
        }

        BigInteger Pick() => random.Next(2) == 0 ? edges[random.Next(edges.Length)] : Bytes.Number(random) % SlowCurve.N;
    }

    [Fact]
    public void A_sum_that_meets_its_own_point_or_the_opposite_is_right()
    {
        // With Q = d·G the running sum of u₂·Q meets multiples of G that are added to it: doublings and infinity inside an addition.
        (int, int, int)[] meetings =
        [
            (1, 1, 1), (1, 1, -1), (2, 2, 1), (5, 1, 5), (5, -1, 5), (0, 0, 3), (0, 1, 1), (1, 0, 1), (128, 128, -1), (256, -1, 256), (257, -1, 1), (257, 1, 1),
        ];
        foreach (var (u1, u2, d) in meetings)
        {
            var q = Multiplication.OfGenerator(Scalar.Of(SlowCurve.Mod(d, SlowCurve.N))).ToAffine();
            var sum = Multiplication.Sum(Scalar.Of(SlowCurve.Mod(u1, SlowCurve.N)), Scalar.Of(SlowCurve.Mod(u2, SlowCurve.N)), q);

            Same(SlowCurve.Multiply(SlowCurve.Mod(u1 + u2 * d, SlowCurve.N), SlowCurve.G), sum);
        }
    }

    [Fact]
    public void Points_are_a_group()
    {
        var random = new Random(2);
        for (var i = 0; i < 30; i++)
        {
            var (a, b, c) = (Random(random), Random(random), Random(random));

            Assert.Equal(Key(Plus(Plus(a, b), c)), Key(Plus(a, Plus(b, c))));
            Assert.Equal(Key(Plus(a, b)), Key(Plus(b, a)));
            Assert.Equal(Key(a), Key(Plus(a, JacobianPoint.Infinity)));
            Assert.Equal(Key(a), Key(Plus(JacobianPoint.Infinity, a)));
            Assert.True(Plus(a, new JacobianPoint(new AffinePoint(a.ToAffine().X, a.ToAffine().Y.Negative(1)))).IsInfinity);

            var twice = a;
            twice.Double();
            Assert.Equal(Key(twice), Key(Plus(a, a)));
            Assert.Equal(Key(Plus(twice, b)), Key(PlusAffine(Plus(a, b), a.ToAffine())));
            Assert.Equal(Key(twice), Key(PlusAffine(a, a.ToAffine())));
            Assert.True(PlusAffine(a, a.ToAffine().Opposite).IsInfinity);
            Assert.Equal(Key(a), Key(PlusAffine(JacobianPoint.Infinity, a.ToAffine())));
        }
        var infinity = JacobianPoint.Infinity;
        infinity.Double();
        Assert.True(infinity.IsInfinity);
    }

    private static JacobianPoint Random(Random random) => Multiplication.OfGenerator(Scalar.Read(Bytes.Random(random, 32), out _));

    private static PublicKey Key(in JacobianPoint point) => new(point.ToAffine());

    private static JacobianPoint Plus(JacobianPoint left, in JacobianPoint right)
    {
        left.Add(right);
        return left;
    }

    private static JacobianPoint PlusAffine(JacobianPoint left, in AffinePoint right)
    {
        left.Add(right);
        return left;
    }

    private static void Same((BigInteger X, BigInteger Y)? expected, in JacobianPoint actual)
    {
        Assert.Equal(expected is null, actual.IsInfinity);
        if (expected is not null)
            Assert.Equal(expected.Value, (Key(actual).X, Key(actual).Y));
    }
}
