using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Chain;

/// <summary>What waits to be put in a block (§5 steps 1 to 3).</summary>
public sealed class MemoryPoolTests
{
    private readonly BlockChain _chain = new BlockChain(Chains.Cheap).Grow(8);
    private readonly MemoryPool _pool;

    public MemoryPoolTests() => _pool = new MemoryPool(_chain);

    [Fact]
    public void Of_two_payments_of_a_coin_the_first_stays()
    {
        var (first, second) = (Chains.Spend(1, 1, _chain.CoinOf(1)), Chains.Spend(1000, 1, _chain.CoinOf(1)));
        Assert.Null(_pool.Add(first));
        Refused(BitcoinError.Conflict, second);
        Refused(BitcoinError.AlreadyKnown, first);
        Assert.Same(first, _pool.SpenderOf(_chain.CoinOf(1).OutPoint)!.Transaction);
    }

    [Fact]
    public void Without_keeping_the_first_both_payments_of_a_coin_are_taken()
    {
        var chain = new BlockChain(Chains.Cheap, BitcoinRules.All with { SpendOnlyUnspentOnThisBranch = false }).Grow(4);
        var pool = new MemoryPool(chain);
        Assert.Null(pool.Add(Chains.Spend(1, 1, chain.CoinOf(1))));
        Assert.Null(pool.Add(Chains.Spend(2, 1, chain.CoinOf(1))));
        pool.Follow(chain.Add(pool.Template(Chains.Anybody, chain.Tip.Header.Time + 1).Build()));
        Assert.Equal((5, 0), (chain.Height, pool.Count));
        Assert.True(chain.Unspent.Total > 5 * 50.Bitcoins());
    }

    [Fact]
    public void A_transaction_may_spend_what_another_in_the_pool_makes()
    {
        var parent = Chains.Spend(1, 2, _chain.CoinOf(1));
        var child = Chains.Spend(1, 1, Coin.Of(parent, 0), Coin.Of(parent, 1));
        Refused(BitcoinError.NotUnspent, child);
        Assert.Null(_pool.Add(parent));
        Assert.Null(_pool.Add(child));
        Assert.Equal([_pool.Find(parent.Txid)!], _pool.Find(child.Txid)!.Parents);
        Assert.Equal([_pool.Find(child.Txid)!], _pool.Find(parent.Txid)!.Children);
    }

    [Fact]
    public void What_cannot_stand_in_the_next_block_is_refused()
    {
        Refused(BitcoinError.Immature, Chains.Spend(0, 1, _chain.CoinOf(8)));
        Refused(BitcoinError.NotEnough, Chains.Spend(-1, 1, _chain.CoinOf(1)));
        Refused(BitcoinError.Coinbase, _chain.Tip.Block!.Transactions[0]);
        Refused(BitcoinError.NoInputs, Chains.Spend(0, 1, _chain.CoinOf(1)) with { Inputs = [] });
        var coin = _chain.CoinOf(1);
        Refused(BitcoinError.Script, Chains.Spend(0, 1, coin) with { Inputs = [new TxInput(coin.OutPoint, Script.Of(Opcode.OP_RETURN))] });
        Refused(BitcoinError.NotFinal, new Transaction([new TxInput(coin.OutPoint, Script.Empty, 0)], [new TxOutput(1, Chains.Anybody)], lockTime: 9));

        // One item too many is left: blocks may have such, but nobody passes it on.
        Refused(BitcoinError.Script, Chains.Spend(0, 1, _chain.CoinOf(1)) with { Inputs = [new TxInput(_chain.CoinOf(1).OutPoint, Script.Of(1))] });
    }

    [Fact]
    public void A_full_pool_takes_no_more()
    {
        var pool = new MemoryPool(_chain, most: 1);
        Assert.Null(pool.Add(Chains.Spend(1, 1, _chain.CoinOf(1))));
        Assert.Equal(BitcoinError.PoolFull, pool.Add(Chains.Spend(1, 1, _chain.CoinOf(2)))!.Error);
    }

    [Fact]
    public void A_block_takes_out_what_it_holds_and_what_it_makes_impossible()
    {
        var parent = Chains.Spend(1, 1, _chain.CoinOf(1));
        var (child, kept) = (Chains.Spend(1, 1, Coin.Of(parent, 0)), Chains.Spend(1, 1, _chain.CoinOf(2)));
        var (confirmed, after) = (Chains.Spend(1, 1, _chain.CoinOf(3)), Chains.Spend(2, 1, Coin.Of(Chains.Spend(1, 1, _chain.CoinOf(3)), 0)));
        foreach (var transaction in (Transaction[])[parent, child, kept, confirmed, after]) Assert.Null(_pool.Add(transaction));

        var dropped = _pool.Follow(_chain.Add(_chain.BlockOn(_chain.Tip, Chains.Spend(7, 1, _chain.CoinOf(1)), confirmed)));
        Assert.Equal([parent, child], dropped);
        Assert.Equal([kept, after], _pool.Transactions.Select(pooled => pooled.Transaction));
        Assert.Empty(_pool.Find(after.Txid)!.Parents);
        Refused(BitcoinError.AlreadyKnown, confirmed);
    }

    [Fact]
    public void Orphaned_transactions_come_back_each_after_those_it_spends_from()
    {
        var first = Chains.Spend(1, 1, _chain.CoinOf(1));
        var second = Chains.Spend(1, 1, Coin.Of(first, 0));
        var third = Chains.Spend(1, 1, Coin.Of(second, 0));
        var (lost, coin) = (Chains.Spend(1, 1, _chain.CoinOf(2)), _chain.CoinOf(2));
        var fork = _chain.Tip;
        _pool.Follow(_chain.Add(_chain.BlockOn(_chain.Tip, "a", first, lost)));
        _pool.Follow(_chain.Add(_chain.BlockOn(_chain.Tip, "a", second)));
        Assert.Null(_pool.Add(third));

        _chain.AddOn(_chain.AddOn(fork, "b", Chains.Spend(9, 1, coin)), "b");
        var dropped = _pool.Follow(_chain.Add(_chain.BlockOn(_chain.Tree.Blocks[^1], "b")));
        Assert.Equal([lost], dropped);
        Assert.Equal([first, second, third], _pool.Transactions.Select(pooled => pooled.Transaction));
    }

    private void Refused(BitcoinError error, Transaction transaction)
    {
        var before = _pool.Transactions;
        Assert.Equal(error, _pool.Add(transaction)?.Error);
        Assert.Equal(before, _pool.Transactions);
    }
}
