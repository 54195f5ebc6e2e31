using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Workbook.Live;
using Workbook.Sim;
using Workbook.Tests.Sim;

namespace Workbook.Tests.Live;

/// <summary>The live nodes of one test. All are stopped at its end, and one that failed fails the test.</summary>
internal sealed class LiveCluster : IAsyncDisposable
{
    /// <summary>Far more than anything here takes; only a test that fails waits so long.</summary>
    public static readonly TimeSpan Patience = 30.Seconds();

    private readonly List<Running> _running = [];

    private sealed record Running(LiveNode Node, Task End, CancellationTokenSource Stop);

    /// <summary>What the nodes logged.</summary>
    public ConcurrentQueue<string> Log { get; } = [];

    public LiveNode Start(Process process, LiveOptions? options = null) => StartAndWatch(process, options).Node;

    /// <summary>Starts a node, and gives the task that completes, or fails, with it.</summary>
    public (LiveNode Node, Task End) StartAndWatch(Process process, LiveOptions? options = null)
    {
        var node = new LiveNode((options ?? new LiveOptions()) with { Log = Log.Enqueue });
        var stop = new CancellationTokenSource();
        var running = new Running(node, node.RunAsync(process, stop.Token), stop);
        _running.Add(running);
        return (node, running.End);
    }

    public async Task Stop(LiveNode node)
    {
        var running = _running.Single(running => running.Node == node);
        _running.Remove(running);
        await running.Stop.CancelAsync();
        await running.End.WaitAsync(Patience);
    }

    /// <summary>The test has seen that this node failed.</summary>
    public void Forget(LiveNode node) => _running.RemoveAll(running => running.Node == node);

    /// <summary>Runs code as a node of its own, to its end, and gives its result.</summary>
    public async Task<T> Run<T>(Func<Script, Task<T>> code, LiveOptions? options = null, Action<Script, Message, Sender>? receive = null)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var (_, end) = StartAndWatch(new Script(async me => result.SetResult(await code(me)), receive), options);
        if (await Task.WhenAny(result.Task, end).WaitAsync(Patience) == end) await end;
        return await result.Task;
    }

    /// <summary>A port of 127.0.0.1 on which nobody listens, and that nobody gets while it is kept.</summary>
    public static Socket DeadPort(out NodeId address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        address = socket.LocalEndPoint!.ToString()!;
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var running in _running.ToList()) await Stop(running.Node);
    }
}
