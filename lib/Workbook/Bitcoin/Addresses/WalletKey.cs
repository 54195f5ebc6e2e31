using Workbook.Draw;
using Workbook.Parts.Keys;

namespace Workbook.Bitcoin;

/// <summary>
/// A private key as wallets write it down (WIF): base 58, with a byte for the network, and one more if the public key is to be hashed in its 33 bytes.
/// Whoever sees the text has the coins.
/// </summary>
/// <param name="Key">The private key.</param>
/// <param name="Network">The network that it is written for.</param>
/// <param name="Compressed">Whether its public key is used in 33 bytes, not 65.</param>
[TypeFormatterSource]
public sealed record WalletKey(PrivateKey Key, BitcoinNetwork Network = BitcoinNetwork.Main, bool Compressed = true) : IDisplay
{
    private const byte CompressedMark = 1;
    private const int KeySize = 32;

    /// <summary>The address of the public key's hash.</summary>
    public Address Address => Address.Of(Key.PublicKey, Network, Compressed);

    /// <summary>Reads a private key as wallets write it.</summary>
    /// <param name="text">The key in base 58.</param>
    /// <param name="network">The network that it must be of.</param>
    /// <exception cref="BitcoinException">It is none, its checksum does not fit, or it is of another network.</exception>
    public static WalletKey Parse(string text, BitcoinNetwork network = BitcoinNetwork.Main)
    {
        var bytes = Base58.Decode(text);
        var found = bytes.Length == 0 ? [] : NetworkPrefixes.All.Where(one => one.PrivateKey() == bytes[0]).ToList();
        var compressed = bytes.Length == KeySize + 2;
        if (found.Count == 0 || bytes.Length is not (KeySize + 1 or KeySize + 2) || (compressed && bytes[^1] != CompressedMark))
            throw new BitcoinException(BitcoinError.BadKey, "The text is no private key; it has a byte for the network, 32 of the key, and may end in the byte 1.");
        network.MustHave(found, "private key");
        return PrivateKey.TryParse(bytes.AsSpan(1, KeySize), out var key) ? new WalletKey(key, network, compressed)
            : throw new BitcoinException(BitcoinError.BadKey, "The number in the text is no private key; it must be from 1 to below the order of the curve.");
    }

    /// <summary>The key as wallets write it; mind who reads it.</summary>
    public string ToText() => Base58.Encode([Network.PrivateKey(), .. Key.ToBytes(), .. Compressed ? [CompressedMark] : Array.Empty<byte>()]);

    /// <summary>The text.</summary>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>The address: the key itself is not shown by accident.</summary>
    public override string ToString() => $"private key of {Address}";
}
