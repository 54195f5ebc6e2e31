using Workbook.Check;
using Workbook.KeyValue;
using Workbook.Raft;

namespace Workbook.Tests.KeyValue;

public sealed class KeyValueScenesTests
{
    private static readonly string[] AlwaysSomewhere =
    [
        "two operations on a key at the same time", "an outcome that the client does not know", "a request sent again", "a command that stood in the log twice",
        "a client sent away because another entry was applied at its index", "a server that started from a snapshot", "a second leader",
    ];

    [Fact]
    public void A_thousand_runs_of_the_workload_stay_linearizable_and_have_met_all_that_can_happen()
    {
        var explored = Explore.Seeds(Seeds.Count(1000), seed => KeyValueScenes.Workload(seed));
        Assert.True(explored.Violations.Count == 0, explored.ToString());
        Assert.Empty(AlwaysSomewhere.Except(explored.Met.Keys));
        Assert.DoesNotContain("the checker gave up", explored.Met.Keys);
    }

    [Theory]
    [InlineData(ReadMode.ReadIndex)]
    [InlineData(ReadMode.Lease)]
    public void Reads_that_are_not_in_the_log_stay_linearizable(ReadMode reads)
    {
        var explored = Explore.Seeds(Seeds.Count(200), seed => KeyValueScenes.Reads(seed, reads));
        Assert.True(explored.Violations.Count == 0, explored.ToString());
        Assert.Contains("a second leader", explored.Met.Keys);
    }

    [Fact]
    public void A_smaller_run_keeps_only_the_requests_and_faults_that_it_needs()
    {
        var rules = KeyValueRules.All with { ReplyAfterCommit = false };
        var found = Explore.Seeds(40, schedule => KeyValueScenes.Workload(schedule, rules));
        var smallest = found.Smallest!;
        Assert.True(smallest.Faults.Count < 20, found.ToString());
        Assert.Equal(smallest.Violation, KeyValueScenes.Workload(smallest.Run.Schedule, rules).Violation);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run() =>
        Assert.Equal(KeyValueScenes.Workload(7).Traced().Run.Trace.Hash, KeyValueScenes.Workload(7).Traced().Run.Trace.Hash);

    [Fact]
    public void An_append_that_is_there_twice_is_said_plainly()
    {
        var recorder = new HistoryRecorder();
        recorder.Invoke("c1", "append", "x", "c1.1,").Return();
        recorder.Invoke("c2", "get", "x").Return("c1.1,c2.1,c1.1,");
        Assert.Equal("Appended twice: c1 appended “c1.1,” to x once, and c2 got “c1.1,c2.1,c1.1,”.", ClientView.Violation(recorder.ToHistory()));
    }
}
