using Workbook.Check;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.KeyValue;

/// <summary>Lecture 7's examples on the store: short runs that follow a script.</summary>
public static class KeyValueStories
{
    /// <summary>
    /// A get in a deposed leader. The leader and client c1 are cut off with one more server; the other three elect a new leader, and c2 puts <c>new</c> where
    /// <c>old</c> stood. Then c1 asks the old leader, which does not know. Broken when it answers with what is stale.
    /// </summary>
    /// <param name="reads">How gets are answered.</param>
    /// <param name="confirmGets">Off: the server answers from its own table because it believes to lead.</param>
    public static SceneRun DeposedLeader(ReadMode reads = ReadMode.Log, bool confirmGets = true)
    {
        var rules = KeyValueRules.All with { ConfirmGets = confirmGets };
        var store = new KeyValueCluster(5, 2, seed: 1, new KeyValueOptions { Reads = reads, Patience = 1.Seconds() }, rules);
        var old = Begin(store);
        store.Partition(old, store.Servers.First(server => server != old), "c1");
        store.Put("x", "new", "c2");
        KeyValueReply? answer = null;
        store.Do("c1", async client => answer = await client.Get("x")).RunFor(1.2.Seconds());
        var met = answer!.Err == Err.Maybe
            ? $"{old} leads term {store.Raft[old].CurrentTerm} as far as it knows, and did not answer"
            : $"{old} answered “{answer.Value}”";
        return Told(store, met);
    }

    /// <summary>
    /// Lecture 7's question: c2 reads 10, the reply is lost, c1 puts 20, and c2 asks again. The servers answer from the table of duplicates: 10. That
    /// is right, because the read was open all the time.
    /// </summary>
    /// <param name="rememberReply">Off: the table knows that the get was done, but not what it found.</param>
    public static SceneRun RememberedReply(bool rememberReply = true)
    {
        var store = new KeyValueCluster(3, 2, seed: 1, rules: KeyValueRules.All with { RememberReply = rememberReply });
        var leader = Begin(store);
        store.Put("x", "10", "c1");
        store.Run.Network.Cut(leader, "c2");
        KeyValueReply? answer = null;
        store.Do("c2", async client => answer = await client.Get("x")).RunFor(20.Milliseconds());
        store.Put("x", "20", "c1");
        store.Run.Network.Mend(leader, "c2");
        store.RunFor(1.Seconds());
        return Told(store, $"c2 got “{answer?.Value}”");
    }

    /// <summary>
    /// A command in the log of a leader that is cut off: the next leader puts another one at that index. When the old leader is back it applies that
    /// one there, and its client waits. Broken when the client is told that its own put is done.
    /// </summary>
    /// <param name="checkEntryIsMine">Off: the server answers whoever waits for the index.</param>
    public static SceneRun OtherEntryAtMyIndex(bool checkEntryIsMine = true)
    {
        // As in the labs a new leader begins without an empty entry, so that its first command comes to stand where the old one's stood.
        var raft = new RaftOptions { Rules = RaftRules.All with { NoOpAtTermStart = false } };
        var options = new KeyValueOptions { Raft = raft, LookEvery = 10.Seconds() };
        var store = new KeyValueCluster(3, 2, seed: 1, options, KeyValueRules.All with { CheckEntryIsMine = checkEntryIsMine });
        var old = Begin(store);
        store.Partition(old, "c1");
        store.Put("x", "other", "c2");
        store.Do("c1", client => client.Put("x", "mine")).RunFor(5.Milliseconds());
        store.Heal().RunFor(0.2.Seconds());
        var sentAway = store[old].Displaced > 0;
        store.Get("x", "c1");
        return Told(store, sentAway ? $"{old} sent c1 away, which asked again" : $"{old} told c1 that its put is done");
    }

