using Workbook.Check;
using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>
/// Runs that show what each of Raft's precautions is for: whole clusters under faults drawn from the seed. <see cref="RaftStories"/> has
/// the lecture's own examples.
/// </summary>
/// <remarks>
/// A scene is a function of its schedule, which a seed is one of: <c>RaftScenes.Chaos(172)</c>. Under <see cref="Explore"/> no trace is kept but
/// that of the run that is shown.
/// </remarks>
public static partial class RaftScenes
{
    private const string Elected = "a leader was elected", Reelected = "a second leader was elected", Committed = "an entry was committed",
        Compacted = "a log was replaced by a snapshot", RolledBack = "a log was rolled back";

    private static readonly TimeSpan FaultsUntil = 7.Seconds();

    /// <summary>
    /// Ten seconds of five servers that take commands while servers crash, come back and are cut off, and messages are lost, doubled and overtaken;
    /// nothing fails in the last three. Broken when one of Figure 3's properties is, or when the group has not agreed on one more command at the end.
    /// </summary>
    public static SceneRun Chaos(Schedule schedule, RaftRules? rules = null)
    {
        var random = new Rng(schedule.Seed).Fork("scene");
        var network = new NetworkOptions
        {
            Loss = random.Chance(0.5) ? 0.05 : 0,
            Duplication = random.Chance(0.5) ? 0.02 : 0,
            Reordering = random.Chance(0.5) ? 0.1 : 0,
        };
        var snapshotEvery = random.Chance(0.5) ? 10 : 0;
        var cluster = new RaftCluster(5, schedule, rules, network: network, service: _ => new CommandList(snapshotEvery));
        cluster.Run.Plan(DrawFaults(schedule.Seed, 5));
        return Judge(cluster, [Reelected, Committed, Compacted, RolledBack], () =>
        {
            for (var command = 0; cluster.Run.Now.SinceStart < FaultsUntil; command++)
            {
                cluster.RunFor(random.Next(20.Milliseconds(), 120.Milliseconds()));

                // Every server that believes to lead takes commands: a deposed one does so too.
                foreach (var leader in cluster.Up.Where(server => server.Role == Role.Leader).ToList()) leader.Start($"c{command}.{leader.Self}");
            }

            return EndInPeace(cluster);
        });
    }

    /// <summary>
    /// What leads to Figure 8: leaders crash again and again when they have sent an entry to some, and entries travel one at a time.
    /// </summary>
    public static SceneRun Figure8(Schedule schedule, RaftRules? rules = null)
    {
        var options = new RaftOptions { Rules = rules ?? RaftRules.All, MostEntries = 1 };
        var cluster = new RaftCluster(5, schedule, options: options);
        var random = new Rng(schedule.Seed).Fork("scene");
        return Judge(cluster, [Reelected, Committed, RolledBack], () =>
        {
            for (var round = 0; round < 40; round++)
            {
                // As soon as there is a leader it takes a command, and gets as far as a few messages with it.
                cluster.Run.RunUntil(() => cluster.Leader is not null, 2.Seconds());
                if (cluster.Leader is not { } leader) continue;
                cluster.Start($"c{round}");
                cluster.RunFor(random.Chance(0.3) ? random.Next(20.Milliseconds(), 150.Milliseconds()) : random.Next(TimeSpan.Zero, 4.Milliseconds()));
                cluster.Crash(leader);
                var down = cluster.Servers.Where(server => !cluster.Run[server].IsUp).ToList();
                while (down.Count > 2 || (down.Count > 0 && random.Chance(0.4)))
                {
                    var next = down[random.Next(down.Count)];
                    down.Remove(next);
                    cluster.Restart(next);
                }
            }

            return EndInPeace(cluster);
        });
    }

    /// <summary>
    /// Nine servers of which five are up, and only one of these has a log that can win. Broken when there is no leader after two seconds.
    /// </summary>
    public static SceneRun OneCanWin(Schedule schedule, RaftRules? rules = null)
    {
        var cluster = RaftCluster.WithLogs(["1 1", "1", "1", "1", "1", "1 1", "1 1", "1 1", "1 1"], schedule, rules);
        for (var number = 6; number <= 9; number++) cluster.Crash($"s{number}");
        return Judge(cluster, [Elected], () => LeaderWithin(cluster, 2.Seconds()));
    }

    /// <summary>Five servers boot at once. Broken when there is no leader after ten seconds.</summary>
    public static SceneRun FirstElection(Schedule schedule, RaftRules? rules = null, RaftOptions? options = null)
    {
        var cluster = new RaftCluster(5, schedule, rules, options);
        return Judge(cluster, [Elected], () => LeaderWithin(cluster, 10.Seconds()));
    }

