using Workbook.Bitcoin;
using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Tests.Bitcoin.Network;

/// <summary>Pictures of chains, networks and proofs.</summary>
public sealed class NetworkPictureTests
{
    [Fact]
    public void A_tree_of_blocks_shows_the_branch_that_was_left()
    {
        var cluster = new BitcoinCluster(seed: 4);
        cluster.Partition("p1", "p2").RunFor(cluster.Interval * 12).Heal().RunFor(cluster.Interval * 10);
        var picture = cluster.BlockTree();

        var left = picture.Boxes.Where(box => box.Look == TreeLook.Left).ToList();
        Assert.Equal(cluster.Found.Count - cluster.Found.Count(one => cluster["p1"].Chain.IsInChain(cluster["p1"].Chain.Find(one.Hash)!)), left.Count);
        Assert.Contains(left, box => box.Hint.Contains("left by p1, p2", StringComparison.Ordinal));
        Assert.All(left, box => Assert.True(box.Row > 0));
        Assert.Contains("left: their work is lost", picture.Alt);
    }

    [Fact]
    public void Where_nothing_forks_many_blocks_are_one_box()
    {
        var picture = new MiningNetwork { Peers = 10, Links = 2, Interval = 60.Seconds() }.Run(200).BlockTree();

        Assert.Contains(picture.Boxes, box => box.Look == TreeLook.Faint);
        Assert.True(picture.Boxes.Count < 150);
        Assert.StartsWith("<svg", picture.ToSvg());
    }

    [Fact]
    public void A_proof_is_marked_in_the_tree_over_the_transactions_of_block_100000()
    {
        var picture = BitcoinData.Block(100_000).MerklePicture(2);

        Assert.True(picture.IsUpright);
        Assert.Equal(7, picture.Boxes.Count);
        Assert.Equal(["0.2", "1.1", "2.0"], picture.Boxes.Where(box => box.Look == TreeLook.Marked).Select(box => box.Name));
        Assert.Equal(["0.3", "1.0"], picture.Boxes.Where(box => box.Look == TreeLook.Filled).Select(box => box.Name));
        Assert.Contains("there is no transaction 4", Assert.Throws<ArgumentException>(() => BitcoinData.Block(100_000).MerklePicture(4)).Message);
    }

    [Fact]
    public void Figures_say_what_they_show()
    {
        var history = new MiningNetwork { Peers = 10, Links = 2, RetargetEvery = 50, Power = HashPower.Doubling(TimeSpan.FromDays(1)) }.Run(400);
        var rates = ForkRate.Against(new MiningNetwork { Peers = 10, Links = 2 }, [60.Seconds(), 5.Seconds()], 300);

        Assert.Contains("difficulty", history.Difficulty().Alt);
        Assert.Contains("interval", history.Intervals().Alt);
        Assert.Contains("m1", history.ShareBars().ToJson());
        Assert.Contains("approximation", BitcoinPictures.ForkRates(("ten peers", rates)).Alt);
        Assert.Contains("equation 8", BitcoinPictures.SelfishRevenue([0, 0.5], 1_000).Alt);
        Assert.Contains("stale share", ForkRate.ToTable(rates).ToString());
    }
}
