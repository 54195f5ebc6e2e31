using Workbook.Check;
using Workbook.Sim;
using Workbook.Tests.Sim;

namespace Workbook.Tests.Check;

public sealed class ShrinkTests
{
    [Fact]
    public void A_failing_run_is_left_with_nothing_but_what_it_needs()
    {
        var found = Explore.Seeds(50, schedule => SmallScenes.Forgetful(schedule));
        Assert.True(found.Violations.Count > 25, found.ToString());
        var smallest = found.Smallest!;

        // The server's crash and restart, and three hellos; nothing else.
        Assert.Equal(["CrashFault server", "RestartFault server"], smallest.Faults.Select(fault => $"{fault.GetType().Name} {NodeOf(fault)}"));
        Assert.Equal(3, smallest.Run.Schedule.Operations!.Count);
        Assert.Equal(3, smallest.Run.Schedule.Messages!.Count);
        Assert.Equal(3, smallest.Run.Trace.Records.Count(record => record.Kind == TraceKind.Delivered));
        Assert.True(smallest.Run.Events < found.Violations.Min(finding => finding.Events) / 2);
    }

    [Fact]
    public void The_smallest_run_is_repeated_by_the_line_that_is_printed()
    {
        var found = Explore.Seeds(50, schedule => SmallScenes.Forgetful(schedule));
        const string Before = "SmallScenes.Forgetful(\"";
        Assert.StartsWith($"{Before}seed {found.SmallestSeed} faults ", found.Repeat);
        var again = SmallScenes.Forgetful(found.Repeat![Before.Length..^2]);
        Assert.Equal(found.Smallest!.Violation, again.Violation);
        Assert.Equal(found.Smallest.Run.Trace.Hash, again.Run.Trace.Hash);
    }

    [Fact]
    public void Shrinking_plays_a_run_again_no_more_often_than_it_may()
    {
        var plays = 0;
        var failing = Explore.Seeds(20, schedule => SmallScenes.Forgetful(schedule)).Violations[0];
        Shrink.Run(Again(failing.Schedule), replays: 30);
        Assert.InRange(plays, 30, 34);

        SceneRun Again(Schedule schedule)
        {
            plays++;
            return SmallScenes.Forgetful(schedule) with { WithSchedule = Again };
        }
    }

    [Fact]
    public void Whoever_only_counts_does_not_wait_for_the_smallest_run()
    {
        var plays = 0;
        var found = Explore.Seeds(20, schedule => Counted(schedule));
        Assert.InRange(found.Violations.Count, 10, 20);
        Assert.Equal(20, plays);

        Assert.NotNull(found.Smallest);
        Assert.InRange(plays, 40, 20 + 8 * 15 + Shrink.MostReplays);
        var asked = plays;
        Assert.StartsWith("Wrong in ", found.ToString(), StringComparison.Ordinal);
        Assert.Equal(asked, plays);

        SceneRun Counted(Schedule schedule)
        {
            Interlocked.Increment(ref plays);
            return SmallScenes.Forgetful(schedule);
        }
    }

    [Fact]
    public void A_fault_is_not_taken_away_at_the_price_of_a_run_that_breaks_later()
    {
        // The crash breaks the property after 10 ms; without it a thousand pings do.
        var found = Explore.Seeds(1, schedule => SceneRun.Play(schedule, null, run =>
        {
            run.Add("server", () => new PongServer());
            run.Add("client", () => new PingClient("server", 1000, 1.Seconds()));
            run.Always("the server is up and not tired", () => run["server"].IsUp && run.Process<PongServer>("server").Pings < 800);
            run.Plan([new CrashFault(10.Milliseconds(), "server")]);
            run.RunFor(20.Seconds());
        }));
        Assert.Equal("0.01s crash server", Assert.Single(found.Smallest!.Faults).ToString());
        Assert.InRange(found.Smallest.Run.Events, 1, 30);
    }

    [Fact]
    public void What_was_left_undone_is_not_blamed_on_messages_that_shrinking_lost()
    {
        var found = Explore.Seeds(20, Stuck);
        Assert.Equal(20, found.Violations.Count);
        Assert.Null(found.Smallest!.Run.Schedule.Messages);
        Assert.Single(found.Smallest.Faults);
        Assert.Contains("“the client is answered” did not come true in 1s without faults", found.ToString());

        static SceneRun Stuck(Schedule schedule) => SceneRun.Play(schedule, null, run =>
        {
            run.Add("server", () => new PongServer());
            run.Add("client", () => new PingClient("server", 100, 1.Hours()));
            run.Plan([new CutFault(1.Milliseconds(), 1.Seconds(), "client", "server"), new CutFault(2.Seconds(), 1.Seconds(), "server", "client")]);
            run.Eventually("the client is answered", () => run.Process<PingClient>("client").Answers.Count == 100, 1.Seconds());
        });
    }

    [Fact]
    public void A_network_that_keeps_order_loses_nothing_in_shrinking()
    {
        var found = Explore.Seeds(5, schedule => SceneRun.Play(schedule, new NetworkOptions { InOrder = true }, run =>
        {
            run.Add("server", () => new PongServer());
            run.Add("client", () => new PingClient("server", 10, 1.Seconds()));
            run.Always("fewer than five pings", () => run.Process<PongServer>("server").Pings < 5);
            run.RunFor(1.Seconds());
        }));
        Assert.Equal((5, null), (found.Violations.Count, found.Smallest!.Run.Schedule.Messages));
    }

    [Fact]
    public void What_is_judged_at_the_end_is_cut_off_where_it_was_broken()
    {
        var found = Explore.Seeds(1, schedule => SceneRun.Play(schedule, null, run =>
        {
            run.Add("server", () => new PongServer());
            run.Add("client", () => new PingClient("server", 1000, 1.Seconds()));
            run.RunFor(10.Seconds());
            run.Judge("fewer than five pings", run.Process<PongServer>("server").Pings < 5 ? null : "there were five");
        }));
        Assert.InRange(found.Smallest!.Run.Schedule.Until!.Value, 5.Milliseconds(), 30.Milliseconds());
        Assert.InRange(found.Smallest.Run.Events, 9, 30);
    }

    [Fact]
    public void A_scene_that_thins_its_faults_itself_is_shrunk_as_before()
    {
        var smallest = Shrink.Faults(Scene([.. Enumerable.Range(1, 9).Select(second => new CrashFault(second.Seconds(), second % 2 == 0 ? "a" : "b"))]));
        Assert.Equal(["2s crash a", "7s crash b"], smallest.Faults.Select(fault => fault.ToString()));

        static SceneRun Scene(IReadOnlyList<PlannedFault> faults)
        {
            var crashes = faults.Select(fault => fault.ToString()).ToList();
            return new SceneRun(crashes.Contains("2s crash a") && crashes.Contains("7s crash b") ? "both" : null, new Simulation(1))
            {
                Faults = faults,
                WithFaults = Scene,
            };
        }
    }

    [Fact]
    public void Only_a_run_that_fails_can_be_shrunk() =>
        Assert.Contains("can be shrunk", Assert.Throws<ArgumentException>(() => Shrink.Run(new SceneRun(null, new Simulation(1)))).Message);

    private static NodeId NodeOf(PlannedFault fault) => fault is CrashFault crash ? crash.Node : ((RestartFault)fault).Node;
}
