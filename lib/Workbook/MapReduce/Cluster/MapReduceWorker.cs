using Workbook.Sim;

namespace Workbook.MapReduce.Cluster;

/// <summary>
/// The worker's part of the protocol: asks for tasks with one slot for maps and one for reduces, runs them, reports. What running
/// means is up to the class that derives from it: real bytes (<see cref="DataWorker"/>) or time alone (<c>ModelWorker</c>).
/// </summary>
public abstract class MapReduceWorker(NodeId coordinator) : Process
{
    private Instant _heardCoordinator;

    /// <summary>The job's coordinator.</summary>
    protected NodeId Coordinator => coordinator;

    /// <summary>This process's number: after a restart it is another worker.</summary>
    protected long Session { get; private set; }

    /// <summary>How long the worker waits for the coordinator before it asks anew.</summary>
    protected virtual TimeSpan Patience => 10.Seconds();

    /// <summary>How long the worker hears nothing of the coordinator before it takes it for dead, and the job for lost.</summary>
    protected virtual TimeSpan GiveUpAfter => 2.Minutes();

    /// <summary>Whether the worker has been told that the job is over, or has given up its coordinator.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>Whether it left because it heard nothing of the coordinator.</summary>
    public bool IsForsaken { get; private set; }

    /// <summary>Called when the worker leaves.</summary>
    public Action? Left { get; init; }

    protected override void Start()
    {
        Session = Random.Next(int.MaxValue);
        _heardCoordinator = Now;
        Spawn(Begin);
    }

    /// <summary>Comes first; the slots open when it completes.</summary>
    protected abstract Task Prepare(JobDescription job);

    /// <summary>Runs a map task and leaves its segments on this node's disk.</summary>
    protected abstract Task Map(RunMap order);

    /// <summary>Runs a reduce task and puts its output file in place.</summary>
    protected abstract Task Reduce(RunReduce order);

    /// <summary>Answers with a segment of a map task that this process has run; null when it has not.</summary>
    protected abstract byte[]? Segment(int map, int reduce);

    protected override void Receive(Message message, Sender from)
    {
        switch (message)
        {
            case Ping:
                _heardCoordinator = Now;
                Send(from, new Pong(Session));
                break;
            case FetchSegment fetch:
                var bytes = fetch.Session == Session ? Segment(fetch.Map, fetch.Reduce) : null;
                from.Reply(new FetchedSegment(fetch.Map, fetch.Reduce, bytes));
                break;
            case JobIsDone:
                Leave();
                break;
        }
    }

    /// <summary>Sends a request again and again until it is answered; null when the worker has gone home meanwhile.</summary>
    protected async Task<TReply?> Ask<TReply>(Message request)
        where TReply : Message
    {
        while (!HasLeft)
        {
            if (await Call<TReply>(coordinator, request, Patience) is { } reply)
            {
                _heardCoordinator = Now;
                return reply;
            }

            LeaveIfForsaken();
        }

        return null;
    }

    private async Task Begin()
    {
        if (await Ask<JobDescription>(new AskJob()) is not { } job) return;
        await Prepare(job);
        Spawn(() => Serve(TaskKind.Map));
        Spawn(() => Serve(TaskKind.Reduce));
    }

    private async Task Serve(TaskKind kind)
    {
        while (!HasLeft)
        {
            switch (await Call<Message>(coordinator, new RequestTask(kind, Session), Patience))
            {
                case RunMap order:
                    await Try(kind, order.Map, Map(order));
                    break;
                case RunReduce order:
                    await Try(kind, order.Reduce, Reduce(order));
                    break;
                case JobIsDone:
                    Leave();
                    break;
                default:
                    // No task came free, or the coordinator is not there. Which of the two, its pings tell.
                    LeaveIfForsaken();
                    break;
            }
        }
    }

    private void LeaveIfForsaken()
    {
        if (HasLeft || Now - _heardCoordinator <= GiveUpAfter) return;
        IsForsaken = true;
        Leave();
    }

    private async Task Try(TaskKind kind, int task, Task execution)
    {
        try
        {
            await execution;
        }
        catch (MapReduceException exception)
        {
            await Ask<Noted>(new TaskFailed(kind, task, exception.Message));
        }
    }

    private void Leave()
    {
        if (HasLeft) return;
        HasLeft = true;
        Became("gone home");
        Left?.Invoke();
    }
}