    /// <summary>
    /// Servers that have voted crash and boot at once, while candidates' requests straggle. Broken when two servers lead the same term.
    /// </summary>
    public static SceneRun VotersCrash(Schedule schedule, RaftRules? rules = null)
    {
        // Figure 2 alone: a server that denies votes for a while after its boot hides the mistake (§6).
        var plain = (rules ?? RaftRules.All) with { DenyVotesWhileLeaderIsHeard = false };
        var network = new NetworkOptions { Reordering = 0.3, Straggling = Delay.Uniform(TimeSpan.Zero, 60.Milliseconds()) };
        var cluster = new RaftCluster(3, schedule, options: new RaftOptions { ElectionTimeoutMax = 160.Milliseconds(), Rules = plain }, network: network);
        foreach (var server in cluster.Servers) cluster.Run[server].Disk.CrashLoss = CrashLoss.All;
        var random = new Rng(schedule.Seed).Fork("scene");
        var isHit = false;
        cluster.Run.Sometimes("a voter crashed before there was a leader", () => isHit);
        return Judge(cluster, [Committed], () =>
        {
            for (var round = 0; round < 60; round++)
            {
                cluster.RunFor(random.Next(5.Milliseconds(), 60.Milliseconds()));
                if (cluster.Up.FirstOrDefault(server => server.VotedFor is { } candidate && candidate != server.Self) is { } voter)
                {
                    isHit |= !cluster.Safety.Leaders.ContainsKey(voter.CurrentTerm);
                    cluster.Crash(voter).Restart(voter.Self);
                }
            }

            return EndInPeace(cluster);
        });
    }

    /// <summary>
    /// Three servers of which two stand for election at the same moment, and the third may crash and boot at once; no timeout elapses. So small that
    /// every order of what happens can be tried.
    /// </summary>
    /// <param name="schedule">Decides the run; a seed is one.</param>
    /// <param name="rules">The precautions.</param>
    /// <param name="voterCrashes">Whether the third server crashes and boots, at some time.</param>
    public static SceneRun TwoCandidates(Schedule schedule, RaftRules? rules = null, bool voterCrashes = false)
    {
        var plain = (rules ?? RaftRules.All) with { DenyVotesWhileLeaderIsHeard = false, NoOpAtTermStart = false };
        var options = new RaftOptions
        {
            ElectionTimeoutMin = 100.Seconds(),
            ElectionTimeoutMax = 200.Seconds(),
            HeartbeatInterval = 90.Seconds(),
            Rules = plain,
        };
        var cluster = new RaftCluster(3, schedule, options: options);
        cluster.Run["s3"].Disk.CrashLoss = CrashLoss.All;
        cluster.Run.At(TimeSpan.Zero, () => cluster["s1"].StandForElection()).At(TimeSpan.Zero, () => cluster["s2"].StandForElection());
        if (voterCrashes) cluster.Run.At(TimeSpan.Zero, () => cluster.Crash("s3").Restart("s3"));
        return Judge(cluster, [Elected], () =>
        {
            cluster.RunFor(1.Seconds());
            return null;
        });
    }

    /// <summary>Servers take snapshots every few commands and crash right after them. Broken when something that was committed is gone.</summary>
    public static SceneRun CrashAfterSnapshot(Schedule schedule, RaftRules? rules = null)
    {
        var cluster = new RaftCluster(3, schedule, rules, service: _ => new CommandList(snapshotEvery: 3));
        var random = new Rng(schedule.Seed).Fork("scene");
        return Judge(cluster, [Reelected, Committed, Compacted, RolledBack], () =>
        {
            for (var round = 0; round < 40; round++)
            {
                cluster.RunUntilLeader();
                if (cluster.Leader is null) continue;
                cluster.Start($"c{round}").RunFor(random.Next(1.Milliseconds(), 8.Milliseconds()));
                if (random.Chance(0.2))
                {
                    foreach (var server in cluster.Servers) cluster.Crash(server);
                }
                else if (random.Chance(0.3))
                {
                    cluster.Crash(cluster.Servers[random.Next(3)]);
                }

                foreach (var server in cluster.Servers) cluster.Restart(server);
            }

            return EndInPeace(cluster);
        });
    }

    /// <summary>A follower is cut off again and again while the others take snapshots, and what was sent to it before comes late.</summary>
    public static SceneRun LateSnapshots(Schedule schedule, RaftRules? rules = null)
    {
        var network = new NetworkOptions { Reordering = 0.3, Straggling = Delay.Uniform(TimeSpan.Zero, 300.Milliseconds()), Duplication = 0.1 };
        var cluster = new RaftCluster(3, schedule, rules, network: network, service: _ => new CommandList(snapshotEvery: 3));
        var random = new Rng(schedule.Seed).Fork("scene");
        return Judge(cluster, [Reelected, Committed, Compacted, RolledBack], () =>
        {
            for (var round = 0; round < 12; round++)
            {
                cluster.RunUntilLeader();
                if (cluster.Leader is not { } leader) continue;
                var lagging = cluster.Servers.Where(server => server != leader.Self).ElementAt(random.Next(2));
                cluster.Partition(lagging);
                for (var command = 0; command < 6; command++)
                {
                    if (cluster.Leader is not null) cluster.Start($"c{round}.{command}");
                    cluster.RunFor(random.Next(2.Milliseconds(), 20.Milliseconds()));
                }

                cluster.Heal().RunFor(random.Next(20.Milliseconds(), 150.Milliseconds()));
            }

            return EndInPeace(cluster);
        });
    }

