using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Chain;

/// <summary>What a block must be to be connected: each rule broken by itself, and nothing changed by it (§5 step 5, the notes' "validation checks").</summary>
public sealed class BlockTests
{
    private readonly BlockChain _chain = new BlockChain(Chains.Cheap).Grow(5);

    [Fact]
    public void A_block_whose_transactions_are_not_those_of_its_root_is_refused_and_its_hash_stays_unmarked()
    {
        var block = _chain.BlockOn(_chain.Tip, Chains.Spend(0, 1, _chain.CoinOf(1)));
        Refused(BitcoinError.MerkleRoot, block with { Transactions = [block.Transactions[0]] });
        var three = _chain.BlockOn(_chain.Tip, Chains.Spend(0, 1, _chain.CoinOf(1)), Chains.Spend(0, 1, _chain.CoinOf(2)));
        Refused(BitcoinError.MerkleDuplicate, three with { Transactions = [.. three.Transactions, three.Transactions[2]] });
        Assert.Null(_chain.Find(block.Hash));
        Assert.Equal(BlockOutcome.Extended, _chain.Add(block).Outcome);
    }

    [Fact]
    public void A_block_begins_with_its_only_coinbase()
    {
        var block = _chain.BlockOn(_chain.Tip, Chains.Spend(0, 1, _chain.CoinOf(1)));
        Refused(BitcoinError.Coinbase, _chain.Finish(block with { Transactions = [.. block.Transactions.Reverse()] }));
        Refused(BitcoinError.Coinbase, _chain.Finish(block with { Transactions = [.. block.Transactions, _chain.BlockOn(_chain.Tip, "other").Transactions[0]] }));
        Refused(BitcoinError.Coinbase, block with { Transactions = [] });
    }

    [Fact]
    public void A_coinbase_pays_the_subsidy_and_the_fees_and_not_a_satoshi_more()
    {
        var template = _chain.Tree.Template(_chain.Tip, Chains.Anybody, Chains.Now) with { Transactions = [Chains.Spend(700, 1, _chain.CoinOf(1))] };
        Refused(BitcoinError.CoinbaseAmount, (template with { Fees = 701 }).Build());
        Assert.Equal(BlockOutcome.Extended, _chain.Add((template with { Fees = 700 }).Build()).Outcome);
        Assert.Equal(6 * 50.Bitcoins(), _chain.Unspent.Total);
    }

    [Fact]
    public void A_coinbase_begins_with_its_height() =>
        Refused(BitcoinError.CoinbaseHeight, (_chain.Tree.Template(_chain.Tip, Chains.Anybody, Chains.Now) with { Height = 7 }).Build());

    [Fact]
    public void A_block_that_weighs_too_much_is_refused() =>
        Refused(BitcoinError.Weight, _chain.BlockOn(_chain.Tip, Enumerable.Range(0, 5).Select(i => new Transaction(
            [new TxInput(_chain.CoinOf(1).OutPoint, Script.Empty)], [new TxOutput(i, new Script(new byte[240_000]))])).ToList()));

    [Fact]
    public void An_output_is_spent_once_in_a_block_and_in_a_chain()
    {
        var (one, other) = (Chains.Spend(0, 1, _chain.CoinOf(1)), Chains.Spend(1, 1, _chain.CoinOf(1)));
        Refused(BitcoinError.NotUnspent, _chain.BlockOn(_chain.Tip, one, other));
        _chain.Add(_chain.BlockOn(_chain.Tip, one));
        Refused(BitcoinError.NotUnspent, _chain.BlockOn(_chain.Tip, other));
        Refused(BitcoinError.NotUnspent, _chain.BlockOn(_chain.Tip, Chains.Spend(0, 1, new Coin(new OutPoint(one.Txid, 1), one.Outputs[0]))));
        Refused(BitcoinError.DuplicateInput, _chain.BlockOn(_chain.Tip, Chains.Spend(0, 1, _chain.CoinOf(2), _chain.CoinOf(2))));
    }

    [Fact]
    public void Without_looking_whether_an_output_is_unspent_the_same_coin_is_spent_twice()
    {
        var chain = new BlockChain(Chains.Cheap, BitcoinRules.All with { SpendOnlyUnspentOnThisBranch = false }).Grow(5);
        chain.Add(chain.BlockOn(chain.Tip, Chains.Spend(0, 1, chain.CoinOf(1))));
        Assert.Equal(BlockOutcome.Extended, chain.Add(chain.BlockOn(chain.Tip, Chains.Spend(1, 1, chain.CoinOf(1)))).Outcome);
        Assert.True(chain.Unspent.Total > chain.Height * 50.Bitcoins());
    }

    [Fact]
    public void A_transaction_may_spend_what_one_before_it_in_the_block_makes_but_not_one_after_it()
    {
        var first = Chains.Spend(0, 2, _chain.CoinOf(1));
        var second = Chains.Spend(0, 1, Coin.Of(first, 1));
        Refused(BitcoinError.NotUnspent, _chain.BlockOn(_chain.Tip, second, first));
        Assert.Equal(BlockOutcome.Extended, _chain.Add(_chain.BlockOn(_chain.Tip, first, second)).Outcome);
    }

