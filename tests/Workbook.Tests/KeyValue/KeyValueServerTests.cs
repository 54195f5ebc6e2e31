using Workbook.KeyValue;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Tests.KeyValue;

/// <summary>What a server does with a request, step by step.</summary>
public sealed class KeyValueServerTests
{
    private static KeyValueCluster Store(int servers = 3, KeyValueOptions? options = null, NetworkOptions? network = null) =>
        new KeyValueCluster(servers, 2, seed: 1, options, network: network).RunUntilLeader().RunFor(100.Milliseconds());

    private static NodeId Follower(KeyValueCluster store) => store.Servers.First(server => server != store.Leader!.Self);

    /// <summary>Asks one server once, whoever leads, and lets 50 ms pass.</summary>
    private static KeyValueReply? Ask(KeyValueCluster store, NodeId server, KeyValueRequest request)
    {
        KeyValueReply? reply = null;
        var asker = store.Run.Nodes.Select(node => node.Process).OfType<Asker>().FirstOrDefault() ?? AddAsker(store);
        asker.Ask(server, request, answer => reply = answer);
        store.RunFor(50.Milliseconds());
        return reply;
    }

    private static Asker AddAsker(KeyValueCluster store) => (Asker)store.Run.Add("asker", () => new Asker()).Process!;

    private sealed class Asker : Process
    {
        public void Ask(NodeId server, KeyValueRequest request, Action<KeyValueReply?> answered) =>
            Spawn(async () => answered(await Call<KeyValueReply>(server, request, 1.Seconds())));

        protected override void Receive(Message message, Sender from)
        {
        }
    }

    [Fact]
    public void Get_put_append_and_compare_and_set_do_what_they_say()
    {
        var store = Store();
        Assert.Null(store.Get("x"));
        Assert.Equal("1", store.Append("x", "1").Get("x"));
        Assert.Equal("2", store.Put("x", "2").Get("x"));
        Assert.False(store.CompareAndSet("x", "1", "3"));
        Assert.True(store.CompareAndSet("x", "2", "3"));
        Assert.True(store.CompareAndSet("nothing here", "", "4"));
        Assert.Equal(("3", "4"), (store.Get("x", "c2"), store.Get("nothing here", "c2")));
    }

    [Fact]
    public void A_put_is_answered_when_a_majority_has_it_and_not_before()
    {
        var store = Store();
        var leader = store.Leader!.Self;
        store.Partition(leader, AddAsker(store).Self);
        Assert.Null(Ask(store, leader, new Put("c9", 1, "x", "1")));
        Assert.Equal(1, store[leader].WaitingClients);
        Assert.Empty(store[leader].Data);
        store.Heal();
        Assert.Equal(Err.Ok, Ask(store, leader, new Put("c9", 1, "x", "1"))?.Err);
    }

    [Fact]
    public void A_follower_says_who_leads()
    {
        var store = Store();
        Assert.Equal(new KeyValueReply(Err.WrongLeader, Leader: store.Leader!.Self), Ask(store, Follower(store), new Get("c9", 1, "x")));
    }

    [Fact]
    public void A_request_that_comes_again_is_answered_from_the_table_and_makes_no_entry()
    {
        var store = Store();
        store.Put("x", "1");
        var leader = store.Leader!;
        Ask(store, leader.Self, new Get("c9", 1, "x"));
        store.Put("x", "2");
        var entries = leader.Log.LastIndex;
        Assert.Equal(new KeyValueReply(Err.Ok, "1"), Ask(store, leader.Self, new Get("c9", 1, "x")));
        Assert.Equal(new KeyValueReply(Err.Ok, "1"), Ask(store, Follower(store), new Get("c9", 1, "x")));
        Assert.Equal(entries, leader.Log.LastIndex);
    }

    [Fact]
    public void A_command_that_stands_in_the_log_twice_is_done_once()
    {
        var store = Store(network: new NetworkOptions { Duplication = 1 });
        store.Append("x", "1").Append("x", "2").RunFor(100.Milliseconds());
        Assert.All(store.Up, server => Assert.Equal("12", server.Data["x"]));
        Assert.All(store.Up, server => Assert.True(server.Repeats > 0));
    }

