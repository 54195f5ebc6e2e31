using System.Globalization;
using Workbook.Check;
using Workbook.Sim;

namespace Workbook.Bitcoin;

/// <summary>Scenes about work, targets and those who mine.</summary>
public static partial class BitcoinScenes
{
    private static readonly ChainRules Retargeting = ChainRules.OfTarget(CompactTarget.Easiest, retargetInterval: 10);

    /// <summary>
    /// A network that has grown a lot since its first block, and an attacker with a tenth of its power that mines, from the first block on, a chain of easy
    /// blocks.
    /// It has many of them, and little work. Broken when a peer leaves its chain for one with less work.
    /// </summary>
    public static SceneRun EasyBranch(Schedule schedule, BitcoinRules? rules = null)
    {
        var cluster = new BitcoinCluster(schedule, new BitcoinClusterOptions
        {
            Peers = 4,
            Rules = rules ?? BitcoinRules.All,
            Chain = Retargeting,
            Attacker = PeerStrategy.TimeWarp,
            AttackerShare = 0.1,
            Power = 64,
        });
        cluster.Run.Sometimes("the difficulty followed the power", () => cluster["p1"].Chain.Tip.Header.Bits != CompactTarget.Easiest);
        return Play(cluster, () =>
        {
            cluster.RunUntilBlocks(30);
            cluster.Attacker<TimeWarper>().Attack();
            cluster.RunUntilBlocks(70);
            var left = cluster.HonestPeers.SelectMany(peer => peer.Switches).FirstOrDefault(change => change.To.Work < change.From.Work);
            cluster.Run.Judge(Deep, left is null ? null : $"{left}: more blocks, but {Times(left.From, left.To)} of the work.");
        });
    }

    /// <summary>The power grows eightfold. Broken when, long after that, blocks still come much faster than they should.</summary>
    public static SceneRun GrowingPower(Schedule schedule, BitcoinRules? rules = null)
    {
        var cluster = new BitcoinCluster(schedule, new BitcoinClusterOptions
        {
            Peers = 4,
            Rules = rules ?? BitcoinRules.All,
            Chain = ChainRules.OfTarget(CompactTarget.Easiest, retargetInterval: 20),
        });
        return Play(cluster, () =>
        {
            const int last = 40;
            cluster.RunUntilBlocks(20);
            cluster.Speed(8);
            cluster.RunUntilBlocks(120);
            var chain = cluster["p1"].Chain;
            var mean = (chain.Tip.Header.Time - chain[chain.Height - last].Header.Time) / (double)last;
            cluster.Run.Judge(Pace, mean >= 0.4 * cluster.Interval.TotalSeconds ? null : string.Create(CultureInfo.InvariantCulture,
                $"The last {last} blocks came one each {mean:0} s; it should be {cluster.Interval.TotalSeconds:0} s."));
        });
    }

    /// <summary>
    /// A network that is told to find a block each two seconds, while messages take up to one; with the precaution, each ten minutes. Broken when more than
    /// a tenth
    /// of all blocks come to nothing.
    /// </summary>
    public static SceneRun ShortInterval(Schedule schedule, BitcoinRules? rules = null)
    {
        var all = rules ?? BitcoinRules.All;
        var chain = ChainRules.Small with { BlockSeconds = all.BlocksFarApart ? 600 : 2 };
        var cluster = new BitcoinCluster(schedule, new BitcoinClusterOptions { Rules = all, Chain = chain });
        return Play(cluster, () =>
        {
            cluster.RunUntilBlocks(60);
            var stale = cluster.StaleShare("p1");
            cluster.Run.Judge(Useful, stale <= 0.1 ? null : string.Create(CultureInfo.InvariantCulture, $"{stale:P0} of {cluster.Found.Count} blocks came to nothing."));
        });
    }

    /// <summary>
    /// A miner with two fifths of the power; without the precaution it keeps its blocks back (Eyal and Sirer 2014). Broken when its share of the chain
    /// is larger than its share of all blocks that were found.
    /// </summary>
    /// <param name="schedule">Decides the run; a seed is one.</param>
    /// <param name="rules">The precautions.</param>
    /// <param name="attacker">Its share of all hashing, above 0 and below 1.</param>
    public static SceneRun SelfishMiner(Schedule schedule, BitcoinRules? rules = null, double attacker = 0.4)
    {
        var all = rules ?? BitcoinRules.All;
        var cluster = new BitcoinCluster(schedule, new BitcoinClusterOptions
        {
            Peers = 4,
            Rules = all,
            Attacker = all.MineHonestly ? PeerStrategy.Honest : PeerStrategy.Selfish,
            AttackerShare = attacker,
        });
        return Play(cluster, () =>
        {
            cluster.RunUntilBlocks(150);
            var name = BitcoinCluster.AttackerName;
            var (gained, found) = (cluster.ShareOfChain(name, "p1"), cluster.Found.Count(one => one.Miner == name) / (double)cluster.Found.Count);
            cluster.Run.Judge(Fair, gained <= found + 0.02 ? null : string.Create(CultureInfo.InvariantCulture,
                $"The miner that keeps its blocks found {found:P0} of all blocks, and has {gained:P0} of the chain."));
        });
    }

    /// <summary>
    /// A miner with more than half of the hashing mines on nothing but its own blocks: it pays a seller, waits for the seller's confirmations, and undoes
    /// the payment
    /// all the same. No precaution helps (§11: "if a majority of CPU power is controlled by honest nodes"). Broken when a payment that was accepted is undone.
    /// </summary>
    /// <param name="schedule">Decides the run; a seed is one.</param>
    /// <param name="attacker">Its share of all hashing, above 0 and below 1.</param>
    public static SceneRun Majority(Schedule schedule, double attacker = 0.65) => PrivateFork(schedule, null, attacker);

    private static string Times(KnownBlock from, KnownBlock to) =>
        ((double)to.Work / (double)from.Work).ToString("P0", CultureInfo.InvariantCulture);
}