    [Fact]
    public void A_coinbase_must_mature()
    {
        Refused(BitcoinError.Immature, _chain.BlockOn(_chain.Tip, Chains.Spend(0, 1, _chain.CoinOf(5))));
        Assert.Equal(BlockOutcome.Extended, _chain.Add(_chain.BlockOn(_chain.Tip, Chains.Spend(0, 1, _chain.CoinOf(4)))).Outcome);
    }

    [Fact]
    public void Nobody_pays_more_than_he_has()
    {
        Refused(BitcoinError.NotEnough, _chain.BlockOn(_chain.Tip, Chains.Spend(-1, 1, _chain.CoinOf(1))));
        Refused(BitcoinError.Amount, _chain.BlockOn(_chain.Tip, Chains.Spend(50.Bitcoins() + 1, 1, _chain.CoinOf(1))));
    }

    [Fact]
    public void A_transaction_with_a_lock_time_waits_for_it()
    {
        Refused(BitcoinError.NotFinal, _chain.BlockOn(_chain.Tip, Locked(6)));
        Refused(BitcoinError.NotFinal, _chain.BlockOn(_chain.Tip, Locked(_chain.Tip.MedianTime)));
        Assert.Equal(BlockOutcome.Extended, _chain.Add(_chain.BlockOn(_chain.Tip, Locked(5))).Outcome);
        Transaction Locked(uint time) => new([new TxInput(_chain.CoinOf(1).OutPoint, Script.Empty, 0)], [new TxOutput(1, Chains.Anybody)], lockTime: time);
    }

    [Fact]
    public void A_sequence_number_waits_for_blocks_or_for_seconds()
    {
        const uint time = 1 << 22;
        Refused(BitcoinError.NotFinal, _chain.BlockOn(_chain.Tip, Waiting(4, 3)));
        Refused(BitcoinError.NotFinal, _chain.BlockOn(_chain.Tip, Waiting(3, time | 100)));
        Assert.Equal(BlockOutcome.Extended, _chain.Add(_chain.BlockOn(_chain.Tip, Waiting(4, 2), Waiting(3, time | 1))).Outcome);
        Transaction Waiting(int height, uint sequence) =>
            new([new TxInput(_chain.CoinOf(height).OutPoint, Script.Empty, sequence)], [new TxOutput(1, Chains.Anybody)], version: 2);
    }

    [Fact]
    public void A_signature_by_somebody_else_s_key_spends_nothing()
    {
        var (owner, thief) = (Chains.Key("owner"), Chains.Key("thief"));
        var paid = Chains.PayTo(StandardOutput.ToHashOf(owner.PublicKey), _chain.CoinOf(1));
        _chain.Add(_chain.BlockOn(_chain.Tip, paid));
        var good = Payment.Spend(Coin.Of(paid, 0)).Pay(Chains.Anybody, 50.Bitcoins()).Sign(owner);
        var thiefs = Coin.Of(paid, 0) with { Output = new TxOutput(50.Bitcoins(), StandardOutput.ToHashOf(thief.PublicKey)) };
        var stolen = Payment.Spend(thiefs).Pay(Chains.Anybody, 50.Bitcoins()).Sign(thief);

        Refused(BitcoinError.Script, _chain.BlockOn(_chain.Tip, stolen));
        var taking = new BlockChain(_chain.Rules with { ChecksScripts = false });
        foreach (var block in _chain.Blocks.Skip(1)) taking.Add(block.Block!);
        Assert.Equal(BlockOutcome.Extended, taking.Add(taking.BlockOn(taking.Tip, stolen)).Outcome);
        Assert.Equal(BlockOutcome.Extended, _chain.Add(_chain.BlockOn(_chain.Tip, good)).Outcome);
    }

    [Fact]
    public void A_block_on_one_that_is_not_valid_is_not_valid()
    {
        var bad = _chain.BlockOn(_chain.Tip, Chains.Spend(-1, 1, _chain.CoinOf(1)));
        var other = new BlockChain(_chain.Rules with { Subsidy = 100.Bitcoins() });
        Assert.Equal(BlockOutcome.Refused, _chain.Add(bad).Outcome);
        var marked = _chain.Find(bad.Hash)!;
        Assert.Equal(BitcoinError.NotEnough, marked.Fault!.Error);
        Refused(BitcoinError.InvalidParent, other.BlockOn(marked));
        Refused(BitcoinError.NotEnough, bad);
    }

    private void Refused(BitcoinError error, Block block)
    {
        var (tip, height, total, count) = (_chain.Tip, _chain.Height, _chain.Unspent.Total, _chain.Unspent.Count);
        var change = _chain.Add(block);
        Assert.Equal((BlockOutcome.Refused, error), (change.Outcome, change.Fault?.Error));
        Assert.Equal((tip, height, total, count, false), (_chain.Tip, _chain.Height, _chain.Unspent.Total, _chain.Unspent.Count, change.IsChanged));
        Assert.True(_chain.Unspent.SameAs(_chain.Rebuilt()));
    }
}
