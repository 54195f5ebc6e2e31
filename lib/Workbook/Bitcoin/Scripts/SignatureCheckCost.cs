namespace Workbook.Bitcoin;

/// <summary>
/// How many signature checks a transaction may ask for, as the limit of a block counts them (BIP 141): one in a witness counts once, one elsewhere four
/// times. It is known before anything runs.
/// </summary>
public static class SignatureCheckCost
{
    private const int OutsideOfWitness = 4;

    /// <summary>The cost of a transaction; a block may have <see cref="Block.MostSignatureChecks"/> in all.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="spent">The outputs that its inputs spend, in their order; none for a coinbase.</param>
    /// <exception cref="ArgumentException">There are not as many outputs as inputs.</exception>
    public static long Of(Transaction transaction, params IReadOnlyList<TxOutput> spent)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(spent);
        var cost = OutsideOfWitness * (transaction.Inputs.Sum(input => (long)input.ScriptSig.SignatureChecks(exact: false))
            + transaction.Outputs.Sum(output => (long)output.ScriptPubKey.SignatureChecks(exact: false)));
        if (transaction.IsCoinbase) return cost;
        if (spent.Count != transaction.Inputs.Count)
            throw new ArgumentException($"The transaction spends {transaction.Inputs.Count} outputs; these are {spent.Count}.", nameof(spent));
        for (var index = 0; index < spent.Count; index++) cost += OfInput(transaction.Inputs[index], spent[index].ScriptPubKey);
        return cost;
    }

    private static long OfInput(TxInput input, Script script)
    {
        if (!script.IsPayToScriptHash) return OfWitness(input, script);
        if (input.ScriptSig.LastPush() is not { } push) return 0;
        var redeem = new Script(push);
        return (OutsideOfWitness * (long)redeem.SignatureChecks(exact: true)) + OfWitness(input, redeem);
    }

    private static int OfWitness(TxInput input, Script program) => !program.IsWitnessProgram || program.WitnessVersion > 0 ? 0
        : program.WitnessProgram.Length == Ripemd160.Size ? 1
        : program.WitnessProgram.Length == Hash256.Size && input.Witness.Count > 0 ? new Script(input.Witness[^1].Span).SignatureChecks(exact: true)
        : 0;
}
