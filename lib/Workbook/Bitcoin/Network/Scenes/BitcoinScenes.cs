using Workbook.Check;
using Workbook.Sim;

namespace Workbook.Bitcoin;

/// <summary>
/// Runs that show what each of Bitcoin's precautions is for: whole peers with real blocks and signatures. A scene is a function of its schedule, which a
/// seed is one
/// of: <c>BitcoinScenes.TwoSellers(172)</c>.
/// </summary>
public static partial class BitcoinScenes
{
    private const string Once = "no coin is spent twice, and no payment that was accepted is undone", Kept = "no payment is lost",
        Pace = "blocks come as fast as they should", Deep = "nobody goes over to a branch with less work", Fair = "nobody gets more than its share",
        Useful = "little work is lost";

    /// <summary>
    /// Two peers are cut off from the other six, and make payments that only they know. Both sides mine; when they are together again the side with more
    /// work wins,
    /// and the blocks of the two are left. Broken when a payment that stood in a block is neither in the chain nor waiting any more.
    /// </summary>
    public static SceneRun Fork(Schedule schedule, BitcoinRules? rules = null)
    {
        var cluster = new BitcoinCluster(schedule, new BitcoinClusterOptions { Rules = rules ?? BitcoinRules.All });
        var payments = new List<Transaction>();
        var isBack = false;
        cluster.Run.Sometimes("a payment was in a block that was left", () => isBack);
        return Play(cluster, () =>
        {
            cluster.Partition("p1", "p2");
            payments.Add(cluster["p1"].Pay(BitcoinCluster.ScriptOf("p3"), 10.Bitcoins()));
            cluster.RunFor(cluster.Interval);
            payments.Add(cluster["p2"].Pay(BitcoinCluster.ScriptOf("p4"), 20.Bitcoins()));
            cluster.RunFor(cluster.Interval * 12);
            var confirmed = payments.Where(payment => cluster["p1"].Chain.Confirmations(payment.Txid) > 0).ToList();
            cluster.Heal().RunFor(cluster.Interval * 3);
            isBack = confirmed.Count > 0 && cluster["p1"].Switches.Count > 0;
            cluster.RunFor(cluster.Interval * 15);
            cluster.Run.Judge(Kept, confirmed.Select(payment => Lost(cluster, payment)).FirstOrDefault(lost => lost is not null));
            cluster.Run.Judge("all peers have one chain, but for the last blocks", Apart(cluster));
        });
    }

    /// <summary>
    /// A buyer pays two sellers, far from each other, with the same coin at the same time. Broken when both hand out the goods, or when the coin is spent
    /// twice in
    /// one chain.
    /// </summary>
    public static SceneRun TwoSellers(Schedule schedule, BitcoinRules? rules = null)
    {
        var cluster = new BitcoinCluster(schedule, new BitcoinClusterOptions { Rules = rules ?? BitcoinRules.All });
        var conflict = false;
        cluster.Run.Sometimes("peers heard of different payments first", () => conflict);
        return Play(cluster, () =>
        {
            var buyer = cluster["p1"].Wallet;
            Coin[] coin = [buyer.Coins[0]];
            var toFirst = buyer.Pay(coin, BitcoinCluster.ScriptOf("p3"), 40.Bitcoins(), 1000);
            var toSecond = buyer.Pay(coin, BitcoinCluster.ScriptOf("p6"), 40.Bitcoins(), 1000);
            cluster["p3"].Submit(toFirst);
            cluster["p6"].Submit(toSecond);
            cluster.RunFor(30.Seconds());
            conflict = new[] { toFirst, toSecond }.All(payment => cluster.Peers.Any(peer => peer.Pool.Find(payment.Txid) is not null));
            cluster.RunFor(cluster.Interval * 20);
            cluster.Run.Judge(Once, SpentTwice(cluster) ?? Undone(cluster));
        });
    }

    /// <summary>
    /// §11: an attacker pays a seller, mines in private a chain in which it keeps its coin, and shows it when the seller has handed out the goods and its
    /// chain is
    /// the better one. Broken when a payment that the seller has accepted is undone.
    /// </summary>
    /// <param name="schedule">Decides the run; a seed is one.</param>
    /// <param name="rules">The precautions.</param>
    /// <param name="attacker">Its share of all hashing, above 0 and below 1.</param>
    /// <param name="confirmations">How many confirmations the seller waits for, if it waits.</param>
    public static SceneRun PrivateFork(Schedule schedule, BitcoinRules? rules = null, double attacker = 0.1, int confirmations = 6)
    {
        var cluster = new BitcoinCluster(schedule, new BitcoinClusterOptions
        {
            Peers = 5,
            Rules = rules ?? BitcoinRules.All,
            Attacker = PeerStrategy.DoubleSpend,
            AttackerShare = attacker,
            Confirmations = confirmations,
        });
        cluster.Run.Sometimes("the seller accepted a payment", () => cluster["p1"].Wallet.Accepted.Count > 0);
        return Play(cluster, () =>
        {
            // Whoever finds a block first can begin from behind it; so the attack begins once a block has come.
            cluster.RunUntilBlocks(1, BitcoinCluster.AttackerName);
            var seller = cluster["p1"];
            cluster.Attacker<DoubleSpender>().Attack(BitcoinCluster.ScriptOf("p1"), 30.Bitcoins(), () => seller.Wallet.Accepted.Count > 0);
            cluster.RunUntilBlocks(30 + (3 * confirmations));
            cluster.Run.Judge(Once, Undone(cluster));
        });
    }

    /// <summary>
    /// An attacker of one machine has made up forty identities, and tells Z of one payment of its coin and Q of another. Where identities vote, it has the
    /// majority; where work counts, it has one machine's. Broken when Z and Q accept different payments of one coin.
    /// </summary>
    public static SceneRun Sybil(Schedule schedule, BitcoinRules? rules = null)
    {
        const int identities = 40;
        var cluster = new BitcoinCluster(schedule, new BitcoinClusterOptions { Rules = rules ?? BitcoinRules.All });
        return Play(cluster, () =>
        {
            var (z, q, attacker) = (cluster["p2"], cluster["p5"], cluster["p1"].Wallet);
            Coin[] coin = [attacker.Coins[0]];
            var (toZ, toQ) = (attacker.Pay(coin, z.Wallet.Script, 40.Bitcoins(), 1000), attacker.Pay(coin, q.Wallet.Script, 40.Bitcoins(), 1000));
            var lies = new Dictionary<NodeId, Hash256> { [z.Self] = toZ.Txid, [q.Self] = toQ.Txid };
            var names = Enumerable.Range(1, identities).Select(number => new NodeId($"y{number}")).ToList();
            foreach (var name in names) cluster.Run.Add(name, () => new SybilIdentity(lies));
            z.Submit(toZ);
            q.Submit(toQ);
            cluster.RunFor(20.Seconds());
            foreach (var seller in new[] { z, q }) seller.Poll(coin[0].OutPoint, [.. cluster.Names, .. names]);
            cluster.RunFor(cluster.Interval * 20);
            cluster.Run.Judge(Once, z.Wallet.Accepted.Count > 0 && q.Wallet.Accepted.Count > 0
                ? $"Z believes that the coin was paid to Z, and Q that it was paid to Q: {identities} made-up identities told them so."
                : null);
        });
    }

    private static SceneRun Play(BitcoinCluster cluster, Action play) => SceneRun.Play(cluster.Run, _ => play()) with { IsSafety = false };
}
