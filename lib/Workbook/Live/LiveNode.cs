using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Workbook.Sim;

namespace Workbook.Live;

/// <summary>How a live node is set up.</summary>
public sealed record LiveOptions
{
    /// <summary>The node's name; its address (<c>127.0.0.1:4711</c>) when left out, by which any other node finds it.</summary>
    public NodeId? Self { get; init; }

    /// <summary>The port it listens on, of 127.0.0.1; 0 takes any that is free.</summary>
    public int Port { get; init; }

    /// <summary>Where nodes listen whose names do not say it. Nodes that speak to this one first tell it themselves.</summary>
    public IReadOnlyDictionary<NodeId, IPEndPoint> Addresses { get; init; } = new Dictionary<NodeId, IPEndPoint>();

    /// <summary>The folder that is the node's disk, of its own; without one the process must not use its disk.</summary>
    public string? Folder { get; init; }

    /// <summary>
    /// Decides the process's random numbers, which are those of its first boot in a simulation of that seed; drawn when left out.
    /// </summary>
    public ulong? Seed { get; init; }

    /// <summary>Where messages are defined, besides this library and the assembly of the process.</summary>
    public IReadOnlyList<Assembly> MessagesFrom { get; init; } = [];

    /// <summary>
    /// Gets a line for each remark, change of state and named timer, and for what goes wrong with connections; on the node's own thread.
    /// </summary>
    public Action<string>? Log { get; init; }
}

/// <summary>
/// Runs a <see cref="Process"/>, as it is, in the real world: on this machine's clock, over TCP, on a folder. Each node
/// listens on a port of 127.0.0.1; one operating-system process may hold one or several.
/// </summary>
/// <example><code>
/// using var node = new LiveNode(new LiveOptions { Port = 4711, Folder = "s1", Log = Console.WriteLine });
/// await node.RunAsync(new EchoServer(), stop.Token);
/// </code></example>
public sealed class LiveNode : IDisposable
{
    private readonly LiveOptions _options;
    private readonly AddressBook _addresses;
    private readonly Socket _listener;
    private int _runs;

    /// <summary>Takes the port: from here on others can connect, and are heard once the node runs.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="ArgumentException">An address is not on this machine, or the name is empty.</exception>
    public LiveNode(LiveOptions options)
    {
        if (options.Self is { Name: null or "" })
        {
            throw new ArgumentException("A node needs a name, such as s1; leave it out to name it by its address.");
        }

        _options = options;
        _addresses = new AddressBook(options.Addresses);
        _listener = Listen(options.Port);
        Address = (IPEndPoint)_listener.LocalEndPoint!;
        Self = options.Self ?? Address.ToString();
    }

    /// <summary>The node's name.</summary>
    public NodeId Self { get; }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Runs the process until cancelled; then lets what was sent go out, for a second at the most, and completes.</summary>
    /// <exception cref="LiveNodeException">The process threw; the message is one line that names the node.</exception>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    public async Task RunAsync(Process process, CancellationToken cancellation = default)
    {
        if (Interlocked.Exchange(ref _runs, 1) != 0) throw new InvalidOperationException($"{Self} has run already; make a new node.");
        using var _ = this;
        using var disk = _options.Folder is { } folder ? new LiveDisk(folder) : null;
        var loop = new EventLoop();
        var codec = new MessageCodec([process.GetType().Assembly, .. _options.MessagesFrom]);
        using var network = new LiveNetwork(Self, _listener, _addresses, codec, loop, text => Log(loop, TraceKind.Fault, text));
        var random = new Rng(_options.Seed ?? (ulong)Random.Shared.NextInt64()).Fork(Self.Name).Fork(1);
        var host = new LiveHost(loop, network, disk, random, process, (kind, text) => Log(loop, kind, text));
        loop.Post(() => process.Boot(host));
        var accepting = network.Accept();
        using (cancellation.Register(loop.Stop)) await OnItsOwnThread(loop).ConfigureAwait(false);
        await network.Finish().ConfigureAwait(false);
        network.Dispose();
        await accepting.ConfigureAwait(false);
    }

    /// <summary>Gives the port back.</summary>
    public void Dispose() => _listener.Dispose();

    private Task OnItsOwnThread(EventLoop loop)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                loop.Run();
                end.SetResult();
            }
            catch (Exception exception)
            {
                end.SetException(new LiveNodeException(Self, loop.Now, exception));
            }
        })
        { IsBackground = true, Name = $"node {Self}" }.Start();
        return end.Task;
    }

    private void Log(EventLoop loop, TraceKind kind, string text) =>
        _options.Log?.Invoke(new TraceRecord(0, loop.Now, kind, Self, default, 0, null, text).ToString());

    private static Socket Listen(int port)
    {
        if (port is < 0 or > IPEndPoint.MaxPort)
        {
            throw new ArgumentException($"{port} is no port; give one up to {IPEndPoint.MaxPort}, or 0 for any.");
        }

        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return socket;
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new IOException(
                $"Port {port} of 127.0.0.1 cannot be had: {exception.Message}. Give another, or 0 for any that is free.", exception);
        }
    }
}

/// <summary>A live node that ended because its process threw.</summary>
public sealed class LiveNodeException(NodeId node, Instant time, Exception inner)
    : Exception($"{node} ended after {time}: {inner.Message.ReplaceLineEndings(" ")}", inner)
{
    /// <summary>The node.</summary>
    public NodeId Node { get; } = node;

    /// <summary>When it ended, by its own clock.</summary>
    public Instant Time { get; } = time;
}
