using Workbook.Draw;
using Workbook.Parts;
using Workbook.Sim;
using Workbook.Tests.Sim;

namespace Workbook.Tests.Parts;

public sealed class ReplayRecorderTests
{
    [Fact]
    public void Recording_does_not_change_the_run()
    {
        var (recorded, _) = ToyServer.Cluster(5);
        recorded.RunFor(3.Seconds());
        var (again, recorder) = ToyServer.Cluster(5);
        again.RunFor(3.Seconds());
        recorder.ToReplay("t");
        Assert.Equal(recorded.Trace.Hash, again.Trace.Hash);
    }

    [Fact]
    public void After_every_event_the_replay_has_the_state_that_the_servers_have()
    {
        var (run, recorder) = ToyServer.Cluster(11);
        run.Step();
        var (state, seen) = (new ReplayState(), 0);
        while (run.Now.SinceStart < 3500.Milliseconds() && run.Step())
        {
            var replay = recorder.ToReplay("t");
            for (; seen < replay.Steps.Count; seen++) state.Apply(replay.Steps[seen]);
            foreach (var node in run.Nodes.Where(node => node.IsUp))
                Assert.Equal(ToyServer.Fields(node.Process!).ToDictionary(), state[node.Id.Name].ToDictionary());
            Assert.Equal(run.Nodes.Where(node => !node.IsUp).Select(node => node.Id.Name), state.Down);
            Assert.Equal(run.Now.SinceStart >= 1.Seconds() && run.Now.SinceStart < 2.Seconds() ? 4 : 0, state.Cuts.Count);
        }

        Assert.True(seen > 200);
    }

