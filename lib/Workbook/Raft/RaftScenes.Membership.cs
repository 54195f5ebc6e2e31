using Workbook.Check;
using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>Scenes in which the group itself changes (§6), or a server comes back that was away.</summary>
public static partial class RaftScenes
{
    /// <summary>
    /// Five servers of which three make up the group, and which three changes again and again, while the network divides them. Broken when one of Figure
    /// 3's properties is, or when the group does not agree on one more command in the end.
    /// </summary>
    public static SceneRun ChangingGroup(Schedule schedule, RaftRules? rules = null)
    {
        var cluster = new RaftCluster(3, schedule, rules);
        cluster.Add("s4").Add("s5");
        var random = new Rng(schedule.Seed).Fork("scene");
        return Judge(cluster, [Reelected, Committed, RolledBack], () =>
        {
            for (var round = 0; round < 12; round++)
            {
                cluster.RunUntilLeader();
                if (cluster.Leader is not { } leader) continue;
                NodeId[] next = [.. cluster.Servers.OrderBy(_ => random.NextDouble()).Take(3)];
                leader.ChangeServers(next);
                cluster.RunFor(random.Next(TimeSpan.Zero, 10.Milliseconds()));
                cluster.Partition([.. cluster.Servers.Where(_ => random.Chance(0.5))]);
                for (var command = 0; command < 4; command++)
                {
                    cluster.RunFor(random.Next(50.Milliseconds(), 250.Milliseconds()));
                    foreach (var one in cluster.Up.Where(server => server.Role == Role.Leader).ToList()) one.Start($"c{round}.{command}.{one.Self}");
                }

                cluster.Heal().RunFor(random.Next(20.Milliseconds(), 200.Milliseconds()));
            }

            return EndInPeace(cluster);
        });
    }

    /// <summary>
    /// Whoever leads changes the group by one server at once, and the network divides it right then: changes that were begun and not committed come back
    /// later. Broken as <see cref="ChangingGroup"/> is.
    /// </summary>
    public static SceneRun SingleChanges(Schedule schedule, RaftRules? rules = null)
    {
        var network = new NetworkOptions { Loss = 0.3 };
        var cluster = new RaftCluster(4, schedule, rules, network: network);
        cluster.Add("s5");
        var random = new Rng(schedule.Seed).Fork("scene");
        return Judge(cluster, [Reelected, Committed, RolledBack], () =>
        {
            for (var round = 0; round < 30; round++)
            {
                var term = cluster.Leader?.CurrentTerm ?? 0;
                cluster.Heal().Partition([.. cluster.Servers.OrderBy(_ => random.NextDouble()).Take(2)]);
                cluster.Run.RunUntil(() => cluster.Leader?.CurrentTerm > term, 0.6.Seconds());
                foreach (var leader in cluster.Up.Where(server => server.Role == Role.Leader).ToList())
                {
                    ChangeByOne(leader, random.Pick(cluster.Servers), fewest: 2);
                }

                cluster.RunFor(random.Next(TimeSpan.Zero, 8.Milliseconds()));
            }

            return EndInPeace(cluster);
        });
    }

    /// <summary>
    /// A server is taken out of the group and never hears of it. Broken when the others, of which none fails, change their leader in the five seconds after.
    /// </summary>
    public static SceneRun RemovedServer(Schedule schedule, RaftRules? rules = null)
    {
        var cluster = new RaftCluster(5, schedule, rules);
        NodeId removed = default;
        cluster.Run.Sometimes("the removed server stood for election", () => cluster.Up.Any(server => server.Self == removed && server.Role == Role.Candidate));
        return Judge(cluster, [Committed], () =>
        {
            cluster.RunUntilLeader().RunFor(0.2.Seconds());
            if (cluster.Leader is not { } leader) return "No leader at all.";
            removed = leader.Self == "s5" ? "s4" : "s5";
            leader.ChangeServers(cluster.Servers.Where(server => server != removed));
            var term = leader.CurrentTerm;
            cluster.RunFor(5.Seconds());
            return LeaderChanged(cluster, term, removed);
        });
    }

    /// <summary>
    /// A server that was cut off for two seconds comes back. Broken when the others, of which none fails, change their leader then.
    /// </summary>
    /// <param name="schedule">Decides the run; a seed is one.</param>
    /// <param name="preVote">Whether servers ask first if an election could be won (dissertation §9.6).</param>
    public static SceneRun ReturningServer(Schedule schedule, bool preVote = true)
    {
        var cluster = new RaftCluster(5, schedule, options: new RaftOptions { PreVote = preVote });
        NodeId away = default;
        cluster.Run.Sometimes("the server that was away lost its leader", () => cluster.Up.Any(server => server.Self == away && server.LeaderId is null));
        return Judge(cluster, [Committed], () =>
        {
            cluster.RunUntilLeader().RunFor(0.2.Seconds());
            if (cluster.Leader is not { } leader) return "No leader at all.";
            var term = leader.CurrentTerm;
            away = leader.Self == "s5" ? "s4" : "s5";
            cluster.Partition(away).RunFor(2.Seconds()).Heal().RunFor(2.Seconds());
            return LeaderChanged(cluster, term, away);
        });
    }

    private static string? LeaderChanged(RaftCluster cluster, long term, NodeId by)
    {
        var now = cluster.Up.Where(server => server.Self != by).Max(server => server.CurrentTerm);
        return now == term ? null : $"Nothing failed, and the group went from term {term} to term {now} because of {by}.";
    }

    /// <summary>Takes a server in that is not in the group, or out if others are left.</summary>
    private static void ChangeByOne(RaftServer leader, NodeId other, int fewest)
    {
        var group = leader.Configuration.Target.Servers;
        if (!group.Contains(other)) leader.ChangeServers([.. group, other]);
        else if (group.Count > fewest) leader.ChangeServers(group.Where(server => server != other));
    }
}
