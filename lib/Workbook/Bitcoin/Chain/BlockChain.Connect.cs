namespace Workbook.Bitcoin;

/// <summary>Going over to the branch that counts: blocks are taken off down to the fork and put on up to its end, or all is as before.</summary>
public sealed partial class BlockChain
{
    // Only without the precaution SpendOnlyUnspentOnThisBranch: every output that any block has made, on whichever branch.
    private readonly Dictionary<Hash256, (Transaction Transaction, int Height)> _everMade = [];

    private void GoToBest()
    {
        while (Tree.Best != Tip)
        {
            if (GoTo(Tree.Best) is var (block, fault)) Tree.MarkInvalid(block, fault);
        }
    }

    /// <summary>Goes over to a branch; if one of its blocks is not valid, back again, and says which.</summary>
    private (KnownBlock Block, BitcoinException Fault)? GoTo(KnownBlock end)
    {
        var (before, fork) = (Tip, Tip.ForkWith(end));
        while (Tip != fork) Disconnect();
        foreach (var block in end.After(fork))
        {
            if (Connect(block) is not { } fault) continue;
            while (Tip != fork) Disconnect();
            foreach (var old in before.After(fork)) Reconnect(old);
            return (block, fault);
        }

        return null;
    }

    /// <summary>Checks what a block spends, and puts it on the end of the chain; what is wrong with it, if anything, and then nothing has changed.</summary>
    private BitcoinException? Connect(KnownBlock known)
    {
        var (block, changes) = (known.Block!, new List<UtxoChange>());
        var check = new SpendCheck(Rules, Tip, block.Header.Time, Rules.ScriptRulesAt(known.Height), Checked);
        if (Connect(block, check, changes) is { } fault)
        {
            Unspent.Undo(changes);
            return fault;
        }

        known.Undo = [.. changes];
        Enter(known);
        return null;
    }

    private BitcoinException? Connect(Block block, SpendCheck check, List<UtxoChange> changes)
    {
        var (fees, checks) = (0L, 0L);
        foreach (var transaction in block.Transactions)
        {
            if (transaction.IsCoinbase)
            {
                checks += SignatureCheckCost.Of(transaction);
            }
            else
            {
                if (check.Fault(transaction, Spendable, out var spent, out var fee) is { } fault) return fault;
                fees += fee;
                checks += SignatureCheckCost.Of(transaction, [.. spent.Select(one => one.Output)]);
            }

            if (Precautions.SpendOnlyUnspentOnThisBranch && MakesAgain(transaction) is { } again)
                return new BitcoinException(BitcoinError.DuplicateTransaction, $"Transaction {transaction.Txid} makes the output {again}, which is there already, unspent.");
            Unspent.Apply(transaction, check.Height, changes);
        }

        if (checks > Block.MostSignatureChecks)
            return new BitcoinException(BitcoinError.SignatureChecks, $"Block {block.Hash} asks for signature checks that count {checks}; {Block.MostSignatureChecks} is the most.");
        var (paid, most) = (block.Transactions[0].TotalOut, Rules.SubsidyAt(check.Height) + fees);
        return paid <= most ? null : new BitcoinException(BitcoinError.CoinbaseAmount,
            $"Block {block.Hash} pays its miner {Money.Text(paid)}; the subsidy at height {check.Height} and the fees are {Money.Text(most)}.");
    }

    internal UnspentOutput? Spendable(OutPoint place)
    {
        if (Unspent.Find(place) is { } unspent) return unspent;
        return !Precautions.SpendOnlyUnspentOnThisBranch && _everMade.TryGetValue(place.Txid, out var made) && place.Index < made.Transaction.Outputs.Count
            ? new UnspentOutput(made.Transaction.Outputs[(int)place.Index], made.Height, made.Transaction.IsCoinbase)
            : null;
    }

    private OutPoint? MakesAgain(Transaction transaction)
    {
        for (var index = 0u; index < transaction.Outputs.Count; index++)
        {
            var place = new OutPoint(transaction.Txid, index);
            if (Unspent.Find(place) is not null) return place;
        }

        return null;
    }

    /// <summary>Puts a block on again that was there before.</summary>
    private void Reconnect(KnownBlock known)
    {
        var changes = new List<UtxoChange>();
        foreach (var transaction in known.Block!.Transactions) Unspent.Apply(transaction, known.Height, changes);
        known.Undo = [.. changes];
        Enter(known);
    }

    private void Disconnect()
    {
        var known = Tip;
        Unspent.Undo(known.Undo!);
        known.Undo = null;
        _chain.RemoveAt(_chain.Count - 1);
        foreach (var transaction in known.Block!.Transactions)
            if (_blockOf.GetValueOrDefault(transaction.Txid) == known) _blockOf.Remove(transaction.Txid);
    }

    private void Enter(KnownBlock known)
    {
        _chain.Add(known);
        foreach (var transaction in known.Block!.Transactions) _blockOf.TryAdd(transaction.Txid, known);
    }
}
