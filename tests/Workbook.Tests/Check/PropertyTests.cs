using Workbook.Check;
using Workbook.Sim;
using Workbook.Tests.Sim;

namespace Workbook.Tests.Check;

public sealed class PropertyTests
{
    private static SceneRun Pings(Schedule schedule, Action<Simulation> properties, int pings = 10) => SceneRun.Play(schedule, null, run =>
    {
        run.Add("server", () => new PongServer());
        run.Add("client", () => new PingClient("server", pings, 100.Milliseconds()));
        properties(run);
        run.RunFor(1.Seconds());
    });

    private static int Answers(Simulation run) => run.Process<PingClient>("client").Answers.Count;

    [Fact]
    public void What_never_came_true_is_said_with_the_result()
    {
        var found = Explore.Seeds(10, schedule => Pings(schedule, run => run
            .Sometimes("five answers", () => Answers(run) == 5)
            .Sometimes("the even seeds only", () => run.Seed % 2 == 0)
            .Sometimes("eleven answers", () => Answers(run) == 11)));
        Assert.Equal((10, 5), (found.Met["five answers"], found.Met["the even seeds only"]));
        Assert.Equal(["eleven answers"], found.NeverMet);
        Assert.Equal(
            """
            Nothing went wrong in 10 runs.
            “eleven answers” never came true: about that these runs show nothing.
            """,
            found.ToString());
    }

    [Fact]
    public void What_has_to_come_true_is_waited_for_after_the_faults()
    {
        var fault = new CrashFault(0.Seconds(), "server");
        var good = Pings(1, run => run.Plan([fault, new RestartFault(5.Seconds(), "server")]).Eventually("it pings", () => Answers(run) == 10, 2.Seconds()));
        Assert.Null(good.Violation);
        Assert.Equal(Instant.Start + 7.Seconds() + TimeSpan.FromTicks(1), good.Run.Now);
        var bad = Pings(1, run => run.Plan([fault]).Eventually("it is pinged", () => run["server"].IsUp && Answers(run) == 10, 2.Seconds()));
        Assert.Equal("“it is pinged” did not come true in 2s without faults (at 2.000000s).", bad.Violation);
        Assert.Equal(("it is pinged", false), (bad.Property, bad.IsSafety));
    }

    [Fact]
    public void What_held_before_the_faults_were_over_has_to_hold_again()
    {
        var run = new Simulation(1);
        run.Add("server", () => new PongServer());
        run.Plan([new CrashFault(1.Seconds(), "server"), new RestartFault(2.Seconds(), "server")]);
        run.Eventually("it was up early", () => run.Now < Instant.Start + 1.Seconds(), 1.Seconds());
        Assert.Contains("did not come true", Assert.Throws<SimulationException>(() => run.RunFor(5.Seconds())).Message);
    }

    [Fact]
    public void What_comes_true_between_two_events_counts()
    {
        var run = new Simulation(1);
        run.Eventually("half a second", () => run.Now >= Instant.Start + 0.5.Seconds(), 1.Seconds());
        run.At(10.Seconds(), () => { });
        Assert.Throws<SimulationException>(() => run.RunFor(20.Seconds()));
        var looked = new Simulation(1).Eventually("it is looked at", () => true, 1.Seconds());
        looked.RunFor(20.Seconds());
        Assert.Null(looked.Failure);
    }

    [Fact]
    public void A_process_that_throws_is_a_violation_with_its_words()
    {
        var found = Explore.Seeds(4, schedule => SceneRun.Play(schedule, null, run =>
        {
            run.Add("s1", () => new Script(async me =>
            {
                await me.Sleep(1.Seconds());
                if (run.Seed % 2 == 1) throw new FormatException("what is this");
            }));
            run.RunFor(2.Seconds());
        }));
        Assert.Equal(
            ["s1 failed with FormatException: what is this (at 1.000000s)."], found.Violations.Select(finding => finding.Violation).Distinct());
        Assert.Equal([1UL, 3UL], found.Violations.Select(finding => finding.Seed));
    }

    [Fact]
    public void A_property_that_throws_is_a_violation_with_its_words() => Assert.Equal(
        "“it is there” cannot be checked: KeyNotFoundException: no x (at 0.000000s).",
        Pings(1, run => run.Always("it is there", () => throw new KeyNotFoundException("no x")).Sometimes("never", () => false), pings: 1)
            .Violation?.Replace(Time(1), "0.000000s"));

    private static string Time(ulong seed) => $"{Pings(seed, _ => { }, pings: 1).Run.Trace.Records.First(record => record.Kind == TraceKind.Delivered).Time}";

    [Fact]
    public void A_run_that_fails_outside_a_scene_is_a_violation_too()
    {
        var found = Explore.Seeds(3, seed =>
        {
            var run = new Simulation(seed.Seed);
            run.Add("s1", () => throw new InvalidOperationException("no process"));
            return new SceneRun(null, run);
        });
        Assert.Equal("s1 failed with InvalidOperationException: no process (at 0.000000s).", found.Violations[2].Violation);
    }

    [Fact]
    public void A_scene_that_throws_names_the_schedule()
    {
        var message = Assert.Throws<SceneException>(() => Explore.Seeds(10, schedule => schedule.Seed == 7
            ? throw new ArgumentException("an even number of chairs")
            : Pings(schedule, _ => { }))).Message;
        Assert.Equal("The scene itself failed under the schedule “seed 7”, with ArgumentException: an even number of chairs", message);
    }

    [Fact]
    public void A_system_that_lets_no_time_pass_is_stopped()
    {
        var run = new Simulation(1, trace: TraceLimit.Off);
        run.Add("echo", () => new Script(
            me =>
            {
                me.Send("echo", new Ping(1));
                return Task.CompletedTask;
            },
            (me, message, _) => me.Send("echo", message)));
        Assert.Contains("without any time passing", Assert.Throws<SimulationException>(() => run.RunFor(1.Seconds())).Message);
    }

    [Fact]
    public void An_exploration_keeps_no_trace_but_the_smallest_runs()
    {
        var kept = 0;
        var found = Explore.Seeds(20, schedule =>
        {
            var run = Pings(schedule, run => run.Always("fewer than five answers", () => Answers(run) < 5));
            if (run.Run.Trace.Kept > 0) Interlocked.Increment(ref kept);
            return run;
        });
        Assert.True(found.Smallest!.Run.Trace.Kept > 0);
        Assert.InRange(kept, 1, 30);
    }

    [Fact]
    public void A_scene_of_a_seed_and_a_scene_of_a_schedule_are_both_explored()
    {
        Assert.Equal("BySeed(0)", Explore.Seeds(3, seed => BySeed(seed)).Repeat);
        Assert.StartsWith("BySchedule(\"seed ", Explore.Seeds(3, seed => BySchedule(seed)).Repeat);
        Assert.Equal("BySeed(0)", Explore.Seeds(3, BySeed).Repeat);

        static SceneRun BySeed(ulong seed) => new("wrong", new Simulation(seed));

        static SceneRun BySchedule(Schedule schedule) => Pings(schedule, run => run.Always("none", () => Answers(run) == 0));
    }

    [Fact]
    public void Exploring_is_the_same_each_time()
    {
        Assert.Equal(Text(), Text());

        static string Text() => string.Join('\n',
            Explore.Seeds(40, schedule => SmallScenes.Forgetful(schedule)),
            Explore.Priorities(100, schedule => SmallScenes.Door(schedule), depth: 2),
            Explore.Everything(SmallScenes.Counter),
            Explore.Everything(schedule => SmallScenes.Clients(schedule, 3), runs: 700));
    }
}
