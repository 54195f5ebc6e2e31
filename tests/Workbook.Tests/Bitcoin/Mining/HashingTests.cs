using System.Numerics;
using System.Security.Cryptography;
using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Mining;

/// <summary>Every way to hash gives what SHA-256 applied twice gives, in every lane.</summary>
public sealed class HashingTests
{
    private const int MostLanes = 16;

    public static TheoryData<MiningPath> Paths => [.. MiningPaths.Supported];

    [Fact]
    public void Compressing_hashes_what_NET_hashes()
    {
        var state = Sha256.Initial.ToArray();
        Sha256.Compress(state, [0x61626380, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 24]);
        Assert.Equal("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", string.Concat(state.Select(word => $"{word:X8}")));
    }

    [Fact]
    public void The_scalar_hash_is_SHA256_twice()
    {
        var hash = new byte[32];
        for (ulong seed = 0; seed < 50; seed++)
        {
            var header = MiningHeaders.Random(seed);
            var work = new HeaderWork(header);
            foreach (var nonce in new uint[] { 0, 1, 0x12345678, uint.MaxValue })
            {
                BitConverter.TryWriteBytes(header.AsSpan(76), nonce);
                work.Hash(nonce, hash);
                Assert.Equal(SHA256.HashData(SHA256.HashData(header)), hash);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Each_lane_knows_its_hash_to_the_last_bit(MiningPath path)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var header = MiningHeaders.Random(seed);
            var work = new HeaderWork(header);
            for (var lane = 0; lane < MostLanes; lane++)
            {
                // The range's first vector holds the nonce in this lane; the target is its own hash, and then one less.
                var nonce = 1000 * (long)seed + lane;
                var own = MiningHeaders.Number(header, nonce);
                foreach (var target in new[] { own, own - 1 })
                {
                    var range = new NonceRange(nonce - lane, nonce + 1);
                    Assert.Equal(MiningHeaders.First(header, target, range), NonceSearch.First(work, TargetWords.Of(target), range, path));
                }

                Assert.Equal((uint)nonce, NonceSearch.First(work, TargetWords.Of(own), new(nonce, nonce + 1), path));
                Assert.Null(NonceSearch.First(work, TargetWords.Of(own - 1), new(nonce, nonce + 1), path));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Searches_of_all_lengths_find_what_a_plain_loop_finds(MiningPath path)
    {
        var target = (BigInteger.One << 251) - 1;
        var header = MiningHeaders.Random(99);
        var work = new HeaderWork(header);
        for (var start = 0; start < 40; start++)
        {
            for (var count = 0; count < 40; count++)
            {
                var range = new NonceRange(start, start + count);
                Assert.Equal(MiningHeaders.First(header, target, range), NonceSearch.First(work, TargetWords.Of(target), range, path));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void The_last_nonces_are_tried_and_none_after_them(MiningPath path)
    {
        var header = MiningHeaders.Random(7);
        var work = new HeaderWork(header);
        for (var count = 1; count <= 40; count++)
        {
            var range = new NonceRange((1L << 32) - count, 1L << 32);
            var own = MiningHeaders.Number(header, uint.MaxValue);
            Assert.Equal(MiningHeaders.First(header, own, range), NonceSearch.First(work, TargetWords.Of(own), range, path));
            Assert.Null(NonceSearch.First(work, TargetWords.LeadingZeroBits(200), range, path));
        }
    }

    [Fact]
    public void A_target_is_met_by_itself_and_by_less()
    {
        var target = TargetWords.Of(BigInteger.Parse("100000002", System.Globalization.NumberStyles.HexNumber));
        Assert.True(target.IsMetBy([0x02000000, 0x01000000, 0, 0, 0, 0, 0, 0]));
        Assert.True(target.IsMetBy([0xffffffff, 0, 0, 0, 0, 0, 0, 0]));
        Assert.False(target.IsMetBy([0x03000000, 0x01000000, 0, 0, 0, 0, 0, 0]));
        Assert.False(target.IsMetBy([0, 0, 0, 0, 0, 0, 0, 0x01000000]));
        Assert.Equal(Math.Pow(2, -20), TargetWords.LeadingZeroBits(20).Chance, 1e-12);
    }
}
