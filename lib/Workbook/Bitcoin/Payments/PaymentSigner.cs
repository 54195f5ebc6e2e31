using Workbook.Parts.Keys;

namespace Workbook.Bitcoin;

/// <summary>Makes what unlocks the outputs of everyday kinds: a key, its hash, its hash by witness (bare or in a script hash), some of several keys.</summary>
internal sealed class PaymentSigner
{
    private const byte All = (byte)SignatureHashType.All;

    private readonly List<Owner> _owners;
    private readonly WitnessHashes _hashes;

    public PaymentSigner(Transaction transaction, IReadOnlyList<PrivateKey> keys)
    {
        (Transaction, _hashes) = (transaction, new WitnessHashes(transaction));
        _owners = [.. keys.SelectMany(key => (Owner[])[new Owner(key, true), new Owner(key, false)])];
    }

    /// <summary>The transaction that is signed.</summary>
    public Transaction Transaction { get; }

    /// <summary>The input with what unlocks its coin.</summary>
    public TxInput Sign(int index, Coin coin)
    {
        var (input, script) = (Transaction.Inputs[index], coin.Output.ScriptPubKey);
        var hash = StandardOutput.HashIn(script);
        switch (StandardOutput.KindOf(script))
        {
            case OutputKind.PublicKey:
                var byKey = Find(owner => StandardOutput.To(owner.Key.PublicKey, owner.Compressed).Equals(script), coin);
                return input with { ScriptSig = Script.Of(Legacy(index, script, byKey)) };
            case OutputKind.PublicKeyHash:
                var byHash = Find(owner => owner.Hash.AsSpan().SequenceEqual(hash.Span), coin);
                return input with { ScriptSig = Script.Of(Legacy(index, script, byHash), byHash.Bytes) };
            case OutputKind.WitnessPublicKeyHash:
                return input with { Witness = WitnessOf(index, hash.Span, coin) };
            case OutputKind.ScriptHash:
                var nested = Find(owner => owner.Compressed && StandardOutput.ToHashOf(StandardOutput.ToWitnessOf(owner.Key.PublicKey)).Equals(script), coin);
                return input with
                {
                    ScriptSig = Script.Of(StandardOutput.ToWitnessOf(nested.Key.PublicKey).ToBytes()),
                    Witness = WitnessOf(index, nested.Hash, coin),
                };
            case OutputKind.Multisignature:
                return input with { ScriptSig = SomeOf(index, script, coin) };
            default:
                throw new BitcoinException(BitcoinError.Script, $"The coin {coin} asks for something else than keys that are known here: {script}.");
        }
    }

    private sealed record Owner(PrivateKey Key, bool Compressed)
    {
        public byte[] Bytes { get; } = Key.PublicKey.ToBytes(Compressed);

        public byte[] Hash { get; } = Ripemd160.Hash160(Key.PublicKey.ToBytes(Compressed));
    }

    private Owner Find(Predicate<Owner> isOwner, Coin coin) => _owners.Find(isOwner)
        ?? throw new BitcoinException(BitcoinError.BadKey, $"None of the {_owners.Count / 2} keys given is that of the coin {coin}; give its owner's key to Sign.");

    private byte[] Legacy(int index, Script script, Owner owner) =>
        [.. owner.Key.Sign(SignatureHash.Legacy(Transaction, index, script.Span, All).ToBytes()).ToDer(), All];

    private Witness WitnessOf(int index, ReadOnlySpan<byte> hash, Coin coin)
    {
        var wanted = hash.ToArray();
        var owner = Find(one => one.Compressed && one.Hash.AsSpan().SequenceEqual(wanted), coin);
        var signed = SignatureHash.Witness(Transaction, index, StandardOutput.ToKeyHash(hash).Span, coin.Amount, All, _hashes);
        return new Witness((byte[])[.. owner.Key.Sign(signed.ToBytes()).ToDer(), All], owner.Bytes);
    }

    /// <summary>As many signatures as are asked for, in the order of the keys, behind the item too many.</summary>
    private Script SomeOf(int index, Script script, Coin coin)
    {
        var operations = script.Operations;
        var wanted = operations[0].Opcode - Opcode.OP_1 + 1;
        var signers = operations.Skip(1).SkipLast(2).Select(key => _owners.Find(owner => owner.Bytes.AsSpan().SequenceEqual(key.Data.Span)))
            .OfType<Owner>().Take(wanted).ToList();
        return signers.Count == wanted ? Script.Of([0, .. signers.Select(owner => (ScriptItem)Legacy(index, script, owner))])
            : throw new BitcoinException(BitcoinError.BadKey, $"The coin {coin} asks for {wanted} signatures, and {signers.Count} of the keys given are in its list.");
    }
}
