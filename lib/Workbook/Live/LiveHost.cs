using System.Diagnostics.CodeAnalysis;
using Workbook.Sim;

namespace Workbook.Live;

/// <summary>What a process sees of the world when the world is the real one.</summary>
internal sealed class LiveHost : IHost
{
    private readonly Dictionary<long, PendingCall> _calls = [];
    private readonly EventLoop _loop;
    private readonly LiveNetwork _network;
    private readonly LiveDisk? _disk;
    private readonly Process _process;
    private readonly Action<TraceKind, string> _note;

    // Begins anywhere, so that an answer to a node that died finds no call of the one that came after it under the same name.
    private long _lastCall = System.Random.Shared.NextInt64(long.MaxValue / 2);

    public LiveHost(EventLoop loop, LiveNetwork network, LiveDisk? disk, Rng random, Process process, Action<TraceKind, string> note)
    {
        (_loop, _network, _disk, _process, _note) = (loop, network, disk, process, note);
        Random = random;
        network.Deliver = Deliver;
    }

    private readonly record struct PendingCall(TaskCompletionSource<Message?> Reply, LiveTimer Timeout);

    public NodeId Self => _network.Self;

    public Instant Now => _loop.Now;

    public Rng Random { get; }

    public bool IsRead => true;

    public IDisk Disk
    {
        get
        {
            _loop.RequireOwnThread();
            return _disk ?? throw new InvalidOperationException($"{Self} has no disk: start its node with a folder.");
        }
    }

    public void Send(NodeId to, Message message) => Send(to, message, DeliveryKind.Message, 0);

    public void Reply(NodeId to, long call, Message reply) =>
        Send(to, reply, call == 0 ? DeliveryKind.Message : DeliveryKind.Reply, call);

    public Task<Message?> Call(NodeId to, Message request, TimeSpan timeout)
    {
        var number = ++_lastCall;
        var reply = new TaskCompletionSource<Message?>();
        var timer = new LiveTimer(_loop, () => Complete(number, null));
        _loop.Schedule(Life.Ahead(timeout), timer);
        _calls.Add(number, new PendingCall(reply, timer));
        Send(to, request, DeliveryKind.Request, number);
        return reply.Task;
    }

    [DoesNotReturn]
    public void Halt(string why) => throw new InvalidOperationException($"{Self} halts: {why}");

    public Alarm After(TimeSpan delay, Action action, string? name)
    {
        var timer = new LiveTimer(_loop, () =>
        {
            if (name is not null) _note(TraceKind.Timer, name);
            action();
        });
        _loop.Schedule(Life.Ahead(delay), timer);
        return new LiveTimer.Handle(timer);
    }

    public Task Sleep(TimeSpan length)
    {
        var awake = new TaskCompletionSource();
        _loop.Schedule(Life.Ahead(length), new LiveTimer(_loop, awake.SetResult));
        return awake.Task;
    }

    /// <summary>Real work takes its time by itself. Others still get their turn in between, as in the simulator.</summary>
    public Task Work(TimeSpan processorTime)
    {
        Life.Ahead(processorTime);
        return Sleep(TimeSpan.Zero);
    }

    /// <summary>As for <see cref="Work"/>.</summary>
    public Task Transfer(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return Sleep(TimeSpan.Zero);
    }

    public void Spawn(Func<Task> code)
    {
        _loop.RequireOwnThread();
        Observe(code);
    }

    public void Note(TraceKind kind, string text)
    {
        _loop.RequireOwnThread();
        _note(kind, text);
    }

    // What the code throws comes out of the loop, and ends the node.
    private static async void Observe(Func<Task> code) => await code();

    private void Send(NodeId to, Message message, DeliveryKind kind, long call)
    {
        ArgumentNullException.ThrowIfNull(message);
        _loop.RequireOwnThread();
        _network.Send(to, message, kind, call);
    }

    private void Deliver(NodeId from, Message message, DeliveryKind kind, long call)
    {
        if (kind == DeliveryKind.Reply) Complete(call, message);
        else _process.Deliver(message, new Sender(this, from, call));
    }

    private void Complete(long number, Message? reply)
    {
        if (!_calls.Remove(number, out var call)) return;
        call.Timeout.Cancel();
        call.Reply.SetResult(reply);
    }
}
