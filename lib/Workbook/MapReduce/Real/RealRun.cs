using System.Diagnostics;
using Workbook.MapReduce.Tasks;

namespace Workbook.MapReduce.Real;

/// <summary>One run of a job on this machine: all map tasks, then all reduce tasks, then the output is put in place.</summary>
internal sealed class RealRun
{
    private readonly Job _job;
    private readonly string _output;
    private readonly int _reducers;
    private readonly RunOptions _options;
    private readonly int _workers;
    private readonly IReadOnlyList<IReadOnlyList<Split>> _maps;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<TaskTiming> _done = [];
    private JobProgress _progress;

    public RealRun(Job job, IReadOnlyList<string> files, string output, int reducers, RunOptions options)
    {
        Job.CheckReducers(reducers);
        if (files.Count == 0)
            throw new MapReduceException("The job was given no input files; name at least one.");
        if (options.Workers < 1)
            throw new MapReduceException($"A job needs at least 1 worker; it was given {options.Workers}.");
        if (options.TaskMemory < RunOptions.LeastTaskMemory)
            throw new MapReduceException($"A map task cannot do with {options.TaskMemory} bytes of memory: give it {RunOptions.LeastTaskMemory:N0} or more.");
        _job = job;
        _output = output;
        _reducers = reducers;
        _options = options;
        _workers = options.Workers ?? Environment.ProcessorCount;
        _maps = InputFiles.Plan(files, options.SplitSize, _workers);
        _progress = new JobProgress(0, _maps.Count, 0, reducers, 0, _maps.Sum(splits => splits.Sum(split => split.Length)), TimeSpan.Zero);
    }

    public JobResult Run()
    {
        using var folder = JobFolder.Create(_output, _options.Overwrite);
        try
        {
            RunAll(TaskKind.Map, _maps.Count, (worker, m, cancel) => Map(worker, m, folder, cancel));
            RunAll(TaskKind.Reduce, _reducers, (_, r, cancel) => Reduce(r, folder, cancel));
            _options.Cancel.ThrowIfCancellationRequested();
            folder.Publish(_options.Overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MapReduceException($"The job could not write its files beside {_output}: {e.Message.TrimEnd('.')}. Nothing of it was left there.", e);
        }

        var files = Enumerable.Range(0, _reducers).Select(r => Path.Combine(_output, $"mr-out-{r}"));
        return new JobResult(_output, [.. files], [.. _done.OrderBy(task => task.Start)], _workers, _clock.Elapsed);
    }

    private TaskCounters Map(Worker worker, int number, JobFolder folder, CancellationToken cancel)
    {
        var settings = new MapTaskSettings(_reducers) { Memory = _options.TaskMemory, Cancel = cancel };
        return DiskTasks.Map(_job, number, _maps[number], folder.Intermediate, settings, ref worker.Buffer);
    }

    private TaskCounters Reduce(int number, JobFolder folder, CancellationToken cancel)
    {
        var counters = DiskTasks.Reduce(_job, number, _maps.Count, folder.Intermediate, folder.Finished, cancel);
        DiskTasks.RemoveIntermediate(number, _maps.Count, folder.Intermediate);
        return counters;
    }

    /// <summary>Runs tasks 0 to <paramref name="count"/> − 1: every worker takes the next one when it is free.</summary>
    private void RunAll(TaskKind kind, int count, Func<Worker, int, CancellationToken, TaskCounters> run)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_options.Cancel);
        var next = -1;
        Exception? failure = null;
        var threads = Enumerable.Range(0, Math.Min(_workers, count)).Select(number => new Thread(() =>
        {
            var worker = new Worker();
            try
            {
                for (int task; (task = Interlocked.Increment(ref next)) < count;)
                {
                    stop.Token.ThrowIfCancellationRequested();
                    var start = _clock.Elapsed;
                    var counters = run(worker, task, stop.Token);
                    Report(new TaskTiming(kind, task, number, start, _clock.Elapsed, counters));
                }
            }
            catch (Exception e)
            {
                // The first failure counts; the others only stopped because of it.
                Interlocked.CompareExchange(ref failure, e, null);
                stop.Cancel();
            }
        })
        { IsBackground = true, Name = $"mapreduce-{kind}-{number}" }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    private void Report(TaskTiming timing)
    {
        lock (_done)
        {
            _done.Add(timing);
            _progress = timing.Kind == TaskKind.Map
                ? _progress with { MapsDone = _progress.MapsDone + 1, BytesRead = _progress.BytesRead + timing.Counters.BytesIn, Elapsed = timing.End }
                : _progress with { ReducesDone = _progress.ReducesDone + 1, Elapsed = timing.End };
            _options.Progress?.Report(_progress);
        }
    }

    /// <summary>What a worker keeps from task to task.</summary>
    private sealed class Worker
    {
        public byte[] Buffer = [];
    }
}
