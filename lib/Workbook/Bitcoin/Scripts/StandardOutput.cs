using System.Security.Cryptography;
using Workbook.Parts.Keys;

namespace Workbook.Bitcoin;

/// <summary>The kinds of outputs that wallets make and nodes pass on.</summary>
public enum OutputKind
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>To a public key, as the first blocks have it.</summary>
    PublicKey,

    /// <summary>To the hash of a public key.</summary>
    PublicKeyHash,

    /// <summary>To the hash of a script (BIP 16).</summary>
    ScriptHash,

    /// <summary>To m of n public keys.</summary>
    Multisignature,

    /// <summary>To nobody: it carries data.</summary>
    Data,

    /// <summary>To the hash of a public key, unlocked by a witness (BIP 141).</summary>
    WitnessPublicKeyHash,

    /// <summary>To the hash of a script, unlocked by a witness (BIP 141).</summary>
    WitnessScriptHash,

    /// <summary>To a taproot key (BIP 341): known by its looks only.</summary>
    Taproot,
}

/// <summary>The scripts of outputs that wallets make, and what can be read from one.</summary>
public static class StandardOutput
{
    /// <summary>To a public key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="compressed">Whether it is written in 33 bytes, not 65.</param>
    public static Script To(PublicKey key, bool compressed = true) => Script.Of(Known(key).ToBytes(compressed), Opcode.OP_CHECKSIG);

    /// <summary>To the hash of a public key: what an address beginning with 1 stands for.</summary>
    /// <param name="key">The key.</param>
    /// <param name="compressed">Whether the hash is of 33 bytes, not of 65.</param>
    public static Script ToHashOf(PublicKey key, bool compressed = true) => ToKeyHash(Ripemd160.Hash160(Known(key).ToBytes(compressed)));

    /// <summary>To the hash of a script (BIP 16).</summary>
    public static Script ToHashOf(Script redeem) => Script.Of(Opcode.OP_HASH160, Ripemd160.Hash160(Known(redeem).Span), Opcode.OP_EQUAL);

    /// <summary>To the hash of a public key, unlocked by a witness (BIP 141).</summary>
    public static Script ToWitnessOf(PublicKey key) => Script.Of(0, Ripemd160.Hash160(Known(key).ToBytes()));

    /// <summary>To the hash of a script, unlocked by a witness (BIP 141).</summary>
    public static Script ToWitnessOf(Script script) => Script.Of(0, SHA256.HashData(Known(script).Span));

    /// <summary>To so many of some public keys; signatures must come in the order of the keys.</summary>
    /// <exception cref="ArgumentException">There are not 1 to 16 keys, or more signatures are asked for than there are keys.</exception>
    public static Script ToAnyOf(int signatures, params ReadOnlySpan<PublicKey> keys)
    {
        if (keys.Length is < 1 or > 16 || signatures < 1 || signatures > keys.Length)
            throw new ArgumentException($"{signatures} signatures of {keys.Length} keys cannot be asked for; give 1 to 16 keys, and at most as many signatures.");
        var items = new List<ScriptItem> { signatures };
        foreach (var key in keys) items.Add(Known(key).ToBytes());
        return Script.Of([.. items, keys.Length, Opcode.OP_CHECKMULTISIG]);
    }

    /// <summary>To nobody: the bytes stand in the chain for all to read.</summary>
    public static Script Data(ReadOnlySpan<byte> data) => Script.Of(Opcode.OP_RETURN, data.ToArray());

    /// <summary>To the hash of a public key or script, of 20 bytes.</summary>
    internal static Script ToKeyHash(ReadOnlySpan<byte> hash) =>
        Script.Of(Opcode.OP_DUP, Opcode.OP_HASH160, hash.ToArray(), Opcode.OP_EQUALVERIFY, Opcode.OP_CHECKSIG);

    /// <summary>What kind of output a script makes.</summary>
    public static OutputKind KindOf(Script script)
    {
        ArgumentNullException.ThrowIfNull(script);
        if (script.IsPayToScriptHash) return OutputKind.ScriptHash;
        if (script.IsWitnessProgram)
        {
            return (script.WitnessVersion, script.WitnessProgram.Length) switch
            {
                (0, 20) => OutputKind.WitnessPublicKeyHash,
                (0, 32) => OutputKind.WitnessScriptHash,
                (1, 32) => OutputKind.Taproot,
                _ => OutputKind.Other,
            };
        }

        var bytes = script.Span;
        if (bytes is [0x76, 0xa9, 20, .., 0x88, 0xac] && bytes.Length == 25) return OutputKind.PublicKeyHash;
        if (bytes.Length is 35 or 67 && bytes[0] == bytes.Length - 2 && bytes[^1] == (byte)Opcode.OP_CHECKSIG) return OutputKind.PublicKey;
        if (bytes.Length > 0 && bytes[0] == (byte)Opcode.OP_RETURN && new Script(bytes[1..]).IsPushOnly) return OutputKind.Data;
        return IsMultisignature(script.Operations) ? OutputKind.Multisignature : OutputKind.Other;
    }

    /// <summary>The 20 or 32 bytes that a script names a key or script by; empty for other kinds.</summary>
    public static ReadOnlyMemory<byte> HashIn(Script script) => KindOf(script) switch
    {
        OutputKind.PublicKeyHash => script.ToBytes().AsMemory(3, 20),
        OutputKind.ScriptHash => script.ToBytes().AsMemory(2, 20),
        OutputKind.WitnessPublicKeyHash or OutputKind.WitnessScriptHash or OutputKind.Taproot => script.ToBytes().AsMemory(2),
        _ => default,
    };

    private static bool IsMultisignature(IReadOnlyList<ScriptOperation> operations) =>
        operations.Count >= 4 && operations[^1].Opcode == Opcode.OP_CHECKMULTISIG
        && operations[0].Opcode is >= Opcode.OP_1 and <= Opcode.OP_16 && operations[^2].Opcode - Opcode.OP_1 + 1 == operations.Count - 3
        && operations[0].Opcode <= operations[^2].Opcode && operations.Skip(1).Take(operations.Count - 3).All(key => key.Data.Length is 33 or 65);

    private static T Known<T>(T value) where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }
}
