using System.Text;
using Workbook.Parts;

namespace Workbook.Tests.Parts;

public sealed class StableHashTests
{
    /// <summary>These values are stored by others: partitions on disk, places on a ring. They never change.</summary>
    [Theory]
    [InlineData("", 0x96EBBE173FF72A30)]
    [InlineData("a", 0x56C48229C8DC6482)]
    [InlineData("abc", 0x415F19BF157BEBB9)]
    [InlineData("abcdefgh", 0x6307132C0A595B2F)]
    [InlineData("abcdefghi", 0xDEFB6302EAF02B77)]
    [InlineData("the quick brown fox jumps over the lazy dog", 0x8A06C7C30C4824EC)]
    public void The_hash_of_a_text_never_changes(string text, ulong hash) => Assert.Equal($"{hash:x16}", $"{StableHash.Of(text):x16}");

    [Fact]
    public void Every_bit_of_the_input_moves_about_half_of_the_hash()
    {
        foreach (var length in new[] { 1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 33, 50 })
        {
            var bytes = Enumerable.Range(0, length).Select(i => (byte)(i * 37)).ToArray();
            var original = StableHash.Of(bytes);
            for (var bit = 0; bit < 8 * length; bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.InRange(ulong.PopCount(original ^ StableHash.Of(bytes)), 12UL, 52UL);
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }

    [Fact]
    public void Texts_that_differ_only_in_trailing_zero_bytes_differ_in_their_hash()
    {
        var hashes = Enumerable.Range(0, 60).Select(length => StableHash.Of(new byte[length])).ToList();

        Assert.Equal(hashes.Count, hashes.Distinct().Count());
    }

    [Fact]
    public void Buckets_fill_evenly_in_the_upper_and_in_the_lower_bits()
    {
        var byHigh = new int[64];
        var byLow = new int[64];
        for (var i = 0; i < 64_000; i++)
        {
            var hash = StableHash.Of($"key-{i}");
            byHigh[StableHash.Bucket(hash, 64)]++;
            byLow[hash & 63]++;
        }

        // A thousand each; the standard deviation is 32.
        Assert.All(byHigh.Concat(byLow), count => Assert.InRange(count, 840, 1160));
    }

    [Fact]
    public void Another_seed_is_another_hash_function()
    {
        var same = Enumerable.Range(0, 6_400).Count(i => StableHash.Bucket(StableHash.Of($"{i}"), 64) == StableHash.Bucket(StableHash.Of($"{i}", seed: 1), 64));

        Assert.InRange(same, 50, 150);
    }

    [Fact]
    public void A_word_of_bytes_is_the_bytes_with_zeros_behind_them()
    {
        var bytes = Encoding.ASCII.GetBytes("ABCDEFGH");
        for (var length = 0; length <= 8; length++)
        {
            var padded = new byte[8];
            bytes.AsSpan(0, length).CopyTo(padded);
            Assert.Equal(BitConverter.ToUInt64(padded), StableHash.Word(bytes.AsSpan(0, length)));
        }
    }
}
