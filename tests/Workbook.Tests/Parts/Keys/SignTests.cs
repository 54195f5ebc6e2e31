using System.Security.Cryptography;
using System.Text;
using Workbook.Parts.Keys;

namespace Workbook.Tests.Parts.Keys;

public sealed class SignTests
{
    [Fact]
    public void What_a_key_signs_its_public_key_verifies_and_is_recovered_from()
    {
        var key = PrivateKey.FromText("Alice");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("ten coins to Bob"));

        var (signature, id) = key.SignRecoverable(hash);

        Assert.True(key.PublicKey.Verify(hash, signature));
        Assert.True(key.PublicKey.Verify(hash, signature.WithOtherS()));
        Assert.True(signature.IsLowS);
        Assert.Equal(key.PublicKey, PublicKey.Recover(hash, signature, id));
        Assert.Equal(signature, EcdsaSignature.ParseDer(signature.ToDer()));
        Assert.False(PrivateKey.FromText("Bob").PublicKey.Verify(hash, signature));
    }
}
