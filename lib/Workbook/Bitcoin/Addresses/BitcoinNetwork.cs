namespace Workbook.Bitcoin;

/// <summary>Which chain an address or a private key is written for. The bytes of a payment are the same on all of them.</summary>
public enum BitcoinNetwork
{
    /// <summary>The main network, whose coins have a price.</summary>
    Main,

    /// <summary>The public test network.</summary>
    Test,

    /// <summary>A network of one's own, with targets that any machine meets. Apart from bech32, its addresses are those of the test network.</summary>
    Regtest,
}

/// <summary>What texts of a network begin with.</summary>
internal static class NetworkPrefixes
{
    public static IReadOnlyList<BitcoinNetwork> All { get; } = [BitcoinNetwork.Main, BitcoinNetwork.Test, BitcoinNetwork.Regtest];

    public static byte KeyHash(this BitcoinNetwork network) => network == BitcoinNetwork.Main ? (byte)0x00 : (byte)0x6f;

    public static byte ScriptHash(this BitcoinNetwork network) => network == BitcoinNetwork.Main ? (byte)0x05 : (byte)0xc4;

    public static byte PrivateKey(this BitcoinNetwork network) => network == BitcoinNetwork.Main ? (byte)0x80 : (byte)0xef;

    public static string Bech32(this BitcoinNetwork network) => network switch
    {
        BitcoinNetwork.Main => "bc",
        BitcoinNetwork.Test => "tb",
        _ => "bcrt",
    };

    /// <summary>A network in a sentence.</summary>
    public static string Name(this BitcoinNetwork network) => network switch
    {
        BitcoinNetwork.Main => "the main network",
        BitcoinNetwork.Test => "the test network",
        _ => "the regression test network",
    };

    /// <summary>Refuses what is of other networks only.</summary>
    public static void MustHave(this BitcoinNetwork wanted, IReadOnlyList<BitcoinNetwork> found, string what)
    {
        if (!found.Contains(wanted))
            throw new BitcoinException(BitcoinError.WrongNetwork, $"This {what} is of {found[0].Name()}; one of {wanted.Name()} is wanted.");
    }
}
