using System.Text;
using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Scripts;

public sealed class Ripemd160Tests
{
    /// <summary>The test values that its authors published.</summary>
    [Theory]
    [InlineData("", "9c1185a5c5e9fc54612808977ee8f548b2258d31")]
    [InlineData("a", "0bdc9d2d256b3ee9daae347be6f4dc835a467ffe")]
    [InlineData("abc", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc")]
    [InlineData("message digest", "5d0689ef49d2fae572b881b123a85ffa21595f36")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "f71c27109c692c1b56bbdceb5b9d2865b3708dbc")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "12a053384a9c0c88e405a06c27dcf49ada62eb2b")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "b0e20b6e3116640286ed3a87a5713079b21f5189")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890", "9b752e45573d4b39f4dbd3323cab82bf63326bfb")]
    public void The_hash_is_the_published_one(string text, string hash) => Assert.Equal(hash, Hex.Of(Ripemd160.HashData(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void The_hash_of_a_million_letters_is_the_published_one() =>
        Assert.Equal("52783243c1697bdbe16d37f97f68f08325dc1528", Hex.Of(Ripemd160.HashData(Encoding.ASCII.GetBytes(new string('a', 1_000_000)))));

    /// <summary>The public key of the private key 1.</summary>
    [Fact]
    public void A_key_is_named_by_both_hashes() => Assert.Equal("751e76e8199196d454941c45d1b3a323f1433bd6",
        Hex.Of(Ripemd160.Hash160(Hex.Parse("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"))));
}
