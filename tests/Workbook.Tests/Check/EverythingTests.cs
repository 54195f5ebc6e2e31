using Workbook.Check;
using Workbook.Sim;
using Workbook.Tests.Sim;

namespace Workbook.Tests.Check;

public sealed class EverythingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 6)]
    [InlineData(6, 720)]
    public void So_many_writers_of_one_register_have_their_factorial_of_orders(int writers, int orders)
    {
        var finals = new List<string>();
        var all = Explore.Everything(schedule => SmallScenes.Writers(schedule, writers, finals));
        Assert.True(all.IsComplete);
        Assert.Equal((orders, orders), (all.Runs, finals.Distinct().Count()));
        Assert.Equal($"Nothing went wrong in {orders} orders, which are all there are.", all.ToString());
    }

    /// <summary>Each question arrives and each answer does: two chains of 2q events, which are shuffled in (4q over 2q) ways.</summary>
    [Theory]
    [InlineData(1, 6)]
    [InlineData(2, 70)]
    [InlineData(3, 924)]
    public void Two_clients_of_one_server_are_shuffled_in_every_way(int questions, int orders) =>
        Assert.Equal(orders, Explore.Everything(schedule => SmallScenes.Clients(schedule, questions)).Runs);

    /// <summary>Only the server sees who came first: (2q over q) ways, and each of them is met.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 6)]
    [InlineData(3, 20)]
    [InlineData(4, 70)]
    public void The_order_of_events_at_independent_nodes_is_not_told_apart(int questions, int orders)
    {
        var (plain, reduced) = (new List<string>(), new List<string>());
        var bounds = new Bounds { Independent = ["server", "a", "b"] };
        var found = Explore.Everything(schedule => SmallScenes.Clients(schedule, questions, reduced), bounds);
        Assert.True(found.IsComplete);
        Assert.Equal(orders, found.Runs);
        if (questions <= 3) Explore.Everything(schedule => SmallScenes.Clients(schedule, questions, plain));
        var whole = reduced.Where(order => order.Length == 2 * questions).ToHashSet();
        Assert.Equal(orders, whole.Count);
        if (questions <= 3) Assert.Equal(whole, plain.ToHashSet());
    }

    [Fact]
    public void A_lost_update_happens_in_all_orders_but_the_two_in_which_one_client_comes_first()
    {
        var all = Explore.Everything(schedule => SmallScenes.Counter(schedule));
        Assert.Equal((20, 18, true), (all.Runs, all.Violations.Count, all.IsComplete));
        Assert.Equal(2, all.Met["somebody read a 1"]);
        Assert.Equal(
            """
            Wrong in 18 of 20 orders, which are all there are. “both additions count” did not come true in 1s without faults (at 1.000000s).
            Smallest: 6 events, with no fault.
            Repeat: SmallScenes.Counter("0")
            """,
            all.ToString());
    }

    [Fact]
    public void Every_order_that_was_found_is_repeated_by_its_text()
    {
        var all = Explore.Everything(SmallScenes.Counter);
        foreach (var finding in all.Violations)
        {
            var again = SmallScenes.Counter(finding.Schedule.ToString());
            Assert.Equal(finding.Violation, again.Violation);
            Assert.Equal(finding.Schedule.ToString(), again.Run.Schedule.ToString());
        }

        Assert.Equal(18, all.Violations.Select(finding => finding.Schedule.ToString()).Distinct().Count());
        Assert.StartsWith("SmallScenes.Counter(\"", all.Repeat);
    }

    /// <summary>Both arrive, in 2 orders; one of the two is lost, in 2 ways; both are.</summary>
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 4)]
    [InlineData(2, 5)]
    public void Any_message_may_be_lost_up_to_the_bound(int losses, int runs) =>
        Assert.Equal(runs, Explore.Everything(schedule => SmallScenes.Writers(schedule, 2), new Bounds { Losses = losses }).Runs);

    [Fact]
    public void A_node_may_crash_before_any_event_and_boot_after_any()
    {
        var finals = new List<string>();
        var bounds = new Bounds { Crashes = 1, Crashing = ["register"] };
        var all = Explore.Everything(schedule => SmallScenes.Writers(schedule, 1, finals), bounds);
        Assert.Equal(["", "1", "1"], finals.Order());
        Assert.Equal((3, true), (all.Runs, all.IsComplete));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(20, 3)]
    public void Time_runs_ahead_of_what_is_under_way_as_far_as_the_slack_allows(int slack, int orders)
    {
        var bounds = new Bounds { Slack = slack.Milliseconds() };
        var found = Explore.Everything(
            schedule => SceneRun.Play(schedule, null, run =>
            {
                run.Add("b", () => new PongServer());
                run.Add("a", () => new Script(me =>
                {
                    me.After(10.Milliseconds(), () => { });
                    me.Send("b", new Ping(1));
                    return Task.CompletedTask;
                }));
                run.RunFor(1.Seconds());
            }),
            bounds);
        Assert.Equal(orders, found.Runs);
    }

    [Fact]
    public void A_link_that_keeps_order_lets_no_message_overtake()
    {
        foreach (var (inOrder, orders) in new[] { (false, 6), (true, 1) })
        {
            var found = Explore.Everything(schedule => SceneRun.Play(schedule, new NetworkOptions { InOrder = inOrder }, run =>
            {
                run.Add("b", () => new Script(_ => Task.CompletedTask));
                run.Add("a", () => new Script(me =>
                {
                    for (var number = 0; number < 3; number++) me.Send("b", new Ping(number));
                    return Task.CompletedTask;
                }));
                run.RunFor(1.Seconds());
            }));
            Assert.Equal(orders, found.Runs);
        }
    }

    [Fact]
    public void What_a_scene_leaves_open_is_chosen_in_every_way()
    {
        var seen = new List<(int, int)>();
        var all = Explore.Everything(schedule => SceneRun.Play(schedule, null, run =>
        {
            var pair = (run.Choose(3), run.Choose(2));
            lock (seen) seen.Add(pair);
        }));
        Assert.Equal((6, 6), (all.Runs, seen.Distinct().Count()));
        Assert.InRange(SmallScenesChoice(7), 0, 2);
        Assert.Equal(SmallScenesChoice(7), SmallScenesChoice(7));

        static int SmallScenesChoice(ulong seed) => new Simulation(seed).Choose(3);
    }

    [Fact]
    public void Where_there_are_more_orders_than_runs_it_says_so()
    {
        var some = Explore.Everything(schedule => SmallScenes.Writers(schedule, 6), runs: 100);
        Assert.Equal((100, false), (some.Runs, some.IsComplete));
        Assert.Equal("Nothing went wrong in 100 orders.", some.ToString());
        var cut = Explore.Everything(schedule => SmallScenes.Counter(schedule), new Bounds { Steps = 5 });
        Assert.Equal((20, 20, false, 0), (cut.Runs, cut.CutOff, cut.IsComplete, cut.Violations.Count));
        Assert.Contains("20 of them were cut off as too long.", cut.ToString());
    }

    [Fact]
    public void A_scene_that_forgets_its_schedule_is_told_so() =>
        Assert.Contains("does not hand its schedule", Assert.Throws<ArgumentException>(() =>
            Explore.Everything(_ => SceneRun.Play(new Simulation(1), _ => { }))).Message);

    [Fact]
    public void A_schedule_made_for_another_run_is_told_so() =>
        Assert.Contains("only 0 to 1 are possible", Assert.Throws<InvalidOperationException>(() => SmallScenes.Writers("5", 2)).Message);
}
