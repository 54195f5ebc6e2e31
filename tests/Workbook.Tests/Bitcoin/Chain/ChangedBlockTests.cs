using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Chain;

/// <summary>"Can an attacker modify just an existing block in the middle of the block chain?" (the notes), and what it costs (§4).</summary>
public sealed class ChangedBlockTests
{
    private static readonly ChainRules Rules = ChainRules.OfTarget(CompactTarget.ForWork(64));

    [Fact]
    public void A_changed_block_of_a_hundred_is_noticed_until_all_work_after_it_is_done_again()
    {
        var chain = new BlockChain(Rules).Grow(100);
        var (tip, work) = (chain.Tip, Rules.FirstBlock.Header.Bits.Work);
        var attempts = ChangedBlock.Try(chain, 40).Attempts;

        Assert.Equal([BlockOutcome.Known, BlockOutcome.Refused, BlockOutcome.OnAnotherBranch, BlockOutcome.OnAnotherBranch, BlockOutcome.Reorganised],
            attempts.Select(attempt => attempt.AtPeer.Outcome));
        Assert.Equal([BitcoinError.MerkleRoot, BitcoinError.ProofOfWork, null, null, null], attempts.Select(attempt => attempt.AtNewPeer.Fault?.Error));
        Assert.Equal([BitcoinError.MerkleProof, BitcoinError.ProofOfWork, null, null, null], attempts.Select(attempt => attempt.AtLightClient?.Error));
        Assert.Equal([0 * work, 0 * work, work, 61 * work, 62 * work], attempts.Select(attempt => attempt.Expected));
        Assert.Equal([false, false, false, false, true], attempts.Select(attempt => attempt.Wins));
        Assert.InRange(attempts[^1].Tried, 62 * 20, 62 * 200);
        Assert.Equal((tip, 100), (chain.Tip, chain.Height));
    }

    [Fact]
    public void The_last_block_takes_two_blocks_work()
    {
        var changed = ChangedBlock.Try(new BlockChain(Rules).Grow(5), 5);
        Assert.Equal(2 * Rules.FirstBlock.Header.Bits.Work, changed.Cost);
        Assert.Contains("goes over to it", $"{changed}", StringComparison.Ordinal);
        Assert.Contains("MerkleRoot", changed.ToMimeBundle().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_tried_is_refused()
    {
        var chain = new BlockChain(Rules).Grow(2);
        Assert.Contains("Heights 1 to 2", Assert.Throws<ArgumentException>(() => ChangedBlock.Try(chain, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("Heights 1 to 2", Assert.Throws<ArgumentException>(() => ChangedBlock.Try(chain, 3)).Message, StringComparison.Ordinal);
        var free = new BlockChain(Chains.Cheap).Grow(2);
        Assert.Contains("at no cost", Assert.Throws<ArgumentException>(() => ChangedBlock.Try(free, 1)).Message, StringComparison.Ordinal);
    }
}
