using Workbook.Sim;

namespace Workbook.MapReduce.Cluster;

/// <summary>What a coordinator must know before it begins.</summary>
/// <param name="Description">The job: its name, its splits, its number of reducers.</param>
public sealed record CoordinatorSettings(JobDescription Description)
{
    /// <summary>The precautions.</summary>
    public MapReduceRules Rules { get; init; } = MapReduceRules.All;

    /// <summary>How often workers are asked whether they are there.</summary>
    public TimeSpan PingEvery { get; init; } = 1.Seconds();

    /// <summary>A worker that has been silent for that long is taken for dead.</summary>
    public TimeSpan WorkerTimeout { get; init; } = 3.Seconds();

    /// <summary>The share of a phase's tasks that must be done before idle workers back up the rest, 0 to 1.</summary>
    public double BackupWhenDone { get; init; } = 0.5;

    /// <summary>The share of a phase's tasks that may be backed up, 0 to 1; the paper tuned it to a few percent (§3.6).</summary>
    public double MostBackups { get; init; } = 1;

    /// <summary>How long a task must have run before it counts as slow, and is backed up; looked at with every ping.</summary>
    public TimeSpan BackupAfter { get; init; } = TimeSpan.Zero;

    /// <summary>The nodes that hold a copy of each split; empty when nobody knows.</summary>
    public IReadOnlyList<IReadOnlyList<NodeId>> Replicas { get; init; } = [];
}

/// <summary>
/// The master of the paper (§3.2): keeps the state of every task, hands tasks to workers that ask, pings workers, and takes
/// back what a dead one had. It is a single process; when it dies, the job has failed (§3.3).
/// </summary>
public sealed partial class MapReduceCoordinator : Process
{
    private readonly CoordinatorSettings _settings;
    private readonly TaskBoard _maps;
    private readonly TaskBoard _reduces;
    private readonly FinishedMaps _outputs = new();
    private readonly List<TaskAttempt> _attempts = [];
    private readonly TaskAttempt?[] _madeBy;
    private readonly HashSet<NodeId> _knowTheJob = [];

    /// <summary>A coordinator for one job.</summary>
    public MapReduceCoordinator(CoordinatorSettings settings)
    {
        _settings = settings;
        _maps = new TaskBoard(TaskKind.Map, settings.Description.Splits.Count, settings.Rules.Locality ? settings.Replicas : []);
        _madeBy = new TaskAttempt?[settings.Description.Splits.Count];
        _reduces = new TaskBoard(TaskKind.Reduce, settings.Description.Reducers, []);
    }

    /// <summary>Whether every reduce task has finished.</summary>
    public bool IsDone => _reduces.Completed == _reduces.Count;

    /// <summary>Why the job failed; null when it has not.</summary>
    public string? Failure { get; private set; }

    /// <summary>Every execution of a task so far, in the order they were handed out.</summary>
    public IReadOnlyList<TaskAttempt> Attempts => _attempts;

    /// <summary>How many map tasks are done.</summary>
    public int MapsDone => _maps.Completed;

    /// <summary>How many reduce tasks are done.</summary>
    public int ReducesDone => _reduces.Completed;

    /// <summary>
    /// Called when the job is done or has failed, before any worker is told. Then all are, the busy ones too, so that the process may end.
    /// </summary>
    public Action? Finished { get; init; }

    private MapReduceRules Rules => _settings.Rules;

    protected override void Start() => PingWorkers();

    protected override void Receive(Message message, Sender from)
    {
        switch (message)
        {
            case AskJob:
                _knowTheJob.Add(from);
                from.Reply(_settings.Description);
                break;
            case not null when !_knowTheJob.Contains(from):
                // It is left over from a job whose coordinator had this address before: what it knows and numbers is of that job.
                if (message is RequestTask) from.Reply(new JobIsDone());
                break;
            case RequestTask request:
                Receive(request, from);
                break;
            case MapFinished finished:
                Receive(finished, from);
                break;
            case ReduceHasInput input:
                Receive(input, from);
                break;
            case ReduceFinished finished:
                Receive(finished, from);
                break;
            case TaskFailed failed:
                Receive(failed, from);
                break;
            case AskMapOutputs ask:
                from.Reply(new MapOutputs(_outputs.From(ask.From)));
                break;
            case Pong pong:
                Hear(from, pong.Session);
                break;
        }
    }

    private void Receive(RequestTask request, Sender from)
    {
        var worker = Hear(from, request.Session);
        if (IsDone || Failure is not null)
        {
            from.Reply(new JobIsDone());
            return;
        }

        // A slot that asks is free: an order that it was given before never reached it.
        if (worker.Current[(int)request.Kind] is { Outcome: AttemptOutcome.Running } lost)
        {
            TakeBack(lost);
            RerunLostMaps();
        }

        Waiting(request.Kind).Enqueue(worker.Waits(request.Kind, from));
        Assign();
    }

    private void Receive(MapFinished finished, Sender from)
    {
        Hear(from, finished.Session);
        from.Reply(new Noted());
        var attempt = _attempts[finished.Attempt];
        if (attempt.IsReported) return;
        var isFirst = !_maps.IsCompleted(finished.Map);
        End(attempt, isFirst ? AttemptOutcome.Completed : AttemptOutcome.TooLate);
        if (!isFirst && Rules.FirstCompletionOnly) return;

        _outputs.Add(new MapOutput(finished.Map, from, finished.Session));
        if (isFirst)
        {
            _madeBy[finished.Map] = attempt;
            _maps.Complete(finished.Map);
        }

        Assign();
    }

    private void Receive(ReduceHasInput input, Sender from)
    {
        Hear(from, input.Session);
        _attempts[input.Attempt].HasInput = true;
    }

    private void Receive(ReduceFinished finished, Sender from)
    {
        Hear(from, finished.Session);
        from.Reply(new Noted());
        var attempt = _attempts[finished.Attempt];
        if (attempt.IsReported) return;
        var isFirst = !_reduces.IsCompleted(finished.Reduce);
        End(attempt, isFirst ? AttemptOutcome.Completed : AttemptOutcome.TooLate);
        if (!isFirst) return;
        _reduces.Complete(finished.Reduce);
        if (IsDone) Finish("done");
        else Assign();
    }

    private void Receive(TaskFailed failed, Sender from)
    {
        from.Reply(new Noted());
        if (IsDone || Failure is not null) return;
        Failure = failed.Reason;
        Finish($"failed: {failed.Reason}");
    }

    private void Finish(string how)
    {
        Became(how);
        Finished?.Invoke();
        foreach (var slot in _waitingForMap.Concat(_waitingForReduce)) slot.From.Reply(new JobIsDone());
        if (Finished is null) return;

        // Those that are busy would later ask in vain.
        foreach (var worker in _workers.Where(worker => !worker.IsDead)) Send(worker.Node, new JobIsDone());
    }

    private void End(TaskAttempt attempt, AttemptOutcome outcome)
    {
        attempt.Outcome = outcome;
        attempt.End = Now;
        Board(attempt.Kind).End(attempt);
    }

    private TaskBoard Board(TaskKind kind) => kind == TaskKind.Map ? _maps : _reduces;
}