    [Fact]
    public void Messages_are_in_flight_from_their_sending_to_their_end()
    {
        var (run, recorder) = ToyServer.Cluster(2);
        run.RunFor(3.Seconds());
        var replay = recorder.ToReplay("t");
        Assert.Equal(run.Network.Sent, replay.Steps.Sum(step => step.Sent.Count));
        Assert.Equal(run.Network.Delivered, replay.Steps.Sum(step => step.Ended.Count(end => end.Lost is null)));
        var lost = replay.Steps.SelectMany(step => step.Ended).Select(end => end.Lost).OfType<string>().Distinct();
        Assert.Equal(["cut off", "lost", "s2 is down"], lost.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_step_says_in_one_line_what_happened_and_what_came_of_it()
    {
        var (run, recorder) = ToyServer.Cluster(7);
        run.RunFor(3100.Milliseconds());
        var steps = recorder.ToReplay("t").Steps;
        var stands = steps.First(step => step.Kind == ReplayKind.Timer);
        Assert.Matches("^s\\d: timer election$", stands.Text);
        Assert.Equal(["election"], stands.Landmarks);
        Assert.Contains(stands.Changes, change => change is { Field: "role", View: ReplayText { Value: "Candidate" } });
        Assert.Matches("^s\\d is candidate in term 1$", Assert.Single(stands.Remarks));
        Assert.Contains(steps, step => step.Text is "partition “s1 alone”: s1 | the rest" && step.Kind == ReplayKind.Fault);
        Assert.Contains(steps, step => step.Text == "s2 crashes" && step.Crashed.SequenceEqual(["s2"]));
        var back = Assert.Single(steps, step => step.Text == "s2 restarts");
        Assert.Contains(back.Changes, change => change is { Node: "s2", Field: "term", View: ReplayNumber { Value: 0 } });
        Assert.Empty(back.Landmarks);
        Assert.StartsWith("protected override void Start() => Wait();", back.Source!.Excerpt);
        Assert.Matches("^s\\d receives AskVote from s\\d$", steps.First(step => step.Kind == ReplayKind.Delivery).Text);
    }

    [Fact]
    public void Without_its_rule_the_property_breaks_and_the_first_difference_of_the_two_runs_comes_before()
    {
        var (on, rule) = ToyServer.Cluster(0, servers: 5);
        var (off, without) = ToyServer.Cluster(0, votesOnce: false, servers: 5);
        on.RunFor(2.Seconds());
        off.RunFor(2.Seconds());
        var pair = Replay.Beside("t", ("on", rule.ToReplay("t")), ("off", without.ToReplay("t")));
        Assert.DoesNotContain(pair.Left.Run.Steps, Breaks);
        var broken = pair.Right.Run.Steps.Index().First(step => Breaks(step.Item)).Index;
        Assert.InRange(pair.FirstDifference!.Value, 1, broken);

        static bool Breaks(ReplayStep step) => step.Verdicts.Contains(new("One leader a term", false));
    }

    [Fact]
    public void What_is_watched_always_is_shown_and_the_step_that_breaks_it_is_the_last()
    {
        var run = new Simulation(1);
        var server = run.Add("server", () => new PongServer());
        run.Add("client", () => new PingClient("server", 10, 1.Seconds()));
        run.Always("fewer than three pings", () => ((PongServer)server.Process!).Pings < 3);
        var recorder = new ReplayRecorder(run, process => process is PongServer pong ? [("pings", pong.Pings)] : []);
        Assert.Throws<SimulationException>(() => run.RunFor(1.Seconds()));
        var last = recorder.ToReplay("t").Steps[^1];
        Assert.Equal([new ReplayVerdict("fewer than three pings", false)], last.Verdicts);
        Assert.Contains("The run ends here: Seed 1", Assert.Single(last.Remarks));
        Assert.Equal(3, ((ReplayNumber)Assert.Single(last.Changes).View!).Value);
    }

    [Fact]
    public void What_a_notebook_does_between_two_steps_is_a_step_of_its_own()
    {
        var (run, recorder) = ToyServer.Cluster(4);
        run.RunFor(500.Milliseconds());
        run.Crash("s3");
        run.RunFor(10.Milliseconds());
        var crash = Assert.Single(recorder.ToReplay("t").Steps, step => step.Text == "s3 crashes");
        Assert.Equal((500.Milliseconds(), "s3"), (crash.Time, crash.Node));
    }

    [Fact]
    public void A_recorder_that_comes_late_begins_with_the_state_it_finds()
    {
        var (run, whole) = ToyServer.Cluster(4);
        run.RunFor(1500.Milliseconds());
        var late = new ReplayRecorder(run, ToyServer.Fields);
        run.RunFor(1.Seconds());
        var (all, part) = (new ReplayState(), new ReplayState());
        foreach (var step in whole.ToReplay("t").Steps) all.Apply(step);
        foreach (var step in late.ToReplay("t").Steps) part.Apply(step);
        foreach (var node in run.Nodes) Assert.Equal(all[node.Id.Name].ToDictionary(), part[node.Id.Name].ToDictionary());
        Assert.Equal(all.Cuts, part.Cuts);
    }

    [Fact]
    public void A_recorder_may_be_made_in_the_middle_of_an_event_and_faults_may_come_with_one()
    {
        var (run, _) = ToyServer.Cluster(4);
        ReplayRecorder? recorder = null;
        run.At(600.Milliseconds(), () => recorder = new ReplayRecorder(run, ToyServer.Fields));
        run.When(record => record.Time.SinceStart > 700.Milliseconds() && record is { Kind: TraceKind.Delivered, Node.Name: "s3" }, () => run.Crash("s3"));
        run.RunFor(1.Seconds());
        var steps = recorder!.ToReplay("t").Steps;
        Assert.Equal(ReplayKind.Start, steps[0].Kind);
        Assert.Equal(1, steps.Count(step => step.Kind == ReplayKind.Start));
        var crash = Assert.Single(steps, step => step.Crashed.Count > 0);
        Assert.Matches("^s3 receives \\w+ from s\\d; s3 crashes$", crash.Text);
        Assert.Equal(ReplayKind.Fault, crash.Kind);
    }

    [Fact]
    public void A_run_without_a_trace_is_refused() =>
        Assert.Contains("TraceLimit.Whole", Assert.Throws<ArgumentException>(() => new ReplayRecorder(new Simulation(1, trace: TraceLimit.Off), _ => [])).Message);

    [Fact]
    public void A_trace_that_forgets_is_enough_as_long_as_it_holds_one_event()
    {
        var run = new Simulation(1, trace: TraceLimit.Newest(4));
        run.Add("server", () => new PongServer());
        run.Add("client", () => new PingClient("server", 10, 1.Seconds()));
        var recorder = new ReplayRecorder(run, process => process is PongServer pong ? [("pings", pong.Pings)] : []);
        run.RunFor(1.Seconds());
        var state = new ReplayState();
        foreach (var step in recorder.ToReplay("t").Steps) state.Apply(step);
        Assert.Equal(10, ((ReplayNumber)state["server"].Single().View).Value);
    }

    [Fact]
    public void The_code_that_ran_is_named_from_the_top_of_the_repository()
    {
        var (run, recorder) = ToyServer.Cluster(7);
        run.RunFor(1.Seconds());
        var steps = recorder.ToReplay("t").Steps;
        var lines = File.ReadAllLines(House.Repository.FullPath("tests/Workbook.Tests/Parts/ToyServer.cs"));
        var asked = steps.First(step => step.Text.Contains("receives AskVote", StringComparison.Ordinal)).Source!;
        Assert.Equal("tests/Workbook.Tests/Parts/ToyServer.cs", asked.File);
        Assert.Contains("private void Receive(AskVote ask, Sender from)", lines[asked.Line - 1]);
        Assert.StartsWith("private void Receive(AskVote ask, Sender from)\n{\n    Meet(ask.Term);", asked.Excerpt);
        Assert.EndsWith("\n}", asked.Excerpt);
        var stood = steps.First(step => step.Kind == ReplayKind.Timer).Source!;
        Assert.Contains("private void Stand()", lines[stood.Line - 1]);
        var beat = steps.First(step => step.Text.Contains("a timer goes off", StringComparison.Ordinal)).Source!;
        Assert.Contains("=> Beat(term)", lines[beat.Line - 1]);
    }
}
