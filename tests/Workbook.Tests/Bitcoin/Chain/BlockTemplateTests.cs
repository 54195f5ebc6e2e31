using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Chain;

/// <summary>What a miner puts in a block, and how it is mined (§4, §6).</summary>
public sealed class BlockTemplateTests
{
    private readonly BlockChain _chain = new BlockChain(Chains.Cheap with { TemplateWeight = 4000 }).Grow(12);

    [Fact]
    public void A_child_pays_for_its_parent_and_comes_after_it()
    {
        var pool = new MemoryPool(_chain);
        var cheap = Chains.Spend(1, 1, _chain.CoinOf(1));
        var rich = Chains.Spend(10_000, 1, Coin.Of(cheap, 0));
        var middle = Chains.Spend(2_000, 1, _chain.CoinOf(2));
        foreach (var transaction in (Transaction[])[middle, cheap, rich]) Assert.Null(pool.Add(transaction));
        var template = pool.Template(Chains.Anybody, Chains.Now);
        Assert.Equal([cheap, rich, middle], template.Transactions);
        Assert.Equal(12_001, template.Fees);
        Assert.Equal(50.Bitcoins() + 12_001, template.Coinbase(0).TotalOut);
    }

    [Fact]
    public void A_block_is_filled_up_to_its_weight_by_what_pays_best()
    {
        var pool = new MemoryPool(_chain);
        var sent = Enumerable.Range(1, 10).Select(i => Chains.Spend(100 * i, 4, _chain.CoinOf(i))).ToList();
        foreach (var transaction in sent) Assert.Null(pool.Add(transaction));
        var block = pool.Template(Chains.Anybody, Chains.Now).Build();
        Assert.InRange(block.Weight, 3000, 4000);
        Assert.Equal(Enumerable.Reverse(sent).Take(block.Transactions.Count - 1), block.Transactions.Skip(1));
        Assert.Equal(BlockOutcome.Extended, _chain.Add(block).Outcome);
    }

    [Fact]
    public void What_has_brought_its_parent_in_makes_its_siblings_cheaper()
    {
        var pool = new MemoryPool(_chain);
        var parent = Chains.Spend(1, 2, _chain.CoinOf(1));
        var (one, other) = (Chains.Spend(10_000, 1, Coin.Of(parent, 0)), Chains.Spend(3_000, 1, Coin.Of(parent, 1)));
        var between = Chains.Spend(2_000, 1, _chain.CoinOf(2));
        foreach (var transaction in (Transaction[])[parent, between, other, one]) Assert.Null(pool.Add(transaction));
        Assert.Equal([parent, one, other, between], pool.Template(Chains.Anybody, Chains.Now).Transactions);
    }

    [Fact]
    public void When_all_nonces_are_used_up_the_extra_nonce_makes_another_header()
    {
        var chain = new BlockChain(ChainRules.OfTarget(CompactTarget.ForWork(300))).Grow(4);
        var pool = new MemoryPool(chain);
        Assert.Null(pool.Add(Chains.Spend(1, 1, chain.CoinOf(1))));
        Assert.Null(pool.Add(Chains.Spend(1, 1, chain.CoinOf(2))));
        var template = pool.Template(Chains.Anybody, Chains.Now);
        var mined = Miner.Mine(template.Header, new MiningOptions { Range = new NonceRange(0, 4) });
        Assert.InRange(mined.ExtraNonce, 1, 10_000);
        var block = template.Build(mined.ExtraNonce, mined.Nonce!.Value);
        Assert.Equal(mined.Header, block.Header);
        Assert.NotEqual(template.Header(0).MerkleRoot, template.Header(1).MerkleRoot);
        Assert.Equal(BlockOutcome.Extended, chain.Add(block).Outcome);
    }

    [Fact]
    public void Where_there_are_witnesses_the_coinbase_commits_to_them()
    {
        var owner = Chains.Key("owner");
        var paid = Chains.PayTo(StandardOutput.ToWitnessOf(owner.PublicKey), _chain.CoinOf(1));
        var pool = new MemoryPool(_chain);
        Assert.Null(pool.Add(paid));
        Assert.Null(pool.Add(Payment.Spend(Coin.Of(paid, 0)).Pay(Chains.Anybody, 49.Bitcoins()).Sign(owner)));
        var block = pool.Template(Chains.Anybody, Chains.Now, "with witnesses").Build(5);
        Assert.True(block.Transactions[0].HasWitness);
        Assert.Empty(pool.Follow(_chain.Add(block)));
        Assert.Equal((block.Hash, 0), (_chain.Tip.Hash, pool.Count));
    }

    [Fact]
    public void What_a_coinbase_cannot_say_is_refused()
    {
        var refused = Assert.Throws<ArgumentException>(() => _chain.Tree.Template(_chain.Tip, Chains.Anybody, 0, new string('x', 81)));
        Assert.Contains("80 letters", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_s_time_is_after_the_median_even_when_the_clock_is_behind() =>
        Assert.Equal(_chain.Tip.MedianTime + 1, _chain.Tree.Template(_chain.Tip, Chains.Anybody, 0).Time);
}
