using Workbook.Sim;

namespace Workbook.Tests.Sim;

public sealed class TimerTests
{
    private readonly List<string> _done = [];

    private Simulation Run(Func<Script, Task> code)
    {
        var run = new Simulation(seed: 1);
        run.Add("s1", () => new Script(code));
        return run;
    }

    [Fact]
    public void A_timer_that_is_restarted_goes_off_once_and_at_its_last_time()
    {
        var run = Run(async me =>
        {
            var timer = me.After(10.Milliseconds(), () => _done.Add($"{me.Now}"));
            foreach (var delay in (int[])[10, 30, 4])
            {
                await me.Sleep(5.Milliseconds());
                timer.Restart(delay.Milliseconds());
            }
        });
        run.RunFor(1.Seconds());
        Assert.Equal(["0.019000s"], _done);
    }

    [Fact]
    public void A_timer_may_be_restarted_after_it_has_gone_off_or_was_cancelled()
    {
        var run = Run(async me =>
        {
            var timer = me.After(1.Milliseconds(), () => _done.Add($"{me.Now}"));
            await me.Sleep(2.Milliseconds());
            Assert.False(timer.IsPending);
            timer.Restart(3.Milliseconds());
            await me.Sleep(4.Milliseconds());
            timer.Restart(50.Milliseconds());
            timer.Cancel();
            Assert.False(timer.IsPending);
            timer.Restart(60.Milliseconds());
            Assert.True(timer.IsPending);
        });
        run.RunFor(1.Seconds());
        Assert.Equal(["0.001000s", "0.005000s", "0.066000s"], _done);
    }

    /// <summary>The queue puts timers off lazily and sweeps dead ones out; what happens must not show it.</summary>
    [Fact]
    public void Timers_set_cancelled_and_restarted_at_random_go_off_as_the_last_word_says()
    {
        for (ulong seed = 0; seed < (ulong)Seeds.Count(20); seed++)
        {
            var random = new Rng(seed);
            var (rang, wanted) = (new List<(int, Instant)>(), new Dictionary<int, Instant>());
            var run = Run(async me =>
            {
                var timers = new Alarm[40];
                for (var slot = 0; slot < timers.Length; slot++)
                {
                    var number = slot;
                    timers[slot] = me.After(1.Hours(), () => rang.Add((number, me.Now)));
                    timers[slot].Cancel();
                }

                for (var step = 0; step < 5_000; step++)
                {
                    var slot = random.Next(timers.Length);
                    var due = me.Now + random.Next(1, 1_000_000).Microseconds();
                    if (random.Chance(0.1))
                    {
                        timers[slot].Cancel();
                        wanted.Remove(slot);
                    }
                    else
                    {
                        timers[slot].Restart(due - me.Now);
                        wanted[slot] = due;
                    }

                    await me.Sleep(random.Next(100).Microseconds());
                    foreach (var (number, at) in rang) Assert.True(wanted.Remove(number, out var told) && told == at, $"seed {seed}, timer {number}");
                    rang.Clear();
                }
            });
            run.RunFor(10.Seconds());
            Assert.Equal(wanted.OrderBy(pair => pair.Value).Select(pair => (pair.Key, pair.Value)), rang);
        }
    }

    [Fact]
    public void Timers_sleeps_and_timeouts_go_by_the_rate_of_the_nodes_own_clock()
    {
        var run = new Simulation(seed: 1);
        run.Add("nobody", () => new Script(_ => Task.CompletedTask));
        foreach (var (name, drift) in new[] { ("fast", 0.25), ("true", 0), ("slow", -0.5) })
        {
            run.Add(name, () => new Script(async me =>
            {
                await me.Sleep(TimeSpan.Zero);
                me.After(1.Seconds(), () => _done.Add($"{name} timer {run.Now}"));
                me.Spawn(async () =>
                {
                    await me.Call<Pong>("nobody", new Ping(1), 2.Seconds());
                    _done.Add($"{name} timeout {run.Now}");
                });
                await me.Sleep(3.Seconds());
                _done.Add($"{name} sleep {run.Now}");
            }));
            run[name].Clock.SetDrift(drift);
        }

        run.RunFor(10.Seconds());
        Assert.Equal(
            [
                "fast timer 0.800000s", "true timer 1.000000s", "fast timeout 1.600000s", "true timeout 2.000000s", "slow timer 2.000000s",
                "fast sleep 2.400000s", "true sleep 3.000000s", "slow timeout 4.000000s", "slow sleep 6.000000s",
            ],
            _done);
    }

    [Fact]
    public void A_clock_that_begins_to_drift_takes_the_timers_along_that_are_set_already()
    {
        var run = Run(async me =>
        {
            me.After(2.Seconds(), () => _done.Add($"timer {me.Now}"));
            me.After(TimeSpan.MaxValue, () => _done.Add("never"));
            await me.Work(2.Seconds());
            _done.Add("work takes the time that it takes");
        });
        run.RunFor(1.Seconds());
        run["s1"].Clock.SetDrift(-0.5);
        run.RunFor(1.9.Seconds());
        Assert.Equal(["work takes the time that it takes"], _done);
        run.RunFor(0.1.Seconds());
        Assert.Equal("timer 2.000000s", _done[^1]);
        Assert.Equal(Instant.Start + 3.Seconds(), run.Now);
    }

    [Fact]
    public void A_clock_that_jumps_moves_no_timer()
    {
        var run = Run(me =>
        {
            me.After(2.Seconds(), () => _done.Add($"{me.Now}"));
            return Task.CompletedTask;
        });
        run.At(1.Seconds(), () => run["s1"].Clock.SetOffset(10.Minutes()));
        run.RunFor(1.9.Seconds());
        Assert.Empty(_done);
        run.RunFor(0.1.Seconds());
        Assert.Equal(["602.000000s"], _done);
    }

    [Fact]
    public void A_clock_cannot_stand_still()
    {
        var run = Run(_ => Task.CompletedTask);
        Assert.Contains("has to go forward", Assert.Throws<ArgumentOutOfRangeException>(() => run["s1"].Clock.SetDrift(-1)).Message);
    }
}
