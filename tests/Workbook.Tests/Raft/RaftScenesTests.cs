using Workbook.Check;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Tests.Raft;

/// <summary>Scenes of lectures 5 and 7 (scenes.md §5, 7), with the outcome that the notes state.</summary>
public sealed class RaftScenesTests
{
    [Fact]
    public void Chaos_breaks_nothing_and_meets_everything()
    {
        var explored = Explore.Seeds(Seeds.Count(500), seed => RaftScenes.Chaos(seed, RaftRules.All));

        Assert.True(explored.Violations.Count == 0, explored.ToString());
        Assert.Empty(explored.NeverMet);
    }

    [Fact]
    public void A_group_changes_its_servers_under_partitions_and_goes_on()
    {
        var explored = Explore.Seeds(Seeds.Count(300), seed => RaftScenes.ChangingGroup(seed, RaftRules.All));

        Assert.True(explored.Violations.Count == 0, explored.ToString());
        Assert.Empty(explored.NeverMet);
    }

    [Fact]
    public void Everything_that_can_happen_to_a_group_happens_and_nothing_breaks()
    {
        var explored = Explore.Seeds(Seeds.Count(200), seed => RaftScenes.Upheaval(seed));

        Assert.True(explored.Violations.Count == 0, explored.ToString());
        Assert.Empty(explored.NeverMet);
    }

    [Fact]
    public void Unlikely_orders_break_nothing_either()
    {
        var chaos = Explore.Priorities(Seeds.Count(50), schedule => RaftScenes.Chaos(schedule));
        var changes = Explore.Priorities(Seeds.Count(100), schedule => RaftScenes.ChangingGroup(schedule));

        Assert.True(chaos.Violations.Count == 0, chaos.ToString());
        Assert.True(changes.Violations.Count == 0, changes.ToString());
        Assert.Empty(chaos.NeverMet.Concat(changes.NeverMet));
    }

