using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Chain;

/// <summary>What a header must be to have a place in the tree, and which branch counts (§4, §5).</summary>
public sealed class HeaderTests
{
    private readonly BlockChain _chain = new(ChainRules.OfTarget(CompactTarget.ForWork(64), retargetInterval: 4));

    [Fact]
    public void A_header_without_its_proof_of_work_is_refused()
    {
        var block = Next();
        while (block.Header.HasProofOfWork) block = block with { Header = block.Header with { Nonce = block.Header.Nonce + 1 } };
        Refused(BitcoinError.ProofOfWork, block);
        Refused(BitcoinError.BadTarget, block with { Header = block.Header with { Bits = new CompactTarget(0) } });
    }

    [Fact]
    public void A_header_with_an_easier_target_than_the_chain_asks_for_is_refused() =>
        Refused(BitcoinError.WrongTarget, _chain.Finish(_chain.Tree.Template(_chain.Tip, Chains.Anybody, Chains.Now) with { Target = CompactTarget.Easiest }));

    [Fact]
    public void A_header_must_be_later_than_the_median_of_eleven()
    {
        _chain.Grow(12);
        var median = _chain[7].Header.Time;
        Assert.Equal(median, _chain.Tip.MedianTime);
        Refused(BitcoinError.TimeTooOld, At(median));
        Assert.Equal(BlockOutcome.Extended, _chain.Add(At(median + 1)).Outcome);
    }

    [Fact]
    public void A_header_may_be_two_hours_ahead_of_the_clock_and_no_more()
    {
        var block = At((uint)Chains.Now + 10_000);
        Refused(BitcoinError.TimeTooNew, block, block.Header.Time - 7201L);
        Assert.Equal(BlockOutcome.Extended, _chain.Add(block, block.Header.Time - 7200L).Outcome);
    }

    [Fact]
    public void The_target_changes_every_interval_by_what_it_took()
    {
        var before = _chain.Tip.Header.Bits;
        for (var i = 0; i < 3; i++) _chain.Add(At(_chain.Tip.Header.Time + 60));
        Assert.Equal(before, _chain.Tip.Header.Bits);
        _chain.Add(At(_chain.Tip.Header.Time + 60));
        Assert.Equal(4, _chain.Height);
        Assert.InRange((double)_chain.Tip.Header.Bits.Work, 3.9 * (double)before.Work, 4.1 * (double)before.Work);
    }

    [Fact]
    public void Without_retargeting_the_target_stays_however_fast_blocks_come()
    {
        var chain = new BlockChain(_chain.Rules, BitcoinRules.All with { Retarget = false });
        for (var i = 0; i < 8; i++) chain.Add(chain.Finish(chain.Tree.Template(chain.Tip, Chains.Anybody, chain.Tip.Header.Time + 1)));
        Assert.Equal(8, chain.Height);
        Assert.Equal(chain[0].Header.Bits, chain.Tip.Header.Bits);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_branch_of_many_easy_blocks_wins_only_where_blocks_are_counted(bool mostWork)
    {
        var rules = _chain.Rules with { ProofOfWork = false };
        rules = rules with { FirstBlock = BlockTemplate.First("hard", ChainRules.FirstTime, CompactTarget.ForWork(1024)) };
        var chain = new BlockChain(rules, BitcoinRules.All with { MostWorkWins = mostWork });

        // The honest branch keeps to the time; the other one claims that its first blocks took very long, so that its target falls.
        for (var i = 0; i < 12; i++) chain.Add(chain.BlockOn(chain.Tip));
        var honest = chain.Tip;
        var forged = chain.Tree.First;
        for (var i = 0; i < 14; i++)
        {
            var template = chain.Tree.Template(forged, Chains.Anybody, forged.Header.Time + 10_000, "forged");
            chain.Add(template.Build());
            forged = chain.Find(template.Build().Hash)!;
        }

        Assert.Equal(14, forged.Height);
        Assert.True(forged.Work < honest.Work);
        Assert.Same(mostWork ? honest : forged, chain.Tip);
    }

    [Fact]
    public void Of_two_branches_with_the_same_work_the_one_seen_first_counts()
    {
        var (first, second) = (_chain.BlockOn(_chain.Tip, "first"), _chain.BlockOn(_chain.Tip, "second"));
        _chain.Add(first);
        Assert.Equal(BlockOutcome.OnAnotherBranch, _chain.Add(second).Outcome);
        Assert.Equal(first.Hash, _chain.Tip.Hash);
        Assert.Equal(2, _chain.Tree.Ends.Count());
        Assert.Equal(BlockOutcome.Known, _chain.Add(second).Outcome);
    }

    [Fact]
    public void A_block_that_waits_too_long_is_let_go()
    {
        var far = new BlockChain(_chain.Rules).Grow(5);
        var chain = new BlockChain(_chain.Rules, mostWaiting: 2);
        foreach (var height in (int[])[5, 4, 3, 2]) Assert.Equal(BlockOutcome.Waiting, chain.Add(far[height].Block!).Outcome);
        Assert.Equal((2, true), (chain.WaitingCount, chain.Has(far[3].Hash)));
        Assert.Equal(BlockOutcome.Known, chain.Add(far[3].Block!).Outcome);
        chain.Add(far[1].Block!);
        Assert.Equal((3, 0), (chain.Height, chain.WaitingCount));
        Assert.False(chain.Has(far[4].Hash));
    }

    private Block Next() => _chain.BlockOn(_chain.Tip);

    private Block At(uint time) => _chain.Finish(_chain.Tree.Template(_chain.Tip, Chains.Anybody, time) with { Time = time });

    private void Refused(BitcoinError error, Block block, long? now = null)
    {
        var (tip, known) = (_chain.Tip, _chain.Tree.Blocks.Count);
        var change = _chain.Add(block, now);
        Assert.Equal((BlockOutcome.Refused, error), (change.Outcome, change.Fault?.Error));
        Assert.Equal((tip, known, false), (_chain.Tip, _chain.Tree.Blocks.Count, change.IsChanged));
    }
}
