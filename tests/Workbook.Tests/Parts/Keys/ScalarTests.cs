using System.Numerics;
using Workbook.Parts.Keys;

namespace Workbook.Tests.Parts.Keys;

public sealed class ScalarTests
{
    [Fact]
    public void Arithmetic_is_that_of_big_integers()
    {
        var random = new Random(1);
        BigInteger[] numbers = [.. Bytes.EdgeScalars(), .. Enumerable.Range(0, 60).Select(_ => Bytes.Number(random) % SlowCurve.N)];
        foreach (var a in numbers)
            foreach (var b in numbers)
            {
                var (x, y) = (Scalar.Of(a), Scalar.Of(b));
                Assert.Equal(a * b % SlowCurve.N, (x * y).ToBigInteger());
                Assert.Equal((a + b) % SlowCurve.N, (x + y).ToBigInteger());
                Assert.Equal(SlowCurve.Mod(a - b, SlowCurve.N), (x - y).ToBigInteger());
                Assert.Equal(a == b, x.Equals(y));
            }
    }

    [Fact]
    public void Negatives_inverses_and_halves_of_the_range_are_those_of_big_integers()
    {
        var random = new Random(2);
        foreach (var a in Bytes.EdgeScalars().Concat(Enumerable.Range(0, 500).Select(_ => Bytes.Number(random) % SlowCurve.N)))
        {
            var x = Scalar.Of(a);
            Assert.Equal(SlowCurve.Mod(-a, SlowCurve.N), (-x).ToBigInteger());
            Assert.Equal(SlowCurve.Inverse(a, SlowCurve.N), x.Inverse().ToBigInteger());
            Assert.Equal(a > SlowCurve.N / 2, x.IsHigh);
            Assert.Equal(SlowCurve.ToBytes(a), x.ToBytes());
            Assert.Equal((a.IsZero, !a.IsEven), (x.IsZero, x.IsOdd));
        }
    }

    [Fact]
    public void Bytes_from_n_on_are_read_modulo_n_and_said_to_be_over()
    {
        foreach (var (number, over) in new[] { (SlowCurve.N - 1, false), (SlowCurve.N, true), (SlowCurve.N + 1, true), (BigInteger.Pow(2, 256) - 1, true) })
        {
            Assert.Equal(number % SlowCurve.N, Scalar.Read(SlowCurve.ToBytes(number), out var overflow).ToBigInteger());
            Assert.Equal(over, overflow);
        }
    }

    [Fact]
    public void Lambda_and_beta_are_cube_roots_of_1_and_do_the_same_to_the_generator()
    {
        var lambda = Endomorphism.Lambda.ToBigInteger();
        Assert.NotEqual(BigInteger.One, lambda);
        Assert.Equal(BigInteger.One, BigInteger.ModPow(lambda, 3, SlowCurve.N));

        var image = new PublicKey(new JacobianPoint(Endomorphism.Times(AffinePoint.G)).ToAffine());
        Assert.Equal(SlowCurve.Multiply(lambda, SlowCurve.G), (image.X, image.Y));
    }

    [Fact]
    public void A_number_splits_into_two_short_ones()
    {
        var random = new Random(3);
        var longest = 0L;
        foreach (var k in Bytes.EdgeScalars().Concat(Enumerable.Range(0, 2_000).Select(_ => Bytes.Number(random) % SlowCurve.N)))
        {
            var (first, second) = Endomorphism.Split(Scalar.Of(k));
            Assert.Equal(k, (first + second * Endomorphism.Lambda).ToBigInteger());
            foreach (var part in new[] { first, second })
                longest = Math.Max(longest, (part.IsHigh ? -part : part).ToBigInteger().GetBitLength());
        }
        Assert.InRange(longest, 100, 128);
    }

    [Fact]
    public void Signed_digits_are_odd_far_apart_and_sum_to_the_number()
    {
        var random = new Random(4);
        var digits = new sbyte[SignedDigits.Most];
        BigInteger[] edges = [0, 1, 15, 16, 17, 31, 32, (BigInteger.One << 128) * 2 / 3];
        foreach (var number in Enumerable.Range(0, 2_000).Select(_ => Bytes.Number(random) >> 129).Concat(edges))
        {
            var count = SignedDigits.Write((UInt128)number, digits);
            var sum = BigInteger.Zero;
            var last = -SignedDigits.Width;
            for (var i = 0; i < digits.Length; i++)
            {
                if (digits[i] == 0)
                    continue;
                Assert.True(digits[i] % 2 != 0 && Math.Abs((int)digits[i]) < 16);
                Assert.True(i - last >= SignedDigits.Width && i < count);
                last = i;
                sum += (BigInteger)digits[i] << i;
            }
            Assert.Equal(number, sum);
        }
    }
}
