using Workbook.Sim;

namespace Workbook.MapReduce.Cluster;

/// <summary>How an execution of a task ended.</summary>
public enum AttemptOutcome
{
    /// <summary>It has not.</summary>
    Running,

    /// <summary>It was the first to finish its task.</summary>
    Completed,

    /// <summary>Another execution of the same task was faster.</summary>
    TooLate,

    /// <summary>Its worker was taken for dead.</summary>
    Lost,

    /// <summary>It finished, but what it had written went with its worker.</summary>
    OutputLost,
}

/// <summary>One execution of a task by a worker: a bar of the Gantt chart.</summary>
public sealed class TaskAttempt
{
    internal TaskAttempt(int number, TaskKind kind, int task, NodeId worker, long session, Instant start) =>
        (Number, Kind, Task, Worker, Session, Start) = (number, kind, task, worker, session, start);

    /// <summary>Its place in the order in which tasks were handed out.</summary>
    public int Number { get; }

    /// <summary>Map or reduce.</summary>
    public TaskKind Kind { get; }

    /// <summary>Which map or reduce task.</summary>
    public int Task { get; }

    /// <summary>Who runs it.</summary>
    public NodeId Worker { get; }

    /// <summary>When it was handed out.</summary>
    public Instant Start { get; }

    /// <summary>When it ended; null while it runs.</summary>
    public Instant? End { get; internal set; }

    /// <summary>How it ended.</summary>
    public AttemptOutcome Outcome { get; internal set; }

    /// <summary>Whether it is a backup of one that runs already (§3.6).</summary>
    public bool IsBackup { get; internal init; }

    /// <summary>Whether a map's input was on the worker's own disk.</summary>
    public bool IsLocal { get; internal init; }

    internal long Session { get; }

    internal bool HasInput { get; set; }

    internal bool IsReported => Outcome is AttemptOutcome.Completed or AttemptOutcome.TooLate or AttemptOutcome.OutputLost;

    public override string ToString() => $"{Kind} {Task} on {Worker} from {Start} to {End?.ToString() ?? "now"}: {Outcome}";
}

/// <summary>The tasks of one kind: which are idle, which run, which are completed.</summary>
internal sealed class TaskBoard
{
    private readonly SortedSet<TaskAttempt> _underWay = new(Comparer<TaskAttempt>.Create((left, right) => left.Number.CompareTo(right.Number)));
    private readonly bool[] _isIdle;
    private readonly bool[] _isCompleted;
    private readonly Queue<int> _idle = [];
    private readonly Dictionary<NodeId, Queue<int>> _idleByReplica = [];
    private readonly IReadOnlyList<IReadOnlyList<NodeId>> _replicas;

    public TaskBoard(TaskKind kind, int count, IReadOnlyList<IReadOnlyList<NodeId>> replicas)
    {
        Kind = kind;
        _replicas = replicas;
        _isIdle = new bool[count];
        _isCompleted = new bool[count];
        Running = [.. Enumerable.Range(0, count).Select(_ => new List<TaskAttempt>(1))];
        for (var task = 0; task < count; task++) MakeIdle(task);
    }

    public TaskKind Kind { get; }

    public int Count => _isIdle.Length;

    public int Completed { get; private set; }

    /// <summary>How many backups have been handed out.</summary>
    public int Backups { get; private set; }

    /// <summary>The executions under way, by task.</summary>
    public IReadOnlyList<List<TaskAttempt>> Running { get; }

    public bool IsCompleted(int task) => _isCompleted[task];

    public void MakeIdle(int task)
    {
        if (_isCompleted[task]) Completed--;
        _isCompleted[task] = false;
        if (_isIdle[task]) return;
        _isIdle[task] = true;
        _idle.Enqueue(task);
        if (_replicas.Count == 0) return;
        foreach (var node in _replicas[task])
        {
            if (!_idleByReplica.TryGetValue(node, out var local)) _idleByReplica[node] = local = [];
            local.Enqueue(task);
        }
    }

    public void Complete(int task)
    {
        _isIdle[task] = false;
        _isCompleted[task] = true;
        Completed++;
    }

    /// <summary>Takes an idle task: one whose input the worker holds, if there is one; else the one that has waited longest.</summary>
    public bool TryTakeIdle(NodeId worker, out int task, out bool isLocal)
    {
        task = -1;
        isLocal = _idleByReplica.TryGetValue(worker, out var local) && TryTake(local, out task);
        return isLocal || TryTake(_idle, out task);
    }

    /// <summary>The task that has run longest in one execution only, on another worker, since the given time at the latest.</summary>
    public bool TryFindStraggler(NodeId worker, Instant since, out int task)
    {
        foreach (var attempt in _underWay)
        {
            if (attempt.Start > since) break;
            task = attempt.Task;
            if (!_isCompleted[task] && Running[task].Count == 1 && attempt.Worker != worker) return true;
        }

        task = -1;
        return false;
    }

    public void Begin(TaskAttempt attempt)
    {
        if (attempt.IsBackup) Backups++;
        Running[attempt.Task].Add(attempt);
        _underWay.Add(attempt);
    }

    public void End(TaskAttempt attempt)
    {
        Running[attempt.Task].Remove(attempt);
        _underWay.Remove(attempt);
    }

    private bool TryTake(Queue<int> queue, out int task)
    {
        while (queue.TryDequeue(out task))
        {
            if (!_isIdle[task]) continue;
            _isIdle[task] = false;
            return true;
        }

        task = -1;
        return false;
    }
}

/// <summary>A worker as the coordinator knows it: one process, from its start until it is taken for dead.</summary>
internal sealed class WorkerState(NodeId node, long session)
{
    public NodeId Node => node;

    public long Session => session;

    public Instant LastHeard { get; set; }

    public bool IsDead { get; set; }

    /// <summary>The free slots that wait for a task, one for each kind.</summary>
    public WaitingSlot?[] Slots { get; } = new WaitingSlot?[2];

    /// <summary>What each slot was last given to do.</summary>
    public TaskAttempt?[] Current { get; } = new TaskAttempt?[2];

    public WaitingSlot Waits(TaskKind kind, Sender from) => Slots[(int)kind] = new WaitingSlot(this, kind, from);
}

/// <summary>A worker's free slot, and where the order for it goes.</summary>
internal sealed record WaitingSlot(WorkerState Worker, TaskKind Kind, Sender From)
{
    /// <summary>Whether the worker is there and has not asked anew since.</summary>
    public bool IsCurrent => !Worker.IsDead && ReferenceEquals(Worker.Slots[(int)Kind], this);
}
