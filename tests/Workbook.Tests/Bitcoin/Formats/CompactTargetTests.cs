using System.Globalization;
using System.Numerics;
using Workbook.Bitcoin;
using Workbook.Sim;

namespace Workbook.Tests.Bitcoin.Formats;

public sealed class CompactTargetTests
{
    /// <summary>Published examples of the encoding, as Bitcoin Core tests them.</summary>
    [Theory]
    [InlineData(0x01123456, "12")]
    [InlineData(0x02123456, "1234")]
    [InlineData(0x03123456, "123456")]
    [InlineData(0x04123456, "12345600")]
    [InlineData(0x05009234, "92340000")]
    [InlineData(0x02008000, "80")]
    [InlineData(0x20123456, "1234560000000000000000000000000000000000000000000000000000000000")]
    [InlineData(0x1d00ffff, "ffff0000000000000000000000000000000000000000000000000000")]
    [InlineData(0x207fffff, "7fffff0000000000000000000000000000000000000000000000000000000000")]
    public void The_first_byte_is_the_length_and_the_others_are_the_digits(uint bits, string target) =>
        Assert.Equal(Number(target), new CompactTarget(bits).Target);

    [Theory]
    [InlineData(0x00000000, "zero")]
    [InlineData(0x01003456, "zero")]
    [InlineData(0x02000056, "zero")]
    [InlineData(0x1d000000, "zero")]
    [InlineData(0x01800000, "zero")]
    [InlineData(0x04923456, "a negative number")]
    [InlineData(0x01fedcba, "a negative number")]
    [InlineData(0x23000100, "a number beyond 256 bits")]
    [InlineData(0x22010000, "a number beyond 256 bits")]
    [InlineData(0x21010000, "a number beyond 256 bits")]
    [InlineData(0xff123456, "a number beyond 256 bits")]
    public void What_is_no_target_is_refused(uint bits, string why)
    {
        var refused = Assert.Throws<BitcoinException>(() => new CompactTarget(bits).Target);

        Assert.Equal(BitcoinError.BadTarget, refused.Error);
        Assert.Equal($"{bits:x8} is no target: it stands for {why}.", refused.Message);
        Assert.False(new CompactTarget(bits).IsMetBy(Hash256.Zero));
    }

    /// <summary>Digits whose highest bit is set would read as negative, so they are written a byte further up.</summary>
    [Theory]
    [InlineData("80", 0x02008000)]
    [InlineData("12", 0x01120000)]
    [InlineData("92340000", 0x05009234)]
    [InlineData("1234560000000000000000000000000000000000000000000000000000000000", 0x20123456)]
    public void A_target_is_written_in_its_shortest_form(string target, uint bits) => Assert.Equal(bits, CompactTarget.Of(Number(target)).Bits);

    [Fact]
    public void What_is_written_is_read_back_with_its_three_highest_bytes()
    {
        var random = new Rng(1);
        for (var round = 0; round < 2_000; round++)
        {
            var target = (BigInteger.One << random.Next(256)) + random.Next(1_000_000);
            target = BigInteger.Min(target, (BigInteger.One << 256) - 1);
            var read = CompactTarget.Of(target).Target;

            Assert.InRange(read, target - (target >> 15), target);
            Assert.Equal(CompactTarget.Of(target), CompactTarget.Of(read));
        }
    }

    [Fact]
    public void Work_and_difficulty_are_those_that_are_published()
    {
        Assert.Equal(1, CompactTarget.One.Difficulty);
        Assert.Equal(0x100010001, CompactTarget.One.Work);
        Assert.Equal(2, CompactTarget.Easiest.Work);
        // Block 100,000.
        Assert.Equal(14_484.1623, new CompactTarget(0x1b04864c).Difficulty, 0.0001);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(1e6)]
    [InlineData(1e30)]
    public void A_target_for_so_many_hashes_needs_nearly_so_many(double hashes) =>
        Assert.InRange((double)CompactTarget.ForWork(hashes).Work / hashes, 0.999, 1.001);

    private static BigInteger Number(string hex) => BigInteger.Parse($"0{hex}", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
