using Workbook.Labs;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Tests.Labs;

/// <summary>What is shown of a failure: as little as still leads to it, and nothing that a right Raft would fail, too.</summary>
public sealed class ShrinkingTests
{
    private static readonly RaftOptions NoLog = RaftOptions.Lab with { Rules = RaftOptions.Lab.Rules with { PersistLog = false } };

    [Fact]
    public void A_failing_run_is_shown_without_the_steps_it_does_not_need()
    {
        var outcome = Lab2.C.Test("TestFigure8", servers => new RaftServer(servers, NoLog)).Explore(20).Outcomes[0];
        Assert.False(outcome.Passed);
        var whole = Lab2.TestFigure8(outcome.Smallest!.Seed, servers => new RaftServer(servers, NoLog));
        Assert.False(whole.Passed);
        Assert.InRange(outcome.Smallest.Scene.Faults.Count, 1, whole.Scene.Faults.Count - 1);
        Assert.All(outcome.Smallest.Scene.Faults, step => Assert.IsType<LabStep>(step));
    }

    [Fact]
    public void A_step_that_a_right_Raft_needs_is_not_left_out()
    {
        // Nobody ever catches up: it fails once servers come back. Without “connect” every Raft would.
        var failing = Enumerable.Range(0, 30).Select(seed => Lab2.TestRejoin((ulong)seed, servers => new Deaf(servers)))
            .First(one => !one.Passed && one.Scene.Faults.OfType<LabStep>().Any(step => step.What.StartsWith("connect", StringComparison.Ordinal)));
        var run = failing.Shrunk();
        Assert.False(run.Passed);
        var steps = run.Scene.Faults.OfType<LabStep>().Select(step => step.What.Split(' ')[0]).ToList();
        Assert.Equal(steps.Count(step => step == "disconnect"), steps.Count(step => step == "connect"));
    }

    [Fact]
    public void A_run_repeats_itself_to_the_last_event()
    {
        var (one, other) = (Lab2.TestUnreliableChurn(5), Lab2.TestUnreliableChurn(5));
        Assert.Equal(one.Scene.Run.Trace.Hash, other.Scene.Run.Trace.Hash);
        Assert.NotEqual(one.Scene.Run.Trace.Hash, Lab2.TestUnreliableChurn(6).Scene.Run.Trace.Hash);
    }

    [Fact]
    public void The_same_run_with_its_trace_and_without_it_is_the_same()
    {
        var test = Lab2.C.Test("TestUnreliableChurn");
        Assert.Equal(test.Run(new BenchSetting(7)).Scene.Run.Events, test.Run(7).Scene.Run.Events);
    }

    [Fact]
    public void The_line_that_repeats_a_run_has_the_servers_as_they_were_written()
    {
        var report = Lab2.A.Run(servers => new Silent(), seeds: 1);
        Assert.Contains("Repeat: Lab2.TestReElection(0, servers => new Silent())", report.ToString());
        Assert.Equal("Lab2.TestCount(3)", Lab2.B.Test("TestCount").Repeat(3));
    }

    [Fact]
    public void A_failure_is_drawn_up_to_its_last_moment()
    {
        var report = Lab2.A.Run(servers => new Silent(), seeds: 1);
        Assert.Equal(3, System.Text.RegularExpressions.Regex.Count(report.ToMimeBundle().Html, "<details"));
        var run = Lab2.C.Test("TestPersist1", servers => new Forgetful(servers)).Explore(5).Outcomes[0].Smallest!;
        Assert.Contains("<svg", run.ToMimeBundle().Html);
        Assert.Contains("s2: leader", run.SpaceTime().ToText());
    }

    [Fact]
    public void A_test_that_is_not_there_is_told_with_those_that_are() =>
        Assert.Contains("Lab 2A has no TestBasicAgree; it has TestInitialElection, TestReElection, TestManyElections.", Assert.Throws<ArgumentException>(() => Lab2.A.Test("TestBasicAgree")).Message);

    /// <summary>Takes no entries once it has refused some.</summary>
    private sealed class Deaf(IReadOnlyList<NodeId> servers) : SmallRaft(servers)
    {
        private bool _isDeaf;

        protected override void Receive(Message message, Sender from)
        {
            _isDeaf |= message is AppendEntries { PrevLogIndex: > 1 };
            if (!_isDeaf || message is not AppendEntries { Entries.Count: > 0 }) base.Receive(message, from);
        }
    }
}