    [Fact]
    public void No_order_of_two_elections_has_two_winners_unless_a_voter_forgets_its_vote()
    {
        var bounds = new Bounds { Independent = ["s1", "s2", "s3"] };

        // All orders are some hundred thousand; WORKBOOK_SEEDS=1000000 tries each of them.
        var keeps = Explore.Everything(order => RaftScenes.TwoCandidates(order), bounds, Seeds.Count(1500));
        var forgets = Explore.Everything(
            order => RaftScenes.TwoCandidates(order, RaftRules.All with { PersistVote = false }, voterCrashes: true), bounds, runs: 1000);

        Assert.True(keeps.Violations.Count == 0, keeps.ToString());
        Assert.Empty(keeps.NeverMet);
        Assert.StartsWith("Election Safety: s1 and s2 both lead term 1.", forgets.Smallest?.Violation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_leader_is_elected_and_when_it_crashes_another_one_in_a_later_term()
    {
        var cluster = new RaftCluster(5, seed: 2).RunUntilLeader();
        var (old, term) = (cluster.Leader!.Self, cluster.Leader.CurrentTerm);
        cluster.Crash(old).RunUntilLeader();

        Assert.NotEqual(old, cluster.Leader!.Self);
        Assert.True(cluster.Leader.CurrentTerm > term);
        var next = cluster.Leader.Self;
        cluster.Restart(old).RunFor(1.Seconds());
        Assert.Equal((next, Role.Follower), (cluster.Leader!.Self, cluster[old].Role));
    }

    [Fact]
    public void Votes_are_split_and_a_later_election_has_a_winner()
    {
        var cluster = new RaftCluster(4, seed: 1);
        cluster.Crash("s4").Stand("s1").Stand("s2").Stand("s3").RunFor(20.Milliseconds());
        Assert.All(cluster.Up, server => Assert.Equal((Role.Candidate, server.Self), (server.Role, server.VotedFor)));
        Assert.Null(cluster.Leader);

        cluster.Restart("s4").RunUntilLeader();
        Assert.True(cluster.Leader!.CurrentTerm > 1);
    }

    [Fact]
    public void Pre_vote_lets_a_server_come_back_without_deposing_the_leader()
    {
        var with = Explore.Seeds(Seeds.Count(200), seed => RaftScenes.ReturningServer(seed, preVote: true));
        var without = Enumerable.Range(0, 50).Count(seed => RaftScenes.ReturningServer(Quick(seed), preVote: false).Violation is not null);

        Assert.True(with.Violations.Count == 0, with.ToString());
        Assert.Empty(with.NeverMet);
        Assert.Equal(50, without);
    }

    [Theory]
    [InlineData('a', true, "a b e f")]
    [InlineData('b', false, "b f")]
    [InlineData('c', true, "a b c e f")]
    [InlineData('d', true, "a b c d e f")]
    [InlineData('e', false, "b e f")] // The notes list b and f, and leave out e's own vote.
    [InlineData('f', false, "f")]
    public void Figure_7_a_c_and_d_can_win_b_e_and_f_cannot(char candidate, bool wins, string votes) =>
        Assert.Equal((wins, votes), RaftStories.Figure7(candidate));

    [Fact]
    public void The_logs_of_lecture_7_all_become_those_of_the_leader_of_term_6()
    {
        var cluster = RaftStories.Elect(["3", "3 3 4", "3 3 5"], "s3", term: 5);

        Assert.Equal(("s3", 6L), (cluster.Leader!.Self.Name, cluster.Leader.CurrentTerm));
        Assert.All(cluster.Up, server => Assert.Equal("3 3 5", server.Log.ToString()));
    }

    [Theory]
    [InlineData("s1", false)]
    [InlineData("s2", true)]
    [InlineData("s3", true)]
    public void The_longest_log_is_not_enough_only_S2_or_S3_can_lead(string candidate, bool wins)
    {
        var cluster = RaftStories.Elect(["5 6 7", "5 8", "5 8"], candidate, term: 8);

        Assert.Equal(wins, cluster[candidate].Role == Role.Leader);
        if (wins) Assert.Equal("5 8", cluster["s1"].Log.ToString());
    }

    [Theory]
    [InlineData("4 5 5", "4 6 6 6", 3, 4)] // Case 1: the leader does not have the follower's term.
    [InlineData("4 4 4", "4 6 6 6", 3, 4)] // Case 2: it has.
    [InlineData("4", "4 6 6 6", 2, 4)] // Case 3: the log is too short.
    [InlineData("4 5 5 5 5 5 5 5", "4 6 6 6 6 6 6 6", 2, 8)] // What it is for: a long wrong log.
    public void Roll_back_takes_fewer_RPCs_when_the_follower_says_where_its_log_parts(string follower, string leader, int fast, int slow)
    {
        Assert.Equal(fast, RaftStories.RollBack(follower, leader));
        Assert.Equal(slow, RaftStories.RollBack(follower, leader, fast: false));
    }

    [Fact]
    public void Figure_8_d_with_the_rule_an_old_entry_is_overwritten_that_nobody_took_for_committed()
    {
        var run = RaftStories.Figure8();

        Assert.Null(run.Violation);
        Assert.Equal(["s5 is elected; s2 has “1 3”"], run.Met);
    }

    [Fact]
    public void Figure_8_d_without_the_rule_a_committed_entry_is_lost() =>
        Assert.StartsWith("Leader Completeness: c2.2 (term 2) was committed at index 2 in term 4, and s5", RaftStories.Figure8(commitOnlyOwnTerm: false).Violation, StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Figure_8_e_once_its_own_entry_is_on_a_majority_s5_cannot_win(bool rule)
    {
        var run = RaftStories.Figure8(rule, ownEntryReachesMajority: true);

        Assert.Null(run.Violation);
        Assert.Equal(["s5 is not elected; s2 has “1 2 4”"], run.Met);
    }

    [Fact]
    public void A_lagging_follower_is_brought_up_by_InstallSnapshot_and_logs_stay_short()
    {
        var cluster = RaftStories.LaggingFollower();

        Assert.Contains(cluster.Run.Trace.Records, record => record is { Kind: TraceKind.Delivered, Message: InstallSnapshot });
        Assert.All(cluster.Up, server => Assert.True(server.Log.Entries.Count <= 12, $"{server} has a log of {server.Log.Entries.Count} entries"));
        var commands = cluster.Servers.Select(server => ((CommandList)cluster.Run.Process<Replica>(server).Service).Commands).ToList();
        Assert.All(commands, list => Assert.Equal(Enumerable.Range(1, 35).Select(number => $"c{number}"), list));
    }

    [Fact]
    public void All_crash_and_come_back_from_disk_with_what_was_committed()
    {
        var cluster = new RaftCluster(3, seed: 4).RunUntilLeader().Start("x=1").Start("x=2").RunFor(0.5.Seconds());
        foreach (var server in cluster.Servers) cluster.Crash(server);
        cluster.RunFor(1.Seconds());
        foreach (var server in cluster.Servers) cluster.Restart(server);
        cluster.RunFor(1.Seconds());

        Assert.All(cluster.Servers, server =>
            Assert.Equal(["x=1", "x=2"], ((CommandList)cluster.Run.Process<Replica>(server).Service).Commands));
    }

    [Fact]
    public void A_minority_elects_nobody_and_commits_nothing()
    {
        var cluster = new RaftCluster(5, seed: 3).RunUntilLeader();
        var (old, before) = (cluster.Leader!, cluster.Leader!.CommitIndex);
        cluster.Partition(old.Self, cluster.Servers.First(server => server != old.Self));
        old.Start("lost");
        cluster.RunFor(3.Seconds());

        Assert.Equal(before, old.CommitIndex);
        Assert.NotEqual(old.Self, cluster.Leader!.Self);
        cluster.Start("kept").Heal().RunFor(1.Seconds());
        Assert.Equal(Role.Follower, old.Role);
        Assert.DoesNotContain(old.Log.Entries, entry => entry.Command == "lost");
    }

    [Theory]
    [InlineData(150, 155)]
    [InlineData(12, 24)]
    public void Figure_16_more_randomness_means_shorter_times_without_a_leader(int min, int max)
    {
        var narrow = ElectionTimes.Measure(min.Milliseconds(), (min + 1).Milliseconds(), 30, ElectionTimes.SomeJitter);
        var wide = ElectionTimes.Measure(min.Milliseconds(), (2 * max).Milliseconds(), 30, ElectionTimes.SomeJitter);

        Assert.True(wide.Worst < narrow.Worst, $"{wide}; {narrow}");
    }

    [Fact]
    public void Figure_16_is_met_where_the_jitter_is_some_milliseconds_and_missed_where_there_is_none()
    {
        var some = ElectionTimes.Measure(150.Milliseconds(), 155.Milliseconds(), 120, ElectionTimes.SomeJitter);
        var none = ElectionTimes.Measure(150.Milliseconds(), 155.Milliseconds(), 120, ElectionTimes.NarrowJitter);
        var fast = ElectionTimes.Measure(12.Milliseconds(), 24.Milliseconds(), 120, ElectionTimes.SomeJitter);

        Assert.InRange(some.Median.TotalMilliseconds, 200, 375); // 287 in the paper.
        Assert.InRange(fast.Mean.TotalMilliseconds, 30, 42); // 35 in the paper.
        Assert.True(none.Median > 2 * some.Median, $"{none}; {some}");
    }

    /// <summary>A run that is counted and never drawn.</summary>
    private static Schedule Quick(int seed) => Schedule.Times((ulong)seed) with { Trace = TraceLimit.Off };
}
