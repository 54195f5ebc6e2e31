using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Tests.Raft;

/// <summary>One rule of Figure 2 at a time: a server on a simulated node, and a stranger who speaks its protocol.</summary>
public sealed class RaftServerTests
{
    private static readonly NodeId S1 = "s1";

    private readonly Simulation _run = new(seed: 1);
    private readonly Prompter _prompter = new();

    [Fact]
    public void A_vote_is_refused_in_an_old_term_and_the_reply_says_the_new_one() =>
        Assert.Equal(new RequestVoteReply(5, false), Ask("1", term: 5, new RequestVote(4, "s2", 9, 4)));

    [Fact]
    public void A_second_candidate_gets_no_vote_in_the_same_term()
    {
        Assert.Equal(new RequestVoteReply(6, true), Ask("1", term: 5, new RequestVote(6, "s2", 1, 1)));
        Assert.Equal(new RequestVoteReply(6, false), Ask(new RequestVote(6, "s3", 1, 1)));
        Assert.Equal(new RequestVoteReply(6, true), Ask(new RequestVote(6, "s2", 1, 1)));
    }

    [Theory]
    [InlineData(2, 1, false)] // An older last term, however long (§5.4.1).
    [InlineData(9, 2, false)]
    [InlineData(2, 3, false)] // The same last term, and shorter.
    [InlineData(3, 3, true)]
    [InlineData(1, 4, true)]
    public void A_vote_is_only_for_a_log_that_is_at_least_as_up_to_date(long index, long term, bool granted) =>
        Assert.Equal(new RequestVoteReply(9, granted), Ask("1 3 3", term: 8, new RequestVote(9, "s2", index, term)));

    [Fact]
    public void A_vote_outlasts_a_crash()
    {
        Ask("1", term: 5, new RequestVote(6, "s2", 1, 1));
        _run.Crash(S1).Restart(S1);

        Assert.Equal(new RequestVoteReply(6, false), Ask(new RequestVote(6, "s3", 1, 1)));
    }

    [Fact]
    public void Entries_are_refused_where_the_one_before_them_is_missing()
    {
        var reply = (AppendEntriesReply)Ask("4 5 5", term: 6, Append(6, previous: 5, previousTerm: 6));
        Assert.Equal((false, 0L, 3L), (reply.Success, reply.XTerm, reply.XLen));

        reply = (AppendEntriesReply)Ask(Append(6, previous: 3, previousTerm: 6));
        Assert.Equal((false, 5L, 2L), (reply.Success, reply.XTerm, reply.XIndex));
    }

    [Fact]
    public void A_conflicting_entry_goes_with_all_that_follow_it()
    {
        var reply = (AppendEntriesReply)Ask("4 5 5", term: 6, Append(6, previous: 1, previousTerm: 4, new LogEntry(6, "a")));

        Assert.Equal((true, 2L), (reply.Success, reply.MatchIndex));
        Assert.Equal("4 6", Server.Log.ToString());
    }

    [Fact]
    public void A_late_shorter_AppendEntries_takes_nothing_away()
    {
        Ask("4", term: 6, Append(6, previous: 1, previousTerm: 4, new LogEntry(6, "a"), new LogEntry(6, "b")));
        Ask(Append(6, previous: 1, previousTerm: 4, new LogEntry(6, "a")));

        Assert.Equal("4 6 6", Server.Log.ToString());
    }

    [Fact]
    public void The_commit_index_goes_no_further_than_the_last_new_entry()
    {
        Ask("4 5 5", term: 6, Append(6, previous: 1, previousTerm: 4) with { LeaderCommit = 3 });

        Assert.Equal(1, Server.CommitIndex);
    }

    [Fact]
    public void What_is_acknowledged_is_on_the_disk()
    {
        Ask("4", term: 6, Append(6, previous: 1, previousTerm: 4, new LogEntry(6, "a")));
        _run.Crash(S1).Restart(S1);

        Assert.Equal("4 6", Server.Log.ToString());
    }

    [Fact]
    public void A_torn_write_at_the_end_of_the_journal_is_left_out_and_the_next_one_is_found()
    {
        Ask("4", term: 6, Append(6, previous: 1, previousTerm: 4, new LogEntry(6, "a")));
        _run[S1].Disk.Append("raft", [1, 2, 3]);
        _run[S1].Disk.Flush();
        _run.Crash(S1).Restart(S1);
        Ask(Append(6, previous: 2, previousTerm: 6, new LogEntry(6, "b")));
        _run.Crash(S1).Restart(S1);

        Assert.Equal(["c1.4", "a", "b"], Server.Log.Entries.Select(entry => entry.Command));
    }

    [Fact]
    public void A_snapshot_of_what_is_not_applied_yet_is_refused()
    {
        Boot("4 5", term: 5);

        var exception = Assert.Throws<ArgumentException>(() => Server.Snapshot(2, "state"));

        Assert.Equal("s1 has applied entries up to 0 only; a snapshot up to 2 cannot stand for them.", exception.Message);
    }

    [Fact]
    public void A_log_that_is_no_list_of_terms_is_refused_with_an_example()
    {
        var exception = Assert.Throws<ArgumentException>(() => RaftCluster.WithLogs(["3 x"]));

        Assert.Equal("“x” in the log “3 x” is no term; write a log as its terms: 3 3 5.", exception.Message);
    }

    private RaftServer Server => (RaftServer)_run.Process<Replica>(S1).Raft;

    private static AppendEntries Append(long term, long previous, long previousTerm, params LogEntry[] entries) =>
        new(term, "s2", previous, previousTerm, entries, LeaderCommit: 0);

    private Message Ask(string log, long term, Message request)
    {
        Boot(log, term);
        return Ask(request);
    }

    private void Boot(string log, long term)
    {
        var entries = new RaftLog();
        foreach (var word in log.Split(' ')) entries.Append(new LogEntry(long.Parse(word), $"c{entries.LastIndex + 1}.{word}"));
        var options = new RaftOptions
        {
            ElectionTimeoutMin = 100.Seconds(),
            ElectionTimeoutMax = 200.Seconds(),
            Rules = RaftRules.All with { DenyVotesWhileLeaderIsHeard = false },
        };
        _run.Add("s2", () => _prompter);
        _run.Add("s3", () => new Prompter());
        _run.Add(S1, () => new Replica(new RaftServer(["s1", "s2", "s3"], options, new RaftState(term, null, entries)), new CommandList()));
    }

    private Message Ask(Message request)
    {
        _prompter.Heard = null;
        _prompter.Say(S1, request);
        Assert.True(_run.RunUntil(() => _prompter.Heard is not null, 1.Seconds()));
        return _prompter.Heard!;
    }

    private sealed class Prompter : Process
    {
        public Message? Heard { get; set; }

        public void Say(NodeId to, Message message) => Send(to, message);

        protected override void Receive(Message message, Sender from) => Heard = message;
    }
}
