namespace Workbook.Bitcoin;

/// <summary>
/// Whether a transaction may stand in a block on a given one (the notes' "validation checks"): its outputs to be spent are there and mature, it pays
/// no more than they hold, it need not wait, its scripts agree.
/// </summary>
internal sealed class SpendCheck(ChainRules rules, KnownBlock parent, uint time, ScriptRules scripts, CheckedScripts known)
{
    /// <summary>Lock times from here on are seconds since 1970, those below are heights.</summary>
    private const uint FirstLockTime = 500_000_000;

    private const uint SequenceOff = 1u << 31;
    private const uint SequenceIsTime = 1u << 22;
    private const uint SequenceMask = 0xffff;
    private const int SequenceSeconds = 512;

    /// <summary>The height of the block that the transaction is to stand in.</summary>
    public int Height { get; } = parent.Height + 1;

    private bool HasWaitingTimes => scripts.HasFlag(ScriptRules.CheckSequence);

    /// <summary>What is wrong with a transaction other than a coinbase, which by itself is good; null when nothing is.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="find">The unspent outputs.</param>
    /// <param name="spent">The outputs that it spends, in the order of its inputs.</param>
    /// <param name="fee">What it leaves to the miner, in satoshis.</param>
    public BitcoinException? Fault(Transaction transaction, Func<OutPoint, UnspentOutput?> find, out UnspentOutput[] spent, out long fee)
    {
        (spent, fee) = (new UnspentOutput[transaction.Inputs.Count], 0);
        return WaitFault(transaction) ?? InputFault(transaction, find, spent, out fee) ?? SequenceFault(transaction, spent) ?? ScriptFault(transaction, spent);
    }

    /// <summary>A lock time waits for a height or a time, unless all inputs are final; since BIP 113 the time is the median of the blocks before.</summary>
    private BitcoinException? WaitFault(Transaction transaction)
    {
        var lockTime = transaction.LockTime;
        if (lockTime == 0) return null;
        var reached = lockTime < FirstLockTime ? (uint)Height : HasWaitingTimes ? parent.MedianTime : time;
        return lockTime < reached || transaction.Inputs.All(input => input.Sequence == TxInput.Final) ? null
            : Wrong(BitcoinError.NotFinal, transaction, $"is locked until {Lock(lockTime)} is past; its block would be at {Lock(reached)}");
    }

    private BitcoinException? InputFault(Transaction transaction, Func<OutPoint, UnspentOutput?> find, UnspentOutput[] spent, out long fee)
    {
        var held = fee = 0L;
        for (var index = 0; index < spent.Length; index++)
        {
            var previous = transaction.Inputs[index].Previous;
            if (find(previous) is not { } output)
                return Wrong(BitcoinError.NotUnspent, transaction, $"spends {previous}, which is no unspent output on this branch: it was never made, or is spent already");
            if (output.IsCoinbase && Height - output.Height < rules.CoinbaseMaturity)
            {
                return Wrong(BitcoinError.Immature, transaction,
                    $"spends {previous} of the coinbase at height {output.Height} at height {Height}; it can be spent from height {output.Height + rules.CoinbaseMaturity} on");
            }

            held += output.Output.Amount;
            if (!Money.IsPossible(output.Output.Amount) || !Money.IsPossible(held))
                return Wrong(BitcoinError.Amount, transaction, $"spends more than the {Money.Text(Money.Most)} that there will be");
            spent[index] = output;
        }

        fee = held - transaction.TotalOut;
        return fee >= 0 ? null : Wrong(BitcoinError.NotEnough, transaction, $"pays {Money.Text(transaction.TotalOut)}, and the outputs that it spends hold {Money.Text(held)}");
    }

    /// <summary>From version 2 on a sequence number can be a time to wait since the output was made, in blocks or in 512 seconds (BIP 68).</summary>
    private BitcoinException? SequenceFault(Transaction transaction, UnspentOutput[] spent)
    {
        if (!HasWaitingTimes || (uint)transaction.Version < 2) return null;
        for (var index = 0; index < spent.Length; index++)
        {
            var (sequence, made) = (transaction.Inputs[index].Sequence, spent[index].Height);
            if ((sequence & SequenceOff) != 0) continue;
            var wait = (long)(sequence & SequenceMask);
            if ((sequence & SequenceIsTime) == 0 ? made + wait > Height : Since(made) + (wait * SequenceSeconds) > parent.MedianTime)
            {
                return Wrong(BitcoinError.NotFinal, transaction,
                    $"waits {((sequence & SequenceIsTime) == 0 ? $"{wait} blocks" : $"{wait * SequenceSeconds} seconds")} after the output of height {made} that its input {index} spends; height {Height} is too early");
            }
        }

        return null;
    }

    private BitcoinException? ScriptFault(Transaction transaction, UnspentOutput[] spent)
    {
        if (!rules.ChecksScripts || known.Has(transaction, scripts)) return null;
        var check = new ScriptCheck(transaction, scripts);
        for (var index = 0; index < spent.Length; index++)
        {
            var verdict = check.Input(index, spent[index].Output);
            if (!verdict.IsValid) return Wrong(BitcoinError.Script, transaction, $"may not spend {transaction.Inputs[index].Previous}: {verdict.Reason.TrimEnd('.')}");
        }

        known.Add(transaction, scripts);
        return null;
    }

    /// <summary>Waiting by time begins with the median before the block that made the output.</summary>
    private long Since(int made) => parent.At(Math.Clamp(made - 1, 0, parent.Height)).MedianTime;

    private static string Lock(uint lockTime) =>
        lockTime < FirstLockTime ? $"height {lockTime}" : $"{DateTimeOffset.FromUnixTimeSeconds(lockTime).UtcDateTime:yyyy-MM-dd HH:mm:ss}";

    private static BitcoinException Wrong(BitcoinError error, Transaction transaction, string what) => new(error, $"Transaction {transaction.Txid} {what}.");
}
