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
    public static SceneRun ChangingGroup(Schedule schedule, RaftRules? rules = null) => Scene(schedule, kept =>
    {
        var cluster = new RaftCluster(3, kept, rules);
        cluster.Add("s4").Add("s5");
        var random = new Rng(kept.Seed).Fork("scene");
        return Judge(cluster, () =>
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
    });

    /// <summary>
    /// A server is taken out of the group and never hears of it. Broken when the others, of which none fails, change their leader in the five seconds after.
    /// </summary>
    public static SceneRun RemovedServer(Schedule schedule, RaftRules? rules = null) => Scene(schedule, kept =>
    {
        var cluster = new RaftCluster(5, kept, rules);
        return Judge(cluster, () =>
        {
            cluster.RunUntilLeader().RunFor(0.2.Seconds());
            if (cluster.Leader is not { } leader) return "No leader at all.";
            NodeId removed = leader.Self == "s5" ? "s4" : "s5";
            leader.ChangeServers(cluster.Servers.Where(server => server != removed));
            var term = leader.CurrentTerm;
            cluster.RunFor(5.Seconds());
            return LeaderChanged(cluster, term, removed);
        });
    });

    /// <summary>
    /// A server that was cut off for two seconds comes back. Broken when the others, of which none fails, change their leader then.
    /// </summary>
    /// <param name="schedule">Decides the run; a seed is one.</param>
    /// <param name="preVote">Whether servers ask first if an election could be won (dissertation §9.6).</param>
    public static SceneRun ReturningServer(Schedule schedule, bool preVote = true) => Scene(schedule, kept =>
    {
        var cluster = new RaftCluster(5, kept, options: new RaftOptions { PreVote = preVote });
        return Judge(cluster, () =>
        {
            cluster.RunUntilLeader().RunFor(0.2.Seconds());
            if (cluster.Leader is not { } leader) return "No leader at all.";
            var term = leader.CurrentTerm;
            NodeId away = leader.Self == "s5" ? "s4" : "s5";
            cluster.Partition(away).RunFor(2.Seconds()).Heal().RunFor(2.Seconds());
            return LeaderChanged(cluster, term, away);
        });
    });

    private static string? LeaderChanged(RaftCluster cluster, long term, NodeId by)
    {
        var now = cluster.Up.Where(server => server.Self != by).Max(server => server.CurrentTerm);
        return now == term ? null : $"Nothing failed, and the group went from term {term} to term {now} because of {by}.";
    }
}
