using Workbook.Check;
using Workbook.Sim;

namespace Workbook.Tests.Check.Histories;

/// <summary>What clients do, written down while they do it.</summary>
public sealed class HistoryRecorderTests
{
    [Fact]
    public void Events_at_the_same_time_keep_their_order()
    {
        var recorder = new HistoryRecorder(() => default(Instant) + 3.Milliseconds());
        var first = recorder.Invoke("c1", "write", "x", "1");
        first.Return();
        recorder.Invoke("c2", "read", "x").Return("1");
        var (write, read) = (recorder.ToHistory().Operations[0], recorder.ToHistory().Operations[1]);
        Assert.True(write.Precedes(read));
        Assert.Equal(30_000, write.Invoked);
    }

    [Fact]
    public void Without_a_clock_events_are_counted()
    {
        var recorder = new HistoryRecorder();
        recorder.Invoke("c1", "read", "x").Return("1");
        Assert.Equal((0, 1), (recorder.ToHistory().Operations[0].Invoked, recorder.ToHistory().Operations[0].Returned));
    }

    [Fact]
    public void A_client_has_one_call_at_a_time()
    {
        var recorder = new HistoryRecorder();
        recorder.Invoke("c1", "write", "x", "1");
        Assert.Contains("Client c1 calls read while its Wx1? is still open", Assert.Throws<ArgumentException>(() => recorder.Invoke("c1", "read", "x")).Message);
    }

    [Fact]
    public void A_client_that_crashed_may_call_again_and_the_open_call_stays_unknown()
    {
        var recorder = new HistoryRecorder();
        var call = recorder.Invoke("c1", "write", "x", "1");
        recorder.GiveUp("c1");
        recorder.Invoke("c1", "read", "x").Return("1");
        call.Return();
        var history = recorder.ToHistory();
        Assert.Equal([Outcome.Unknown, Outcome.Ok], history.Operations.Select(operation => operation.Outcome));
        Assert.Equal(Verdict.Yes, history.IsLinearizable().Verdict);
    }

    [Fact]
    public void A_call_that_failed_has_not_happened()
    {
        var recorder = new HistoryRecorder();
        recorder.Invoke("c1", "write", "x", "1").Fail();
        recorder.Invoke("c1", "read", "x").Return("1");
        Assert.Equal("Rx1 of client c1 saw 1, which nothing writes to x.", recorder.ToHistory().IsLinearizable().Reason);
    }

    [Fact]
    public void What_has_not_ended_when_the_history_is_taken_is_unknown()
    {
        var recorder = new HistoryRecorder();
        var call = recorder.Invoke("c1", "write", "x", "1");
        var open = recorder.ToHistory().Operations[0];
        Assert.Equal((1, Outcome.Unknown, Operation.Never), (recorder.Count, open.Outcome, open.Returned));
        call.Return();
        Assert.Equal(Outcome.Ok, recorder.ToHistory().Operations[0].Outcome);
    }

    [Fact]
    public void Giving_up_twice_or_with_nothing_open_changes_nothing()
    {
        var recorder = new HistoryRecorder();
        recorder.GiveUp("c1");
        var call = recorder.Invoke("c1", "read", "x");
        call.Return("1");
        call.GiveUp();
        recorder.GiveUp("c1");
        Assert.Equal("1", Assert.Single(recorder.ToHistory().Operations).Result);
    }
}
