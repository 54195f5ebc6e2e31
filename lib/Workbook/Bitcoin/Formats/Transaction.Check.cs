namespace Workbook.Bitcoin;

/// <summary>What can be seen to be wrong with a transaction by itself, without the outputs that it spends.</summary>
public sealed partial record Transaction
{
    private const int ShortestCoinbaseScript = 2;
    private const int LongestCoinbaseScript = 100;

    /// <summary>Throws what is wrong with the transaction by itself.</summary>
    /// <exception cref="BitcoinException">No inputs or outputs, an impossible amount, the same input twice, or no output to spend.</exception>
    public void Check()
    {
        if (Fault() is { } fault) throw fault;
    }

    /// <summary>What is wrong with the transaction by itself; null when nothing is.</summary>
    public BitcoinException? Fault()
    {
        if (Inputs.Count == 0) return Wrong(BitcoinError.NoInputs, "has no inputs; it must spend something");
        if (Outputs.Count == 0) return Wrong(BitcoinError.NoOutputs, "has no outputs; it must pay somebody");
        if (4L * StrippedSize > Block.MostWeight) return Wrong(BitcoinError.Weight, "is larger than a block can be");
        return AmountFault() ?? InputFault();
    }

    private BitcoinException? AmountFault()
    {
        var total = 0L;
        for (var index = 0; index < Outputs.Count; index++)
        {
            var amount = Outputs[index].Amount;
            if (!Money.IsPossible(amount)) return Wrong(BitcoinError.Amount, $"pays {Money.Text(amount)} in output {index}; an amount is from 0 to {Money.Text(Money.Most)}");
            total += amount;
            if (!Money.IsPossible(total)) return Wrong(BitcoinError.Amount, $"pays more in its outputs than the {Money.Text(Money.Most)} that there will be");
        }

        return null;
    }

    private BitcoinException? InputFault()
    {
        if (IsCoinbase)
        {
            return Inputs[0].ScriptSig.Length is >= ShortestCoinbaseScript and <= LongestCoinbaseScript ? null : Wrong(BitcoinError.Coinbase,
                $"is a coinbase with a script of {Inputs[0].ScriptSig.Length} bytes; it must have {ShortestCoinbaseScript} to {LongestCoinbaseScript}");
        }

        var spent = new HashSet<OutPoint>(Inputs.Count);
        for (var index = 0; index < Inputs.Count; index++)
        {
            var previous = Inputs[index].Previous;
            if (previous.IsNull) return Wrong(BitcoinError.NullOutPoint, $"spends nothing in input {index}; only a coinbase, whose one input this is, may do so");
            if (!spent.Add(previous)) return Wrong(BitcoinError.DuplicateInput, $"spends {previous} twice");
        }

        return null;
    }

    private BitcoinException Wrong(BitcoinError error, string what) => new(error, $"Transaction {Txid} {what}.");
}
