using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Workbook.Sim;

/// <summary>
/// The program that runs on a node: the base of every server, coordinator and client. A crash throws the object away
/// with everything it was waiting for; a restart builds a new one that finds only what is on the disk.
/// </summary>
/// <remarks>
/// Handlers run to completion, one at a time. Code may also be <c>async</c>: all of it runs on the same thread, in
/// virtual time, and goes on only where it awaits.
/// </remarks>
public abstract class Process
{
    private IHost? _host;

    /// <summary>The node that this process runs on.</summary>
    public NodeId Self => Host.Self;

    /// <summary>What this node's own clock says, which need not be right.</summary>
    protected Instant Now => Host.Now;

    /// <summary>Random numbers of this process's own.</summary>
    protected Rng Random => Host.Random;

    /// <summary>This node's disk, which outlasts the process.</summary>
    protected IDisk Disk => Host.Disk;

    /// <summary>For a process that is made of several: each of them is booted on the same host.</summary>
    internal IHost OwnHost => Host;

    private IHost Host => _host ?? throw new InvalidOperationException(
        $"{GetType().Name} has no node yet: begin in Start(), not in the constructor.");

    /// <summary>Called once, when the node boots or reboots.</summary>
    protected virtual void Start()
    {
    }

    /// <summary>Called for each message and each request; answer a request with <c>from.Reply(…)</c>, now or later.</summary>
    protected abstract void Receive(Message message, Sender from);

    /// <summary>Sends a message that may be lost, late, doubled or overtaken.</summary>
    protected void Send(NodeId to, Message message) => Host.Send(to, message);

    /// <summary>Sends a request and waits for its reply; null when none of that type came within <paramref name="timeout"/>.</summary>
    protected async Task<TReply?> Call<TReply>(NodeId to, Message request, TimeSpan timeout)
        where TReply : Message => await Host.Call(to, request, timeout) as TReply;

    /// <summary>Runs the action once, after that much time, unless the timer is cancelled first. A named timer is in the trace.</summary>
    protected Alarm After(TimeSpan delay, Action action, string? name = null) => Host.After(delay, action, name);

    /// <summary>Lets that much time pass.</summary>
    protected Task Sleep(TimeSpan length) => Host.Sleep(length);

    /// <summary>Waits until the processor, one job after the other, has spent that much time on this one.</summary>
    protected Task Work(TimeSpan processorTime) => Host.Work(processorTime);

    /// <summary>Waits until the disk, one transfer after the other, has moved that many bytes.</summary>
    protected Task Transfer(long bytes) => Host.Transfer(bytes);

    /// <summary>Starts code that runs beside the handlers, on the same thread. What it throws ends the run.</summary>
    protected void Spawn(Func<Task> code) => Host.Spawn(code);

    /// <summary>
    /// Stops this machine, as a crash would: for a process that can no longer keep what it has promised, because its disk fails, say. It may be booted again.
    /// Nothing after this is run.
    /// </summary>
    /// <param name="why">For the trace.</param>
    [DoesNotReturn]
    protected void Halt(string why) => Host.Halt(why);

    /// <summary>A remark for the trace.</summary>
    protected void Note(string text) => Host.Note(TraceKind.Note, text);

    /// <summary>A remark for the trace, put together only where somebody reads it.</summary>
    protected void Note([InterpolatedStringHandlerArgument("")] ref NoteText text)
    {
        if (text.IsRead) Host.Note(TraceKind.Note, text.TakeText());
    }

    /// <summary>A change of state for the trace: <c>leader of term 3</c>.</summary>
    protected void Became(string state) => Host.Note(TraceKind.State, state);

    /// <summary>A change of state for the trace, put together only where somebody reads it.</summary>
    protected void Became([InterpolatedStringHandlerArgument("")] ref NoteText state)
    {
        if (state.IsRead) Host.Note(TraceKind.State, state.TakeText());
    }

    /// <summary>Checks what cannot be otherwise unless this code is wrong; always on, and it ends the run.</summary>
    protected static void Believe(bool belief, [CallerArgumentExpression(nameof(belief))] string text = "")
    {
        if (!belief) throw new BeliefException(text);
    }

    internal bool IsRead => Host.IsRead;

    internal void Boot(IHost host)
    {
        _host = host;
        Start();
    }

    internal void Deliver(Message message, Sender from) => Receive(message, from);
}

/// <summary>Who sent a message, and where its answer goes.</summary>
public readonly struct Sender
{
    private readonly IHost _host;
    private readonly long _call;

    internal Sender(IHost host, NodeId node, long call)
    {
        _host = host;
        _call = call;
        Node = node;
    }

    /// <summary>The node that sent it.</summary>
    public NodeId Node { get; }

    /// <summary>Whether the sender waits for a reply.</summary>
    public bool Waits => _call != 0;

    /// <summary>Answers: the sender's <c>Call</c> completes. A sender that does not wait gets the reply as a message.</summary>
    public void Reply(Message reply) => _host.Reply(Node, _call, reply);

    public override string ToString() => Node.ToString();

    public static implicit operator NodeId(Sender sender) => sender.Node;
}

/// <summary>Something that cannot be unless the code is wrong.</summary>
public sealed class BeliefException(string belief) : Exception($"This was believed to hold always: {belief}.");
