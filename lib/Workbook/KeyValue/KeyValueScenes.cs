using Workbook.Check;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.KeyValue;

/// <summary>
/// Runs that show what each precaution of the store is for: whole clusters with clients, under faults drawn from the seed. <see
/// cref="KeyValueStories"/> has the lecture's own examples.
/// </summary>
public static class KeyValueScenes
{
    private static readonly TimeSpan FaultsUntil = 7.Seconds();
    private static readonly NodeId[] Servers = ["s1", "s2", "s3", "s4", "s5"];
    private static readonly NodeId[] Clients = ["c1", "c2", "c3", "c4", "c5"];
    private static readonly KeyValueWorkload AppendsToOneKey = new() { Keys = ["x"], Gets = 0.45, Appends = 0.55, Puts = 0 };
    private static readonly NetworkOptions Lossy = new() { Loss = 0.1, Duplication = 0.1, Reordering = 0.1 };

    /// <summary>
    /// Ten seconds of five servers and five clients that get, put, append, compare and set, while servers crash, come back and are cut off from each
    /// other and from clients, and messages are lost, doubled and overtaken; nothing fails in the last three. Broken when what the clients saw is not
    /// linearizable, one of Figure 3's properties is broken, or a client has no answer in the end.
    /// </summary>
    /// <param name="schedule">Decides the run; a seed is one.</param>
    /// <param name="rules">The store's precautions.</param>
    /// <param name="raftRules">Raft's.</param>
    /// <param name="options">Timing, reads, snapshots.</param>
    public static SceneRun Workload(
        Schedule schedule, KeyValueRules? rules = null, RaftRules? raftRules = null, KeyValueOptions? options = null) =>
        Run(schedule, rules, raftRules, options ?? DrawOptions(schedule.Seed), new KeyValueWorkload(), DrawNetwork(schedule.Seed));

    /// <summary>
    /// The same with a network that loses and doubles a tenth of the messages, one key, and clients who do little but append: each append must be in
    /// the end exactly once.
    /// </summary>
    public static SceneRun Appends(Schedule schedule, KeyValueRules? rules = null, KeyValueOptions? options = null) =>
        Run(schedule, rules, null, options ?? DrawOptions(schedule.Seed), AppendsToOneKey, Lossy);

    /// <summary>The same as <see cref="Appends"/> with a snapshot after every few commands, so that servers start from one again and again.</summary>
    public static SceneRun Snapshots(Schedule schedule, KeyValueRules? rules = null, RaftRules? raftRules = null)
    {
        var workload = new KeyValueWorkload { Keys = ["x", "y"], Gets = 0.4, Appends = 0.5, Puts = 0.05 };
        var network = new NetworkOptions { Loss = 0.1, Duplication = 0.05, Reordering = 0.1 };
        return Run(schedule, rules, raftRules, DrawOptions(schedule.Seed) with { MaxRaftState = 300 }, workload, network);
    }

    /// <summary>Reads that are not in the log, in the run of <see cref="Workload"/>, mostly gets, with more crashes.</summary>
    /// <param name="schedule">Decides the run; a seed is one.</param>
    /// <param name="reads">How the leader makes sure that it leads.</param>
    /// <param name="rules">The store's precautions.</param>
    /// <param name="raftRules">Raft's.</param>
    public static SceneRun Reads(Schedule schedule, ReadMode reads, KeyValueRules? rules = null, RaftRules? raftRules = null)
    {
        var workload = new KeyValueWorkload { Keys = ["x"], Every = 120.Milliseconds(), Gets = 0.7, Appends = 0.3, Puts = 0 };
        var options = DrawOptions(schedule.Seed) with { Reads = reads, RetryAfter = 60.Milliseconds(), Rest = 10.Milliseconds() };
        return Run(schedule, rules, raftRules, options, workload, new NetworkOptions());
    }

    /// <summary>
    /// The run of <see cref="Workload"/> on disks that fail, fill up and flip bits: a server halts rather than promise what it cannot keep, and one that finds its
    /// journal damaged never comes back. Bits flip on two of the five, so that a majority is left.
    /// </summary>
    /// <param name="schedule">Decides the run; a seed is one.</param>
    /// <param name="rules">The store's precautions.</param>
    public static SceneRun BadDisks(Schedule schedule, KeyValueRules? rules = null)
    {
        var failures = new FaultProfile { Until = FaultsUntil, DiskEvery = 4.Seconds(), DiskFor = 0.3.Seconds(), RestartAfter = 0.2.Seconds() };
        var bits = new FaultProfile { Until = FaultsUntil, BitFlipEvery = 3.Seconds() };
        IEnumerable<PlannedFault> faults = [.. failures.Draw(schedule.Seed, Servers), .. bits.Draw(schedule.Seed, Servers[..2])];
        return Run(schedule, rules, null, DrawOptions(schedule.Seed), new KeyValueWorkload(), DrawNetwork(schedule.Seed), (faults, SeenOnBadDisks));
    }

