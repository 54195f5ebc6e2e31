using System.Net;
using Workbook.Live;
using Workbook.MapReduce.Cluster;

namespace Workbook.MapReduce.Real;

/// <summary>How a worker process is set up.</summary>
/// <param name="Coordinator">Where the coordinator listens: <c>127.0.0.1:4711</c>.</param>
public sealed record WorkerNodeOptions(string Coordinator)
{
    /// <summary>In which folder the worker makes one for its map output; where temporary files go when left out.</summary>
    public string? Folder { get; init; }

    /// <summary>The jobs that the worker can run.</summary>
    public JobCatalog Jobs { get; init; } = JobCatalog.BuiltIn;

    /// <summary>How long it waits.</summary>
    public LiveTimes Times { get; init; } = new();

    /// <summary>Gets a line for each task that is done, and for what goes wrong with connections.</summary>
    public Action<string>? Log { get; init; }
}

/// <summary>A worker for real: asks a coordinator of this machine for tasks until the job is over.</summary>
public sealed class WorkerNode : IDisposable
{
    private readonly WorkerNodeOptions _options;
    private readonly string _coordinator;
    private readonly LiveNode _node;

    /// <summary>Takes a port, any that is free.</summary>
    /// <exception cref="ArgumentException">The coordinator's address is none.</exception>
    public WorkerNode(WorkerNodeOptions options)
    {
        if (!AddressBook.TryParse(options.Coordinator, out var coordinator) || !IPAddress.IsLoopback(coordinator.Address))
            throw new ArgumentException($"'{options.Coordinator}' is no address on this machine; give the one that the coordinator prints, such as 127.0.0.1:4711.");
        _options = options;
        _coordinator = coordinator.ToString();
        Folder = WorkerFolder.Create(options.Folder);
        _node = new LiveNode(new LiveOptions { Folder = Folder.Path, Log = options.Log });
    }

    /// <summary>Where the worker listens, which is also its name.</summary>
    public IPEndPoint Address => _node.Address;

    private WorkerFolder Folder { get; }

    /// <summary>Runs until the job is over.</summary>
    /// <exception cref="MapReduceException">The coordinator cannot be reached (any more), or the worker does not have the job's functions.</exception>
    /// <exception cref="LiveNodeException">The worker cannot go on, because its disk is full for one.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        using var _ = this;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var settings = new WorkerSettings(_coordinator, _options.Jobs.Find, FilesOf) { PollEvery = _options.Times.PollEvery };
        var worker = new LiveDataWorker(settings, _options.Times) { Left = over.Cancel };
        try
        {
            await _node.RunAsync(worker, over.Token).ConfigureAwait(false);
        }
        catch (LiveNodeException e) when (e.InnerException is MapReduceException reason)
        {
            throw reason;
        }

        if (worker.IsForsaken) throw new MapReduceException(WhyForsaken(worker.KnowsJob));
        if (!worker.HasLeft) cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Gives port and folder back.</summary>
    public void Dispose()
    {
        _node.Dispose();
        Folder.Dispose();
    }

    private string WhyForsaken(bool knewJob) => knewJob
        ? $"The coordinator {_coordinator} has not been heard for {_options.Times.GiveUpAfter.TotalSeconds:0.#} s, so the job is lost; start it again."
        : $"Nobody answers at {_coordinator}; start the coordinator first, and give the address that it prints.";

    private static GlobalFilesInFolder FilesOf(JobDescription job) => new(job.Folders ?? throw new MapReduceException(
        "The coordinator does not say where its files are; start it with 'workbook node coordinator'."));
}
