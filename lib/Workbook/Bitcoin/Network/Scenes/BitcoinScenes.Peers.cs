using Workbook.Check;
using Workbook.Sim;

namespace Workbook.Bitcoin;

/// <summary>Scenes about who is connected to whom, and what is seen to be wrong.</summary>
public static partial class BitcoinScenes
{
    /// <summary>
    /// A seller that only the attacker's peer speaks to ("eclipsed", Heilman and others 2015): it sees what it is shown, a payment confirmed by the
    /// attacker's own
    /// blocks, while all others have another chain. One honest connection is enough to see that there is more work elsewhere. Broken when a payment that
    /// was accepted is undone.
    /// </summary>
    /// <param name="schedule">Decides the run; a seed is one.</param>
    /// <param name="isEclipsed">Whether the seller has no honest connection.</param>
    /// <param name="confirmations">How many confirmations the seller waits for.</param>
    public static SceneRun Eclipse(Schedule schedule, bool isEclipsed = true, int confirmations = 3)
    {
        var cluster = new BitcoinCluster(schedule, new BitcoinClusterOptions { AttackerShare = 0.2, Confirmations = confirmations });
        NodeId seller = "p8", attacker = BitcoinCluster.AttackerName;
        return Play(cluster, () =>
        {
            // The attacker's peer is cut off from the others, so that it mines on its own blocks alone: what it shows is real work, only not most.
            cluster["p8"].HashRate = 0;
            cluster.Rewire(seller, isEclipsed ? [attacker] : [attacker, "p1", "p2"]);
            foreach (var other in cluster[attacker].Neighbours.Where(name => name != seller).ToList())
            {
                cluster.Run.Network.Cut(attacker, other);
                cluster.Run.Network.Cut(other, attacker);
            }

            var wallet = cluster[attacker].Wallet;
            Coin[] coin = [wallet.Coins[0]];
            var (shown, true_) = (wallet.Pay(coin, BitcoinCluster.ScriptOf(seller), 40.Bitcoins(), 1000), wallet.Pay(coin, wallet.Script, 40.Bitcoins(), 1000));
            cluster["p3"].Submit(true_);
            cluster.RunFor(20.Seconds());
            cluster[attacker].Submit(shown);
            cluster.RunFor(cluster.Interval * 40);
            cluster.Rewire(seller, "p1", "p2").RunFor(cluster.Interval * 2);
            cluster.Run.Judge(Once, Undone(cluster));
        });
    }

    /// <summary>
    /// A newcomer knows the first block only, and two peers: an honest one, and one that was cut off and has a chain with less work. Broken when it does not
    /// end with
    /// the chain of most work.
    /// </summary>
    public static SceneRun Newcomer(Schedule schedule, BitcoinRules? rules = null)
    {
        var cluster = new BitcoinCluster(schedule, new BitcoinClusterOptions { Rules = rules ?? BitcoinRules.All });
        return Play(cluster, () =>
        {
            cluster.Partition("p8");
            cluster.RunFor(cluster.Interval * 30);

            // Both can be reached by the newcomer, and still not by each other.
            cluster.Heal();
            foreach (var other in cluster.Names.Where(name => name != "p8"))
            {
                cluster.Run.Network.Cut("p8", other);
                cluster.Run.Network.Cut(other, "p8");
            }

            foreach (var peer in cluster.Peers) peer.HashRate = 0;
            cluster.RunFor(60.Seconds());
            var newcomer = cluster.AddNewcomer("new", "p8", "p1");
            cluster.RunFor(cluster.Interval);
            cluster.Run.Judge("a newcomer comes to the chain with most work", newcomer.Chain.Tip.Hash == cluster["p1"].Chain.Tip.Hash ? null
                : $"The newcomer has a chain of height {newcomer.Chain.Height}; the one with most work has height {cluster["p1"].Chain.Height}.");
            cluster.Run.Judge("a newcomer knows the other chain too", newcomer.Chain.Find(cluster["p8"].Chain.Tip.Hash) is not null ? null
                : "The newcomer has not been told of the chain with less work, so it has refused nothing.");
        });
    }

    /// <summary>A payment that is in nobody's chain and nobody's pool any more.</summary>
    private static string? Lost(BitcoinCluster cluster, Transaction payment) =>
        cluster.Peers.Any(peer => peer.Chain.Confirmations(payment.Txid) > 0 || peer.Pool.Find(payment.Txid) is not null) ? null
        : $"A payment of {Money.Text(payment.Outputs[0].Amount)} stood in a block, the block was left, and now nobody has the payment any more.";

    private static string? SpentTwice(BitcoinCluster cluster)
    {
        foreach (var peer in cluster.HonestPeers)
        {
            var twice = peer.Chain.Blocks.SelectMany(block => block.Block!.Transactions).Where(transaction => !transaction.IsCoinbase)
                .SelectMany(transaction => transaction.Inputs).CountBy(input => input.Previous).FirstOrDefault(spent => spent.Value > 1);
            if (twice.Value > 1) return $"In the chain of {peer.Self} a coin is spent {twice.Value} times.";
        }

        return null;
    }

    /// <summary>A payment that its payee has accepted and that its own chain does not have any more.</summary>
    private static string? Undone(BitcoinCluster cluster)
    {
        foreach (var peer in cluster.HonestPeers)
        {
            var undone = peer.Wallet.Accepted.FirstOrDefault(accepted => peer.Chain.Confirmations(accepted.Txid) == 0 && peer.Pool.Find(accepted.Txid) is null);
            if (undone is not null)
            {
                return $"{peer.Self} accepted a payment of {Money.Text(undone.Amount)} with {undone.Confirmations} confirmation{(undone.Confirmations == 1 ? "" : "s")}, "
                    + "and the coin has gone elsewhere.";
            }
        }

        return null;
    }

    /// <summary>Peers whose chains differ in more than their last blocks.</summary>
    private static string? Apart(BitcoinCluster cluster)
    {
        const int last = 6;
        var first = cluster["p1"].Chain;
        var apart = cluster.Peers.FirstOrDefault(peer => Shared(first, peer.Chain).Height < first.Height - last);
        return apart is null ? null : $"{apart.Self} and p1 have different chains.";
    }

    private static KnownBlock Shared(BlockChain one, BlockChain other) => other.Blocks.Last(block => one.Find(block.Hash) is { } known && one.IsInChain(known));
}
