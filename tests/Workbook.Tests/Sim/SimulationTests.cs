using Workbook.Sim;

namespace Workbook.Tests.Sim;

public sealed class SimulationTests
{
    [Fact]
    public void A_call_gets_its_reply()
    {
        var run = new Simulation(seed: 1);
        run.Add("server", () => new PongServer());
        run.Add("client", () => new PingClient("server", 3, 1.Seconds()));
        run.RunFor(1.Seconds());
        Assert.Equal([0, 1, 2], run.Process<PingClient>("client").Answers);
    }

    [Fact]
    public void A_call_that_nobody_answers_gives_nothing_when_its_time_is_over()
    {
        var run = new Simulation(seed: 1);
        run.Add("server", () => new PongServer());
        run.Crash("server");
        run.Add("client", () => new PingClient("server", 2, 100.Milliseconds()));
        run.RunFor(150.Milliseconds());
        Assert.Equal([null], run.Process<PingClient>("client").Answers);
        run.Restart("server").RunFor(100.Milliseconds());
        Assert.Equal([null, null], run.Process<PingClient>("client").Answers);
    }

    [Fact]
    public void Nothing_of_a_crashed_process_ever_runs_again()
    {
        var ranAfterCrash = false;
        var run = new Simulation(seed: 1);
        run.Add("server", () => new PongServer());
        var isCrashed = false;
        run.Add("victim", () => new Script(async me =>
        {
            me.After(10.Milliseconds(), () => ranAfterCrash |= isCrashed);
            me.Spawn(async () =>
            {
                await me.Call<Pong>("server", new Ping(1), 1.Seconds());
                ranAfterCrash |= isCrashed;
            });
            me.Spawn(async () =>
            {
                await Task.Yield();
                await me.Work(5.Milliseconds());
                ranAfterCrash |= isCrashed;
            });
            while (true)
            {
                await me.Sleep(1.Milliseconds());
                ranAfterCrash |= isCrashed;
            }
        }));
        run.RunFor(0.2.Milliseconds());
        run.Crash("victim");
        isCrashed = true;
        run.RunFor(1.Seconds());
        Assert.False(ranAfterCrash);
        Assert.Contains(run.Trace.Lines, line => line.Contains("victim is down"));
    }

    [Fact]
    public void A_process_that_is_crashed_in_the_middle_of_a_handler_goes_no_further()
    {
        var wentOn = false;
        var run = new Simulation(seed: 1);
        run.Add("server", () => new PongServer());
        run.When(record => record.Message is Ping { Number: 2 }, () => run.Crash("victim"));
        run.Add("victim", () => new Script(me =>
        {
            me.Send("server", new Ping(1));
            me.Send("server", new Ping(2));
            me.Send("server", new Ping(3));
            wentOn = true;
            return Task.CompletedTask;
        }));
        run.RunFor(1.Seconds());
        Assert.False(wentOn);
        Assert.Equal(2, run.Process<PongServer>("server").Pings);
    }

