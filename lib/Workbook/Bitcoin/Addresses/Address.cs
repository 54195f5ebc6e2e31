using Workbook.Draw;
using Workbook.Parts.Keys;

namespace Workbook.Bitcoin;

/// <summary>An output's script as people hand it to each other: it names a key or a script by a hash, and has a checksum.</summary>
[TypeFormatterSource]
public sealed record Address : IDisplay
{
    private Address(Script scriptPubKey, BitcoinNetwork network, string text) => (ScriptPubKey, Network, Text) = (scriptPubKey, network, text);

    /// <summary>The script that an output to this address has.</summary>
    public Script ScriptPubKey { get; }

    /// <summary>The network that it is written for.</summary>
    public BitcoinNetwork Network { get; }

    /// <summary>What kind of output it stands for.</summary>
    public OutputKind Kind => StandardOutput.KindOf(ScriptPubKey);

    /// <summary>The address as it is written.</summary>
    public string Text { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address: base 58, or bech32.</param>
    /// <param name="network">The network that it must be of.</param>
    /// <exception cref="BitcoinException">It is none, its checksum does not fit, or it is of another network.</exception>
    public static Address Parse(string text, BitcoinNetwork network = BitcoinNetwork.Main)
    {
        ArgumentNullException.ThrowIfNull(text);
        return LooksLikeBech32(text) ? ParseBech32(text, network) : ParseBase58(text, network);
    }

    /// <summary>The address of an output's script.</summary>
    /// <exception cref="BitcoinException">The script is of no kind that has addresses.</exception>
    public static Address Of(Script scriptPubKey, BitcoinNetwork network = BitcoinNetwork.Main)
    {
        var hash = StandardOutput.HashIn(scriptPubKey).Span;
        var text = StandardOutput.KindOf(scriptPubKey) switch
        {
            OutputKind.PublicKeyHash => Base58.Encode([network.KeyHash(), .. hash]),
            OutputKind.ScriptHash => Base58.Encode([network.ScriptHash(), .. hash]),
            _ when scriptPubKey.IsWitnessProgram => Bech32.Encode(network.Bech32(), scriptPubKey.WitnessVersion, scriptPubKey.WitnessProgram),
            _ => throw new BitcoinException(BitcoinError.BadAddress, $"The script {scriptPubKey} has no address; only hashes of keys and scripts have one."),
        };
        return new Address(scriptPubKey, network, text);
    }

    /// <summary>The address of a key's hash: it begins with 1 on the main network.</summary>
    /// <param name="key">The key.</param>
    /// <param name="network">The network that it is written for.</param>
    /// <param name="compressed">Whether the hash is of the key in 33 bytes, not in 65.</param>
    public static Address Of(PublicKey key, BitcoinNetwork network = BitcoinNetwork.Main, bool compressed = true) =>
        Of(StandardOutput.ToHashOf(key, compressed), network);

    /// <summary>The address of a key's hash that a witness unlocks: it begins with bc1q on the main network.</summary>
    /// <param name="key">The key.</param>
    /// <param name="network">The network that it is written for.</param>
    public static Address OfWitness(PublicKey key, BitcoinNetwork network = BitcoinNetwork.Main) => Of(StandardOutput.ToWitnessOf(key), network);

    /// <summary>The text.</summary>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>The address.</summary>
    public override string ToString() => Text;

    /// <summary>Bech32 has a 1 behind one of the known prefixes, and no base 58 address begins so.</summary>
    private static bool LooksLikeBech32(string text) =>
        NetworkPrefixes.All.Any(network => text.StartsWith($"{network.Bech32()}1", StringComparison.OrdinalIgnoreCase));

    private static Address ParseBase58(string text, BitcoinNetwork network)
    {
        var bytes = Base58.Decode(text);
        if (bytes.Length != 1 + Ripemd160.Size)
            throw new BitcoinException(BitcoinError.BadAddress, $"“{text}” holds {bytes.Length} bytes; an address has one that says what it is, and a hash of 20.");
        var isKey = NetworkPrefixes.All.Where(one => one.KeyHash() == bytes[0]).ToList();
        var found = isKey.Count > 0 ? isKey : [.. NetworkPrefixes.All.Where(one => one.ScriptHash() == bytes[0])];
        if (found.Count == 0) throw new BitcoinException(BitcoinError.BadAddress, $"“{text}” begins with the byte {bytes[0]:x2}, which no network's addresses have.");
        network.MustHave(found, "address");
        var script = isKey.Count > 0 ? StandardOutput.ToKeyHash(bytes.AsSpan(1)) : Script.Of(Opcode.OP_HASH160, bytes[1..], Opcode.OP_EQUAL);
        return Of(script, network);
    }

    private static Address ParseBech32(string text, BitcoinNetwork network)
    {
        var (prefix, version, program) = Bech32.Decode(text);
        network.MustHave([.. NetworkPrefixes.All.Where(one => one.Bech32() == prefix)], "address");
        return Of(Script.Of(version, program), network);
    }
}
