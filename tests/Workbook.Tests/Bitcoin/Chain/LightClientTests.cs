using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Chain;

/// <summary>The client that keeps only headers (§8).</summary>
public sealed class LightClientTests
{
    private readonly BlockChain _chain = new BlockChain(ChainRules.OfTarget(CompactTarget.ForWork(16))).Grow(6);
    private readonly LightClient _light;
    private readonly Transaction _payment;
    private readonly Block _block;

    public LightClientTests()
    {
        _payment = Chains.Spend(1, 1, _chain.CoinOf(1));
        _block = _chain.BlockOn(_chain.Tip, _payment, Chains.Spend(1, 1, _chain.CoinOf(2)));
        _chain.Add(_block);
        _light = new LightClient(_chain.Rules);
        Assert.Null(_light.Add(_chain.Blocks.Skip(1).Select(block => block.Header)));
    }

    [Fact]
    public void A_payment_is_confirmed_by_its_proof_and_the_headers_on_it()
    {
        var shown = ProvedPayment.Of(_block, _payment.Txid);
        Assert.Equal(1, _light.Confirmations(shown));
        _chain.Grow(3);
        Assert.Null(_light.Add(_chain.Blocks.Select(block => block.Header)));
        Assert.Equal((4, 10), (_light.Confirmations(shown), _light.Height));
        Assert.Equal(_chain.Confirmations(_payment.Txid), _light.Confirmations(shown));
    }

    [Fact]
    public void What_is_not_in_the_block_is_not_shown_to_be()
    {
        var shown = ProvedPayment.Of(_block, _payment.Txid);
        Refused(BitcoinError.MerkleProof, shown with { Transaction = Chains.Spend(2, 1, _chain.CoinOf(1)) });
        Refused(BitcoinError.MerkleProof, shown with { Block = _chain[3].Hash });
        Refused(BitcoinError.MerkleProof, shown with { Proof = shown.Proof with { Index = 2 } });
        Refused(BitcoinError.MerkleProof, shown with { Coinbase = _payment, CoinbaseProof = shown.Proof });
        Refused(BitcoinError.UnknownParent, shown with { Block = Hash256.Zero });
        Assert.Throws<ArgumentException>(() => ProvedPayment.Of(_block, Hash256.Zero));
    }

    [Fact]
    public void Nothing_but_more_work_fools_it()
    {
        // A forger forks off before the payment. His headers must have their work, and there must be more of it.
        var shown = ProvedPayment.Of(_block, _payment.Txid);
        var forger = new BlockChain(_chain.Rules);
        foreach (var block in _chain.Blocks.Skip(1).Take(5)) forger.Add(block.Block!);
        var idle = forger.Tree.Template(forger.Tip, Chains.Anybody, Chains.Now, "forged").Header();
        while (idle.HasProofOfWork) idle = idle with { Nonce = idle.Nonce + 1 };
        Assert.Equal(BitcoinError.ProofOfWork, _light.Add(idle)!.Error);
        Assert.Equal(BitcoinError.WrongTarget, _light.Add(Miner.Mine(idle with { Bits = CompactTarget.Easiest }).Header)!.Error);

        forger.Grow(2, "forged");
        Assert.Null(_light.Add(forger.Blocks.Select(block => block.Header)));
        Assert.Equal(1, _light.Confirmations(shown));
        forger.Grow(1, "forged");
        Assert.Null(_light.Add(forger.Tip.Header));
        Assert.Equal((0, forger.Tip.Hash), (_light.Confirmations(shown), _light.Tip.Hash));
    }

    [Fact]
    public void It_cannot_see_that_a_block_with_its_work_is_not_valid()
    {
        var bad = _chain.BlockOn(_chain.Tip, Chains.Spend(-100, 1, _chain.CoinOf(3)));
        Assert.Equal(BlockOutcome.Refused, _chain.Add(bad).Outcome);
        Assert.Null(_light.Add(bad.Header));
        Assert.Equal(1, _light.Confirmations(ProvedPayment.Of(bad, bad.Transactions[1].Txid)));
    }

    [Fact]
    public void Headers_of_the_main_network_link_up()
    {
        var light = new LightClient(ChainRules.Main);
        Assert.Equal(BitcoinError.UnknownParent, light.Add(BitcoinData.Block(2).Header)!.Error);
        Assert.Null(light.Add([BitcoinData.Block(1).Header, BitcoinData.Block(2).Header]));
        Assert.Equal(2, light.Confirmations(ProvedPayment.Of(BitcoinData.Block(1), BitcoinData.Block(1).Transactions[0].Txid)));
    }

    [Fact]
    public void A_locator_finds_where_two_chains_part()
    {
        var other = new BlockChain(_chain.Rules);
        foreach (var block in _chain.Blocks.Skip(1).Take(4)) other.Add(block.Block!);
        other.Grow(8, "other");
        Assert.Equal([5, 6, 7], _chain.After(other.Locator()).Select(block => block.Height));
        Assert.Equal([5, 6], _chain.After(other.Locator(), most: 2).Select(block => block.Height));
        Assert.Equal(_chain.Height, _chain.After([Hash256.Zero]).Count);
        Assert.InRange(other.Grow(500).Locator().Count, 15, 21);
    }

    private void Refused(BitcoinError error, ProvedPayment shown) =>
        Assert.Equal(error, Assert.Throws<BitcoinException>(() => _light.Confirmations(shown)).Error);
}