    [Fact]
    public void A_restart_builds_a_new_process_that_finds_only_its_disk()
    {
        var boots = new List<string?>();
        var run = new Simulation(seed: 1);
        run.Add("node", () => new Script(me =>
        {
            boots.Add(me.Disk.Read("name") is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null);
            me.Disk.Write("name", "kept"u8);
            me.Disk.Flush();
            return Task.CompletedTask;
        }));
        run.Crash("node").Restart("node");
        Assert.Equal([null, "kept"], boots);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_exception_ends_the_run_and_names_seed_time_and_node(bool later)
    {
        var run = new Simulation(seed: 42);
        run.Add("bystander", () => new PongServer());
        var failure = Assert.Throws<SimulationException>(() =>
        {
            run.Add("s3", () => new Script(async me =>
            {
                if (later) await me.Sleep(1.5.Seconds());
                throw new InvalidOperationException("the log is gone");
            }));
            run.RunFor(2.Seconds());
        });
        Assert.Equal($"Seed 42, at {(later ? "1.500000s" : "0.000000s")}, on s3: the log is gone", failure.Message);
        Assert.IsType<InvalidOperationException>(failure.InnerException);
        Assert.Throws<SimulationException>(() => run.RunFor(1.Seconds()));
    }

    [Fact]
    public void A_belief_that_proves_wrong_ends_the_run()
    {
        var run = new Simulation(seed: 1);
        run.Add("s1", () => new Script(me =>
        {
            Script.Believe(me.Now > Instant.Start, "time has passed");
            return Task.CompletedTask;
        }));
        var failure = Assert.Throws<SimulationException>(() => run.RunFor(1.Seconds()));
        Assert.Contains("This was believed to hold always: time has passed.", failure.Message);
    }

    [Fact]
    public void A_property_is_watched_after_every_event()
    {
        var run = new Simulation(seed: 1);
        run.Add("server", () => new PongServer());
        run.Add("client", () => new PingClient("server", 10, 1.Seconds()));
        run.Always("at most three pings", () => run.Process<PongServer>("server").Pings <= 3);
        var failure = Assert.Throws<SimulationException>(() => run.RunFor(1.Seconds()));
        Assert.Contains("“at most three pings” no longer holds", failure.Message);
        Assert.Equal(4, run.Process<PongServer>("server").Pings);
    }

    [Fact]
    public void The_run_is_driven_step_by_step()
    {
        var run = new Simulation(seed: 3);
        run.Add("server", () => new PongServer());
        run.Add("client", () => new PingClient("server", 5, 1.Seconds()));
        Assert.True(run.RunUntil(() => run.Process<PingClient>("client").Answers.Count == 2, 1.Seconds()));
        Assert.Equal(2, run.Process<PingClient>("client").Answers.Count);
        Assert.False(run.RunUntil(() => false, 1.Seconds()));
        Assert.False(run.Step());
    }

    [Fact]
    public void Steps_of_the_script_happen_at_their_time()
    {
        var run = new Simulation(seed: 1);
        var times = new List<Instant>();
        run.At(2.Seconds(), () => times.Add(run.Now)).At(1.Seconds(), () => times.Add(run.Now)).RunFor(3.Seconds());
        Assert.Equal([Instant.Start + 1.Seconds(), Instant.Start + 2.Seconds()], times);
        Assert.Throws<ArgumentException>(() => run.At(1.Seconds(), () => { }));
    }

    [Fact]
    public void A_cancelled_timer_does_not_go_off()
    {
        var fired = 0;
        var run = new Simulation(seed: 1);
        run.Add("s1", () => new Script(async me =>
        {
            var timer = me.After(10.Milliseconds(), () => fired++);
            me.After(30.Milliseconds(), () => fired += 10, "alarm");
            await me.Sleep(5.Milliseconds());
            Assert.True(timer.IsPending);
            timer.Cancel();
            Assert.False(timer.IsPending);
        }));
        run.RunFor(1.Seconds());
        Assert.Equal(10, fired);
        Assert.Contains("0.030000s s1 timer alarm", run.Trace.Lines);
    }

    [Fact]
    public void A_processor_and_a_disk_do_one_thing_after_the_other()
    {
        var done = new List<string>();
        var run = new Simulation(seed: 1);
        run.Add("s1", () => new Script(me =>
        {
            me.Spawn(async () => { await me.Work(10.Milliseconds()); done.Add($"work {me.Now}"); });
            me.Spawn(async () => { await me.Work(10.Milliseconds()); done.Add($"work {me.Now}"); });
            return Task.CompletedTask;
        }));
        run["s1"].DiskBytesPerSecond = 1e6;
        run.RunFor(1.Seconds());
        Assert.Equal(["work 0.010000s", "work 0.020000s"], done);
        run.Add("s2", () => new Script(async me => { await me.Sleep(1.Seconds()); await me.Transfer(500_000); done.Add($"disk {me.Now}"); }));
        run["s2"].DiskBytesPerSecond = 1e6;
        run.RunFor(2.Seconds());
        Assert.Equal("disk 2.500000s", done[^1]);
    }

    [Fact]
    public void A_clock_may_be_wrong_and_may_drift()
    {
        var run = new Simulation(seed: 1);
        var node = run.Add("s1", () => new PongServer());
        node.Clock.SetOffset(5.Seconds());
        node.Clock.SetDrift(0.001);
        run.RunFor(1000.Seconds());
        Assert.Equal(6.Seconds(), node.Clock.Offset);
        Assert.Equal(Instant.Start + 1006.Seconds(), node.Clock.Now);
    }

    [Fact]
    public void Names_and_lengths_that_make_no_sense_are_refused_in_a_sentence()
    {
        var run = new Simulation(seed: 1);
        run.Add("s1", () => new PongServer());
        Assert.Contains("There is no node s9 in this run; there are s1.", Assert.Throws<ArgumentException>(() => run.Crash("s9")).Message);
        Assert.Contains("already", Assert.Throws<ArgumentException>(() => run.Add("s1", () => new PongServer())).Message);
        Assert.Contains("0 or more", Assert.Throws<ArgumentOutOfRangeException>(() => Delay.Constant(-1.Seconds())).Message);
    }
}
