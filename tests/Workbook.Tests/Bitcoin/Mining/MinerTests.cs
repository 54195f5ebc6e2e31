using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Mining;

/// <summary>Mining over ranges, cores and targets.</summary>
public sealed class MinerTests
{
    private const uint Nonce = MiningHeaders.FirstBlockNonce;

    public static TheoryData<MiningPath> Paths => [MiningPath.Widest, .. MiningPaths.Supported];

    [Theory]
    [MemberData(nameof(Paths))]
    public void The_nonce_of_the_first_block_is_found(MiningPath path)
    {
        var mined = Miner.Mine(MiningHeaders.FirstBlock, new MiningOptions { Range = new(Nonce - 1000, Nonce + 1000L), Path = path });
        Assert.Equal(Nonce, mined.Nonce);
        Assert.Equal("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f", $"{mined.Hash}");
        Assert.Equal(1001, mined.Attempts);
        Assert.Equal(MiningHeaders.FirstBlock, mined.Header);
    }

    [Fact]
    public void Around_the_nonce_of_the_first_block_all_others_fail()
    {
        var before = Miner.Mine(MiningHeaders.FirstBlock, new MiningOptions { Range = new(Nonce - 400_000, Nonce) });
        Assert.Null(before.Nonce);
        Assert.Null(before.Hash);
        Assert.Equal(400_000, before.Attempts);
        Assert.Equal(400_000, before.Hashes);
        Assert.Null(Miner.Mine(MiningHeaders.FirstBlock, new MiningOptions { Range = new(Nonce + 1L, Nonce + 400_001L) }).Nonce);
        Assert.Equal(Nonce, Miner.Mine(MiningHeaders.FirstBlock, new MiningOptions { Range = new(Nonce - 400_000, Nonce + 400_000L) }).Nonce);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void The_smallest_nonce_wins_on_any_number_of_cores(int threads)
    {
        // Several nonces of the range meet the target; the one that is wanted stands in its eighth piece.
        for (var bits = 12; bits <= 20; bits += 2)
        {
            var alone = Miner.Mine(MiningHeaders.FirstBlock, bits, new MiningOptions { Threads = 1, Path = MiningPath.Scalar, Range = new(0, 1 << 19) });
            var mined = Miner.Mine(MiningHeaders.FirstBlock, bits, new MiningOptions { Threads = threads, Range = new(0, 1 << 19) });
            Assert.Equal((alone.Nonce, alone.Hash, alone.Attempts), (mined.Nonce, mined.Hash, mined.Attempts));
            Assert.True(mined.Nonce is null || mined.Hash!.Value.LeadingZeroBits >= bits);
        }
    }

    [Fact]
    public void An_empty_range_has_no_nonce()
    {
        var mined = Miner.Mine(MiningHeaders.FirstBlock, 0, new MiningOptions { Range = new(5, 5) });
        Assert.Equal((null, 0, 0), (mined.Nonce, mined.Attempts, mined.Hashes));
        Assert.Equal("none", $"{new NonceRange(5, 5)}");
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_target_that_every_hash_meets_takes_the_first_nonce_and_one_that_none_meets_tries_all(MiningPath path)
    {
        var options = new MiningOptions { Range = new(77, 100_000), Path = path };
        var easy = Miner.Mine(MiningHeaders.FirstBlock, 0, options);
        Assert.Equal((77u, 1), (easy.Nonce, easy.Attempts));
        var hard = Miner.Mine(MiningHeaders.FirstBlock, 255, options);
        Assert.Equal((null, 99_923, 99_923), (hard.Nonce, hard.Attempts, hard.Hashes));
    }

    [Fact]
    public void A_header_of_bytes_is_mined_at_any_compact_target()
    {
        var mined = Miner.Mine(MiningHeaders.FirstBlock.ToBytes(), new CompactTarget(0x1f00ffff));
        Assert.True(new CompactTarget(0x1f00ffff).IsMetBy(mined.Hash!.Value));
        Assert.Equal(mined.Nonce + 1L, mined.Attempts);
        Assert.Contains($"nonce {mined.Nonce}: {mined.Hash} after", $"{mined}", StringComparison.Ordinal);
        Assert.Contains("65,537 are the mean", $"{mined}", StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_mined_at_a_headers_own_bits_has_its_proof_of_work()
    {
        var mined = Miner.Mine(MiningHeaders.FirstBlock with { Bits = new CompactTarget(0x1f7fffff), Time = 7 });
        Assert.True(mined.Header.HasProofOfWork);
        Assert.Equal(mined.Nonce, mined.Header.Nonce);
    }
}