    /// <summary>All servers up, the network whole: the group must agree on one more command within three seconds, and hold one log.</summary>
    private static string? EndInPeace(RaftCluster cluster)
    {
        cluster.Heal();
        cluster.Run.Network.Options = new NetworkOptions();
        foreach (var server in cluster.Servers) cluster.Restart(server);
        var proposed = 0L;
        var agreed = cluster.Run.RunUntil(
            () =>
            {
                // A leader that is about to hand over takes no command.
                if (cluster.Leader is { } leader && proposed < leader.CurrentTerm && leader.Start("the last one").IsLeader) proposed = leader.CurrentTerm;

                return AllHaveTheLastOne(cluster);
            },
            3.Seconds());
        if (!agreed) return "Nothing fails any more, and three seconds later the group has not agreed on one more command.";
        var lists = Members(cluster).Where(server => cluster.Run[server].IsUp).Select(server => Commands(cluster, server)).ToList();
        return lists.Any(list => !list.SequenceEqual(lists[0])) ? "In the end the servers have executed different commands." : null;
    }

    /// <summary>The servers that make up the group in the end.</summary>
    private static IEnumerable<NodeId> Members(RaftCluster cluster) => cluster.Leader?.Configuration.Servers ?? [];

    private static bool AllHaveTheLastOne(RaftCluster cluster)
    {
        if (cluster.Leader is not { } leader || leader.LastApplied < leader.Log.LastIndex) return false;
        foreach (var server in leader.Configuration.Servers)
        {
            // A server whose journal is damaged does not come back.
            if (cluster.Run[server].Halted is not null) continue;
            if (cluster[server].LastApplied < leader.LastApplied || Commands(cluster, server).LastOrDefault() != "the last one") return false;
        }

        return true;
    }

    private static IReadOnlyList<string> Commands(RaftCluster cluster, NodeId server) => ((CommandList)cluster.Run.Process<Replica>(server).Service).Commands;

    private static string? LeaderWithin(RaftCluster cluster, TimeSpan length) => cluster.Run.RunUntil(() => cluster.Leader is not null, length)
        ? null
        : $"No leader after {length.TotalSeconds:0.#} s, in term {cluster.Up.Max(server => server.CurrentTerm)}.";

    private static IReadOnlyList<PlannedFault> DrawFaults(ulong seed, int servers)
    {
        var random = new Rng(seed).Fork("profile");
        var profile = new FaultProfile
        {
            Until = FaultsUntil,
            CrashEvery = 4.Seconds(),
            RestartAfter = random.Chance(0.5) ? 0.1.Seconds() : 1.Seconds(),
            PartitionEvery = 1.5.Seconds(),
            PartitionFor = 0.7.Seconds(),
        };
        return profile.Draw(seed, [.. Enumerable.Range(1, servers).Select(number => new NodeId($"s{number}"))]);
    }

    /// <param name="cluster">The group.</param>
    /// <param name="wanted">What the runs of this scene have to come across, or they have shown nothing; besides what the scene itself looks for.</param>
    /// <param name="story">Plays the scene, and says what went wrong in the end.</param>
    private static SceneRun Judge(RaftCluster cluster, IEnumerable<string> wanted, Func<string?> story)
    {
        var violation = cluster.Play(story);
        return new SceneRun(violation, cluster.Run)
        {
            Property = cluster.Safety.Broken,
            IsSafety = cluster.Safety.Broken is not null,
            Met = [.. Met(cluster), .. cluster.Run.Met],
            Wanted = [.. wanted, .. cluster.Run.Wanted],
            Recorded = cluster.Recorder is { } recorder ? recorder.ToReplay : null,
        };
    }

    private static IEnumerable<string> Met(RaftCluster cluster)
    {
        if (cluster.Safety.Leaders.Count > 0) yield return Elected;
        if (cluster.Safety.Leaders.Count > 1) yield return Reelected;
        if (cluster.Safety.Committed > 0) yield return Committed;
        if (cluster.Up.Any(server => server.Log.SnapshotIndex > 0)) yield return Compacted;
        if (cluster.Up.Any(server => server.Log.Rewrites > 0)) yield return RolledBack;
    }
}
