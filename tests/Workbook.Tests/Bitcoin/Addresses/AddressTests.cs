using Workbook.Bitcoin;
using Workbook.Parts.Keys;
using Workbook.Sim;

namespace Workbook.Tests.Bitcoin.Addresses;

public sealed class AddressTests
{
    /// <summary>BIP 173 and BIP 350: address, network, script.</summary>
    [Theory]
    [InlineData("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", BitcoinNetwork.Main, "0014751e76e8199196d454941c45d1b3a323f1433bd6")]
    [InlineData("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", BitcoinNetwork.Test,
        "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262")]
    [InlineData("bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", BitcoinNetwork.Main,
        "5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6")]
    [InlineData("BC1SW50QGDZ25J", BitcoinNetwork.Main, "6002751e")]
    [InlineData("bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", BitcoinNetwork.Main, "5210751e76e8199196d454941c45d1b3a323")]
    [InlineData("tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy", BitcoinNetwork.Test,
        "0020000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433")]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", BitcoinNetwork.Main,
        "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")]
    public void A_published_address_stands_for_its_script(string text, BitcoinNetwork network, string script)
    {
        var address = Address.Parse(text, network);

        Assert.Equal(script, address.ScriptPubKey.ToHex());
        Assert.Equal(text.ToLowerInvariant(), address.Text);
        Assert.Equal(address, Address.Of(address.ScriptPubKey, network));
    }

    /// <summary>BIP 350's list of what must be refused.</summary>
    [Theory]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", "from version 1 on the checksum is of the second form (bech32m)")]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", "version 0 has a checksum of the first form (bech32)")]
    [InlineData("bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4", "letter 60 is “o”, which is not among qpzry9x8gf2tvdw0s3jn54khce6mua7l")]
    [InlineData("BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R", "its version is not from 0 to 16")]
    [InlineData("bc1pw5dgrnzv", "a program has 2 to 40 bytes, and this one 1")]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav", "a program has 2 to 40 bytes, and this one 41")]
    [InlineData("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", "a program of version 0 has 20 or 32 bytes, and this one 16")]
    [InlineData("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq", "it mixes small and capital letters")]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf", "its last letter holds bits that belong to no byte")]
    [InlineData("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j", "its last letter holds bits that belong to no byte")]
    [InlineData("bc1gmk9yu", "its version is not from 0 to 16")]
    public void A_text_that_is_no_bech32_address_is_refused(string text, string why)
    {
        var refused = Assert.Throws<BitcoinException>(() => Address.Parse(text));

        Assert.Equal($"“{text}” is no bech32 address: {why}.", refused.Message);
    }

    [Fact]
    public void An_address_of_another_network_is_refused_with_the_names_of_both()
    {
        var key = PrivateKey.FromText("Z").PublicKey;

        Assert.Equal("This address is of the test network; one of the main network is wanted.", Why(Address.OfWitness(key, BitcoinNetwork.Test), BitcoinNetwork.Main));
        Assert.Equal("This address is of the regression test network; one of the test network is wanted.", Why(Address.OfWitness(key, BitcoinNetwork.Regtest), BitcoinNetwork.Test));
        Assert.Equal("This address is of the main network; one of the regression test network is wanted.", Why(Address.Of(key), BitcoinNetwork.Regtest));
        Assert.Equal("This private key is of the main network; one of the test network is wanted.",
            Assert.Throws<BitcoinException>(() => WalletKey.Parse(new WalletKey(PrivateKey.FromText("Z")).ToText(), BitcoinNetwork.Test)).Message);

        // In base 58 the two test networks cannot be told apart.
        Assert.Equal(Address.Of(key, BitcoinNetwork.Regtest), Address.Parse(Address.Of(key, BitcoinNetwork.Test).Text, BitcoinNetwork.Regtest));

        static string Why(Address address, BitcoinNetwork wanted)
        {
            var refused = Assert.Throws<BitcoinException>(() => Address.Parse(address.Text, wanted));
            Assert.Equal(BitcoinError.WrongNetwork, refused.Error);
            return refused.Message;
        }
    }

    /// <summary>The private key 1, and the first block's coinbase, which everybody knows.</summary>
    [Fact]
    public void Known_keys_have_their_known_addresses()
    {
        var one = PrivateKey.Parse(Hex.Parse($"{1:x64}"));

        Assert.Equal("KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn", new WalletKey(one).ToText());
        Assert.Equal("5HpHagT65TZzG1PH3CSu63k8DbpvD8s5ip4nEB3kEsreAnchuDf", new WalletKey(one, Compressed: false).ToText());
        Assert.Equal("1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH", Address.Of(one.PublicKey).Text);
        Assert.Equal("1EHNa6Q4Jz2uvNExL497mE43ikXhwF6kZm", Address.Of(one.PublicKey, compressed: false).Text);
        Assert.Equal("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", Address.OfWitness(one.PublicKey).Text);
        var first = BitcoinData.Block(0).Transactions[0].Outputs[0].ScriptPubKey;
        Assert.Equal("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Address.Of(PublicKey.Parse(first.Operations[0].Data.Span), compressed: false).Text);
        Assert.Equal("1JqDybm2nWTENrHvMyafbSXXtTk5Uv5QAn", Address.Of(BitcoinData.Block(100_000).Transactions[1].Outputs[0].ScriptPubKey).Text);
    }

    [Fact]
    public void Private_keys_are_read_back_as_written_and_not_shown()
    {
        foreach (var network in Enum.GetValues<BitcoinNetwork>())
        {
            foreach (var compressed in (bool[])[true, false])
            {
                var key = new WalletKey(PrivateKey.FromText($"{network}"), network, compressed);
                var read = WalletKey.Parse(key.ToText(), network);

                Assert.Equal(key, read);
                Assert.DoesNotContain(key.ToText(), $"{read}");
                Assert.Equal(key.Address, read.Address);
            }
        }
    }

    [Fact]
    public void One_letter_mistyped_is_noticed()
    {
        var random = new Rng(58);
        foreach (var text in (string[])["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"])
        {
            Assert.Equal(text, Address.Parse(text).Text);
            for (var round = 0; round < 300; round++)
            {
                var letters = text.ToCharArray();
                letters[random.Next(text.Length)] = (char)random.Next('!', '~');
                if (new string(letters) != text) Assert.Throws<BitcoinException>(() => Address.Parse(new string(letters)));
            }
        }
    }

    [Theory]
    [InlineData("", BitcoinError.BadAddress)]
    [InlineData("1", BitcoinError.BadAddress)]
    [InlineData("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfN0", BitcoinError.BadAddress)]
    [InlineData("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", BitcoinError.Checksum)]
    [InlineData("KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn", BitcoinError.BadAddress)]
    public void A_text_that_is_no_address_is_refused(string text, BitcoinError error) =>
        Assert.Equal(error, Assert.Throws<BitcoinException>(() => Address.Parse(text)).Error);

    [Fact]
    public void A_text_without_end_is_refused_at_once() =>
        Assert.Equal(BitcoinError.BadAddress, Assert.Throws<BitcoinException>(() => Address.Parse(new string('2', 10_000_000))).Error);

    [Fact]
    public void A_script_without_an_address_says_so() => Assert.Equal(
        "The script OP_1 has no address; only hashes of keys and scripts have one.", Assert.Throws<BitcoinException>(() => Address.Of(Script.Parse("OP_1"))).Message);
}
