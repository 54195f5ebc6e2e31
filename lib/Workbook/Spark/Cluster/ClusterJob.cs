using Workbook.Sim;
using Workbook.Spark.Scheduling;

namespace Workbook.Spark.Cluster;

/// <summary>One attempt at a task, on a worker.</summary>
internal sealed record Attempt(long Number, ClusterJob Job, StageTask Task, WorkerState Worker, long Session, Instant Start);

/// <summary>One job on the cluster: what is done of it, what every attempt came to, and how it ended.</summary>
/// <param name="board">Which tasks there are.</param>
/// <param name="mostAttempts">How often a task is begun.</param>
/// <param name="cancel">Stops the job.</param>
internal sealed class ClusterJob(JobBoard board, int mostAttempts, CancellationToken cancel)
{
    private readonly List<(StageTask Task, string Machine, Instant Start, Instant End, TaskMetrics? Metrics)> _tasks = [];
    private readonly Dictionary<StageTask, int> _begun = [];
    private readonly Dictionary<StageTask, Instant> _readySince = [];
    private (StageTask Task, Exception Cause)? _failure;

    public JobBoard Board => board;

    public CancellationToken Cancel => cancel;

    /// <summary>Why there will be no result; null while there may be one.</summary>
    public Exception? Failure => _failure?.Cause;

    public bool IsOver { get; private set; }

    /// <summary>The tasks that can start, but for those that come after one that has failed: nobody will want their results.</summary>
    public IEnumerable<StageTask> Ready() => board.Ready().Where(task => _failure is not { } failure || IsBefore(task, failure.Task));

    /// <summary>Since when a task could have started.</summary>
    public Instant ReadySince(StageTask task, Instant now)
    {
        if (!_readySince.TryGetValue(task, out var since)) _readySince[task] = since = now;
        return since;
    }

    /// <summary>A task starts.</summary>
    /// <returns>Whether it may: not when all attempts that it is given have come to nothing.</returns>
    public bool Start(StageTask task)
    {
        _readySince.Remove(task);
        if ((_begun[task] = _begun.GetValueOrDefault(task) + 1) > mostAttempts)
        {
            Fail(new SparkException(
                $"Partition {task.Partition} of {task.Stage.Rdd.Label} was begun {mostAttempts} times, and each time it was lost, or what it had made: "
                + "have workers crash less often, mend the network between them, or checkpoint."));
            return false;
        }

        board.Start(task);
        return true;
    }

    public void Done(Attempt attempt, TaskFinished report, Instant now)
    {
        if (IsOver) return;
        report.Context.Commit();
        board.Done(attempt.Task, attempt.Worker.Name, report.Result);
        Add(attempt, report.Context.Metrics, now);
        if (board.IsFinished) IsOver = true;
        Settle();
    }

    /// <summary>An attempt came to nothing, because of its worker or because of another one.</summary>
    public void Abandon(Attempt attempt, Instant now)
    {
        if (IsOver) return;
        board.Abandon(attempt.Task);
        Add(attempt, null, now);
        Settle();
    }

    /// <summary>A function of the program has failed. Of two the one counts to which one core would come first.</summary>
    public void Fail(Attempt attempt, Exception cause, Instant now)
    {
        if (IsOver) return;
        if (_failure is not { } failure || IsBefore(attempt.Task, failure.Task)) _failure = (attempt.Task, cause);
        Abandon(attempt, now);
    }

    /// <summary>The job ends here, whatever of it runs.</summary>
    public void Fail(Exception cause)
    {
        if (IsOver) return;
        _failure = (default, cause);
        IsOver = true;
    }

    public JobReport Report(Instant zero, Instant start, Instant end)
    {
        var stages = board.Stages.Select(stage => new StageReport(
            stage.Number, stage.Rdd, _tasks.Count(task => task.Task.Stage == stage && task.Metrics is not null), stage.Shuffle is not null));
        var tasks = _tasks.Select(task =>
            new TaskReport(task.Task.Stage.Number, task.Task.Partition, task.Machine, task.Start - zero, task.End - zero, task.Metrics));
        return new JobReport(board.Job.Number, board.Job.Action, board.Job.Rdd, [.. stages], [.. tasks], start - zero, end - zero);
    }

    private void Add(Attempt attempt, TaskMetrics? metrics, Instant now) => _tasks.Add((attempt.Task, attempt.Worker.Name, attempt.Start, now, metrics));

    /// <summary>A failure is final once no task runs, or can run, that comes before the one that failed.</summary>
    private void Settle()
    {
        if (_failure is not { } failure || IsOver) return;
        IsOver = !board.Running.Any(running => IsBefore(running, failure.Task)) && !Ready().Any();
    }

    private static bool IsBefore(StageTask task, StageTask other) =>
        (task.Stage.Number, task.Partition).CompareTo((other.Stage.Number, other.Partition)) < 0;
}
