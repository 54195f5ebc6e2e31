using Workbook.Parts.Keys;

namespace Workbook.Tests.Parts.Keys;

public sealed class PublicKeyTests
{
    private const string X = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    private const string Y = "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";
    private const string OtherY = "b7c52588d95c3b9aa25b0403f1eef75702e84bb7597aabe663b82f6f04ef2777";
    private const string P = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f";

    [Fact]
    public void A_key_is_read_in_each_of_its_forms()
    {
        foreach (var (even, odd) in new[] { ("02" + X, "03" + X), ("04" + X + Y, "04" + X + OtherY), ("06" + X + Y, "07" + X + OtherY) })
        {
            Same("02" + X, "04" + X + Y, PublicKey.Parse(Bytes.Of(even)));
            Same("03" + X, "04" + X + OtherY, PublicKey.Parse(Bytes.Of(odd)));
        }

        static void Same(string compressed, string whole, PublicKey key)
        {
            Assert.Equal(compressed, Convert.ToHexStringLower(key.ToBytes()));
            Assert.Equal(whole, Convert.ToHexStringLower(key.ToBytes(compressed: false)));
            Assert.Equal(compressed, $"{key}");
            Assert.Equal(SlowCurve.Number(X), key.X);
            Assert.Equal(SlowCurve.Number(whole[66..]), key.Y);
        }
    }

    [Theory]
    [InlineData("", "A public key has 33 or 65 bytes, and this one has none.")]
    [InlineData("00", "A public key begins with 02, 03, 04, 06 or 07, and this one with 00.")]
    [InlineData("05" + X, "A public key begins with 02, 03, 04, 06 or 07, and this one with 05.")]
    [InlineData("02" + X + "00", "A public key that begins with 02 has 33 bytes, and this one has 34.")]
    [InlineData("04" + X, "A public key that begins with 04 has 65 bytes, and this one has 33.")]
    [InlineData("03", "A public key that begins with 03 has 33 bytes, and this one has 1.")]
    [InlineData("02" + P, "The key's x is not below p.")]
    [InlineData("04" + P + Y, "The key's x is not below p.")]
    [InlineData("04" + X + P, "The key's y is not below p.")]
    [InlineData("020000000000000000000000000000000000000000000000000000000000000005", "No point of the curve has the key's x.")]
    [InlineData("020000000000000000000000000000000000000000000000000000000000000000", "No point of the curve has the key's x.")]
    [InlineData("04" + Y + X, "The key's point (x, y) is not on the curve.")]
    [InlineData("04" + X + "0000000000000000000000000000000000000000000000000000000000000000", "The key's point (x, y) is not on the curve.")]
    [InlineData("06" + X + OtherY, "The key begins with 06, which says that y is even, and it is not.")]
    [InlineData("07" + X + Y, "The key begins with 07, which says that y is odd, and it is not.")]
    public void Bytes_that_are_no_key_are_refused_with_the_reason(string bytes, string reason)
    {
        Assert.Equal(reason, Assert.Throws<KeyException>(() => PublicKey.Parse(Bytes.Of(bytes))).Message);
        Assert.False(PublicKey.TryParse(Bytes.Of(bytes), out _));
    }

    [Fact]
    public void Compressed_keys_are_read_as_the_definition_reads_them()
    {
        var random = new Random(1);
        var read = 0;
        for (var i = 0; i < 200; i++)
        {
            var x = Bytes.Number(random) % SlowCurve.P;
            var odd = random.Next(2) == 1;
            if (PublicKey.TryParse([(byte)(odd ? 3 : 2), .. SlowCurve.ToBytes(x)], out var key))
                read++;
            Assert.Equal(SlowCurve.Y(x, odd), key?.Y);
        }
        Assert.InRange(read, 60, 140);
    }

    [Fact]
    public void Keys_are_equal_when_their_points_are()
    {
        var (even, odd) = (PublicKey.Parse(Bytes.Of("02" + X)), PublicKey.Parse(Bytes.Of("03" + X)));

        Assert.Equal(even, PublicKey.Parse(Bytes.Of("04" + X + Y)));
        Assert.Equal(even.GetHashCode(), PublicKey.Parse(Bytes.Of("06" + X + Y)).GetHashCode());
        Assert.NotEqual(even, odd);
        Assert.NotEqual(even, PrivateKey.FromText("Alice").PublicKey);
    }
}