    [Fact]
    public void A_request_that_is_older_than_what_its_client_had_done_changes_nothing()
    {
        var store = Store();
        var leader = store.Leader!.Self;
        Ask(store, leader, new Put("c9", 2, "x", "new"));
        Assert.Equal(Err.WrongLeader, Ask(store, leader, new Put("c9", 1, "x", "old"))?.Err);
        Assert.Equal("new", store.Get("x"));
    }

    [Fact]
    public void A_group_of_one_answers_too()
    {
        var store = Store(servers: 1);
        Assert.Equal("12", store.Append("x", "1").Append("x", "2").Get("x"));
    }

    [Fact]
    public void A_leader_that_is_deposed_sends_its_clients_away()
    {
        var store = Store();
        var leader = store.Leader!.Self;
        store.Partition(leader, AddAsker(store).Self);
        Ask(store, leader, new Put("c9", 1, "x", "1"));
        store.RunFor(1.Seconds());
        Assert.Equal(1, store[leader].WaitingClients);
        store.Heal().RunFor(0.3.Seconds());
        Assert.NotEqual(leader, store.Leader!.Self);
        Assert.Equal(0, store[leader].WaitingClients);
    }

    [Fact]
    public void A_snapshot_holds_the_data_and_the_table_of_duplicates()
    {
        var store = Store(options: new KeyValueOptions { MaxRaftState = 200 });
        store.Put("a key", "a \"value\"\nof two lines");
        for (var number = 0; number < 20; number++) store.Append("x", $"{number},", number % 2 == 0 ? "c1" : "c2");
        Assert.False(store.CompareAndSet("x", "no", "y"));
        store.RunFor(100.Milliseconds());
        var before = store[store.Leader!.Self];
        var (data, sessions) = (before.Data.ToArray(), before.Sessions.ToArray());

        foreach (var server in store.Servers) store.Crash(server);
        foreach (var server in store.Servers) store.Restart(server);
        store.RunUntilLeader().RunFor(100.Milliseconds());

        Assert.All(store.Up, server => Assert.Equal(1, server.Restores));
        Assert.All(store.Up, server => Assert.Equal(data, server.Data));
        Assert.All(store.Up, server => Assert.Equal(sessions, server.Sessions));
        Assert.All(store.Servers, server => Assert.True(store.Raft[server].LogBytes < 400));
    }

    [Fact]
    public void A_server_that_lags_behind_the_log_gets_the_snapshot()
    {
        var store = Store(options: new KeyValueOptions { MaxRaftState = 200 });
        var lagging = Follower(store);
        store.Partition(lagging);
        for (var number = 0; number < 20; number++) store.Append("x", $"{number},");
        store.Heal().RunFor(0.5.Seconds());
        Assert.Equal(1, store[lagging].Restores);
        Assert.Equal(store[store.Leader!.Self].Data, store[lagging].Data);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Contains("null for no snapshots", Assert.Throws<ArgumentException>(() => Store(options: new KeyValueOptions { MaxRaftState = 0 })).Message);
        Assert.Contains("some time", Assert.Throws<ArgumentException>(() => Store(options: new KeyValueOptions { RetryAfter = TimeSpan.Zero })).Message);
        Assert.Contains("at least one server", Assert.Throws<ArgumentException>(() => new KeyValueClient([])).Message);
    }

    [Fact]
    public void Reads_that_are_not_in_the_log_make_no_entry()
    {
        foreach (var mode in new[] { ReadMode.ReadIndex, ReadMode.Lease })
        {
            var store = Store(options: new KeyValueOptions { Reads = mode });
            store.Put("x", "1");
            var entries = store.Leader!.Log.LastIndex;
            Assert.Equal("1", store.Get("x"));
            Assert.Null(store.Get("y"));
            Assert.Equal(entries, store.Leader!.Log.LastIndex);
        }
    }
}
