using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Tests.Raft;

/// <summary>The exercises of lectures 5 to 8 know right answers from wrong ones, and say why.</summary>
public sealed class RaftExerciseTests
{
    [Fact]
    public void Timing_for_a_slow_and_lossy_network_is_patient_random_and_not_too_patient()
    {
        var patient = new RaftOptions { HeartbeatInterval = 100.Milliseconds(), ElectionTimeoutMin = 1.Seconds(), ElectionTimeoutMax = 2.Seconds() };

        Assert.True(Exercise.CheckTiming(patient).IsRight, Exercise.CheckTiming(patient).Reason);
        Assert.Contains("run out of patience", Exercise.CheckTiming(new RaftOptions()).Reason, StringComparison.Ordinal);
        var slow = patient with { ElectionTimeoutMin = 8.Seconds(), ElectionTimeoutMax = 9.Seconds() };
        Assert.Contains("no leader after the crash, 5 s long", Exercise.CheckTiming(slow).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s2 s3", true, "s2 and s3, and nobody else.")]
    [InlineData("s3, s2", true, "nobody else")]
    [InlineData("s1 s2 s3", false, "s1 cannot win: only s1 would vote for it.")]
    [InlineData("s2", false, "s3 can win: s3 and s2 vote for it.")]
    public void Who_can_win_is_compared_with_an_election_of_each(string answer, bool isRight, string reason)
    {
        var result = Exercise.CheckWhoCanWin(["5 6 7", "5 8", "5 8"], answer);

        Assert.Equal(isRight, result.IsRight);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Logs_have_diverged_when_two_terms_stand_at_one_index()
    {
        var cluster = new RaftCluster(3, seed: 4, RaftRules.All with { NoOpAtTermStart = false }).RunUntilLeader();
        Assert.Contains("it is of the same term", Exercise.CheckDiverged(cluster).Reason, StringComparison.Ordinal);

        var old = cluster.Leader!;
        cluster.Partition(old.Self);
        old.Start("reaches nobody");
        cluster.RunFor(1.Seconds()).Start("another");
        Assert.Equal(
            $"At index 1 the logs have entries of terms {old.CurrentTerm} and {cluster.Leader!.CurrentTerm}. Neither can be committed yet.",
            Exercise.CheckDiverged(cluster).Reason);
    }

    [Theory]
    [InlineData(1, nameof(RaftRules.PersistLog))]
    [InlineData(2, nameof(RaftRules.JointConsensus))]
    public void Each_mystery_goes_wrong_and_has_one_answer(int number, string answer)
    {
        Assert.Contains(Enumerable.Range(0, 60), seed =>
            RaftMysteries.Run(number, Schedule.Times((ulong)seed) with { Trace = TraceLimit.Off }).Violation is not null);
        Assert.True(RaftMysteries.Check(number, answer).IsRight);
        Assert.Contains("go wrong in another way", RaftMysteries.Check(number, nameof(RaftRules.ElectionRestriction)).Reason, StringComparison.Ordinal);
        Assert.Contains("has no rule “Luck”", RaftMysteries.Check(number, "Luck").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_third_mystery() =>
        Assert.Equal("There is no mystery 3; there are 2.", Assert.Throws<ArgumentException>(() => RaftMysteries.Check(3, "PersistLog")).Message);
}
