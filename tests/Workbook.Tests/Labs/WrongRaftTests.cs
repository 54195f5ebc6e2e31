using System.Text.RegularExpressions;
using Workbook.Labs;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Tests.Labs;

/// <summary>
/// What readers' Rafts do: each ends its test with a sentence that says what was seen, on which server and when, and the other tests still run.
/// </summary>
public sealed class WrongRaftTests
{
    private static readonly BenchSetting Whole = new(1) { Trace = TraceLimit.Whole };

    [Fact]
    public void One_that_throws_is_quoted_with_server_time_and_method()
    {
        var run = Elect(_ => throw new KeyNotFoundException("no s4 here"));
        Assert.Matches(@"^At 0\.\d{3} s: s\d threw a KeyNotFoundException in \w+: no s4 here\.$", run.Sentence);
        Assert.False(run.Passed);
    }

    [Fact]
    public void One_that_throws_in_its_async_code_is_quoted_too() =>
        Assert.Contains("threw a FormatException", Elect(peer => peer.Begin(async () =>
        {
            await peer.Rest(1.Milliseconds());
            throw new FormatException("later");
        })).Sentence);

    [Fact]
    public void One_that_throws_in_its_constructor_is_quoted() =>
        Assert.Contains("At 0.000 s: s1 threw a NotSupportedException", Play("TestInitialElection", _ => throw new NotSupportedException("not written yet")).Sentence);

    [Fact]
    public void One_that_is_made_of_nothing_is_told() =>
        Assert.Contains("the function that makes them returned null", Play("TestInitialElection", _ => null!).Sentence);

    [Fact]
    public void One_that_never_answers_has_no_leader() => Assert.Equal(
        "none of s1, s2 and s3 has led for 5 s, although they are all connected (s1 in term 0, s2 in term 0, s3 in term 0).",
        After(Play("TestInitialElection", _ => new Silent()).Sentence));

    [Fact]
    public void One_that_loops_without_awaiting_is_given_up()
    {
        var run = Stand(_ =>
        {
            while (true)
            {
            }
        });
        Assert.Matches(@"^At 0\.\d{3} s: s\d has not come back from its own code for 0\.3 s of real time", run.Sentence);
    }

    [Fact]
    public void One_that_blocks_its_thread_is_given_up() =>
        Assert.Contains("has not come back", Stand(peer => peer.Ask<RequestVoteReply>("s1", new RequestVote(0, "s1", 0, 0)).Wait()).Sentence);

    [Fact]
    public void One_that_loops_after_an_await_is_left_behind()
    {
        var stop = false;
        var run = Stand(peer => peer.Begin(async () =>
        {
            await peer.Rest(1.Milliseconds());
            while (!Volatile.Read(ref stop))
            {
            }
        }));
        Volatile.Write(ref stop, true);
        Assert.Contains("has not come back", run.Sentence);
    }

    [Fact]
    public void One_that_sleeps_for_no_time_again_and_again_is_stopped() =>
        Assert.Contains("more than 500,000 events in one second", Elect(peer => peer.Begin(async () =>
        {
            while (true) await peer.Rest(TimeSpan.Zero);
        })).Sentence);

    [Fact]
    public void One_that_sends_without_end_is_stopped() =>
        Assert.Contains("sends more than 100,000 messages at one moment", Elect(peer =>
        {
            while (true) peer.SendTo("s1", new TimeoutNow(1));
        }).Sentence);

    [Fact]
    public void One_that_answers_each_message_with_two_is_stopped() =>
        Assert.Contains("events in one second of virtual time", Elect((peer, message, from) =>
        {
            peer.SendTo(from.Node, message);
            peer.SendTo(from.Node, message);
        }).Sentence);

    [Fact]
    public void One_that_waits_for_real_time_is_told_what_to_use() =>
        Assert.Contains("use Sleep, After, Call and Spawn, not Task.Delay", Elect(peer => peer.Begin(async () =>
        {
            // The run, which takes no real time, must not be over before the other thread has begun.
            var sent = Task.Run(() => peer.SendTo("s1", new TimeoutNow(1)));
            ((IAsyncResult)sent).AsyncWaitHandle.WaitOne();
            await sent;
        })).Sentence);

    [Fact]
    public void One_that_sends_what_is_no_message_of_Raft_is_told() =>
        Assert.Contains("sent Postcard(text hello), which no peer receives: derive Postcard from RaftMessage", Elect((peer, _, from) => peer.SendTo(from.Node, new Postcard("hello"))).Sentence);

