using Workbook.Parts.Keys;

namespace Workbook.Bitcoin;

/// <summary>What instructions may ask about the transaction that runs them: signatures and times to wait.</summary>
internal sealed class SpendingInput(Transaction transaction, int input, long amount, WitnessHashes hashes)
{
    /// <summary>Lock times from here on are seconds since 1970, those below are heights.</summary>
    private const uint FirstTime = 500_000_000;

    private const uint SequenceOff = 1u << 31;
    private const uint SequenceIsTime = 1u << 22;
    private const uint SequenceMask = 0xffff;

    private TxInput Input => transaction.Inputs[input];

    /// <summary>Whether the signature, its type at its end, signs the transaction by the key.</summary>
    public bool IsSigned(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> key, ReadOnlySpan<byte> script, bool isWitness, bool strictDer)
    {
        if (signature.Length == 0 || !PublicKey.TryParse(key, out var known)) return false;
        if (!EcdsaSignature.TryParseDer(signature[..^1], out var read, strictDer)) return false;
        var type = signature[^1];
        var hash = isWitness
            ? SignatureHash.Witness(transaction, input, script, amount, type, hashes)
            : SignatureHash.Legacy(transaction, input, script, type);
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        hash.CopyTo(bytes);
        return known.Verify(bytes, read);
    }

    /// <summary>Whether the transaction waits at least until then (BIP 65).</summary>
    public bool WaitsUntil(long lockTime) =>
        transaction.LockTime < FirstTime == lockTime < FirstTime && lockTime <= transaction.LockTime && Input.Sequence != TxInput.Final;

    /// <summary>Whether the input waits at least so long after the output it spends (BIP 112).</summary>
    public bool WaitsFor(long sequence)
    {
        if ((uint)transaction.Version < 2 || (Input.Sequence & SequenceOff) != 0) return false;
        var (asked, given) = ((uint)sequence & (SequenceIsTime | SequenceMask), Input.Sequence & (SequenceIsTime | SequenceMask));
        return asked < SequenceIsTime == given < SequenceIsTime && asked <= given;
    }

    /// <summary>Whether a time to wait for is none, by its highest bit.</summary>
    public static bool IsOff(long sequence) => (sequence & SequenceOff) != 0;
}
