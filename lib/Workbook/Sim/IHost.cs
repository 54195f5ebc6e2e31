using System.Diagnostics.CodeAnalysis;

namespace Workbook.Sim;

/// <summary>
/// All that a process sees of the world. The simulator is the first thing behind it; real sockets, disks and clocks
/// (<c>Workbook.Live</c>) are the second. A process reaches it through the members of <see cref="Process"/>.
/// </summary>
public interface IHost
{
    /// <summary>The node that the process runs on.</summary>
    NodeId Self { get; }

    /// <summary>What the node's own clock says, which need not be right.</summary>
    Instant Now { get; }

    /// <summary>The process's own random numbers.</summary>
    Rng Random { get; }

    /// <summary>The node's disk.</summary>
    IDisk Disk { get; }

    /// <summary>Whether anybody reads what is noted; where nobody does, there is no need to write it.</summary>
    bool IsRead { get; }

    /// <summary>Sends a message that may be lost, late, doubled or overtaken.</summary>
    void Send(NodeId to, Message message);

    /// <summary>Sends a request and waits for its reply; null when none came in time, by the node's own clock.</summary>
    Task<Message?> Call(NodeId to, Message request, TimeSpan timeout);

    /// <summary>Answers the request numbered <paramref name="call"/> of <paramref name="to"/>; 0 sends a plain message.</summary>
    void Reply(NodeId to, long call, Message reply);

    /// <summary>Runs the action once, after that much time by the node's own clock, unless the timer is cancelled first.</summary>
    Alarm After(TimeSpan delay, Action action, string? name);

    /// <summary>Completes after that much time by the node's own clock.</summary>
    Task Sleep(TimeSpan length);

    /// <summary>Completes when the node's processor, one job after the other, has spent that much time on it.</summary>
    Task Work(TimeSpan processorTime);

    /// <summary>Completes when the node's disk, one transfer after the other, has moved that many bytes.</summary>
    Task Transfer(long bytes);

    /// <summary>Starts code that runs beside the handlers, on the same thread; what it throws ends the run.</summary>
    void Spawn(Func<Task> code);

    /// <summary>The machine stops here and now, by its own decision, and says why; never returns.</summary>
    [DoesNotReturn]
    void Halt(string why);

    /// <summary>Writes a line into the trace: a change of state, or a remark.</summary>
    void Note(TraceKind kind, string text);
}

/// <summary>An action that is still to come.</summary>
public abstract class Alarm
{
    /// <summary>Whether the action is still to come.</summary>
    public abstract bool IsPending { get; }

    /// <summary>Takes the action back; nothing happens when it has run already.</summary>
    public abstract void Cancel();

    /// <summary>Lets the action run once, that much time from now, whether it was still to come, taken back, or has run.</summary>
    public abstract void Restart(TimeSpan delay);
}
