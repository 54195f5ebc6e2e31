using System.Numerics;
using Workbook.Parts.Keys;

namespace Workbook.Tests.Parts.Keys;

public sealed class DerTests
{
    [Theory]
    [InlineData("30 06 020101 020101", 1, 1)]
    [InlineData("30 06 020100 020100", 0, 0)]
    [InlineData("30 07 02020080 02017f", 128, 127)]
    [InlineData("30 08 020200ff 02020100", 255, 256)]
    public void Strict_DER_is_read_and_written_byte_for_byte(string bytes, int r, int s)
    {
        var signature = EcdsaSignature.ParseDer(Bytes.Of(bytes));

        Assert.Equal(new EcdsaSignature(r, s), signature);
        Assert.Equal(Bytes.Of(bytes), signature.ToDer());
        Assert.Equal(signature, EcdsaSignature.ParseDer(Bytes.Of(bytes), strict: false));
    }

    [Theory]
    [InlineData("", "A DER signature has 8 to 72 bytes, and this one has 0.")]
    [InlineData("30 05 0201 020101", "A DER signature has 8 to 72 bytes, and this one has 7.")]
    [InlineData("31 06 020101 020101", "A DER signature begins with 30, and this one with 31.")]
    [InlineData("30 07 020101 020101", "The signature's length byte says 7, and 6 bytes follow.")]
    [InlineData("30 05 020101 020101", "The signature's length byte says 5, and 6 bytes follow.")]
    [InlineData("30 06 020101 020101 00", "The signature's length byte says 6, and 7 bytes follow.")]
    [InlineData("30 81 06 020101 020101", "The signature's length byte says 129, and 7 bytes follow.")]
    [InlineData("30 07 020101 020101 00", "1 bytes stand behind the signature's s.")]
    [InlineData("30 06 030101 020101", "The signature's r must begin with 02, and begins with 03.")]
    [InlineData("30 06 020101 030101", "The signature's s must begin with 02, and begins with 03.")]
    [InlineData("30 06 0200 02020101", "The signature's r has no bytes.")]
    [InlineData("30 06 02020101 0200", "The signature's s has no bytes.")]
    [InlineData("30 06 020501 020101", "The signature's r says 5 bytes, and only 4 follow.")]
    [InlineData("30 06 0204 01020101", "The signature ends before its s.")]
    [InlineData("30 06 020301 020101", "The signature ends before its s.")]
    [InlineData("30 06 020101 020201", "The signature's s says 2 bytes, and only 1 follow.")]
    [InlineData("30 06 020181 020101", "The signature's r is negative.")]
    [InlineData("30 06 020101 0201ff", "The signature's s is negative.")]
    [InlineData("30 07 02020001 020101", "The signature's r is padded with a zero byte that it does not need.")]
    [InlineData("30 07 020101 0202007f", "The signature's s is padded with a zero byte that it does not need.")]
    [InlineData("30 07 020101 02020000", "The signature's s is padded with a zero byte that it does not need.")]
    public void What_BIP_66_forbids_is_refused_with_the_reason(string bytes, string reason)
    {
        Assert.Equal(reason, Assert.Throws<KeyException>(() => EcdsaSignature.ParseDer(Bytes.Of(bytes))).Message);
        Assert.False(EcdsaSignature.TryParseDer(Bytes.Of(bytes), out _));
    }

    [Theory]
    [InlineData("30 05 020101 020101", 1, 1)]
    [InlineData("30 06 020101 020101 ffff", 1, 1)]
    [InlineData("30 8106 020101 020101", 1, 1)]
    [InlineData("30 820006 0281 01 01 028400000001 01", 1, 1)]
    [InlineData("30 0a 0203000005 020300ffff", 5, 65535)]
    [InlineData("30 06 0201ff 020180", 255, 128)]
    [InlineData("30 04 0200 0200", 0, 0)]
    public void What_old_blocks_may_hold_is_read_when_asked_for(string bytes, int r, int s)
    {
        Assert.Equal(new EcdsaSignature(r, s), EcdsaSignature.ParseDer(Bytes.Of(bytes), strict: false));
        Assert.False(EcdsaSignature.TryParseDer(Bytes.Of(bytes), out _));
    }

