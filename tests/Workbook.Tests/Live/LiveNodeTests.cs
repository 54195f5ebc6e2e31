using System.Collections.Immutable;
using System.Net;
using Workbook.Live;
using Workbook.Sim;
using Workbook.Tests.Sim;

namespace Workbook.Tests.Live;

public sealed class LiveNodeTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = LiveCluster.Patience;

    private readonly LiveCluster _cluster = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_call_gets_its_reply()
    {
        var server = _cluster.Start(new PongServer());
        Assert.Equal(5, await _cluster.Run(async me => (await me.Call<Pong>(server.Self, new Ping(5), Patience))?.Number));
    }

    [Fact]
    public async Task A_node_is_named_by_its_address_unless_it_has_another_name()
    {
        var (plain, named) = (_cluster.Start(new PongServer()), _cluster.Start(new PongServer(), new LiveOptions { Self = "s1" }));
        Assert.Equal(plain.Address.ToString(), plain.Self.Name);
        Assert.Equal("s1", named.Self.Name);
        var options = new LiveOptions { Addresses = new Dictionary<NodeId, IPEndPoint> { ["s1"] = named.Address } };
        foreach (NodeId name in (NodeId[])["s1", $"localhost:{named.Address.Port}", named.Address.ToString()])
        {
            Assert.Equal(1, await _cluster.Run(async me => (await me.Call<Pong>(name, new Ping(1), Patience))?.Number, options));
        }
    }

    [Fact]
    public async Task A_call_to_nobody_gives_nothing_when_its_time_is_over()
    {
        using var port = LiveCluster.DeadPort(out var nobody);
        var (answer, waited) = await _cluster.Run(async me =>
        {
            var begin = me.Now;
            return (await me.Call<Pong>(nobody, new Ping(1), 20.Milliseconds()), me.Now - begin);
        });
        Assert.Null(answer);
        Assert.True(waited >= 20.Milliseconds());
        await Eventually(() => _cluster.Log.Any(line => line.Contains($"what is sent to {nobody} is lost: ")));
    }

    [Fact]
    public async Task A_thousand_calls_at_once_all_get_their_own_replies()
    {
        var server = _cluster.Start(new PongServer());
        var answers = await _cluster.Run(me =>
            Task.WhenAll(Enumerable.Range(0, 1000).Select(number => me.Call<Pong>(server.Self, new Ping(number), Patience))));
        Assert.Equal(Enumerable.Range(0, 1000), answers.Select(pong => pong!.Number));
    }

    [Fact]
    public async Task A_node_that_comes_back_is_found_again()
    {
        var first = new PongServer();
        var server = _cluster.Start(first);
        var isBack = new TaskCompletionSource();
        var answers = _cluster.Run(async me =>
        {
            var before = await me.Call<Pong>(server.Self, new Ping(1), Patience);
            await isBack.Task;

            // The old connection may take one more message to its grave before its end is seen.
            Pong? after = null;
            while (after is null) after = await me.Call<Pong>(server.Self, new Ping(2), 200.Milliseconds());
            return (before!.Number, after.Number);
        }, receive: null);
        await Eventually(() => first.Pings == 1);
        await _cluster.Stop(server);
        var second = new PongServer();
        _cluster.Start(second, new LiveOptions { Port = server.Address.Port });
        isBack.SetResult();
        Assert.Equal((1, 2), await answers);
        Assert.Equal(1, first.Pings);
        Assert.True(second.Pings >= 1);
    }

    [Fact]
    public async Task An_answer_to_a_node_that_died_is_none_for_the_one_that_came_after_it()
    {
        var requests = new List<Sender>();
        var bothAsked = new TaskCompletionSource();
        var firstAsked = new TaskCompletionSource();
        var server = _cluster.Start(new Script(_ => Task.CompletedTask, (_, _, from) =>
        {
            requests.Add(from);
            firstAsked.TrySetResult();
            if (requests.Count < 2) return;
            requests[0].Reply(new Pong(1));
            requests[1].Reply(new Pong(2));
        }));
        var client = _cluster.Start(new Script(me => me.Call<Pong>(server.Self, new Ping(1), Patience)));
        await firstAsked.Task.WaitAsync(Patience);
        await _cluster.Stop(client);
        var options = new LiveOptions { Port = client.Address.Port };
        Assert.Equal(2, await _cluster.Run(async me => (await me.Call<Pong>(server.Self, new Ping(2), Patience))?.Number, options));
    }

    [Fact]
    public async Task A_newcomer_known_to_nobody_is_called_back_and_passed_on()
    {
        // Each of two workers enrols with the coordinator, which tells the second of the first; the second asks the first.
        var enrolled = new List<NodeId>();
        var coordinator = _cluster.Start(new Script(_ => Task.CompletedTask, (me, _, from) =>
        {
            enrolled.Add(from.Node);
            if (enrolled.Count == 2) me.Send(from, new Peers([.. enrolled]));
        }), new LiveOptions { Self = "coordinator" });
        _cluster.Start(Worker(_ => { }));
        var answer = new TaskCompletionSource<Pong?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await Eventually(() => enrolled.Count == 1);
        _cluster.Start(Worker(answer.SetResult));
        Assert.Equal(7, (await answer.Task.WaitAsync(Patience))?.Number);

        Script Worker(Action<Pong?> asked) => new(
            me =>
            {
                me.Send(coordinator.Address.ToString(), new Ping(0));
                return Task.CompletedTask;
            },
            (me, message, from) =>
            {
                if (message is Peers peers) me.Spawn(async () => asked(await me.Call<Pong>(peers.Nodes[0], new Ping(7), Patience)));
                else from.Reply(new Pong(((Ping)message).Number));
            });
    }

    [Fact]
    public async Task What_is_sent_just_before_the_end_still_goes_out()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var last = new Ping(999);
        var server = _cluster.Start(new Script(_ => Task.CompletedTask, (_, message, _) =>
        {
            if (message == last) arrived.SetResult();
        }));
        using var stop = new CancellationTokenSource();
        using var node = new LiveNode(new LiveOptions());
        await node.RunAsync(new Script(me =>
        {
            for (var number = 0; number < 1000; number++) me.Send(server.Self, new Ping(number));
            stop.Cancel();
            return Task.CompletedTask;
        }), stop.Token).WaitAsync(Patience);
        await arrived.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_node_may_send_to_itself() =>
        Assert.Equal(3, await _cluster.Run(
            async me => (await me.Call<Pong>(me.Self, new Ping(3), Patience))?.Number,
            receive: (_, message, from) => from.Reply(new Pong(((Ping)message).Number))));

    [Fact]
    public void Setups_that_make_no_sense_are_refused_in_a_sentence()
    {
        using var node = new LiveNode(new LiveOptions());
        var taken = Assert.Throws<IOException>(() => new LiveNode(new LiveOptions { Port = node.Address.Port }));
        Assert.Contains($"Port {node.Address.Port} of 127.0.0.1 cannot be had", taken.Message);
        Assert.Contains("needs a name", Assert.Throws<ArgumentException>(() => new LiveNode(new LiveOptions { Self = "" })).Message);
        Assert.Contains("is no port", Assert.Throws<ArgumentException>(() => new LiveNode(new LiveOptions { Port = 70000 })).Message);
        var afar = new LiveOptions { Addresses = new Dictionary<NodeId, IPEndPoint> { ["far"] = IPEndPoint.Parse("192.0.2.1:80") } };
        Assert.Contains("not on this machine", Assert.Throws<ArgumentException>(() => new LiveNode(afar)).Message);
    }

    internal static async Task Eventually(Func<bool> condition)
    {
        var begin = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(begin) < Patience, "waited long enough");
            await Task.Delay(1);
        }
    }
}

internal sealed record Peers(ImmutableArray<NodeId> Nodes) : Message;
