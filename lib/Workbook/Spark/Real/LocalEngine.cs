using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Workbook.Spark.Scheduling;
using Workbook.Spark.Shuffle;

namespace Workbook.Spark.Real;

/// <summary>
/// Runs jobs on the threads of this machine. Which thread runs a task, and when, changes nothing: a task's records depend on its partition alone, and blocks
/// are fetched in the order of partitions.
/// </summary>
internal sealed class LocalEngine(SparkContext context) : IEngine
{
    private readonly LocalExecutor _executor = new(context.Options);
    private readonly MapOutputTracker _tracker = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public int KeptPartitions(Rdd rdd) => _executor.KeptPartitions(rdd);

    public void Forget(Rdd rdd) => _executor.Forget(rdd);

    public bool HasCheckpoint(Rdd rdd, int partition) => _executor.HasCheckpoint(rdd, partition);

    public (IReadOnlyList<object?> Results, JobReport Report) Run(SparkJob job)
    {
        var start = _clock.Elapsed;
        var board = new JobBoard(job, _tracker, context.IsKept);
        var run = new JobRun(this, board, context.Options.Cancel);
        try
        {
            run.Run(Math.Min(context.Options.Threads ?? Environment.ProcessorCount, board.Stages.Max(stage => stage.Partitions.Count)));
        }
        finally
        {
            foreach (var stage in board.Stages)
            {
                if (stage.Shuffle is { } shuffle) Remove(shuffle);
            }
        }

        var stages = board.Stages.Select(stage => new StageReport(
            stage.Number, stage.Rdd, run.Tasks.Count(task => task.Stage == stage.Number && task.Succeeded), stage.Shuffle is not null));
        return ([.. board.Results], new JobReport(job.Number, job.Action, job.Rdd, [.. stages], run.Tasks, start, _clock.Elapsed));
    }

    private void Remove(WideDependency shuffle)
    {
        _tracker.Forget(shuffle);
        _executor.Remove(shuffle);
    }

    /// <summary>One job: threads that each take the next task while there is one.</summary>
    private sealed class JobRun(LocalEngine engine, JobBoard board, CancellationToken cancel)
    {
        private readonly object _lock = new();
        private readonly List<TaskReport> _tasks = [];
        private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        private Queue<StageTask> _ready = [];
        private (StageTask Task, Exception Cause)? _failure;

        public IReadOnlyList<TaskReport> Tasks => _tasks;

        public void Run(int threads)
        {
            using var stop = _stop;
            using var wake = stop.Token.Register(Wake);
            var workers = Enumerable.Range(1, threads).Select(number => new Thread(() => Work($"thread {number}"), TaskStack.Bytes) { IsBackground = true }).ToList();
            foreach (var worker in workers) worker.Start();
            foreach (var worker in workers) worker.Join();
            cancel.ThrowIfCancellationRequested();
            if (_failure is { } failure) ExceptionDispatchInfo.Throw(failure.Cause);
        }

        private void Wake()
        {
            lock (_lock) Monitor.PulseAll(_lock);
        }

        private void Work(string thread)
        {
            try
            {
                while (Take() is { } task) Attempt(task, thread);
            }
            catch (Exception e)
            {
                // It would end the process if it left the thread. No task comes before this one, so nothing takes its place.
                lock (_lock) _failure = (default, e);
                _stop.Cancel();
            }
        }

        /// <summary>The next task; waits while what could be next must wait itself. Null when the job is over.</summary>
        private StageTask? Take()
        {
            lock (_lock)
            {
                while (_failure is null && !board.IsFinished && !_stop.IsCancellationRequested)
                {
                    if (Next() is { } task) return task;
                    if (board.Running.Count == 0) throw new InvalidOperationException($"The job {board.Job.Action} cannot go on, and is not done.");
                    Monitor.Wait(_lock);
                }

                return null;
            }
        }

        private StageTask? Next()
        {
            if (_ready.Count == 0) _ready = new Queue<StageTask>(board.Ready());
            if (!_ready.TryDequeue(out var task)) return null;
            board.Start(task);
            return task;
        }

        private void Attempt(StageTask task, string thread)
        {
            var start = engine._clock.Elapsed;
            var context = new TaskContext(engine._executor, _stop.Token);
            try
            {
                var result = context.Run<object?>(running => task.Stage.Shuffle is { } shuffle
                    ? shuffle.Map(task.Partition, running) : board.Job.Run(task.Partition, running));
                lock (_lock) Done(task, result, context, Report(context.Metrics));
            }
            catch (FetchFailedException)
            {
                // Something that was kept was thrown out since the task could start. The board sees that when it is asked again.
                lock (_lock)
                {
                    board.Abandon(task);
                    _ready.Clear();
                    _tasks.Add(Report(null));
                }
            }
            catch (Exception e)
            {
                lock (_lock)
                {
                    board.Abandon(task);
                    if (!_stop.IsCancellationRequested && (_failure is null || IsBefore(task, _failure.Value.Task))) _failure = (task, e);
                }
            }

            lock (_lock)
            {
                if (_failure is { } failure && !board.Running.Any(running => IsBefore(running, failure.Task))) _stop.Cancel();
                Monitor.PulseAll(_lock);
            }

            TaskReport Report(TaskMetrics? metrics) => new(task.Stage.Number, task.Partition, thread, start, engine._clock.Elapsed, metrics);
        }

        /// <summary>
        /// Whether one thread alone would have come to a task before another one. Of two that fail it is the first one that counts, so that it is always the
        /// same failure that is told; once no task runs that comes before the one that failed, the others are stopped.
        /// </summary>
        private static bool IsBefore(StageTask task, StageTask other) =>
            other.Stage is not null && (task.Stage.Number, task.Partition).CompareTo((other.Stage.Number, other.Partition)) < 0;

        private void Done(StageTask task, object? result, TaskContext context, TaskReport report)
        {
            context.Commit();
            if (task.Stage.Shuffle is { } shuffle) engine._executor.Leave(shuffle, task.Partition, (MapOutput)result!);
            board.Done(task, report.Machine, result);
            _tasks.Add(report);
            if (task.Stage.Shuffle is not { } written || !engine._tracker.IsWhole(written)) return;
            foreach (var unneeded in board.Unneeded().ToList()) engine.Remove(unneeded);
        }
    }
}
