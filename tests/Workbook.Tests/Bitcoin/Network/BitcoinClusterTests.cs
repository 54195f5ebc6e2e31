using Workbook.Bitcoin;
using Workbook.Sim;

namespace Workbook.Tests.Bitcoin.Network;

/// <summary>Whole peers: payments and blocks get around, wallets count, forks are resolved.</summary>
public sealed class BitcoinClusterTests
{
    [Fact]
    public void A_payment_gets_to_all_peers_is_mined_and_is_accepted_when_it_is_deep_enough()
    {
        var cluster = new BitcoinCluster(seed: 1, new BitcoinClusterOptions { Confirmations = 3 });
        var payment = cluster["p1"].Pay(BitcoinCluster.ScriptOf("p2"), 10.Bitcoins());
        cluster.RunFor(1.Minutes());

        Assert.All(cluster.Peers, peer => Assert.True(peer.Pool.Find(payment.Txid) is not null || peer.Chain.Confirmations(payment.Txid) > 0));
        var seller = cluster["p2"].Wallet;
        Assert.Empty(seller.Accepted);
        Assert.True(cluster.Run.RunUntil(() => seller.Accepted.Count > 0, cluster.Interval * 50));
        Assert.Equal(3, cluster["p2"].Chain.Confirmations(payment.Txid));
        Assert.Equal(new Acceptance(payment.Txid, 10.Bitcoins(), 3, cluster.Run.Now.SinceStart), seller.Accepted[0]);
    }

    [Fact]
    public void Two_blocks_at_once()
    {
        // Fork and its resolution, orphaned transactions return.
        var cluster = new BitcoinCluster(seed: 4);
        cluster.Partition("p1", "p2");
        var payment = cluster["p1"].Pay(BitcoinCluster.ScriptOf("p3"), 10.Bitcoins());
        Assert.True(cluster.Run.RunUntil(() => cluster["p1"].Chain.Confirmations(payment.Txid) > 0, cluster.Interval * 60));
        cluster.RunFor(cluster.Interval * 20);
        var (here, there) = (cluster["p1"].Chain.Tip, cluster["p5"].Chain.Tip);
        Assert.NotEqual(here.Hash, there.Hash);
        Assert.True(there.Work > here.Work);

        cluster.Heal().RunFor(cluster.Interval * 2);
        var change = Assert.Single(cluster["p1"].Switches, change => change.Depth > 1);
        Assert.Equal(here.Hash, change.From.Hash);
        Assert.Equal(there.Hash, cluster["p1"].Chain[there.Height].Hash);
        Assert.True(cluster.Run.RunUntil(() => cluster["p5"].Chain.Confirmations(payment.Txid) > 0, cluster.Interval * 30));
    }

    [Fact]
    public void Every_header_has_its_proof_of_work_and_every_peer_the_same_coins()
    {
        var cluster = new BitcoinCluster(seed: 2, new BitcoinClusterOptions { Peers = 5 });
        cluster["p1"].Pay(BitcoinCluster.ScriptOf("p2"), 1.Bitcoins());
        cluster.RunUntilBlocks(12);
        foreach (var peer in cluster.Peers) peer.HashRate = 0;
        cluster.RunFor(cluster.Interval * 2);

        var first = cluster["p1"].Chain;
        Assert.All(first.Blocks, block => Assert.True(block.Header.HasProofOfWork));
        Assert.All(cluster.Peers, peer => Assert.True(peer.Chain.Unspent.SameAs(first.Unspent)));
        Assert.True(cluster.ShareOfChain("p1", "p2") is >= 0 and < 1);
    }

    [Fact]
    public void Peers_agree_although_messages_are_lost_doubled_and_overtaken()
    {
        var network = new NetworkOptions
        {
            Delay = Delay.Uniform(0.1.Seconds(), 1.Seconds()),
            Loss = 0.2,
            Duplication = 0.1,
            Reordering = 0.2,
            Straggling = Delay.Uniform(1.Seconds(), 20.Seconds()),
        };
        var cluster = new BitcoinCluster(seed: 9, new BitcoinClusterOptions { Network = network });
        cluster.RunUntilBlocks(30);
        foreach (var peer in cluster.Peers) peer.HashRate = 0;
        cluster.RunFor(cluster.Interval * 10);

        Assert.Single(cluster.Peers.Select(peer => peer.Chain.Tip.Work).Distinct());
    }

    [Fact]
    public void A_peer_that_crashes_asks_for_what_it_has_missed()
    {
        var cluster = new BitcoinCluster(seed: 6, new BitcoinClusterOptions { Peers = 4 });
        cluster.RunUntilBlocks(5);
        cluster.Run.Crash("p3");
        cluster.RunUntilBlocks(15);
        cluster.Run.Restart("p3");
        cluster.RunFor(cluster.Interval);

        Assert.True(cluster["p3"].Chain.Height >= 15 + cluster.HistoryLength - 1);
    }

    [Fact]
    public void What_cannot_be_run_is_said_in_a_sentence()
    {
        Complains("give 2 to 500", () => new BitcoinCluster(1, new BitcoinClusterOptions { Peers = 1 }));
        Complains("below 1", () => new BitcoinCluster(1, new BitcoinClusterOptions { AttackerShare = 1 }));
        Complains("Give a factor above 0", () => new BitcoinCluster(1).Speed(0));
        Assert.Contains("hold 50 BTC", Assert.Throws<BitcoinException>(() => new BitcoinCluster(1)["p1"].Pay(BitcoinCluster.ScriptOf("p2"), 1000.Bitcoins())).Message);

        static void Complains(string words, Func<object> act) => Assert.Contains(words, Assert.ThrowsAny<ArgumentException>(act).Message);
    }
}
