using System.Numerics;
using Workbook.Parts.Keys;

namespace Workbook.Tests.Parts.Keys;

public sealed class VerifyTests
{
    private static readonly PrivateKey alice = PrivateKey.FromText("Alice");
    private static readonly byte[] message = Bytes.Hash("ten coins to Bob");
    private static readonly EcdsaSignature signature = alice.Sign(message);

    [Fact]
    public void Every_flipped_bit_of_a_hash_is_noticed() =>
        Assert.All(Flips(message), hash => Assert.False(alice.PublicKey.Verify(hash, signature)));

    [Fact]
    public void Every_flipped_bit_of_a_compact_signature_is_noticed() =>
        Assert.All(Flips(signature.ToCompact()), bytes => Assert.False(alice.PublicKey.Verify(message, EcdsaSignature.ParseCompact(bytes))));

    [Fact]
    public void Every_flipped_bit_of_a_DER_signature_is_noticed() =>
        Assert.All(Flips(signature.ToDer()), bytes => Assert.False(EcdsaSignature.TryParseDer(bytes, out var read) && alice.PublicKey.Verify(message, read)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_flipped_bit_of_a_public_key_is_noticed(bool compressed)
    {
        var read = 0;
        foreach (var bytes in Flips(alice.PublicKey.ToBytes(compressed)))
        {
            if (!PublicKey.TryParse(bytes, out var key))
                continue;
            read++;
            // 06 or 07 for 04 is the same key in its hybrid form, where it says the truth about y.
            Assert.Equal(!compressed && bytes[0] == (alice.PublicKey.Y.IsEven ? 6 : 7), key.Verify(message, signature));
        }

        // Half of all x have a point; of a changed (x, y) none is on the curve but by the flip of a hybrid's marker.
        Assert.InRange(read, compressed ? 90 : 0, compressed ? 170 : 1);
    }

    [Fact]
    public void Numbers_that_no_signature_has_verify_for_nobody()
    {
        BigInteger[] outside = [0, SlowCurve.N, SlowCurve.N + 1, BigInteger.Pow(2, 256) - 1, SlowCurve.N + signature.R, BigInteger.Pow(2, 300)];
        foreach (var number in outside)
            foreach (var (r, s) in new[] { (number, signature.S), (signature.R, number), (number, number) })
            {
                var bad = new EcdsaSignature(r, s);
                Assert.False(bad.IsInRange);
                Assert.False(alice.PublicKey.Verify(message, bad));
                Assert.Throws<InvalidOperationException>(bad.WithOtherS);
                Assert.Equal("The signature's r and s must be from 1 to n - 1.",
                    Assert.Throws<KeyException>(() => PublicKey.Recover(message, bad, 0)).Message);
            }
        Assert.Throws<ArgumentOutOfRangeException>(() => new EcdsaSignature(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EcdsaSignature(1, -1));
    }

    [Fact]
    public void Edge_numbers_are_judged_as_the_definition_judges_them()
    {
        var random = new Random(1);
        var n = SlowCurve.N;
        BigInteger[] edges = [1, 2, n / 2, n / 2 + 1, n - 2, n - 1, SlowCurve.P - n, SlowCurve.G.X % n];
        var valid = 0;
        foreach (var r in edges)
            foreach (var s in edges)
                foreach (var key in new[] { alice.PublicKey, PrivateKey.Parse(SlowCurve.ToBytes(1)).PublicKey })
                {
                    // With r the generator's x and the hash s - r the key 1 has signed, by the nonce 1.
                    var hash = random.Next(2) == 0 ? SlowCurve.Mod(s - r, n) : SlowCurve.Number(Bytes.Random(random, 32));
                    var expected = Slow(key, hash, r, s);
                    valid += expected ? 1 : 0;
                    Assert.Equal(expected, key.Verify(SlowCurve.ToBytes(hash), new EcdsaSignature(r, s)));
                }
        Assert.NotEqual(0, valid);
    }

    [Fact]
    public void A_nonce_whose_x_is_not_below_n_verifies_and_is_recovered()
    {
        var found = 0;
        for (var r = BigInteger.One; found < 5; r++)
        {
            if (SlowCurve.Y(r + SlowCurve.N, odd: false) is null)
                continue;
            found++;
            var rare = new EcdsaSignature(r, SlowCurve.Number(message) % SlowCurve.N);
            foreach (var id in new[] { 2, 3 })
            {
                var key = PublicKey.Recover(message, rare, id);
                Assert.True(Slow(key, SlowCurve.Number(message), rare.R, rare.S));
                Assert.True(key.Verify(message, rare));
                Assert.True(key.Verify(message, rare.WithOtherS()));
                Assert.False(key.Verify(Bytes.Hash("another"), rare));
            }
        }
        Assert.Throws<KeyException>(() => PublicKey.Recover(message, signature, 2));
        Assert.Throws<KeyException>(() => PublicKey.Recover(message, new EcdsaSignature(SlowCurve.P - SlowCurve.N, 1), 2));
    }

    [Fact]
    public void An_r_that_is_the_x_of_no_point_recovers_no_key()
    {
        var r = BigInteger.One;
        while (SlowCurve.Y(r, odd: false) is not null)
            r++;

        Assert.Equal("No point of the curve has the x that the signature's r and the recovery id say.",
            Assert.Throws<KeyException>(() => PublicKey.Recover(message, new EcdsaSignature(r, 1), 0)).Message);
    }

    [Fact]
    public void A_hash_of_zero_takes_the_generator_out_of_the_sum_and_still_verifies()
    {
        foreach (var hash in new[] { 0, SlowCurve.N })
        {
            var own = alice.Sign(SlowCurve.ToBytes(hash));
            Assert.True(alice.PublicKey.Verify(SlowCurve.ToBytes(hash), own));
            Assert.True(Slow(alice.PublicKey, hash, own.R, own.S));

            // Signature and key from nothing but a point: r is the x of t·Q and s = r / t.
            var point = SlowCurve.Multiply(3, (alice.PublicKey.X, alice.PublicKey.Y))!.Value;
            var forged = new EcdsaSignature(point.X % SlowCurve.N, point.X * SlowCurve.Inverse(3, SlowCurve.N) % SlowCurve.N);
            Assert.True(alice.PublicKey.Verify(SlowCurve.ToBytes(hash), forged));
        }
    }

    [Fact]
    public void A_sum_at_infinity_verifies_nothing_and_recovers_nobody()
    {
        // hash = -r·d makes u₁·G + u₂·Q vanish; hash = s·k makes the recovered key vanish.
        var d = SlowCurve.Number(alice.ToBytes());
        var hash = SlowCurve.ToBytes(SlowCurve.Mod(-signature.R * d, SlowCurve.N));
        Assert.False(alice.PublicKey.Verify(hash, signature));
        Assert.False(alice.PublicKey.Verify(hash, new EcdsaSignature(signature.R, 1)));

        var atG = new EcdsaSignature(SlowCurve.G.X % SlowCurve.N, 5);
        Assert.Equal("The signature's key would be the point at infinity.",
            Assert.Throws<KeyException>(() => PublicKey.Recover(SlowCurve.ToBytes(5), atG, SlowCurve.G.Y.IsEven ? 0 : 1)).Message);
    }

    [Fact]
    public void Keys_that_are_small_multiples_of_the_generator_verify()
    {
        // Their multiples meet those of the generator's table.
        foreach (var d in Bytes.EdgeScalars().Where(number => !number.IsZero).Take(60))
        {
            var key = PrivateKey.Parse(SlowCurve.ToBytes(d));
            Assert.True(key.PublicKey.Verify(message, key.Sign(message)));
        }
    }

    /// <summary>Verification by its definition.</summary>
    private static bool Slow(PublicKey key, BigInteger hash, BigInteger r, BigInteger s)
    {
        var inverse = SlowCurve.Inverse(s, SlowCurve.N);
        var sum = SlowCurve.Add(SlowCurve.Multiply(hash * inverse % SlowCurve.N, SlowCurve.G), SlowCurve.Multiply(r * inverse % SlowCurve.N, (key.X, key.Y)));
        return sum is var (x, _) && x % SlowCurve.N == r;
    }

    private static IEnumerable<byte[]> Flips(byte[] bytes)
    {
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            byte[] flipped = [.. bytes];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return flipped;
        }
    }
}
