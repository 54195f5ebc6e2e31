namespace Workbook.Bitcoin;

/// <summary>
/// The transactions that a peer has heard of and that are in no block of its chain yet (§5, steps 1 and 2). All of them could stand in the next block
/// together: each spends what is unspent in the chain, or what another one of the pool makes, and no two spend the same.
/// </summary>
public sealed partial class MemoryPool
{
    private readonly BlockChain _chain;
    private readonly int _most;
    private readonly Dictionary<Hash256, PooledTransaction> _byId = [];
    private readonly Dictionary<OutPoint, PooledTransaction> _spender = [];
    private int _order;

    /// <summary>An empty pool for the transactions that follow on a chain.</summary>
    /// <param name="chain">The chain; tell the pool of its changes with <see cref="Follow"/>.</param>
    /// <param name="most">How many transactions it takes; those that come back from orphaned blocks are always taken.</param>
    public MemoryPool(BlockChain chain, int most = 50_000)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        (_chain, _most) = (chain, most);
    }

    /// <summary>How many transactions wait.</summary>
    public int Count => _byId.Count;

    /// <summary>What waits, in the order in which it came: none before those that it spends from.</summary>
    public IReadOnlyList<PooledTransaction> Transactions => [.. _byId.Values.OrderBy(pooled => pooled.Order)];

    /// <summary>The transaction of an id; null if it is not in the pool.</summary>
    public PooledTransaction? Find(Hash256 txid) => _byId.GetValueOrDefault(txid);

    /// <summary>The transaction of the pool that spends an output; null if none does.</summary>
    public PooledTransaction? SpenderOf(OutPoint output) => _spender.GetValueOrDefault(output);

    /// <summary>Takes a transaction, if it may stand in the next block with those that are here.</summary>
    /// <returns>Null when it was taken; else why not, and the pool is as before. <see cref="BitcoinError.NotUnspent"/> may pass when more transactions are known.</returns>
    public BitcoinException? Add(Transaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return Count < _most ? Take(transaction)
            : Wrong(BitcoinError.PoolFull, transaction, $"finds no room: the memory pool holds {Count} transactions, which is the most");
    }

    /// <summary>The output at a place that is unspent in the chain, or made by a transaction of the pool; it may be spent in the pool. Null for none.</summary>
    public UnspentOutput? FindOutput(OutPoint place)
    {
        if (_chain.Spendable(place) is { } confirmed) return confirmed;
        return Find(place.Txid) is { } parent && place.Index < parent.Transaction.Outputs.Count
            && parent.Transaction.Outputs[(int)place.Index] is var output && !output.ScriptPubKey.IsUnspendable
            ? new UnspentOutput(output, _chain.Height + 1, false)
            : null;
    }

    /// <summary>A block to be mined on the chain: what waits here, parents first, by what it pays for its weight; and a coinbase.</summary>
    /// <param name="reward">Whom the coinbase pays.</param>
    /// <param name="now">The miner's clock, in seconds since 1970; where the chain is ahead of it, its median time and a second.</param>
    /// <param name="tag">What the coinbase says, at most 80 letters.</param>
    public BlockTemplate Template(Script reward, long now, string tag = "")
    {
        var empty = _chain.Tree.Template(_chain.Tip, reward, now, tag);
        var chosen = BlockPacking.Choose(Transactions, _chain.Rules.TemplateWeight - empty.MostOwnWeight);
        return empty with { Transactions = [.. chosen.Select(pooled => pooled.Transaction)], Fees = chosen.Sum(pooled => pooled.Fee) };
    }

    private BitcoinException? Take(Transaction transaction)
    {
        if (_byId.ContainsKey(transaction.Txid)) return Wrong(BitcoinError.AlreadyKnown, transaction, "is in the memory pool already");
        if (transaction.Fault() is { } fault) return fault;
        if (transaction.IsCoinbase) return Wrong(BitcoinError.Coinbase, transaction, "is a coinbase, which can only be the first transaction of a block");
        if (Conflict(transaction) is { } conflict) return conflict;
        var height = _chain.Height + 1;
        var scripts = _chain.Rules.ScriptRulesAt(height) | _chain.Rules.PoolScripts;
        var check = new SpendCheck(_chain.Rules, _chain.Tip, _chain.Tip.MedianTime + 1, scripts, _chain.Checked);
        if (check.Fault(transaction, FindOutput, out var spent, out var fee) is { } wrong) return wrong;
        Enter(transaction, fee, SignatureCheckCost.Of(transaction, [.. spent.Select(one => one.Output)]));
        return null;
    }

    /// <summary>Whoever spends an output first keeps it (§5: the notes' "accept first they see, ignore second").</summary>
    private BitcoinException? Conflict(Transaction transaction)
    {
        if (!_chain.Precautions.SpendOnlyUnspentOnThisBranch) return null;
        foreach (var input in transaction.Inputs)
        {
            if (SpenderOf(input.Previous) is { } first)
                return Wrong(BitcoinError.Conflict, transaction, $"spends {input.Previous}, which {first.Transaction.Txid} of the memory pool spends already; the first one stays");
        }

        return _chain.BlockOf(transaction.Txid) is null ? null : Wrong(BitcoinError.AlreadyKnown, transaction, "stands in the chain already");
    }

    private void Enter(Transaction transaction, long fee, long signatureChecks)
    {
        var parents = transaction.Inputs.Select(input => Find(input.Previous.Txid)).OfType<PooledTransaction>().Distinct();
        var pooled = new PooledTransaction(transaction, fee, signatureChecks, _order++, parents);
        _byId.Add(transaction.Txid, pooled);
        foreach (var input in transaction.Inputs) _spender.TryAdd(input.Previous, pooled);
    }

    private static BitcoinException Wrong(BitcoinError error, Transaction transaction, string what) => new(error, $"Transaction {transaction.Txid} {what}.");
}
