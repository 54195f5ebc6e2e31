using System.Numerics;
using Workbook.Parts.Keys;

namespace Workbook.Tests.Parts.Keys;

public sealed class SignTests
{
    /// <summary>The vectors for RFC 6979 on secp256k1 with SHA-256 that wallets share (bitcointalk.org, topic 285142): key, message, r, s.</summary>
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001", "Satoshi Nakamoto",
        "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8", "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001",
        "All those moments will be lost in time, like tears in rain. Time to die...",
        "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b", "547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21")]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140", "Satoshi Nakamoto",
        "fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d0", "6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5")]
    [InlineData("f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181", "Alan Turing",
        "7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c", "58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea")]
    public void Signatures_are_those_that_other_wallets_make(string key, string message, string r, string s) =>
        Assert.Equal(r + s, Convert.ToHexStringLower(PrivateKey.Parse(Bytes.Of(key)).Sign(Bytes.Hash(message)).ToCompact()));

    [Fact]
    public void The_first_nonce_is_that_of_the_published_vector()
    {
        var nonces = new DeterministicNonces([.. new byte[31], 1], Bytes.Hash("Satoshi Nakamoto"));

        Assert.Equal("8f8a276c19f4149656b280621e358cce24f5f52542772691ee69063b74f15d15", Convert.ToHexStringLower(nonces.Next()));
        var second = Convert.ToHexStringLower(nonces.Next());
        Assert.NotEqual("8f8a276c19f4149656b280621e358cce24f5f52542772691ee69063b74f15d15", second);
        Assert.NotEqual(second, Convert.ToHexStringLower(nonces.Next()));
    }

    [Fact]
    public void What_a_key_signs_its_public_key_verifies_and_is_recovered_from()
    {
        var ids = new HashSet<int>();
        for (var i = 0; i < 50; i++)
        {
            var (key, hash) = (PrivateKey.FromText($"key {i}"), Bytes.Hash($"message {i}"));

            var (signature, id) = key.SignRecoverable(hash);

            ids.Add(id);
            Assert.True(signature is { IsInRange: true, IsLowS: true });
            Assert.True(key.PublicKey.Verify(hash, signature));
            Assert.True(key.PublicKey.Verify(hash, signature.WithOtherS()));
            Assert.False(signature.WithOtherS().IsLowS);
            Assert.Equal(signature, signature.WithOtherS().WithOtherS());
            Assert.Equal(key.PublicKey, PublicKey.Recover(hash, signature, id));
            Assert.Equal(key.PublicKey, PublicKey.Recover(hash, signature.WithOtherS(), id ^ 1));
            Assert.NotEqual(key.PublicKey, PublicKey.Recover(hash, signature, id ^ 1));
            Assert.True(PublicKey.Recover(hash, signature, id ^ 1).Verify(hash, signature));
            Assert.False(PrivateKey.FromText($"key {i + 1}").PublicKey.Verify(hash, signature));
            Assert.Equal(signature, key.Sign(hash));
        }
        Assert.Equal([0, 1], ids.Order());
    }

    [Fact]
    public void The_smallest_and_the_largest_key_sign_every_kind_of_hash()
    {
        foreach (var d in new[] { 1, 2, SlowCurve.N - 2, SlowCurve.N - 1 })
            foreach (var hash in new[] { 0, 1, SlowCurve.N - 1, SlowCurve.N, SlowCurve.N + 1, BigInteger.Pow(2, 256) - 1 })
            {
                var key = PrivateKey.Parse(SlowCurve.ToBytes(d));
                var (signature, id) = key.SignRecoverable(SlowCurve.ToBytes(hash));
                Assert.True(key.PublicKey.Verify(SlowCurve.ToBytes(hash), signature));
                Assert.Equal(key.PublicKey, PublicKey.Recover(SlowCurve.ToBytes(hash), signature, id));
            }
    }

    [Fact]
    public void A_private_key_is_32_bytes_from_1_to_n_less_1()
    {
        Assert.Equal("A private key has 32 bytes, and this one has 31.", Refusal(new byte[31]));
        Assert.Equal("A private key is from 1 to n - 1, and this one is 0.", Refusal(new byte[32]));
        Assert.Equal("A private key is from 1 to n - 1, and this one is not below n.", Refusal(SlowCurve.ToBytes(SlowCurve.N)));
        Assert.Equal("A private key is from 1 to n - 1, and this one is not below n.", Refusal(SlowCurve.ToBytes(BigInteger.Pow(2, 256) - 1)));
        Assert.Equal(SlowCurve.ToBytes(SlowCurve.N - 1), PrivateKey.Parse(SlowCurve.ToBytes(SlowCurve.N - 1)).ToBytes());

        static string Refusal(byte[] bytes)
        {
            Assert.False(PrivateKey.TryParse(bytes, out _));
            return Assert.Throws<KeyException>(() => PrivateKey.Parse(bytes)).Message;
        }
    }

    [Fact]
    public void A_text_is_always_the_same_key()
    {
        Assert.Equal(PrivateKey.FromText("Alice"), PrivateKey.FromText("Alice"));
        Assert.NotEqual(PrivateKey.FromText("Alice"), PrivateKey.FromText("Bob"));
        Assert.Equal(Bytes.Hash("Alice"), PrivateKey.FromText("Alice").ToBytes());
        Assert.DoesNotContain(Convert.ToHexStringLower(PrivateKey.FromText("Alice").ToBytes()), $"{PrivateKey.FromText("Alice")}", StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_a_hash_is_neither_signed_nor_verified()
    {
        var key = PrivateKey.FromText("Alice");
        var signature = key.Sign(new byte[32]);

        Assert.StartsWith("A hash of 32 bytes is signed, and this one has 5: hash the message first.",
            Assert.Throws<ArgumentException>(() => key.Sign(new byte[5])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => key.PublicKey.Verify(new byte[33], signature));
        Assert.Throws<ArgumentException>(() => PublicKey.Recover([], signature, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PublicKey.Recover(new byte[32], signature, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => PublicKey.Recover(new byte[32], signature, -1));
    }
}
