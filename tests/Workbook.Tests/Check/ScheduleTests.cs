using Workbook.Check;
using Workbook.Sim;
using Workbook.Tests.Sim;

namespace Workbook.Tests.Check;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("seed 4127")]
    [InlineData("seed 17 priorities depth 3 steps 600")]
    [InlineData("seed 17 priorities depth 3 steps 600 slack 0.05s")]
    [InlineData("0")]
    [InlineData("0 0 2 1")]
    [InlineData("seed 7: 0 0 2 1")]
    [InlineData("losses 1 crashes 2 of s1,s2 slack forever: 0 0 2 1")]
    [InlineData("seed 4127 faults 2,5-7 operations none until 2.3456789s messages s1>s2=1-3,5 s2>s1=1")]
    [InlineData("seed 4127 messages none")]
    public void A_schedule_is_read_back_from_its_text(string text) => Assert.Equal(text, Schedule.Parse(text).ToString());

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("seed", "ends where a number should be")]
    [InlineData("seed x", "has “x” where a number should be")]
    [InlineData("0 -1", "has “-1” where a number should be")]
    [InlineData("0 0 zwei", "has “zwei” where a number should be")]
    [InlineData("sead 7", "has the word “sead” where none such belongs")]
    [InlineData("priorities 3", "lacks the word depth")]
    [InlineData("seed 1 until noon", "has “noon” where a length of time")]
    [InlineData("seed 1 until 99999999999999999999s", "where a length of time")]
    [InlineData("seed 1 faults 1-", "has “1-” where places")]
    [InlineData("priorities depth 2 steps 5: 0 1", "has both")]
    public void What_is_no_schedule_is_refused_in_a_sentence(string text, string complaint)
    {
        var message = Assert.Throws<FormatException>(() => Schedule.Parse(text)).Message;
        Assert.Contains(complaint, message);
        Assert.EndsWith("It should read like: seed 4127, or: seed 17 priorities depth 3 steps 600, or: 0 0 2 1.", message);
    }

    [Fact]
    public void A_number_and_a_text_are_schedules()
    {
        Assert.Null(SmallScenes.Door(4127).Violation);
        Assert.Equal("seed 4127", SmallScenes.Door(4127).Run.Schedule.ToString());
        Assert.NotNull(SmallScenes.Counter("0").Violation);
    }

    [Theory]
    [InlineData("seed 3")]
    [InlineData("seed 3 priorities depth 3 steps 40")]
    [InlineData("0 1 1")]
    public void The_same_schedule_gives_the_same_run(string text)
    {
        var (one, two) = (SmallScenes.Door(text), SmallScenes.Door(text));
        Assert.Equal(one.Run.Trace.Hash, two.Run.Trace.Hash);
        Assert.Equal(text, one.Run.Schedule.ToString());
    }

    /// <summary>
    /// The bug needs one change of priorities: with depth 1 it cannot be met, with depth 2 and 3 far more often than by delays drawn at random.
    /// </summary>
    [Fact]
    public void Priorities_find_what_needs_an_unlikely_order_far_sooner_than_seeds()
    {
        const int Runs = 2000;
        var seeds = Explore.Seeds(Runs, schedule => SmallScenes.Door(schedule)).Violations.Count;
        var depths = Enumerable.Range(1, 3)
            .Select(depth => Explore.Priorities(Runs, schedule => SmallScenes.Door(schedule), depth, 500.Milliseconds()).Violations.Count).ToList();
        Assert.Equal("1; 0, 56, 72", $"{seeds}; {string.Join(", ", depths)}");
    }

    [Fact]
    public void What_priorities_found_is_repeated_by_its_text()
    {
        var found = Explore.Priorities(200, schedule => SmallScenes.Door(schedule), depth: 2);
        Assert.StartsWith("SmallScenes.Door(\"seed ", found.Repeat);
        var text = found.Repeat!["SmallScenes.Door(\"".Length..^2];
        Assert.Equal(found.Smallest!.Run.Trace.Hash, SmallScenes.Door(text).Run.Trace.Hash);
        Assert.Contains("runs by priorities of depth 2", found.ToString());
    }

    [Fact]
    public void Nothing_happens_later_than_the_slack_says()
    {
        var latest = TimeSpan.Zero;
        for (ulong seed = 0; seed < 50; seed++)
        {
            var arrived = new List<(int Number, Instant At)>();
            var schedule = Schedule.Priorities(seed, 3, 300, slack: 5.Milliseconds());
            var run = new Simulation(schedule, new NetworkOptions { Delay = Delay.Constant(1.Milliseconds()) });
            run.Add("b", () => new Script(_ => Task.CompletedTask, (_, message, _) => arrived.Add((((Ping)message).Number, run.Now))));
            foreach (var name in (string[])["a", "c", "d"])
            {
                run.Add(name, () => new Script(async me =>
                {
                    for (var number = 0; number < 100; number++)
                    {
                        me.Send("b", new Ping((int)(run.Now.Ticks / TimeSpan.TicksPerMicrosecond)));
                        await me.Sleep(1.Milliseconds());
                    }
                }));
            }

            run.RunFor(2.Seconds());
            Assert.Equal(300, arrived.Count);
            Assert.All(arrived, one => Assert.InRange(one.At.SinceStart, (one.Number + 1000).Microseconds(), (one.Number + 6000).Microseconds()));
            latest = arrived.Select(one => one.At.SinceStart - one.Number.Microseconds()).Append(latest).Max();
        }

        Assert.Equal(6.Milliseconds(), latest);
    }

    [Fact]
    public void Bad_numbers_are_refused_in_a_sentence()
    {
        Assert.Contains("depth of 1 or more", Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Priorities(1, 0, 10)).Message);
        Assert.Contains("1 or more", Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Priorities(1, 1, 0)).Message);
        Assert.Contains("counted from 0", Assert.Throws<ArgumentException>(() => Schedule.Choices([0, -1])).Message);
    }
}
