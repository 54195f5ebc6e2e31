using Workbook.Check;
using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>The examples of the paper and of lectures 5 and 7, as they stand there: their outcome does not depend on the seed.</summary>
public static class RaftStories
{
    /// <summary>Figure 2 and nothing more; elections are called by the story.</summary>
    private static readonly RaftOptions Scripted = new()
    {
        ElectionTimeoutMin = 100.Seconds(),
        ElectionTimeoutMax = 200.Seconds(),
        Rules = RaftRules.All with { DenyVotesWhileLeaderIsHeard = false, NoOpAtTermStart = false },
    };

    /// <summary>Every message takes as long, so that what is counted does not hang on chance.</summary>
    private static readonly NetworkOptions Even = new() { Delay = Delay.Constant(1.Milliseconds()) };

    /// <summary>The logs of Figure 7: the leader on top, then the followers a to f.</summary>
    public static IReadOnlyList<string> Figure7Logs { get; } =
    [
        "1 1 1 4 4 5 5 6 6 6",
        "1 1 1 4 4 5 5 6 6", "1 1 1 4", "1 1 1 4 4 5 5 6 6 6 6", "1 1 1 4 4 5 5 6 6 6 7 7", "1 1 1 4 4 4 4", "1 1 1 2 2 2 3 3 3 3 3",
    ];

    /// <summary>
    /// Figure 7 with the top server dead: one of the six others stands for election. Says who votes for it; four votes of seven make a leader (lecture 7).
    /// </summary>
    /// <param name="candidate">a to f.</param>
    /// <exception cref="ArgumentException">There is no such server in the figure.</exception>
    public static (bool IsElected, string Votes) Figure7(char candidate)
    {
        if (candidate is < 'a' or > 'f') throw new ArgumentException($"Figure 7 has no server {candidate}; ask for one of a to f.");
        var cluster = RaftCluster.WithLogs(Figure7Logs, options: Scripted, term: 7).Crash("s1");
        NodeId server = $"s{candidate - 'a' + 2}";
        cluster.Stand(server).RunFor(20.Milliseconds());
        return (cluster[server].Role == Role.Leader, string.Join(" ", cluster.Up
            .Where(other => other.VotedFor == server && other.CurrentTerm == 8).Select(other => (char)('a' + (other.Self.Name[1] - '2')))));
    }

    /// <summary>Boots servers with these logs and lets one of them stand for election; then there is time for all logs to become the leader's.</summary>
    /// <param name="logs">As the lecture writes them; the first is that of s1.</param>
    /// <param name="candidate">Who stands.</param>
    /// <param name="term">The latest term that all have seen.</param>
    /// <param name="rules">The precautions; Figure 2 alone when left out.</param>
    public static RaftCluster Elect(IReadOnlyList<string> logs, NodeId candidate, long term, RaftRules? rules = null) =>
        RaftCluster.WithLogs(logs, options: Scripted with { Rules = rules ?? Scripted.Rules }, term: term).Stand(candidate).RunFor(1.Seconds());

    /// <summary>
    /// Lecture 7's roll-back: S1 comes back with a log of its own, and S2 leads term 6. Counts the AppendEntries that it takes until S1's log is S2's.
    /// </summary>
    /// <param name="follower">S1's log: <c>4 5 5</c>, <c>4 4 4</c> or <c>4</c> in the lecture's cases.</param>
    /// <param name="leader">S2's log, <c>4 6 6 6</c> in the lecture.</param>
    /// <param name="fast">Whether S1 says where its log parts (§5.3).</param>
    public static int RollBack(string follower, string leader = "4 6 6 6", bool fast = true)
    {
        var rules = Scripted.Rules with { ConflictTermBackup = fast };
        var cluster = RaftCluster.WithLogs([follower, leader, leader], options: Scripted with { Rules = rules }, network: Even, term: 6);
        cluster.Stand("s2").RunFor(2.Milliseconds());
        cluster.Run.RunUntil(() => cluster["s1"].Log.ToString() == cluster["s2"].Log.ToString(), 1.Seconds());
        return cluster.Run.Trace.Records.Count(record => record is { Kind: TraceKind.Sent, Message: AppendEntries } && record.Peer == "s1");
    }

    /// <summary>
    /// Figure 8, step by step from (c): s1 leads term 4 and has brought the entry of term 2 to a majority. Then (d) s1 crashes, and s5 with its entry of
    /// term 3 is elected; or (e) s1's own entry of term 4 reaches the majority first, and s5 cannot win.
    /// </summary>
    /// <param name="commitOnlyOwnTerm">Off: s1 takes the entry of term 2 for committed as soon as three servers hold it.</param>
    /// <param name="ownEntryReachesMajority">The figure's (e) instead of (d).</param>
    public static SceneRun Figure8(bool commitOnlyOwnTerm = true, bool ownEntryReachesMajority = false)
    {
        var options = Scripted with { MostEntries = 1, Rules = Scripted.Rules with { CommitOnlyOwnTerm = commitOnlyOwnTerm } };
        var cluster = RaftCluster.WithLogs(["1 2", "1 2", "1", "1", "1 3"], options: options, term: 3).Crash("s5");
        try
        {
            BringOldEntryToMajority(cluster, ownEntryReachesMajority);
            cluster.Crash("s1").Heal().Restart("s5").Stand("s5").RunFor(20.Milliseconds()).Stand("s5").RunFor(0.5.Seconds());
            return new SceneRun(null, cluster.Run) { Met = [$"s5 is {(cluster["s5"].Role == Role.Leader ? "elected" : "not elected")}; s2 has “{cluster["s2"].Log}”"] };
        }
        catch (SimulationException)
        {
            return new SceneRun(cluster.Safety.Violation, cluster.Run);
        }
    }

    /// <summary>
    /// A follower is away while the others go on and put their logs into snapshots; when it comes back, the leader no longer has the entries it needs (§7).
    /// </summary>
    /// <param name="seed">Decides the run.</param>
    public static RaftCluster LaggingFollower(ulong seed = 1)
    {
        var cluster = new RaftCluster(3, seed, service: _ => new CommandList(snapshotEvery: 10)).RunUntilLeader();
        var lagging = cluster.Servers.First(server => server != cluster.Leader!.Self);
        cluster.Partition(lagging);
        for (var command = 1; command <= 35; command++) cluster.Start($"c{command}").RunFor(10.Milliseconds());
        return cluster.Heal().RunFor(1.Seconds());
    }

    /// <summary>Figure 8 (a) to (c): elected with the votes of s2 and s3, s1 sends s3 the entry of term 2; nobody hears of its own entry yet.</summary>
    private static void BringOldEntryToMajority(RaftCluster cluster, bool ownEntryToo)
    {
        var network = cluster.Run.Network;
        network.Cut("s1", "s4");
        cluster.Stand("s1");
        cluster.Run.RunUntil(() => cluster["s1"].Role == Role.Leader, 1.Seconds());
        cluster.Run.RunUntil(() => cluster["s3"].Log.LastIndex == 2, 1.Seconds());
        if (!ownEntryToo)
        {
            network.Cut("s1", "s2");
            network.Cut("s1", "s3");
        }

        cluster.Start("c3").RunFor(0.2.Seconds());
    }
}
