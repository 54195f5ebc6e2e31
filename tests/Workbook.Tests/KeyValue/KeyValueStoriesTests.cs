using Workbook.Check;
using Workbook.KeyValue;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Tests.KeyValue;

/// <summary>Lecture 7's examples, by name.</summary>
public sealed class KeyValueStoriesTests
{
    [Theory]
    [InlineData(ReadMode.Log)]
    [InlineData(ReadMode.ReadIndex)]
    [InlineData(ReadMode.Lease)]
    public void A_get_in_a_deposed_leader_is_not_answered(ReadMode reads)
    {
        var story = KeyValueStories.DeposedLeader(reads);
        Assert.Null(story.Violation);
        Assert.EndsWith("did not answer", Assert.Single(story.Met));
        Assert.Equal(Outcome.Unknown, story.History!.Operations[^1].Outcome);
    }

    [Fact]
    public void A_get_in_a_deposed_leader_is_stale_when_nothing_confirms_it()
    {
        var story = KeyValueStories.DeposedLeader(confirmGets: false);
        Assert.StartsWith("Not linearizable", story.Violation);
        Assert.EndsWith("answered “old”", Assert.Single(story.Met));
    }

    [Fact]
    public void A_get_that_comes_again_is_told_10_although_20_stands_there_and_that_is_linearizable()
    {
        var story = KeyValueStories.RememberedReply();
        Assert.Equal("c2 got “10”", Assert.Single(story.Met));
        Assert.Equal(Verdict.Yes, story.History!.IsLinearizable().Verdict);
        Assert.StartsWith("Not linearizable", KeyValueStories.RememberedReply(rememberReply: false).Violation);
    }

    [Fact]
    public void A_client_whose_index_has_another_entry_is_sent_away()
    {
        var story = KeyValueStories.OtherEntryAtMyIndex();
        Assert.Null(story.Violation);
        Assert.Contains("sent c1 away", Assert.Single(story.Met));
        var without = KeyValueStories.OtherEntryAtMyIndex(checkEntryIsMine: false);
        Assert.StartsWith("Not linearizable", without.Violation);
        Assert.Contains("told c1 that its put is done", Assert.Single(without.Met));
    }

    [Fact]
    public void Reads_by_lease_are_faster_and_cost_nothing_but_the_question_and_the_answer()
    {
        var (log, index, lease) = (ReadCost.Measure(ReadMode.Log), ReadCost.Measure(ReadMode.ReadIndex), ReadCost.Measure(ReadMode.Lease));
        Assert.InRange(lease.Mean / log.Mean, 0.4, 0.6);
        Assert.InRange(index.Mean / log.Mean, 0.9, 1.1);
        Assert.InRange(log.Messages, 9.8, 10.2);
        Assert.InRange(index.Messages, 9.8, 10.2);
        Assert.InRange(lease.Messages, 1.9, 2.1);
        Assert.True(log.LogBytes > 20);
        Assert.Equal((0, 0), (index.LogBytes, lease.LogBytes));
    }

    [Fact]
    public void Three_requests_and_more_are_done_between_two_heartbeats() => Assert.True(ReadCost.RequestsPerHeartbeat(200) > 3);

    [Fact]
    public void A_clock_within_the_bound_keeps_reads_by_lease_linearizable()
    {
        foreach (var slow in new[] { 0, 0.05, 0.1 })
        {
            var found = Explore.Seeds(Seeds.Count(60), seed => KeyValueStories.SlowClock(seed, slow));
            Assert.True(found.Violations.Count == 0, $"{slow}: {found}");
        }
    }

    [Fact]
    public void A_clock_far_beyond_the_bound_makes_them_stale_and_ReadIndex_does_not_care()
    {
        Assert.Contains(Enumerable.Range(0, 20), seed => IsStale(seed, ReadMode.Lease));
        Assert.DoesNotContain(Enumerable.Range(0, 20), seed => IsStale(seed, ReadMode.ReadIndex));
        Assert.Contains("from 0", Assert.Throws<ArgumentException>(() => KeyValueStories.SlowClock(1, 1.5)).Message);

        static bool IsStale(int seed, ReadMode reads) =>
            KeyValueStories.SlowClock(Schedule.Times((ulong)seed) with { Trace = TraceLimit.Off }, 0.4, reads).Violation is not null;
    }
}
