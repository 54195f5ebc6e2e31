using System.Collections.Immutable;
using Workbook.Bitcoin;
using Workbook.Sim;

namespace Workbook.Tests.Bitcoin.Chain;

/// <summary>
/// Blocks on random known ones, some of them not valid, with random payments between anybody and anybody; and a pool that follows. Beside it the
/// unspent outputs of every branch, kept block by block without ever taking anything back.
/// </summary>
internal sealed class RandomForest
{
    private readonly Rng _random;
    private readonly MemoryPool _pool;
    private readonly Dictionary<Hash256, ImmutableDictionary<OutPoint, UnspentOutput>> _unspent = [];
    private readonly List<Transaction> _sent = [];

    // What has been in the pool or the chain, and not lost since.
    private readonly HashSet<Transaction> _expected = [];
    private int _number;

    public RandomForest(Rng random)
    {
        _random = random;
        Chain = new BlockChain(Chains.Cheap with { HalvingInterval = 50 });
        _pool = new MemoryPool(Chain);
        _unspent[Chain.Tip.Hash] = ImmutableDictionary<OutPoint, UnspentOutput>.Empty;
    }

    public BlockChain Chain { get; }

    public int Reorganisations { get; private set; }

    public int Refused { get; private set; }

    public int Returned { get; private set; }

    public int Lost { get; private set; }

    /// <summary>Some payments, and a block: on the chain, on another branch, or on any of the last ones.</summary>
    public void Step()
    {
        for (var i = _random.Next(3); i > 0; i--) Send();
        var before = _pool.Count;
        var change = _random.Next(5) == 0 ? ExtendByPool() : Add(BlockOn(Parent()));
        _pool.Follow(change);
        _expected.UnionWith(change.Disconnected.Concat(change.Connected).SelectMany(block => block.Block!.Transactions.Skip(1)));
        if (change.Outcome == BlockOutcome.Reorganised) Reorganisations++;
        if (change.Outcome == BlockOutcome.Refused) Refused++;
        if (change.Disconnected.Count > 0 && _pool.Count > before) Returned++;
    }

    public void TheUnspentOutputsAreThoseOfTheBranch()
    {
        var expected = _unspent[Chain.Tip.Hash];
        Assert.Equal(expected.Count, Chain.Unspent.Count);
        Assert.All(expected, pair => Assert.Equal(pair.Value, Chain.Unspent.Find(pair.Key)));
        Assert.Equal(Chain.Blocks.Skip(1).Sum(block => Chain.Rules.SubsidyAt(block.Height)), Chain.Unspent.Total);
        Assert.Same(Chain.Tree.Best, Chain.Tip);
        Assert.True(Chain.Tip.IsValid);
    }

    public void EveryTransactionIsSomewhere()
    {
        foreach (var transaction in _expected.ToArray())
        {
            var (inChain, inPool) = (Chain.BlockOf(transaction.Txid) is not null, _pool.Find(transaction.Txid) is not null);
            Assert.False(inChain && inPool);
            if (inChain || inPool) continue;

            // It is lost for good because what it spends is spent by another, or is not there (yet) on this branch.
            _expected.Remove(transaction);
            Lost++;
            var wrong = _pool.Add(transaction);
            Assert.True(wrong is { Error: BitcoinError.Conflict or BitcoinError.NotUnspent or BitcoinError.Immature }, wrong?.Message ?? $"{transaction.Txid} had vanished");
        }
    }

    private void Send()
    {
        var pooled = _pool.Transactions.SelectMany(one => one.Transaction.Outputs.Select((_, i) => Coin.Of(one.Transaction, i)));
        if (Payment([.. Coins(_unspent[Chain.Tip.Hash]), .. pooled]) is not { } payment || _pool.Add(payment) is not null) return;
        _sent.Add(payment);
        _expected.Add(payment);
    }

    /// <summary>All that waits can stand in the next block.</summary>
    private ChainChange ExtendByPool()
    {
        var template = _pool.Template(Chains.Anybody, Chain.Tip.Header.Time + 600, $"{_number++}");
        Assert.Equal(_pool.Count, template.Transactions.Count);
        var change = Add(template.Build());
        Assert.Equal(BlockOutcome.Extended, change.Outcome);
        return change;
    }

    private KnownBlock Parent()
    {
        var rivals = Chain.Tree.Blocks.TakeLast(40).Where(block => block.IsValid && block != Chain.Tip && block.Height >= Chain.Height - 1).ToList();
        if (rivals.Count > 0 && _random.Next(3) > 0) return rivals[_random.Next(rivals.Count)];
        return Chain[Math.Max(0, Chain.Height - _random.Next(4))];
    }

    /// <summary>Pays what was paid elsewhere and what was not; now and then what nobody has, or the miner too much.</summary>
    private Block BlockOn(KnownBlock parent)
    {
        var unspent = _unspent[parent.Hash];
        var maturity = Chain.Rules.CoinbaseMaturity;
        var (chosen, spent, fees) = (new List<Transaction>(), new HashSet<OutPoint>(), 0L);
        var offered = _sent.TakeLast(30).Where(_ => _random.Next(3) == 0).ToList();
        if (Payment([.. Coins(unspent)]) is { } payment) offered.Add(payment);
        foreach (var transaction in offered)
        {
            var inputs = transaction.Inputs.Select(input => unspent.TryGetValue(input.Previous, out var output) ? output : default).ToList();
            var isGood = inputs.TrueForAll(input => input.Output is not null && (!input.IsCoinbase || parent.Height + 1 - input.Height >= maturity));
            if ((!isGood && _random.Next(200) > 0) || !transaction.Inputs.All(input => spent.Add(input.Previous))) continue;
            chosen.Add(transaction);
            unspent = unspent.SetItems(Made(transaction, parent.Height + 1));
            fees += isGood ? inputs.Sum(input => input.Output.Amount) - transaction.TotalOut : 0;
        }

        return (Chain.Tree.Template(parent, Chains.Anybody, parent.Header.Time + 600, $"{_number++}") with
        {
            Transactions = chosen,
            Fees = fees + (_random.Next(30) == 0 ? 1 : 0),
        }).Build();
    }

    private ChainChange Add(Block block)
    {
        var (unspent, height) = (_unspent[block.Header.Previous], Chain.Find(block.Header.Previous)!.Height + 1);
        foreach (var transaction in block.Transactions)
            unspent = unspent.RemoveRange(transaction.Inputs.Select(input => input.Previous)).SetItems(Made(transaction, height));

        _unspent[block.Hash] = unspent;
        return Chain.Add(block);
    }

    private Transaction? Payment(List<Coin> coins)
    {
        if (coins.Count == 0) return null;
        var spent = Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => coins[_random.Next(coins.Count)])
            .Where(coin => coin.Amount > 1000).DistinctBy(coin => coin.OutPoint).ToList();
        return spent.Count == 0 ? null : Chains.Spend(_random.Next(100), 1 + _random.Next(2), spent);
    }

    private static IEnumerable<KeyValuePair<OutPoint, UnspentOutput>> Made(Transaction transaction, int height) =>
        transaction.Outputs.Select((output, i) => KeyValuePair.Create(transaction.Output(i), new UnspentOutput(output, height, transaction.IsCoinbase)));

    private static IEnumerable<Coin> Coins(ImmutableDictionary<OutPoint, UnspentOutput> unspent) =>
        unspent.Select(pair => new Coin(pair.Key, pair.Value.Output));
}