    [Theory]
    [InlineData("", "A DER signature begins with 30, and this one is empty.")]
    [InlineData("02", "A DER signature begins with 30, and this one with 02.")]
    [InlineData("30", "The signature ends before the length of its sequence.")]
    [InlineData("30 82 00", "The length of the signature's sequence says 2 bytes, and only 1 follow.")]
    [InlineData("30 06", "The signature's r must begin with 02, and is not there.")]
    [InlineData("30 06 03", "The signature's r must begin with 02, and begins with 03.")]
    [InlineData("30 06 02", "The signature ends before the length of its r.")]
    [InlineData("30 06 0205 01", "The signature's r says 5 bytes, and only 1 follow.")]
    [InlineData("30 06 0284ffffffff 01", "The signature's r says 4294967295 bytes, and only 1 follow.")]
    [InlineData("30 06 0289010000000000000000 01", "The signature's r says 4294967296 or more bytes, and only 1 follow.")]
    [InlineData("30 06 020101", "The signature's s must begin with 02, and is not there.")]
    public void What_is_no_signature_at_all_is_refused_even_then(string bytes, string reason) =>
        Assert.Equal(reason, Assert.Throws<KeyException>(() => EcdsaSignature.ParseDer(Bytes.Of(bytes), strict: false)).Message);

    [Fact]
    public void Whatever_the_bytes_reading_ends_in_a_signature_or_a_reason()
    {
        var random = new Random(1);
        var valid = PrivateKey.FromText("Alice").Sign(new byte[32]).ToDer();
        var (strict, lax) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            byte[] bytes = [.. valid];
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(random.Next(2) == 0 ? 6 : bytes.Length)] = (byte)random.Next(256);
            bytes = bytes[..random.Next(bytes.Length / 2, bytes.Length + 1)];
            if (EcdsaSignature.TryParseDer(bytes, out var read))
            {
                // BIP 66 leaves one way to write a signature.
                strict++;
                Assert.Equal(bytes, read.ToDer());
            }
            if (EcdsaSignature.TryParseDer(bytes, out var second, strict: false))
            {
                lax++;
                Assert.Equal(read ?? second, second);
            }
        }
        Assert.InRange(strict, 50, 19_000);
        Assert.InRange(lax, strict, 19_900);
    }

    [Fact]
    public void Numbers_too_large_for_a_signature_are_read_where_BIP_66_lets_them_and_written_where_there_is_room()
    {
        byte[] large = [0x30, 72 - 2, 2, 65, .. Enumerable.Repeat((byte)1, 65), 2, 1, 1];
        Assert.Equal(72, large.Length);
        var signature = EcdsaSignature.ParseDer(large);
        Assert.False(signature.IsInRange);
        Assert.Equal(large, signature.ToDer());
        Assert.Throws<InvalidOperationException>(signature.ToCompact);

        Assert.Throws<InvalidOperationException>(new EcdsaSignature(BigInteger.Pow(2, 600), 1).ToDer);
    }

    [Fact]
    public void The_compact_form_is_64_bytes()
    {
        var bytes = new byte[64];
        (bytes[31], bytes[63]) = (1, 2);

        Assert.Equal(new EcdsaSignature(1, 2), EcdsaSignature.ParseCompact(bytes));
        Assert.Equal(bytes, new EcdsaSignature(1, 2).ToCompact());
        Assert.Equal(new byte[64], new EcdsaSignature(0, 0).ToCompact());
        Assert.Equal("r = 01, s = 02", $"{new EcdsaSignature(1, 2)}");
        Assert.Equal("A compact signature has 64 bytes, and this one has 63.",
            Assert.Throws<KeyException>(() => EcdsaSignature.ParseCompact(bytes[1..])).Message);
    }
}
