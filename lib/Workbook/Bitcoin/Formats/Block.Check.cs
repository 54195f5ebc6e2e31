namespace Workbook.Bitcoin;

/// <summary>What can be seen to be wrong with a block by itself, without the chain that it stands in.</summary>
public sealed partial record Block
{
    /// <summary>The most that scripts of a block may ask for in signature checks; one outside of witnesses counts four.</summary>
    public const int MostSignatureChecks = 80_000;

    // OP_RETURN, a push of 36 bytes, and four bytes that say what they are (BIP 141).
    private static ReadOnlySpan<byte> CommitmentStart => [0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed];

    /// <summary>The height that the coinbase's script begins with (BIP 34); null when it begins with no number, as before block 227,931 it need not.</summary>
    public int? CoinbaseHeight =>
        Transactions.Count > 0 && Transactions[0].IsCoinbase && Transactions[0].Inputs[0].ScriptSig.FirstNumber() is { } height and >= 0 ? (int)height : null;

    /// <summary>Throws what is wrong with the block by itself.</summary>
    /// <param name="proofOfWork">Whether the hash must not exceed the header's own target.</param>
    /// <exception cref="BitcoinException">See <see cref="Fault"/>.</exception>
    public void Check(bool proofOfWork = true)
    {
        if (Fault(proofOfWork) is { } fault) throw fault;
    }

    /// <summary>
    /// What is wrong with the block by itself; null when nothing is: its proof of work for the target it claims, the Merkle root, weight, coinbase
    /// first and only, each transaction by itself, signature checks, the commitment to the witnesses.
    /// </summary>
    /// <param name="proofOfWork">Whether the hash must not exceed the header's own target.</param>
    public BitcoinException? Fault(bool proofOfWork = true) =>
        (proofOfWork ? ProofOfWorkFault() : null) ?? MerkleFault() ?? CoinbaseFault() ?? TransactionFault() ?? WitnessFault();

    /// <summary>What is wrong with the height in the coinbase (BIP 34), which makes every coinbase another; null when it is the one given.</summary>
    /// <param name="height">The block's height in its chain.</param>
    public BitcoinException? HeightFault(int height)
    {
        var wanted = Script.Of(height).Span;
        return Transactions.Count > 0 && Transactions[0].IsCoinbase && Transactions[0].Inputs[0].ScriptSig.Span.StartsWith(wanted) ? null
            : Wrong(BitcoinError.CoinbaseHeight, $"is at height {height}, but its coinbase does not begin with {Hex.Of(wanted)}, which is that number as a script pushes it");
    }

    private BitcoinException? ProofOfWorkFault()
    {
        if (!Header.Bits.IsValid) return Wrong(BitcoinError.BadTarget, $"has the bits {Header.Bits}, which are no target");
        return Header.HasProofOfWork ? null : Wrong(BitcoinError.ProofOfWork, $"has a hash above the target of its bits {Header.Bits}");
    }

    private BitcoinException? MerkleFault()
    {
        if (Transactions.Count == 0) return Wrong(BitcoinError.Coinbase, "has no transactions; it needs at least a coinbase");
        var tree = MerkleTree;
        if (tree.Root != Header.MerkleRoot)
            return Wrong(BitcoinError.MerkleRoot, $"has the Merkle root {Header.MerkleRoot} in its header, but its transactions have {tree.Root}");
        return !tree.HasDuplicates ? null
            : Wrong(BitcoinError.MerkleDuplicate, "repeats transactions at its end, which its Merkle root does not show; the same block without them may be a good one");
    }

    private BitcoinException? CoinbaseFault()
    {
        if (!Transactions[0].IsCoinbase) return Wrong(BitcoinError.Coinbase, "does not begin with a coinbase");
        var second = Enumerable.Range(1, Transactions.Count - 1).FirstOrDefault(index => Transactions[index].IsCoinbase);
        return second == 0 ? null : Wrong(BitcoinError.Coinbase, $"has a second coinbase, transaction {second}");
    }

    private BitcoinException? TransactionFault()
    {
        if (Weight > MostWeight) return Wrong(BitcoinError.Weight, $"weighs {Weight}; {MostWeight} is the most");
        var checks = 0L;
        foreach (var transaction in Transactions)
        {
            if (transaction.Fault() is { } fault) return fault;
            checks += 4L * (transaction.Inputs.Sum(input => (long)input.ScriptSig.SignatureChecks(exact: false))
                + transaction.Outputs.Sum(output => (long)output.ScriptPubKey.SignatureChecks(exact: false)));
        }

        return checks <= MostSignatureChecks ? null
            : Wrong(BitcoinError.SignatureChecks, $"asks for signature checks that count {checks}; {MostSignatureChecks} is the most");
    }

    /// <summary>
    /// The coinbase commits to a Merkle tree over the ids with witnesses, its own taken as zero, hashed together with a value that its own
    /// witness holds. Without it nothing in the block would say what the witnesses are.
    /// </summary>
    private BitcoinException? WitnessFault()
    {
        var coinbase = Transactions[0];
        var commitment = coinbase.Outputs.LastOrDefault(output => output.ScriptPubKey.Length >= 38 && output.ScriptPubKey.Span.StartsWith(CommitmentStart));
        if (commitment is null)
        {
            return !Transactions.Any(transaction => transaction.HasWitness) ? null
                : Wrong(BitcoinError.WitnessCommitment, "has witnesses, but its coinbase does not commit to them");
        }

        // Before witnesses were known, such an output meant nothing; without a witness in the coinbase it is left alone.
        if (!Transactions.Any(transaction => transaction.HasWitness)) return null;
        if (coinbase.Inputs[0].Witness is not { Count: 1 } reserved || reserved[0].Length != Hash256.Size)
            return Wrong(BitcoinError.WitnessCommitment, "must have in its coinbase's witness just one item of 32 bytes");
        var root = new MerkleTree([Hash256.Zero, .. Transactions.Skip(1).Select(transaction => transaction.Wtxid)]).Root;
        var wanted = Hash256.Twice(root, new Hash256(reserved[0].Span));
        return new Hash256(commitment.ScriptPubKey.Span.Slice(CommitmentStart.Length, Hash256.Size)) == wanted ? null
            : Wrong(BitcoinError.WitnessCommitment, "has other witnesses than its coinbase commits to");
    }

    private BitcoinException Wrong(BitcoinError error, string what) => new(error, $"Block {Hash} {what}.");
}
