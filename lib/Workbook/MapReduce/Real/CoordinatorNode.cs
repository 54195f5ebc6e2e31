using System.Diagnostics;
using System.Net;
using Workbook.Live;
using Workbook.MapReduce.Cluster;

namespace Workbook.MapReduce.Real;

/// <summary>A job to be run by worker processes.</summary>
/// <param name="App">The job's name, as <see cref="JobCatalog.Find"/> takes it.</param>
/// <param name="Files">The input files. Map tasks are numbered in their order.</param>
/// <param name="Output">The output folder: new, or empty. It gets its files in one step, when all are there.</param>
public sealed record CoordinatorNodeOptions(string App, IReadOnlyList<string> Files, string Output)
{
    /// <summary>R: how many reduce tasks, and output files.</summary>
    public int Reducers { get; init; } = 4;

    /// <summary>How many bytes of input a map task gets, about; chosen by the size of the input when left out. A smaller file is a task of its own.</summary>
    public long? SplitSize { get; init; }

    /// <summary>The port to listen on; 0 takes any that is free.</summary>
    public int Port { get; init; }

    /// <summary>The jobs that there are. The workers must have the same.</summary>
    public JobCatalog Jobs { get; init; } = JobCatalog.BuiltIn;

    /// <summary>How long it waits.</summary>
    public LiveTimes Times { get; init; } = new();

    /// <summary>Gets a line when a worker dies, and for what goes wrong with connections.</summary>
    public Action<string>? Log { get; init; }
}

/// <summary>What came of a job that worker processes ran.</summary>
/// <param name="Folder">The output folder.</param>
/// <param name="Files">The output files in it, <c>mr-out-0</c> to <c>mr-out-(R−1)</c>.</param>
/// <param name="Attempts">Every execution of a task, in the order in which they were handed out.</param>
/// <param name="Elapsed">Real time from the start of the coordinator to the output being in place.</param>
public sealed record ClusterResult(string Folder, IReadOnlyList<string> Files, IReadOnlyList<TaskAttempt> Attempts, TimeSpan Elapsed)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var workers = Attempts.Select(attempt => attempt.Worker).Distinct().Count();
        return $"{Files.Count} output files in {Folder} after {Elapsed.TotalSeconds:0.0} s: {Of(TaskKind.Map)} and {Of(TaskKind.Reduce)} by {workers} workers";
    }

    private string Of(TaskKind kind)
    {
        var attempts = Attempts.Where(attempt => attempt.Kind == kind).ToList();
        var tasks = attempts.Select(attempt => attempt.Task).Distinct().Count();
        var again = attempts.Count == tasks ? "" : $" ({attempts.Count} executions)";
        return $"{tasks} {(kind == TaskKind.Map ? "map" : "reduce")} tasks{again}";
    }
}

/// <summary>A job's coordinator for real: hands the tasks to the worker processes that come, until the output is in place.</summary>
/// <example><code>
/// using var coordinator = new CoordinatorNode(new CoordinatorNodeOptions("wc", files, "out") { Port = 4711 });
/// await coordinator.RunAsync();          // and, in other processes: workbook node worker --coordinator 127.0.0.1:4711
/// </code></example>
public sealed class CoordinatorNode : IDisposable
{
    private readonly CoordinatorNodeOptions _options;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource _over = new();
    private readonly LiveNode _node;
    private readonly JobFolder _folder;
    private readonly MapReduceCoordinator _coordinator;
    private string? _failure;

    /// <summary>Looks at everything that can be looked at before the job begins, and takes the port: from here on workers may come.</summary>
    /// <exception cref="MapReduceException">Something about the job, its input or its output folder is wrong; the message says what to do.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public CoordinatorNode(CoordinatorNodeOptions options)
    {
        _options = options;
        options.Jobs.Find(options.App);
        Job.CheckReducers(options.Reducers);
        if (options.Files.Count == 0) throw new MapReduceException("The job was given no input files; name at least one.");
        RequireEmpty(options.Output);
        var splits = InputFiles.Plan(options.Files, options.SplitSize, Environment.ProcessorCount).SelectMany(task => task).ToList();
        Maps = splits.Count;
        _folder = JobFolder.Create(options.Output, overwrite: false);
        try
        {
            _node = new LiveNode(new LiveOptions { Port = options.Port, Log = options.Log });
        }
        catch
        {
            _folder.Dispose();
            throw;
        }

        var folders = new JobFolders(Environment.CurrentDirectory, _folder.Intermediate, _folder.Finished);
        _coordinator = new MapReduceCoordinator(Settings(new JobDescription(options.App, splits, options.Reducers) { Folders = folders }))
        {
            Finished = Conclude,
        };
    }

    /// <summary>Where workers find it.</summary>
    public IPEndPoint Address => _node.Address;

    /// <summary>M: how many map tasks there are.</summary>
    public int Maps { get; }

    /// <summary>How many map tasks are done by now; it may grow less when a worker dies. Any thread may look.</summary>
    public int MapsDone => _coordinator.MapsDone;

    /// <summary>How many reduce tasks are done by now. Any thread may look.</summary>
    public int ReducesDone => _coordinator.ReducesDone;

    /// <summary>Runs the job to its end. Workers go home by themselves.</summary>
    /// <exception cref="MapReduceException">The job failed; no output is left.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; no output is left.</exception>
    public async Task<ClusterResult> RunAsync(CancellationToken cancellation = default)
    {
        using var _ = this;
        using (cancellation.Register(_over.Cancel)) await _node.RunAsync(_coordinator, _over.Token).ConfigureAwait(false);
        if (_failure is not null) throw new MapReduceException(_failure);
        if (!_coordinator.IsDone) throw new OperationCanceledException(cancellation);
        var files = Enumerable.Range(0, _options.Reducers).Select(reduce => Path.Combine(_options.Output, $"mr-out-{reduce}"));
        return new ClusterResult(_options.Output, [.. files], [.. _coordinator.Attempts], _clock.Elapsed);
    }

    /// <summary>Gives the port back, and removes what is not yet output.</summary>
    public void Dispose()
    {
        _node.Dispose();
        _folder.Dispose();
    }

    private CoordinatorSettings Settings(JobDescription job) => new(job)
    {
        PingEvery = _options.Times.PingEvery,
        WorkerTimeout = _options.Times.WorkerTimeout,
        BackupAfter = _options.Times.BackupAfter,
    };

    /// <summary>The output is in place before the first worker hears that the job is done: nobody goes home early.</summary>
    private void Conclude()
    {
        try
        {
            _failure = _coordinator.Failure;
            if (_failure is null) _folder.Publish(overwrite: false);
        }
        catch (Exception e) when (e is MapReduceException or IOException or UnauthorizedAccessException)
        {
            _failure = $"The output could not be put in place in {_options.Output}: {e.Message.TrimEnd('.')}.";
        }

        _over.Cancel();
    }

    private static void RequireEmpty(string output)
    {
        if (!Directory.Exists(output) || Directory.EnumerateFileSystemEntries(output).FirstOrDefault() is not { } entry) return;
        throw new MapReduceException($"The output folder {output} is not empty: it holds {Path.GetFileName(entry)}. Name another folder, or move that away.");
    }
}
