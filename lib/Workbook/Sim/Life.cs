using System.Diagnostics.CodeAnalysis;

namespace Workbook.Sim;

/// <summary>
/// A process from boot to crash, and its host: all that the process waits for hangs on its life, and ends with it.
/// </summary>
/// <remarks>
/// It is the synchronization context of the process's <c>async</c> code. A continuation runs at once where the code it
/// waited for completes, on the one thread there is, and through the event queue where it comes from elsewhere.
/// </remarks>
internal sealed class Life(Node node, Rng random) : SynchronizationContext, IHost
{
    private readonly Dictionary<long, PendingCall> _calls = [];

    public Process? Process { get; private set; }

    public bool IsOver { get; private set; }

    public Node Node => node;

    public NodeId Self => node.Id;

    public Instant Now => node.Clock.Now;

    public Rng Random => random;

    public bool IsRead => Alive().Simulation.IsRecording;

    public IDisk Disk => Alive().Disk;

    private Simulation Simulation => node.Simulation;

    public void Boot(Process process)
    {
        Process = process;
        process.Boot(this);
    }

    public void End() => IsOver = true;

    /// <summary>Runs code of this process, with exceptions told to the run, unless it is of a process that is no more.</summary>
    public void Enter(Action code)
    {
        if (IsOver) return;
        var outer = Current;
        Simulation.LastRan = node;
        if (!ReferenceEquals(outer, this)) SetSynchronizationContext(this);
        try
        {
            code();
        }
        catch (Exception exception) when (exception is not SimulationException)
        {
            Failed(exception);
        }
        finally
        {
            if (!ReferenceEquals(outer, this)) SetSynchronizationContext(outer);
        }
    }

    public void Deliver(Delivery delivery)
    {
        var outer = Current;
        Simulation.LastRan = node;
        SetSynchronizationContext(this);
        try
        {
            if (delivery.Kind == DeliveryKind.Reply) Complete(delivery);
            else Process!.Deliver(delivery.Message, new Sender(this, delivery.From.Id, delivery.Call));
        }
        catch (Exception exception) when (exception is not SimulationException)
        {
            Failed(exception);
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    public void Send(NodeId to, Message message) => Send(to, message, DeliveryKind.Message, 0);

    public void Reply(NodeId to, long call, Message reply) =>
        Send(to, reply, call == 0 ? DeliveryKind.Message : DeliveryKind.Reply, call, isAnswer: true);

    public Task<Message?> Call(NodeId to, Message request, TimeSpan timeout)
    {
        var call = new PendingCall(this, node.NextCall());
        _calls.Add(call.Number, call);
        Simulation.Plan(AfterOwn(timeout), call);
        Send(to, request, DeliveryKind.Request, call.Number);
        return call.Task;
    }

    public Alarm After(TimeSpan delay, Action action, string? name)
    {
        Alive();
        var timer = new AlarmEvent(this, action, name);
        Simulation.Plan(AfterOwn(delay), timer);
        return timer.Handle;
    }

    public void Replan(AlarmEvent timer, TimeSpan delay)
    {
        Alive();
        Simulation.Replan(AfterOwn(delay), timer);
    }

    public Task Sleep(TimeSpan length) => WakeAt(AfterOwn(length), isSleep: true);

    public Task Work(TimeSpan processorTime) => WakeAt(Alive().Processor.Serve(Simulation.Now, Ahead(processorTime)));

    public Task Transfer(long bytes)
    {
        var length = ServiceQueue.Length(bytes, Alive().DiskBytesPerSecond);
        return WakeAt(node.DiskArm.Serve(Simulation.Now, length + node.DiskDelay));
    }

    public void Spawn(Func<Task> code)
    {
        Alive();
        Enter(() => Observe(code));
    }

    [DoesNotReturn]
    public void Halt(string why)
    {
        Alive().Halt(why);
        throw new LifeIsOverException();
    }

    public void Note(TraceKind kind, string text)
    {
        Alive();
        Simulation.Record(kind, node.Id, text);
    }

    /// <summary>Code that did not complete in place comes back through the event queue, at the same point in time.</summary>
    public override void Post(SendOrPostCallback code, object? state)
    {
        // Thrown on a thread of the pool, this would end the program and not only the run.
        if (Simulation.IsOnForeignThread) Simulation.Fail(node.Id, new ForeignThreadException());
        else Simulation.Plan(Simulation.Now, new Continuation(this, () => code(state)));
    }

    public override void Send(SendOrPostCallback code, object? state) =>
        throw new NotSupportedException("A process has one thread; nothing can be run on it from outside.");

    /// <summary>Ends a call that nobody answered in time.</summary>
    public void GiveUp(PendingCall call)
    {
        if (_calls.Remove(call.Number)) Enter(() => call.Complete(null));
    }

    private async void Observe(Func<Task> code) => await code();

    private void Complete(Delivery delivery)
    {
        if (!_calls.Remove(delivery.Call, out var call)) return;
        Simulation.Cancel(call);
        call.Complete(delivery.Message);
    }

    private void Send(NodeId to, Message message, DeliveryKind kind, long call, bool isAnswer = false)
    {
        ArgumentNullException.ThrowIfNull(message);
        Simulation.Network.Send(new Delivery(Alive().Links[to], message, kind, call) { IsAnswer = isAnswer });
    }

    private Task WakeAt(Instant time, bool isSleep = false)
    {
        Alive();
        var wake = new WakeUp(this, isSleep);
        Simulation.Plan(time, wake);
        return wake.Task;
    }

    private void Failed(Exception exception)
    {
        // Code that was running when its own process crashed stops at its next step in the world; that is no failure.
        if (IsOver && exception is LifeIsOverException) return;
        Simulation.Fail(node.Id, exception);
    }

    /// <summary>The point in true time at which that much time has passed on the node's own clock.</summary>
    private Instant AfterOwn(TimeSpan length) => Simulation.Now + node.Clock.TrueLength(Ahead(length));

    private Node Alive()
    {
        if (IsOver) throw new LifeIsOverException();
        if (!Simulation.IsOnForeignThread) return node;
        var foreign = new ForeignThreadException();
        Simulation.Fail(node.Id, foreign);
        throw foreign;
    }

    internal static TimeSpan Ahead(TimeSpan length) => length >= TimeSpan.Zero
        ? length
        : throw new ArgumentOutOfRangeException(nameof(length), length, "Time only goes forward; give a length of 0 or more.");
}

/// <summary>A process's code came back on a thread that is not the run's.</summary>
internal sealed class ForeignThreadException() : Exception(
    "its code came back on another thread: it waits for real time or real work. In a run use Sleep, After, Call and Spawn, not Task.Delay, Task.Run or timers");

/// <summary>Thrown in the code of a process that crashed in the middle of a handler, so that it stops there.</summary>
internal sealed class LifeIsOverException : Exception;
