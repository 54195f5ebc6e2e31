using Workbook.Sim;

namespace Workbook.Tests.Sim;

public sealed class NetworkTests
{
    private readonly List<(int Number, Instant At)> _arrived = [];

    private Simulation Run(NetworkOptions options, int pings, ulong seed = 1)
    {
        var run = new Simulation(seed, options);
        run.Add("b", () => new Script(_ => Task.CompletedTask, (me, message, _) => _arrived.Add((((Ping)message).Number, me.Now))));
        run.Add("a", () => new Script(me =>
        {
            for (var number = 0; number < pings; number++) me.Send("b", new Ping(number));
            return Task.CompletedTask;
        }));
        return run;
    }

    [Fact]
    public void Messages_take_the_delay_they_are_given()
    {
        Run(new NetworkOptions { Delay = Delay.Constant(7.Milliseconds()) }, 1).RunFor(1.Seconds());
        Assert.Equal([(0, Instant.Start + 7.Milliseconds())], _arrived);
    }

    [Fact]
    public void Messages_are_lost_and_doubled_at_the_rates_given()
    {
        Run(new NetworkOptions { Loss = 0.2, Duplication = 0.1 }, 10_000).RunFor(1.Seconds());
        var distinct = _arrived.Select(one => one.Number).Distinct().Count();
        Assert.InRange(distinct, 7_800, 8_200);
        Assert.InRange(_arrived.Count - distinct, 700, 900);
    }

    [Fact]
    public void Messages_overtake_each_other_unless_the_network_keeps_order()
    {
        var loose = new NetworkOptions { Delay = Delay.Exponential(1.Milliseconds(), 5.Milliseconds()) };
        Run(loose, 100).RunFor(1.Seconds());
        Assert.NotEqual(Enumerable.Range(0, 100), _arrived.Select(one => one.Number));
        _arrived.Clear();
        Run(loose with { InOrder = true }, 100).RunFor(1.Seconds());
        Assert.Equal(Enumerable.Range(0, 100), _arrived.Select(one => one.Number));
    }

    [Fact]
    public void A_few_messages_are_held_up_when_reordering_is_on()
    {
        var options = new NetworkOptions
        {
            Delay = Delay.Constant(1.Milliseconds()),
            Reordering = 0.1,
            Straggling = Delay.Constant(50.Milliseconds()),
        };
        Run(options, 1000).RunFor(1.Seconds());
        Assert.InRange(_arrived.Count(one => one.At > Instant.Start + 50.Milliseconds()), 70, 130);
    }

    [Fact]
    public void A_cut_is_one_way_and_what_was_under_way_still_arrives()
    {
        var run = Run(new NetworkOptions { Delay = Delay.Constant(10.Milliseconds()) }, 1);
        run.Network.Cut("a", "b");
        Assert.True(run.Network.Connects("b", "a"));
        Assert.False(run.Network.Connects("a", "b"));
        run.Add("c", () => new Script(_ => Task.CompletedTask));
        run.Crash("a").Restart("a").RunFor(1.Seconds());
        Assert.Single(_arrived);
        Assert.Contains("0.000000s a ✕ b Ping(number 0) (cut off)", run.Trace.Lines);
        run.Network.Mend("a", "b");
        run.Crash("a").Restart("a").RunFor(1.Seconds());
        Assert.Equal(2, _arrived.Count);
    }

    [Fact]
    public void Partitions_have_names_and_overlap()
    {
        var run = new Simulation(1);
        foreach (var name in new[] { "a", "b", "c", "d" }) run.Add(name, () => new PongServer());
        run.Network.Partition("one", ["a", "b"], ["c"]);
        run.Network.Partition("two", ["a"]);
        Assert.False(run.Network.Connects("a", "b"));
        Assert.False(run.Network.Connects("c", "d"));
        run.Network.Heal("two");
        Assert.True(run.Network.Connects("a", "b"));
        Assert.False(run.Network.Connects("b", "d"));
        run.Network.HealAll();
        Assert.True(run.Network.Connects("c", "d"));
        Assert.Contains("0.000000s fault partition “one”: a b | c | the rest", run.Trace.Lines);
    }

    [Fact]
    public void Single_messages_are_held_and_let_go()
    {
        var run = new Simulation(1, new NetworkOptions { Delay = Delay.Constant(1.Milliseconds()) });
        run.Network.Hold(held => held.Message is Ping { Number: 1 });
        run.Add("b", () => new Script(_ => Task.CompletedTask, (me, message, _) => _arrived.Add((((Ping)message).Number, me.Now))));
        run.Add("a", () => new Script(me =>
        {
            me.Send("b", new Ping(1));
            me.Send("b", new Ping(2));
            return Task.CompletedTask;
        }));
        run.RunFor(1.Seconds());
        Assert.Equal([2], _arrived.Select(one => one.Number));
        run.Network.Release(Assert.Single(run.Network.Held));
        run.RunFor(1.Seconds());
        Assert.Equal([2, 1], _arrived.Select(one => one.Number));
    }

    [Fact]
    public void Bandwidth_makes_large_messages_queue_at_link_and_card()
    {
        _arrived.Clear();
        var run = new Simulation(1, new NetworkOptions { Delay = Delay.Constant(TimeSpan.Zero), CardBytesPerSecond = 1e6 });
        run.Add("b", () => new Script(_ => Task.CompletedTask, (me, message, _) => _arrived.Add((0, me.Now))));
        foreach (var name in new[] { "a", "c" })
        {
            run.Add(name, () => new Script(me =>
            {
                me.Send("b", new Block(500_000));
                return Task.CompletedTask;
            }));
        }

        run.RunFor(10.Seconds());
        Assert.Equal([Instant.Start + 1.Seconds(), Instant.Start + 1.5.Seconds()], _arrived.Select(one => one.At));

        _arrived.Clear();
        var slow = new Simulation(1, new NetworkOptions { Delay = Delay.Constant(TimeSpan.Zero), LinkBytesPerSecond = 1e6 });
        slow.Add("b", () => new Script(_ => Task.CompletedTask, (me, message, _) => _arrived.Add((0, me.Now))));
        slow.Add("a", () => new Script(me =>
        {
            me.Send("b", new Block(500_000));
            me.Send("b", new Block(500_000));
            return Task.CompletedTask;
        }));
        slow.RunFor(10.Seconds());
        Assert.Equal([Instant.Start + 0.5.Seconds(), Instant.Start + 1.Seconds()], _arrived.Select(one => one.At));
    }

    [Fact]
    public void A_long_tail_is_long()
    {
        var random = new Rng(1);
        var delay = Delay.LongTail(1.Milliseconds(), 1.5);
        var draws = Enumerable.Range(0, 10_000).Select(_ => delay.Draw(random)).ToList();
        Assert.All(draws, draw => Assert.True(draw >= 1.Milliseconds()));
        Assert.InRange(draws.Count(draw => draw > 10.Milliseconds()), 200, 440);
    }

    private sealed record Block(long Bytes) : Message
    {
        public override long WireBytes() => Bytes;
    }
}
