using System.Numerics;
using Workbook.Parts.Keys;

namespace Workbook.Tests.Parts.Keys;

public sealed class FieldElementTests
{
    private static readonly BigInteger[] edges =
    [
        0, 1, 2, 7, SlowCurve.P - 1, SlowCurve.P - 2, SlowCurve.P / 2, SlowCurve.P / 2 + 1, SlowCurve.N, BigInteger.Pow(2, 52), BigInteger.Pow(2, 52) - 1,
        BigInteger.Pow(2, 208), BigInteger.Pow(2, 255), BigInteger.Pow(2, 256) - BigInteger.Pow(2, 33), BigInteger.Pow(2, 32) + 977,
    ];

    [Fact]
    public void Arithmetic_is_that_of_big_integers()
    {
        var random = new Random(1);
        BigInteger[] numbers = [.. edges, .. Enumerable.Range(0, 60).Select(_ => Bytes.Number(random) % SlowCurve.P)];
        foreach (var a in numbers)
            foreach (var b in numbers)
            {
                var (x, y) = (Of(a), Of(b));
                Assert.Equal(a * b % SlowCurve.P, Number(x * y));
                Assert.Equal((a + b) % SlowCurve.P, Number(x + y));
                Assert.Equal(SlowCurve.Mod(a - b, SlowCurve.P), Number(x.Minus(y, 1)));
                Assert.Equal(a == b, x.Is(y));
            }
    }

    [Fact]
    public void Squares_halves_negatives_and_inverses_are_those_of_big_integers()
    {
        var random = new Random(2);
        foreach (var a in edges.Concat(Enumerable.Range(0, 500).Select(_ => Bytes.Number(random) % SlowCurve.P)))
        {
            var x = Of(a);
            Assert.Equal(a * a % SlowCurve.P, Number(x.Square()));
            Assert.Equal(a, Number(x.Half() + x.Half()));
            Assert.Equal(SlowCurve.Mod(-a, SlowCurve.P), Number(x.Negative(1)));
            Assert.Equal(SlowCurve.Inverse(a, SlowCurve.P), Number(x.Inverse()));
            Assert.Equal(a.IsZero, x.IsZero());
        }
    }

    [Fact]
    public void Limbs_as_full_as_a_product_allows_do_not_overflow()
    {
        var random = new Random(3);
        foreach (var a in edges.Concat(Enumerable.Range(0, 100).Select(_ => Bytes.Number(random) % SlowCurve.P)))
        {
            // 0 less a, of magnitude 13, holds 14 times twice the limbs of p, less a's: nearly full.
            var full = Of(a).Negative(13);
            Assert.Equal(a * a % SlowCurve.P, Number(full.Square()));
            Assert.Equal(a * a % SlowCurve.P, Number(full * full));

            var (fuller, slim) = (Of(a).Negative(31), Of(a).Negative(5));
            Assert.Equal(a * a % SlowCurve.P, Number(fuller * slim));
            Assert.Equal(SlowCurve.Mod(-a, SlowCurve.P), Number(fuller));
            Assert.Equal(a.IsZero, fuller.IsZero());
            Assert.True(fuller.Minus(fuller, 32).IsZero());
        }
    }

    [Fact]
    public void A_root_is_found_where_there_is_one()
    {
        var random = new Random(4);
        var found = 0;
        foreach (var a in edges.Concat(Enumerable.Range(0, 100).Select(_ => Bytes.Number(random) % SlowCurve.P)))
        {
            var root = Of(a).RootCandidate();
            Assert.Equal(BigInteger.ModPow(a, (SlowCurve.P + 1) / 4, SlowCurve.P), Number(root));
            found += root.Square().Is(Of(a)) ? 1 : 0;
        }
        Assert.InRange(found, 30, 85);
    }

    [Fact]
    public void Numbers_from_p_on_are_not_read()
    {
        for (var over = 0; over < 3; over++)
            Assert.False(FieldElement.TryRead(SlowCurve.ToBytes(SlowCurve.P + over), out _));
        Assert.False(FieldElement.TryRead(SlowCurve.ToBytes(BigInteger.Pow(2, 256) - 1), out _));
        Assert.True(FieldElement.TryRead(SlowCurve.ToBytes(SlowCurve.P - 1), out _));
    }

    private static FieldElement Of(BigInteger number)
    {
        Assert.True(FieldElement.TryRead(SlowCurve.ToBytes(number), out var element));
        return element;
    }

    private static BigInteger Number(FieldElement element)
    {
        var bytes = new byte[32];
        element.Normal().Write(bytes);
        return SlowCurve.Number(bytes);
    }
}
