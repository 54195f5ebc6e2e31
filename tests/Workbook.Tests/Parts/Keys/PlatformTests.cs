using System.Security.Cryptography;
using Workbook.Parts.Keys;

namespace Workbook.Tests.Parts.Keys;

/// <summary>Ours against the platform's cryptography, where that has the curve.</summary>
public sealed class PlatformTests
{
    private static readonly ECCurve curve = ECCurve.CreateFromValue("1.3.132.0.10");

    [Fact]
    public void The_platform_verifies_what_we_sign()
    {
        for (var i = 0; i < 20; i++)
        {
            var (key, hash) = (PrivateKey.FromText($"{i}"), Bytes.Hash($"message {i}"));
            using var theirs = Platform(key);
            var signature = key.Sign(hash);

            Assert.True(theirs.VerifyHash(hash, signature.ToCompact()));
            Assert.True(theirs.VerifyHash(hash, signature.WithOtherS().ToCompact()));
            Assert.True(theirs.VerifyHash(hash, signature.ToDer(), DSASignatureFormat.Rfc3279DerSequence));
            hash[i] ^= 1;
            Assert.False(theirs.VerifyHash(hash, signature.ToCompact()));
        }
    }

    [Fact]
    public void We_verify_what_the_platform_signs()
    {
        for (var i = 0; i < 20; i++)
        {
            var (key, hash) = (PrivateKey.FromText($"{i}"), Bytes.Hash($"message {i}"));
            using var theirs = Platform(key);

            var signature = EcdsaSignature.ParseCompact(theirs.SignHash(hash));
            Assert.True(key.PublicKey.Verify(hash, signature));
            Assert.True(key.PublicKey.Verify(hash, EcdsaSignature.ParseDer(theirs.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence))));
            hash[i] ^= 1;
            Assert.False(key.PublicKey.Verify(hash, signature));
        }
    }

    [Fact]
    public void The_platform_has_the_same_public_key_for_a_private_one()
    {
        for (var i = 0; i < 10; i++)
        {
            using var theirs = Platform();
            var parameters = theirs.ExportParameters(includePrivateParameters: true);
            var whole = PrivateKey.Parse(parameters.D).PublicKey.ToBytes(compressed: false);

            Assert.Equal((byte[])[4, .. parameters.Q.X!, .. parameters.Q.Y!], whole);
        }
    }

    private static ECDsa Platform()
    {
        try
        {
            return ECDsa.Create(curve);
        }
        catch (Exception missing) when (missing is CryptographicException or PlatformNotSupportedException)
        {
            Assert.Skip($"This platform's cryptography has no secp256k1: {missing.Message}");
            throw;
        }
    }

    private static ECDsa Platform(PrivateKey key)
    {
        var ecdsa = Platform();
        var whole = key.PublicKey.ToBytes(compressed: false);
        ecdsa.ImportParameters(new ECParameters { Curve = curve, D = key.ToBytes(), Q = new ECPoint { X = whole[1..33], Y = whole[33..] } });
        return ecdsa;
    }
}
