using Workbook.Check;
using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>The scene in which all that can happen happens.</summary>
public static partial class RaftScenes
{
    /// <summary>
    /// All at once: five servers of which some make up the group, and which changes, one server or many; leadership is handed over; logs are replaced by
    /// snapshots; servers crash, their disks fail, fill up and flip bits, the network divides, loses, doubles and overtakes. Half of the seeds have pre-votes.
    /// Broken as <see cref="ChangingGroup"/> is.
    /// </summary>
    public static SceneRun Upheaval(Schedule schedule, RaftRules? rules = null)
    {
        var random = new Rng(schedule.Seed).Fork("scene");
        var network = new NetworkOptions { Loss = random.Chance(0.5) ? 0.05 : 0, Duplication = 0.05, Reordering = 0.1 };
        var options = new RaftOptions { PreVote = random.Chance(0.5), Rules = rules ?? RaftRules.All };
        var cluster = new RaftCluster(3, schedule, options: options, network: network, service: _ => new CommandList(snapshotEvery: 5));
        cluster.Add("s4").Add("s5").Run.Plan(DrawUpheaval(schedule.Seed, cluster.Servers));
        WatchUpheaval(cluster);
        return Judge(cluster, [Reelected, Committed, Compacted, RolledBack], () =>
        {
            for (var command = 0; cluster.Run.Now.SinceStart < FaultsUntil; command++)
            {
                cluster.RunFor(random.Next(10.Milliseconds(), 80.Milliseconds()));
                var (other, many, draw) = (random.Pick(cluster.Servers), random.Next(3, 6), random.NextDouble());
                NodeId[] mixed = [.. cluster.Servers.OrderBy(_ => random.NextDouble()).Take(many)];
                foreach (var leader in cluster.Up.Where(server => server.Role == Role.Leader).Select(server => server.Self).ToList())
                {
                    cluster.Tell(leader, server => server.Start($"c{command}.{leader}"));
                    if (draw < 0.1) cluster.Tell(leader, server => server.ChangeServers(mixed));
                    else if (draw < 0.2) cluster.Tell(leader, server => ChangeByOne(server, other, fewest: 3));
                    else if (draw < 0.25) cluster.Tell(leader, server => server.TransferLeadership(other));
                }
            }

            return EndInPeace(cluster);
        });
    }

    /// <summary>Bits flip on one disk only: a server that finds its journal damaged does not come back, and a group of three can spare one.</summary>
    private static IReadOnlyList<PlannedFault> DrawUpheaval(ulong seed, IReadOnlyList<NodeId> servers)
    {
        var faults = new FaultProfile
        {
            Until = FaultsUntil,
            CrashEvery = 3.Seconds(),
            RestartAfter = 0.2.Seconds(),
            PartitionEvery = 1.5.Seconds(),
            PartitionFor = 0.5.Seconds(),
            CutEvery = 2.Seconds(),
            CutFor = 0.5.Seconds(),
            DiskEvery = 6.Seconds(),
            DiskFor = 0.2.Seconds(),
        };
        var bits = new FaultProfile { Until = FaultsUntil, BitFlipEvery = 8.Seconds() };
        return [.. faults.Draw(seed, servers).Concat(bits.Draw(seed, [servers[^1]])).OrderBy(fault => fault.At)];
    }

    private static void WatchUpheaval(RaftCluster cluster)
    {
        var run = cluster.Run;
        run.Sometimes("a server was down while the group changed", () => cluster.Leader is { Configuration.IsJoint: true } leader && AnyDown(leader));
        run.Sometimes("a server was down that a snapshot was on its way to", () => cluster.Leader is { } leader
            && leader.Followers.Any(follower => follower.NextIndex < leader.Log.FirstIndex && !run[follower.Id].IsUp));
        run.Sometimes("a server halted because its disk refused a write", () => AnyHalted("The disk"));
        run.Sometimes("a server halted because its journal was damaged", () => AnyHalted("the journal"));

        bool AnyDown(RaftServer leader) => leader.Configuration.Servers.Any(server => !run[server].IsUp);

        bool AnyHalted(string why) => run.Nodes.Any(node => node.Halted?.StartsWith(why, StringComparison.Ordinal) == true);
    }
}
