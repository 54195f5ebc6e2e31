using Workbook.Bitcoin;
using Workbook.Sim;

namespace Workbook.Tests.Bitcoin.Chain;

/// <summary>Going over to another branch, all of it or not at all (§5).</summary>
public sealed class ReorganisationTests
{
    private readonly BlockChain _chain = new BlockChain(Chains.Cheap).Grow(4);

    [Fact]
    public void The_chain_goes_over_to_the_branch_with_more_work()
    {
        var fork = _chain.Tip;
        var (a1, b1) = (_chain.AddOn(fork, "a", Chains.Spend(0, 1, _chain.CoinOf(1))), _chain.AddOn(fork, "b", Chains.Spend(0, 2, _chain.CoinOf(1))));
        Assert.Same(a1, _chain.Tip);

        var change = _chain.Add(_chain.BlockOn(b1, "b"));
        Assert.Equal(BlockOutcome.Reorganised, change.Outcome);
        Assert.Equal([a1], change.Disconnected);
        Assert.Equal([b1, _chain.Tip], change.Connected);
        Assert.Equal((0, 2), (_chain.Confirmations(a1.Block!.Transactions[1].Txid), _chain.Confirmations(b1.Block!.Transactions[1].Txid)));
        Assert.True(_chain.Unspent.SameAs(_chain.Rebuilt()));
    }

    [Fact]
    public void A_branch_with_a_block_that_is_not_valid_changes_nothing_however_long_it_is()
    {
        var fork = _chain[2];
        var (tip, before) = (_chain.Tip, _chain.Rebuilt());
        var b1 = _chain.AddOn(fork, "b");
        var b2 = _chain.AddOn(b1, "b", Chains.Spend(-5, 1, Coin.Of(_chain[1].Block!.Transactions[0], 0)));
        var change = _chain.Add(_chain.BlockOn(b2, "b"));

        Assert.Equal((BlockOutcome.Refused, BitcoinError.InvalidParent, false), (change.Outcome, change.Fault!.Error, change.IsChanged));
        Assert.Equal(BitcoinError.NotEnough, b2.Fault!.Error);
        Assert.True(b1.IsValid);
        Assert.Same(tip, _chain.Tip);
        Assert.True(_chain.Unspent.SameAs(before));

        // The part of the branch that is valid can still win.
        var end = _chain.AddOn(_chain.AddOn(b1, "c"), "c");
        Assert.Same(end, _chain.Tip);
        Assert.True(_chain.Unspent.SameAs(_chain.Rebuilt()));
    }

    [Fact]
    public void The_valid_part_of_a_branch_is_taken_when_it_has_more_work_by_itself()
    {
        var other = new BlockChain(_chain.Rules with { Subsidy = 60.Bitcoins() });
        foreach (var block in _chain.Blocks.Skip(1).Take(2)) other.Add(block.Block!);
        var branch = Enumerable.Range(0, 4).Select(i =>
        {
            // The fourth block pays its miner too much.
            var template = (i < 3 ? _chain : other).Tree.Template(other.Tip, Chains.Anybody, other.Tip.Header.Time + 600, "b");
            other.Add(template.Build());
            return template.Build();
        }).ToList();
        foreach (var block in branch.Skip(1)) Assert.Equal(BlockOutcome.Waiting, _chain.Add(block).Outcome);

        var change = _chain.Add(branch[0]);
        Assert.Equal((BlockOutcome.Reorganised, branch[2].Hash), (change.Outcome, _chain.Tip.Hash));
        Assert.Equal((2, 3), (change.Disconnected.Count, change.Connected.Count));
        Assert.Equal(BitcoinError.CoinbaseAmount, _chain.Find(branch[3].Hash)!.Fault!.Error);
        Assert.True(_chain.Unspent.SameAs(_chain.Rebuilt()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void After_any_blocks_in_any_order_the_unspent_outputs_are_those_of_the_branch_from_its_first_block_on(ulong seed)
    {
        var forest = new RandomForest(new Rng(seed));
        for (var step = 0; step < 1000; step++)
        {
            forest.Step();
            forest.TheUnspentOutputsAreThoseOfTheBranch();
        }

        Assert.InRange(forest.Reorganisations, 30, 1000);
        Assert.InRange(forest.Refused, 10, 1000);
        Assert.True(forest.Chain.Unspent.SameAs(forest.Chain.Rebuilt()));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_is_valid_is_in_the_chain_or_in_the_pool_unless_another_spends_the_same(ulong seed)
    {
        var forest = new RandomForest(new Rng(seed));
        for (var step = 0; step < 300; step++)
        {
            forest.Step();
            forest.EveryTransactionIsSomewhere();
        }

        Assert.InRange(forest.Returned, 3, 300);
        Assert.InRange(forest.Lost, 1, 300);
    }

    [Fact]
    public void Without_returning_orphaned_transactions_a_payment_vanishes()
    {
        Assert.True(Found(BitcoinRules.All with { ReturnOrphanedTransactions = false }));
        Assert.False(Found(BitcoinRules.All));

        static bool Found(BitcoinRules precautions)
        {
            var chain = new BlockChain(Chains.Cheap, precautions).Grow(4);
            var pool = new MemoryPool(chain);
            var payment = Chains.Spend(10, 1, chain.CoinOf(1));
            Assert.Null(pool.Add(payment));
            var fork = chain.Tip;
            pool.Follow(chain.Add(pool.Template(Chains.Anybody, fork.Header.Time + 600, "a").Build()));
            Assert.Equal((1, 0), (chain.Confirmations(payment.Txid), pool.Count));
            pool.Follow(chain.Add(chain.BlockOn(fork, "b")));
            pool.Follow(chain.Add(chain.BlockOn(chain.Tree.Blocks[^1], "b")));
            return chain.Confirmations(payment.Txid) == 0 && pool.Find(payment.Txid) is null;
        }
    }
}
