namespace Workbook.Bitcoin;

/// <summary>What becomes of transactions that wait when blocks come and go.</summary>
public sealed partial class MemoryPool
{
    /// <summary>
    /// Follows the chain: what new blocks hold, or spend, is taken out; what stood only in blocks that are gone comes back, each transaction after those that
    /// it spends from, unless it is no longer valid.
    /// </summary>
    /// <param name="change">What bringing a block did to the chain.</param>
    /// <returns>The transactions that are neither in the chain nor in the pool any more, as others spend what they spent, or what they spent is gone.</returns>
    public IReadOnlyList<Transaction> Follow(ChainChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (!change.IsChanged) return [];
        return change.Disconnected.Count == 0 ? Forward(change.Connected) : Rebuild(change.Disconnected);
    }

    private List<Transaction> Forward(IReadOnlyList<KnownBlock> connected)
    {
        var dropped = new List<Transaction>();
        foreach (var transaction in connected.SelectMany(block => block.Block!.Transactions))
        {
            if (Find(transaction.Txid) is { } confirmed) Remove(confirmed);
            if (!_chain.Precautions.SpendOnlyUnspentOnThisBranch) continue;
            foreach (var input in transaction.Inputs)
            {
                if (SpenderOf(input.Previous) is not { } loser) continue;
                var lost = PooledTransaction.Closure(loser, one => one.Children);
                dropped.AddRange(lost.Select(one => one.Transaction));
                foreach (var one in lost) Remove(one);
            }
        }

        return dropped;
    }

    private List<Transaction> Rebuild(IReadOnlyList<KnownBlock> disconnected)
    {
        List<Transaction> returned = _chain.Precautions.ReturnOrphanedTransactions
            ? [.. disconnected.Reverse().SelectMany(block => block.Block!.Transactions.Skip(1))] : [];
        List<Transaction> candidates = [.. returned, .. Transactions.Select(pooled => pooled.Transaction)];
        _byId.Clear();
        _spender.Clear();
        return [.. candidates.Where(transaction => _chain.BlockOf(transaction.Txid) is null && Take(transaction) is { Error: not BitcoinError.AlreadyKnown })];
    }

    private void Remove(PooledTransaction pooled)
    {
        _byId.Remove(pooled.Transaction.Txid);
        foreach (var input in pooled.Transaction.Inputs)
            if (_spender.GetValueOrDefault(input.Previous) == pooled) _spender.Remove(input.Previous);
        foreach (var parent in pooled.Parents) parent.ChildList.Remove(pooled);
        foreach (var child in pooled.Children) child.ParentList.Remove(pooled);
    }
}
