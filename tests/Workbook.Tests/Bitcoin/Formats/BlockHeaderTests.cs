using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Formats;

public sealed class BlockHeaderTests
{
    private const string First = "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f61"
        + "7fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";

    private const string FirstHash = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";

    [Fact]
    public void The_first_header_has_its_known_hash_and_its_proof_of_work()
    {
        var header = BlockHeader.Parse(First);

        Assert.Equal(FirstHash, $"{header.Hash}");
        Assert.Equal(Hash256.Parse(FirstHash), header.Hash);
        Assert.Equal(43, header.Hash.LeadingZeroBits);
        Assert.Equal(2083236893u, header.Nonce);
        Assert.Equal(CompactTarget.One, header.Bits);
        Assert.Equal(Hash256.Zero, header.Previous);
        Assert.Equal(new DateTimeOffset(2009, 1, 3, 18, 15, 5, TimeSpan.Zero), header.Date);
        Assert.True(header.HasProofOfWork);
        Assert.False((header with { Nonce = header.Nonce + 1 }).HasProofOfWork);
        Assert.Equal(First, Hex.Of(header.ToBytes()));
    }

    [Fact]
    public void A_hash_is_good_enough_up_to_the_target_itself()
    {
        var target = Hash256.Parse("00000000ffff0000000000000000000000000000000000000000000000000000");
        var above = Hash256.Parse("00000000ffff0000000000000000000000000000000000000000000000000001");

        Assert.True(CompactTarget.One.IsMetBy(target));
        Assert.False(CompactTarget.One.IsMetBy(above));
        Assert.True(above.CompareTo(target) > 0);
    }

    [Theory]
    [InlineData(0, "Byte 0: expected the header's version, 4 bytes; the bytes end here.")]
    [InlineData(5, "Byte 4: expected the header's previous block, 32 bytes; only 1 is left.")]
    [InlineData(79, "Byte 76: expected the header's nonce, 4 bytes; only 3 are left.")]
    public void A_header_that_is_cut_off_says_what_is_missing(int bytes, string why)
    {
        var refused = Assert.Throws<BitcoinException>(() => BlockHeader.Parse(First[..(2 * bytes)]));

        Assert.Equal((BitcoinError.Truncated, why), (refused.Error, refused.Message));
    }

    [Fact]
    public void A_header_with_more_behind_it_is_refused()
    {
        var refused = Assert.Throws<BitcoinException>(() => BlockHeader.Parse($"{First}00"));

        Assert.Equal((BitcoinError.Overlong, "Byte 80: expected the end of the header; 1 more byte follows."), (refused.Error, refused.Message));
    }

    [Theory]
    [InlineData("0g", "Character 1 is “g”; expected a hexadecimal digit, 0 to 9 or a to f.")]
    [InlineData("012", "There are 3 hexadecimal digits; a byte has two of them, so the number must be even.")]
    public void What_is_not_hexadecimal_is_refused(string text, string why) =>
        Assert.Equal(why, Assert.Throws<BitcoinException>(() => BlockHeader.Parse(text)).Message);
}
