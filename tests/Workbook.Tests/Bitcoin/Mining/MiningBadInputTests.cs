using System.Numerics;
using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Mining;

/// <summary>Wrong input gets a sentence that says what to do.</summary>
public sealed class MiningBadInputTests
{
    [Fact]
    public void A_range_that_runs_backwards_is_refused() => Says("cannot end at 5, before it starts at 10", () => new NonceRange(10, 5));

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(0, (1L << 32) + 1)]
    [InlineData(1L << 33, 1L << 34)]
    public void A_range_beyond_32_bits_is_refused(long start, long end) => Says($"not from {start} to {end}", () => new NonceRange(start, end));

    [Theory]
    [InlineData(0)]
    [InlineData(79)]
    [InlineData(81)]
    public void A_header_that_is_not_80_bytes_is_refused(int bytes)
    {
        Says($"80 bytes, and this one {bytes}", () => new HeaderWork(new byte[bytes]));
        Assert.NotEmpty(Assert.Throws<BitcoinException>(() => Miner.Mine(new byte[bytes], CompactTarget.Easiest)).Message);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x1d800001u)]
    [InlineData(0xff123456u)]
    public void A_target_that_is_none_is_refused(uint bits) =>
        Assert.StartsWith($"{bits:x8} is no target", Assert.Throws<BitcoinException>(() => Miner.Mine(MiningHeaders.FirstBlock with { Bits = new(bits) })).Message);

    [Fact]
    public void A_target_outside_256_bits_is_refused()
    {
        Says("at least 1", () => TargetWords.Of(BigInteger.Zero));
        Says("at most 256 bits", () => TargetWords.Of(BigInteger.One << 256));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(256)]
    public void A_hash_cannot_begin_with_more_zeros_than_it_has_bits(int bits) => Says($"begin with {bits} bits", () => Miner.Mine(MiningHeaders.FirstBlock, bits));

    [Fact]
    public void A_miner_needs_a_core() => Says("cannot work on 0 cores", () => Miner.Mine(MiningHeaders.FirstBlock, 1, new MiningOptions { Threads = 0 }));

    [Fact]
    public void A_path_that_the_processor_does_not_have_is_refused() =>
        Says("take one of Scalar", () => Miner.Mine(MiningHeaders.FirstBlock, 1, new MiningOptions { Path = (MiningPath)99 }));

    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    public void A_sample_of_too_many_or_too_few_bits_is_refused(int bits) => Says("1 to 24 bits", () => AttemptSample.Measure(bits));

    [Fact]
    public void A_sample_of_no_headers_is_refused() => Says("at least one header", () => AttemptSample.Measure(8, headers: 0));

    [Theory]
    [InlineData(1)]
    [InlineData(201)]
    public void A_histogram_of_too_many_or_too_few_bars_is_refused(int bins) => Says("2 to 200", () => AttemptSample.Measure(4, 10).Histogram(bins));

    private static void Says(string what, Func<object> call) =>
        Assert.Contains(what, Assert.Throws<ArgumentException>(() => call()).Message, StringComparison.Ordinal);
}