    private static SceneRun Run(
        Schedule schedule, KeyValueRules? rules, RaftRules? raftRules, KeyValueOptions options, KeyValueWorkload workload, NetworkOptions network,
        (IEnumerable<PlannedFault> Faults, Action<Simulation> Watch)? more = null)
    {
        if (rules is not null) options = options with { Rules = rules };
        if (raftRules is not null) options = options with { Raft = options.Raft with { Rules = raftRules } };
        var store = new KeyValueCluster(5, 5, schedule, options, network: network);
        store.Run.Plan(DrawPlan(schedule.Seed, workload).Concat(more?.Faults ?? []).OrderBy(one => one.At));
        more?.Watch(store.Run);
        return Judge(store, () => PlayToTheEnd(store, workload.Keys)) with { Wanted = [.. ClientView.Wanted, .. store.Run.Wanted] };
    }

    private static void SeenOnBadDisks(Simulation run)
    {
        run.Sometimes("a server that halted because its disk refused a write", () => Halted("The disk"));
        run.Sometimes("a server that halted because its journal was damaged", () => Halted("the journal"));

        bool Halted(string why) => Array.Exists(Servers, server => run[server].Halted?.StartsWith(why, StringComparison.Ordinal) == true);
    }

    /// <summary>The run of <see cref="Appends"/> without snapshots, for whoever wants its whole log.</summary>
    internal static KeyValueCluster AppendsInOneLog(ulong seed)
    {
        var store = new KeyValueCluster(5, 5, Schedule.Times(seed) with { Trace = TraceLimit.Off }, network: Lossy);
        store.Run.Plan(DrawPlan(seed, AppendsToOneKey));
        PlayToTheEnd(store, AppendsToOneKey.Keys);
        return store;
    }

    private static string? PlayToTheEnd(KeyValueCluster store, IReadOnlyList<string> keys)
    {
        var plan = store.Run.Faults;
        store.RunFor(plan.Count == 0 ? TimeSpan.Zero : plan.Max(fault => fault.Ends));
        return EndInPeace(store, keys);
    }

    /// <summary>
    /// All servers up, the network whole: every client gets its answers within two seconds, and then reads all keys, so that what was lost shows.
    /// </summary>
    private static string? EndInPeace(KeyValueCluster store, IReadOnlyList<string> keys)
    {
        store.Heal();
        store.Run.Network.Options = new NetworkOptions();
        foreach (var server in store.Servers) store.Restart(server);
        if (!store.Run.RunUntil(() => store.Unanswered() is null, 2.Seconds())) return store.Unanswered();
        foreach (var client in store.Clients)
        {
            store.Do(client, async one =>
            {
                foreach (var key in keys) await one.Get(key);
            });
        }

        store.Run.RunUntil(() => store.Unanswered() is null, 2.Seconds());
        return store.Unanswered();
    }

    /// <summary>Plays a story, and judges what clients saw of it.</summary>
    internal static SceneRun Judge(KeyValueCluster store, Func<string?> story)
    {
        var violation = store.Raft.Play(story);

        // What clients saw says more than what is inside, and it comes first.
        var history = store.History;
        var (seen, gaveUp) = ClientView.Judge(history);
        var kind = seen is null ? null : ClientView.KindOf(seen);
        return new SceneRun(seen ?? violation, store.Run)
        {
            Property = kind ?? store.Raft.Safety.Broken,
            SeenBy = kind is null ? null : () => ClientView.SeenBy(history, kind),
            IsSafety = seen is not null || store.Raft.Safety.Broken is not null,
            Met = [.. ClientView.Met(store, history, gaveUp), .. store.Run.Met],
            History = history,
            Recorded = store.Raft.Recorder is { } recorder ? recorder.ToReplay : null,
        };
    }

    private static KeyValueOptions DrawOptions(ulong seed)
    {
        var random = new Rng(seed).Fork("options");
        return new KeyValueOptions
        {
            MaxRaftState = random.Chance(0.5) ? 1000 : null,
            RetryAfter = random.Pick([60.Milliseconds(), 250.Milliseconds(), 600.Milliseconds()]),
            Patience = random.Chance(0.5) ? 1.5.Seconds() : 4.Seconds(),
        };
    }

    private static NetworkOptions DrawNetwork(ulong seed)
    {
        var random = new Rng(seed).Fork("network options");
        return new NetworkOptions
        {
            Loss = random.Chance(0.5) ? 0.05 : 0,
            Duplication = random.Chance(0.5) ? 0.05 : 0,
            Reordering = random.Chance(0.5) ? 0.1 : 0,
        };
    }

    /// <summary>Clients are on one side of a partition or the other, like servers: some of them stay with a leader that is cut off.</summary>
    private static IReadOnlyList<PlannedFault> DrawPlan(ulong seed, KeyValueWorkload workload)
    {
        var random = new Rng(seed).Fork("profile");
        var crashes = new FaultProfile { Until = FaultsUntil, CrashEvery = 6.Seconds(), RestartAfter = random.Chance(0.5) ? 0.1.Seconds() : 1.Seconds() };
        var partitions = new FaultProfile { Until = FaultsUntil, PartitionEvery = 1.5.Seconds(), PartitionFor = 0.7.Seconds() };
        IEnumerable<PlannedFault> plan = [.. crashes.Draw(seed, Servers), .. partitions.Draw(seed, [.. Servers, .. Clients]), .. workload.Draw(seed, Clients)];
        return [.. plan.OrderBy(one => one.At)];
    }
}
