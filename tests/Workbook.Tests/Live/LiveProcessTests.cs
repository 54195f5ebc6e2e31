using Workbook.Live;
using Workbook.Sim;
using Workbook.Tests.Sim;

namespace Workbook.Tests.Live;

/// <summary>What a process may rely on, in this world as in the simulator.</summary>
public sealed class LiveProcessTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = LiveCluster.Patience;

    private readonly LiveCluster _cluster = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task All_code_of_a_process_runs_on_one_thread_one_piece_at_a_time()
    {
        var (threads, inside, overlaps) = (new HashSet<int>(), 0, 0);
        var server = _cluster.Start(new PongServer());
        await _cluster.Run(async me =>
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(Code));
            return 0;

            async Task Code(int number)
            {
                Look();
                await me.Call<Pong>(server.Self, new Ping(number), Patience);
                Look();
                await me.Sleep(1.Milliseconds());
                Look();
                await me.Work(1.Seconds());
                Look();
                await Task.Yield();
                Look();
                await Task.Run(() => Thread.SpinWait(1000));
                Look();
            }
        });
        Assert.Single(threads);
        Assert.Equal(0, overlaps);

        void Look()
        {
            if (Interlocked.Increment(ref inside) != 1) overlaps++;
            threads.Add(Environment.CurrentManagedThreadId);
            Thread.SpinWait(100);
            Interlocked.Decrement(ref inside);
        }
    }

    [Theory]
    [InlineData("at once")]
    [InlineData("later")]
    [InlineData("in a handler")]
    [InlineData("in a timer")]
    public async Task An_exception_ends_the_node_with_one_line_that_names_it(string when)
    {
        var (node, end) = _cluster.StartAndWatch(new Script(async me =>
        {
            if (when == "at once") Fail();
            if (when == "in a handler") me.Send(me.Self, new Ping(1));
            if (when == "in a timer") me.After(1.Milliseconds(), Fail);
            await me.Sleep(1.Milliseconds());
            if (when == "later") Fail();
        }, (_, _, _) => Fail()), new LiveOptions { Self = "s3" });
        var failure = await Assert.ThrowsAsync<LiveNodeException>(() => end.WaitAsync(Patience));
        Assert.Matches(@"^s3 ended after \d+\.\d{6}s: the log is gone at line 7$", failure.Message);
        Assert.IsType<InvalidOperationException>(failure.InnerException);
        _cluster.Forget(node);

        // Its port is free again.
        _cluster.Start(new PongServer(), new LiveOptions { Port = node.Address.Port });

        static void Fail() => throw new InvalidOperationException("the log is gone\nat line 7");
    }

    [Fact]
    public async Task A_process_that_halts_ends_its_node_and_says_why()
    {
        var (node, end) = _cluster.StartAndWatch(new Script(async me =>
        {
            await me.Sleep(1.Milliseconds());
            me.Halt("the disk is full");
        }), new LiveOptions { Self = "s3" });
        Assert.EndsWith("s3 halts: the disk is full", (await Assert.ThrowsAsync<LiveNodeException>(() => end.WaitAsync(Patience))).Message);
        _cluster.Forget(node);
    }

    [Fact]
    public async Task Nothing_of_a_process_runs_after_its_node_was_stopped()
    {
        var ticks = 0;
        var hasTicked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var node = _cluster.Start(new Script(async me =>
        {
            while (true)
            {
                await me.Sleep(TimeSpan.Zero);
                if (++ticks == 100) hasTicked.SetResult();
            }
        }));
        await hasTicked.Task.WaitAsync(Patience);
        await _cluster.Stop(node);
        var ticksThen = ticks;
        await _cluster.Run(async me =>
        {
            await me.Sleep(5.Milliseconds());
            return 0;
        });
        Assert.Equal(ticksThen, ticks);
    }

    [Fact]
    public async Task Timers_go_off_in_their_order_unless_cancelled()
    {
        var order = await _cluster.Run(async me =>
        {
            var (order, done) = (new List<string>(), new TaskCompletionSource());
            me.After(20.Milliseconds(), () => order.Add("third"), "alarm");
            var first = me.After(5.Milliseconds(), () => order.Add("first"));
            me.After(10.Milliseconds(), () => order.Add("second"));
            var never = me.After(15.Milliseconds(), () => order.Add("never"));
            me.After(25.Milliseconds(), done.SetResult);
            Assert.True(never.IsPending);
            never.Cancel();
            Assert.False(never.IsPending);
            await done.Task;
            Assert.False(first.IsPending);
            first.Cancel();
            return order;
        });
        Assert.Equal(["first", "second", "third"], order);
        Assert.Contains(_cluster.Log, line => line.EndsWith(" timer alarm"));
    }

    [Fact]
    public async Task Work_that_never_ends_does_not_keep_messages_waiting()
    {
        var server = _cluster.Start(new Script(
            async me =>
            {
                while (true) await me.Work(1.Hours());
            },
            (_, message, from) => from.Reply(new Pong(((Ping)message).Number))));
        Assert.Equal(1, await _cluster.Run(async me => (await me.Call<Pong>(server.Self, new Ping(1), Patience))?.Number));
    }

    [Fact]
    public async Task What_strays_to_another_thread_is_told_so()
    {
        var refusal = await _cluster.Run(async me => await Task.Run(() =>
        {
            Assert.Throws<InvalidOperationException>(() => me.After(1.Seconds(), () => { }));
            return Assert.Throws<InvalidOperationException>(() => me.Send("127.0.0.1:1", new Ping(1)));
        }));
        Assert.Contains("not its own", refusal.Message);
    }

    [Fact]
    public async Task Remarks_and_wishes_that_cannot_be_met_are_told()
    {
        var (stranger, noDisk, negative) = await _cluster.Run(me =>
        {
            me.Note("hello");
            return Task.FromResult((
                Assert.Throws<ArgumentException>(() => me.Send("s9", new Ping(1))),
                Assert.Throws<InvalidOperationException>(() => me.Disk),
                Assert.Throws<ArgumentOutOfRangeException>(() => me.After(-1.Seconds(), () => { }))));
        });
        Assert.Contains("Nobody knows where s9 listens", stranger.Message);
        Assert.Contains("start its node with a folder", noDisk.Message);
        Assert.Contains("0 or more", negative.Message);
        Assert.Contains(_cluster.Log, line => line.EndsWith(" “hello”"));
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_numbers_here_and_in_the_simulator()
    {
        var simulated = 0UL;
        new Simulation(seed: 7).Add("s1", () => new Script(me =>
        {
            simulated = me.Random.NextUInt64();
            return Task.CompletedTask;
        }));
        var options = new LiveOptions { Self = "s1", Seed = 7 };
        Assert.Equal(simulated, await _cluster.Run(me => Task.FromResult(me.Random.NextUInt64()), options));
    }
}
