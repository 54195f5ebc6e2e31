using Workbook.Check;
using Workbook.KeyValue;
using Workbook.Raft;

namespace Workbook.Tests.KeyValue;

public sealed class KeyValueScenesTests
{
    [Fact]
    public void The_workload_stays_linearizable_and_has_met_all_that_can_happen() =>
        NothingBreaks(Explore.Seeds(Seeds.Count(400), seed => KeyValueScenes.Workload(seed)));

    [Fact]
    public void Each_append_is_there_exactly_once_under_loss_duplication_and_changes_of_leader() =>
        NothingBreaks(Explore.Seeds(Seeds.Count(150), seed => KeyValueScenes.Appends(seed)));

    [Fact]
    public void Disks_that_fail_fill_up_and_flip_bits_lose_nothing_that_a_client_was_told() =>
        NothingBreaks(Explore.Seeds(Seeds.Count(100), seed => KeyValueScenes.BadDisks(seed)));

    [Fact]
    public void Unlikely_orders_break_nothing_either() =>
        NothingBreaks(Explore.Priorities(Seeds.Count(60), schedule => KeyValueScenes.Workload(schedule)));

    [Theory]
    [InlineData(ReadMode.ReadIndex)]
    [InlineData(ReadMode.Lease)]
    public void Reads_that_are_not_in_the_log_stay_linearizable(ReadMode reads) =>
        NothingBreaks(Explore.Seeds(Seeds.Count(100), seed => KeyValueScenes.Reads(seed, reads)));

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

    private static void NothingBreaks(Exploration explored)
    {
        Assert.True(explored.Violations.Count == 0, explored.ToString());
        Assert.Empty(explored.NeverMet);
        Assert.DoesNotContain("the checker gave up", explored.Met.Keys);
    }
}
