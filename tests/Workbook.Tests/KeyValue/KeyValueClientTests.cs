using Workbook.Check;
using Workbook.KeyValue;
using Workbook.Sim;

namespace Workbook.Tests.KeyValue;

public sealed class KeyValueClientTests
{
    private static KeyValueCluster Store(KeyValueOptions? options = null) =>
        new KeyValueCluster(3, 2, seed: 1, options).RunUntilLeader().RunFor(100.Milliseconds());

    [Fact]
    public void It_finds_the_leader_and_stays_with_it()
    {
        var store = Store();
        store.Put("x", "1");
        var tries = store.Client("c1").Tries;
        for (var number = 0; number < 10; number++) store.Get("x");
        Assert.Equal(tries + 10, store.Client("c1").Tries);
    }

    [Fact]
    public void It_asks_on_until_there_is_a_new_leader()
    {
        var store = Store();
        store.Put("x", "1").Crash(store.Leader!.Self);
        Assert.Equal("12", store.Append("x", "2").Get("x"));
    }

    [Fact]
    public void It_has_one_request_open_at_a_time()
    {
        var store = Store();
        var thrown = Assert.Throws<SimulationException>(() => store.Do("c1", client => Task.WhenAll(client.Get("x"), client.Get("y"))).RunFor(1.Seconds()));
        Assert.Contains("one at a time", thrown.ToString());
    }

    [Fact]
    public void A_client_that_loses_its_patience_does_not_know_what_came_of_its_request()
    {
        var store = Store(new KeyValueOptions { Patience = 0.5.Seconds() });
        store.Crash("s1").Crash("s2").Crash("s3");
        KeyValueReply? reply = null;
        store.Do("c1", async client => reply = await client.Put("x", "1")).RunFor(1.Seconds());
        Assert.Equal(Err.Maybe, reply?.Err);
        Assert.Equal(Outcome.Unknown, Assert.Single(store.History.Operations).Outcome);
        var ended = Assert.Single(store.History.Operations).Returned;
        Assert.InRange(ended - Assert.Single(store.History.Operations).Invoked, 0.5.Seconds().Ticks, 0.6.Seconds().Ticks);
    }

    [Fact]
    public void A_client_that_crashes_takes_another_name_for_the_table_of_duplicates()
    {
        var store = Store();
        store.Append("x", "1").Append("x", "2");
        store.Do("c1", client => client.Append("x", "3")).Crash("c1").Restart("c1");
        Assert.Equal("c1.2", store.Client("c1").ClientId);
        Assert.Contains("4", store.Append("x", "4").Get("x"));
        Assert.Equal(Outcome.Unknown, store.History.Operations[2].Outcome);
        Assert.Equal(Verdict.Yes, store.History.IsLinearizable().Verdict);
    }

    [Fact]
    public void No_answer_in_ten_seconds_is_told_to_whoever_waits()
    {
        var store = Store();
        store.Crash("s1").Crash("s2");
        Assert.Contains("is there a leader that it can reach?", Assert.Throws<TimeoutException>(() => store.Get("x")).Message);
    }
}
