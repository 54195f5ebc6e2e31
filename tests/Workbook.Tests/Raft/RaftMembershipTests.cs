using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Tests.Raft;

/// <summary>Changes of the group (§6, dissertation §4), and the handing over of leadership (dissertation §3.10), one case at a time.</summary>
public sealed class RaftMembershipTests
{
    [Fact]
    public void Leadership_is_handed_over_to_a_server_that_has_all_entries()
    {
        var cluster = new RaftCluster(3, seed: 5).RunUntilLeader().Start("x=1");
        var (old, next) = (cluster.Leader!, cluster.Servers.First(server => server != cluster.Leader!.Self));

        Assert.True(old.TransferLeadership(next));
        Assert.False(old.Start("refused meanwhile").IsLeader);
        cluster.RunFor(0.1.Seconds());

        Assert.Equal((next, old.CurrentTerm), (cluster.Leader!.Self, cluster.Leader.CurrentTerm));
        Assert.Equal(2, cluster.Leader.CurrentTerm);
    }

    [Fact]
    public void A_server_joins_and_another_leaves_one_at_a_time()
    {
        var cluster = new RaftCluster(3, seed: 6).RunUntilLeader().Start("x=1").Add("s4");
        Assert.True(cluster.Leader!.ChangeServers(["s1", "s2", "s3", "s4"]));
        cluster.RunFor(0.5.Seconds());
        Assert.Equal("s1 s2 s3 s4", cluster["s4"].Configuration.ToString());

        var leader = cluster.Leader!.Self;
        Assert.True(cluster.Leader.ChangeServers(cluster.Servers.Where(server => server != leader)));
        cluster.RunFor(1.Seconds());

        Assert.NotEqual(leader, cluster.Leader!.Self);
        Assert.DoesNotContain(leader, cluster.Leader.Configuration.Servers);
    }

    [Fact]
    public void A_change_waits_until_an_entry_of_the_leader_s_own_term_is_committed()
    {
        // Figure 2 alone: a new leader begins without an entry of its own (raft-dev, 2015).
        var cluster = new RaftCluster(3, seed: 6, RaftRules.All with { NoOpAtTermStart = false }).RunUntilLeader().Add("s4");
        Assert.True(cluster.Leader!.ChangeServers(["s1", "s2", "s3", "s4"]));
        cluster.RunFor(0.5.Seconds());
        Assert.Equal("s1 s2 s3", cluster.Leader!.Configuration.ToString());

        cluster.Start("x=1").RunFor(0.5.Seconds());
        Assert.Equal("s1 s2 s3 s4", cluster.Leader!.Configuration.ToString());
    }

    [Fact]
    public void A_newcomer_that_never_answers_can_be_given_up()
    {
        var cluster = new RaftCluster(3, seed: 6).RunUntilLeader().Start("x=1").Add("s4").Add("s5").Crash("s4");
        Assert.True(cluster.Leader!.ChangeServers(["s1", "s2", "s3", "s4"]));
        cluster.RunFor(0.5.Seconds());
        Assert.Equal("s1 s2 s3", cluster.Leader!.Configuration.ToString());

        Assert.True(cluster.Leader!.ChangeServers(["s1", "s2", "s3", "s5"]));
        cluster.RunFor(0.5.Seconds());
        Assert.Equal("s1 s2 s3 s5", cluster.Leader!.Configuration.ToString());
    }

    [Fact]
    public void A_server_that_knows_that_it_was_taken_out_does_not_stand_for_election()
    {
        var cluster = new RaftCluster(3, seed: 6).RunUntilLeader().Start("x=1");
        var (old, term) = (cluster.Leader!, cluster.Leader!.CurrentTerm);
        old.ChangeServers(cluster.Servers.Where(server => server != old.Self));
        cluster.RunFor(50.Milliseconds()).Partition(old.Self).RunFor(5.Seconds());

        Assert.Equal((Role.Follower, term), (old.Role, old.CurrentTerm));
    }

    [Fact]
    public void A_stranger_does_not_depose_the_leader_of_a_group_of_one()
    {
        var cluster = new RaftCluster(2, seed: 6).RunUntilLeader().Start("x=1");
        var leader = cluster.Leader!;
        leader.ChangeServers([leader.Self]);
        cluster.RunFor(5.Seconds());

        Assert.True(cluster.Up.Single(server => server != leader).CurrentTerm > leader.CurrentTerm);
        Assert.Equal((leader, Role.Leader), (cluster.Leader!, leader.Role));
    }

    [Fact]
    public void Whoever_was_told_to_take_over_may_do_so_later_and_until_then_there_is_no_lease()
    {
        var cluster = new RaftCluster(3, seed: 5).RunUntilLeader().Start("x=1").RunFor(0.1.Seconds());
        var (leader, next) = (cluster.Leader!, cluster.Servers.First(server => server != cluster.Leader!.Self));
        Assert.True(leader.HasLease);

        // The message is lost here; late or doubled it might still come when the leader has long taken up its work again. The other's clock is slow, so that
        // it does not stand for election by itself meanwhile.
        cluster.Run[next].Clock.SetDrift(-0.9);
        cluster.Run.Network.Cut(leader.Self, next);
        leader.TransferLeadership(next);
        cluster.RunFor(0.31.Seconds());
        cluster.Run.Network.Mend(leader.Self, next);
        cluster.RunFor(0.1.Seconds());

        Assert.Equal(Role.Leader, leader.Role);
        Assert.True(leader.Start("x=2").IsLeader);
        Assert.False(leader.HasLease);
        bool? answer = null;
        leader.Read(ReadMode.Lease, mayRead => answer = mayRead);
        Assert.Null(answer);
        cluster.RunFor(20.Milliseconds());
        Assert.True(answer);
    }
}