    [Fact]
    public void One_that_sends_to_nobody_is_told_who_there_is() =>
        Assert.Contains("There is no node s9 in this run; there are s1, s2, s3", Elect(peer => peer.SendTo("s9", new TimeoutNow(1))).Sentence);

    [Fact]
    public void One_that_changes_a_message_it_has_sent_is_told() =>
        Assert.Equal(
            "the AppendEntries from s1 to s2 was changed after it was sent. A message is handed over as it is: put a copy of a list into it ([.. list]), and change none that you were given.",
            After(Play("TestInitialElection", servers => new Sharing(servers)).Sentence));

    [Fact]
    public void One_that_applies_twice_is_told() =>
        Assert.Matches(@"s\d applied index 1 \(“\w+”\) after it had applied everything up to 1: each index comes once\.", Agree(peer => peer.ApplyAt(1, "100")).Sentence);

    [Fact]
    public void One_that_leaves_an_index_out_is_told() =>
        Assert.Matches(@"s\d applied index 7 \(“100”\) right after index \d: indices come one after the other, from 1\.", Agree(peer => peer.ApplyAt(7, "100")).Sentence);

    [Fact]
    public void One_that_applies_what_nobody_asked_for_is_told() =>
        Assert.Matches(@"s\d applied “rubbish” at index 1, which nobody has asked for\.", Agree(peer => peer.ApplyAt(1, "rubbish")).Sentence);

    [Fact]
    public void One_that_lets_all_lead_is_told() =>
        Assert.Matches(@"s\d says that it leads term 1, which s\d has led already: a term has one leader at the most\.", Play("TestInitialElection", _ => new Anarchist()).Sentence);

    [Fact]
    public void One_that_commits_before_a_majority_has_it_is_told() =>
        Assert.Contains("although no majority was connected", Play("TestFollowerFailure", servers => new Hasty(servers)).Sentence);

    [Fact]
    public void One_that_forgets_is_told_what_was_lost() =>
        Assert.False(Lab2.C.Test("TestPersist1", servers => new Forgetful(servers)).Explore(5).Passed);

    [Fact]
    public void One_that_takes_no_snapshots_is_told_what_to_override() =>
        Assert.Contains("takes no snapshots: override Snapshot(index, state), lab 2D", Play("TestSnapshotBasic", servers => new Hasty(servers)).Sentence);

    [Fact]
    public void One_that_goes_another_way_from_the_same_seed_is_told()
    {
        var sentence = Lab2.A.Test("TestInitialElection", servers => new Erratic(servers)).Explore(1).Outcomes[0].Smallest!.Sentence!;
        Assert.Contains("played again from the same seed", sentence);
    }

    [Fact]
    public void The_other_tests_still_run_when_one_is_given_up()
    {
        var report = Lab2.A.Run(servers => new Spoiled(servers, (_, _, _) =>
        {
            while (servers.Count == 7)
            {
            }
        }), seeds: 2);
        Assert.Equal([true, true, false], report.Outcomes.Select(outcome => outcome.Passed));
        Assert.Contains("Repeat: Lab2.TestManyElections(0, servers => new Spoiled", report.ToString());
    }

    private static LabRun Elect(Action<Spoiled> before) => Elect((peer, _, _) => before(peer));

    private static LabRun Stand(Action<Spoiled> before) =>
        Play("TestInitialElection", servers => new Spoiled(servers, (peer, _, _) => before(peer)), TimeSpan.FromSeconds(0.3));

    private static LabRun Elect(Action<Spoiled, Message, Sender> before) => Play("TestInitialElection", servers => new Spoiled(servers, before));

    /// <summary>Something happens once the first command has been applied.</summary>
    private static LabRun Agree(Action<Spoiled> then) =>
        Play("TestBasicAgree", servers => new Spoiled(servers, (peer, message, _) =>
        {
            if (message is AppendEntries { LeaderCommit: > 0 }) then(peer);
        }));

    private static LabRun Play(string test, Func<IReadOnlyList<NodeId>, RaftPeer> make, TimeSpan? patience = null) =>
        new[] { Lab2.A, Lab2.B, Lab2.C, Lab2.D }.Single(part => part.Tests.Contains(test)).Test(test, make)
            .Run(Whole with { Patience = patience ?? Whole.Patience });

    private static string After(string? sentence) => Regex.Replace(sentence ?? "", @"^At \d+\.\d{3} s: ", "");
}
