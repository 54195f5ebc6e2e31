using Workbook.KeyValue;
using Workbook.Sim;

namespace Workbook.Tests.KeyValue;

public sealed class KeyValueExerciseTests
{
    private static Dictionary<string, string> Replay(IReadOnlyList<KeyValueRequest> log, Func<Dictionary<string, long>, KeyValueRequest, bool> isNew)
    {
        var (data, last) = (new Dictionary<string, string>(), new Dictionary<string, long>());
        foreach (var request in log)
        {
            if (!isNew(last, request)) continue;
            last[request.ClientId] = request.Sequence;
            if (request is Append append) data[append.Key] = data.GetValueOrDefault(append.Key, "") + append.Value;
            if (request is Put put) data[put.Key] = put.Value;
        }

        return data;
    }

    [Fact]
    public void A_replay_that_keeps_the_last_numbers_is_right() => Assert.True(KeyValueExercise.CheckReplay(log =>
        Replay(log, (last, request) => request.Sequence > last.GetValueOrDefault(request.ClientId))).IsRight);

    [Fact]
    public void A_replay_without_them_is_told_what_stands_there_twice()
    {
        var result = KeyValueExercise.CheckReplay(log => Replay(log, (_, _) => true));
        Assert.False(result.IsRight);
        Assert.Contains("stands in that log more than once", result.Reason);
    }

    [Fact]
    public void A_replay_that_leaves_too_much_out_is_told_so() => Assert.Contains("left out", KeyValueExercise.CheckReplay(log =>
        Replay(log, (last, request) => request.Sequence > last.GetValueOrDefault(request.ClientId) + 1)).Reason);

    [Fact]
    public void A_lease_is_as_long_as_the_slowest_clock_allows()
    {
        Assert.True(KeyValueExercise.CheckLease(150.Milliseconds(), 0.1, 135.Milliseconds()).IsRight);
        Assert.Contains("safe", KeyValueExercise.CheckLease(150.Milliseconds(), 0.1, 100.Milliseconds()).Reason);
        Assert.Contains("has really passed", KeyValueExercise.CheckLease(150.Milliseconds(), 0.1, 140.Milliseconds()).Reason);
        Assert.Contains("does not know", KeyValueExercise.CheckLease(150.Milliseconds(), 0.1, 200.Milliseconds()).Reason);
    }

    [Fact]
    public void A_stale_get_is_proved_and_less_is_not_enough()
    {
        var rules = KeyValueRules.All with { ConfirmGets = false };
        var store = new KeyValueCluster(seed: 3, rules: rules).RunUntilLeader();
        Assert.Contains("No client has", KeyValueExercise.CheckStaleGet(store).Reason);
        store.Put("x", "old", "c1").Put("x", "old", "c2").Get("x", "c1");
        Assert.Contains("only one leader", KeyValueExercise.CheckStaleGet(store).Reason);
        store.Partition(store.Leader!.Self, "c1").RunFor(1.Seconds());
        store.Get("x", "c1");
        Assert.Contains("after the new one has acknowledged", KeyValueExercise.CheckStaleGet(store).Reason);
        store.Put("x", "new", "c2").Get("x", "c1");
        Assert.True(KeyValueExercise.CheckStaleGet(store).IsRight);
        Assert.Contains("no art", KeyValueExercise.CheckStaleGet(new KeyValueCluster(rules: rules with { ReplyAfterCommit = false })).Reason);
    }
}