    /// <summary>
    /// Reads by lease when the leader's clock runs slow: five rounds in which the leader and a client that reads are cut off, and the others elect a
    /// new one and write.
    /// Broken when the read is stale, which needs a clock that is slower than <see cref="RaftOptions.ClockDriftBound"/> says.
    /// </summary>
    /// <param name="schedule">Decides the run; a seed is one.</param>
    /// <param name="slow">By how much the leader's clock is slow: 0.3 counts 70 ms while 100 ms pass.</param>
    /// <param name="reads">How the leader makes sure that it leads.</param>
    public static SceneRun SlowClock(Schedule schedule, double slow, ReadMode reads = ReadMode.Lease)
    {
        if (slow is < 0 or >= 1) throw new ArgumentException($"A clock cannot be slow by {slow}; give a share from 0 to just below 1.");
        var options = new KeyValueOptions { Reads = reads, RetryAfter = 25.Milliseconds(), Rest = 5.Milliseconds(), Patience = 400.Milliseconds() };
        var store = new KeyValueCluster(5, 2, schedule, options);
        var random = new Rng(schedule.Seed).Fork("story");
        return KeyValueScenes.Judge(store, () =>
        {
            for (var round = 1; round <= 5; round++)
            {
                var leader = Begin(store);
                store.Run[leader].Clock.SetDrift(-slow);
                store.RunFor(random.Next(100.Milliseconds(), 200.Milliseconds()));
                store.Partition(leader, "c1");
                var until = store.Run.Now + 600.Milliseconds();
                store.Do("c1", client => ReadAgainAndAgain(client, until)).Do("c2", client => client.Put("x", $"{round}"));
                store.RunFor(1.1.Seconds()).Heal();
                store.Run[leader].Clock.SetDrift(0);
                store.RunFor(0.4.Seconds());
            }

            return store.Unanswered();
        });
    }

    /// <summary>
    /// What a lease rests on: servers that hear their leader vote for nobody else (§6). One server is cut off from the leader, and from nobody else;
    /// it stands for election while the others hear the leader well. c2 writes to whoever that server makes of itself, and c1 reads from the leader.
    /// Broken when a read is stale.
    /// </summary>
    /// <param name="schedule">Decides the run; a seed is one.</param>
    /// <param name="denyVotes">Off: the others vote at once, and do not wait until the lease is over.</param>
    public static SceneRun BrokenPromise(Schedule schedule, bool denyVotes = true)
    {
        var options = new KeyValueOptions
        {
            Reads = ReadMode.Lease,
            Raft = new RaftOptions { Rules = RaftRules.All with { DenyVotesWhileLeaderIsHeard = denyVotes } },
            RetryAfter = 10.Milliseconds(),
            Rest = TimeSpan.Zero,
            Patience = 600.Milliseconds(),
        };
        var store = new KeyValueCluster(5, 2, schedule, options);
        return KeyValueScenes.Judge(store, () =>
        {
            for (var round = 1; round <= 5; round++)
            {
                var leader = Begin(store);
                var other = store.Servers.First(server => server != leader);
                CutOff(store, other, leader);
                foreach (var server in store.Servers.Where(server => server != other)) CutOff(store, server, "c2");
                var until = store.Run.Now + 600.Milliseconds();
                store.Do("c1", client => ReadAgainAndAgain(client, until)).Do("c2", client => client.Put("x", $"{round}"));
                store.RunFor(1.Seconds()).Heal().RunFor(0.5.Seconds());
            }

            return store.Unanswered();
        });
    }

    /// <summary>There is a leader, both clients know it, and x is <c>old</c>.</summary>
    private static NodeId Begin(KeyValueCluster store)
    {
        store.RunUntilLeader().RunFor(100.Milliseconds());
        foreach (var client in store.Clients) store.Put("x", "old", client);
        return store.Leader?.Self ?? throw new TimeoutException("There is no leader.");
    }

    private static async Task ReadAgainAndAgain(KeyValueClient client, Instant until)
    {
        while (client.Time < until)
        {
            await client.Get("x");
            await client.Pause(3.Milliseconds());
        }
    }

    private static void CutOff(KeyValueCluster store, NodeId one, NodeId other)
    {
        store.Run.Network.Cut(one, other);
        store.Run.Network.Cut(other, one);
    }

    private static SceneRun Told(KeyValueCluster store, string met)
    {
        var history = store.History;
        return new SceneRun(ClientView.Violation(history), store.Run) { Met = [met], History = history };
    }
}
