namespace Workbook.MapReduce.Real;

/// <summary>A coordinator and its workers, as processes of this machine.</summary>
/// <param name="Workbook">How the program <c>workbook</c> is started: <c>["dotnet", "Workbook.Cli.dll"]</c>.</param>
/// <param name="Coordinator">What stands behind <c>workbook node coordinator</c>: job, output folder, input files.</param>
public sealed record LocalClusterOptions(IReadOnlyList<string> Workbook, IReadOnlyList<string> Coordinator)
{
    /// <summary>How many workers.</summary>
    public int Workers { get; init; } = 3;

    /// <summary>What stands behind <c>workbook node worker --coordinator ADDRESS</c>.</summary>
    public IReadOnlyList<string> Worker { get; init; } = [];

    /// <summary>How often, all in all, a worker that dies is followed by another. One that goes home is not.</summary>
    public int MostRestarts { get; init; } = 20;

    /// <summary>Gets each line that a process prints, behind the process's name (<c>w1: map 3 done</c>); on any thread, one at a time.</summary>
    public Action<string> Log { get; init; } = _ => { };
}

/// <summary>
/// Runs a job in processes of their own: starts the coordinator and the workers, and a new worker for one that dies. Kill them as you
/// like; the answer stays right as long as the coordinator lives.
/// </summary>
public sealed class LocalCluster : IAsyncDisposable
{
    private readonly LocalClusterOptions _options;
    private readonly NodeProcess _coordinator;
    private readonly List<NodeProcess> _workers = [];
    private readonly List<Task> _endings = [];
    private readonly object _gate = new();
    private readonly object _logGate = new();
    private bool _isOver;

    private LocalCluster(LocalClusterOptions options)
    {
        _options = options;
        _coordinator = Start("coordinator", ["node", "coordinator", .. options.Coordinator]);
        _ = Over(_coordinator.Ended);
    }

    /// <summary>Completes with the coordinator's exit code: 0 when the output is in place.</summary>
    public Task<int> Ended => _coordinator.Ended;

    /// <summary>The coordinator's process.</summary>
    public int CoordinatorId => _coordinator.Id;

    /// <summary>The workers' processes that are there now.</summary>
    public IReadOnlyList<int> WorkerIds
    {
        get
        {
            lock (_gate) return [.. _workers.Select(worker => worker.Id)];
        }
    }

    /// <summary>How many workers have been followed by another.</summary>
    public int Restarts { get; private set; }

    /// <summary>Starts the coordinator, and the workers once it listens. If it refuses the job, <see cref="Ended"/> is complete.</summary>
    public static async Task<LocalCluster> StartAsync(LocalClusterOptions options, CancellationToken cancellation = default)
    {
        if (options.Workers < 1) throw new ArgumentException($"{options.Workers} workers can do nothing; give the cluster at least one.");
        var cluster = new LocalCluster(options);
        try
        {
            var line = await cluster._coordinator.FirstLine(cancellation).ConfigureAwait(false);
            if (CoordinatorLine.Address(line) is not { } address)
            {
                await cluster.Ended.WaitAsync(cancellation).ConfigureAwait(false);
                return cluster;
            }

            for (var number = 1; number <= options.Workers; number++) cluster.StartWorker($"w{number}", address);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends a worker between one instruction and the next (<c>kill -9</c>).</summary>
    /// <returns>Whether there was a worker of that number.</returns>
    public bool Kill(int worker)
    {
        lock (_gate)
        {
            if (_workers.Find(one => one.Id == worker) is not { } victim) return false;
            victim.Kill();
            return true;
        }
    }

    /// <summary>Ends the coordinator likewise: the job is lost, and the workers go home by themselves.</summary>
    public void KillCoordinator() => _coordinator.Kill();

    /// <summary>Completes when the coordinator and all workers have ended by themselves.</summary>
    public async Task AllEnded()
    {
        await Ended.ConfigureAwait(false);
        await Task.WhenAll(Endings()).ConfigureAwait(false);
    }

    /// <summary>Completes with the first process that ends.</summary>
    public async Task FirstEnded() => await Task.WhenAny([Ended, .. Endings()]).ConfigureAwait(false);

    /// <summary>Ends what is still there.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isOver = true;
            foreach (var worker in _workers) worker.Kill();
        }

        _coordinator.Kill();
        await AllEnded().ConfigureAwait(false);
        _coordinator.Dispose();
    }

    private Task[] Endings()
    {
        lock (_gate) return [.. _endings];
    }

    private NodeProcess Start(string name, IReadOnlyList<string> arguments) => new(name, [.. _options.Workbook, .. arguments], Log);

    private void StartWorker(string name, string address)
    {
        lock (_gate)
        {
            if (_isOver) return;
            var worker = Start(name, ["node", "worker", "--coordinator", address, .. _options.Worker]);
            _workers.Add(worker);
            _endings.Add(Follow(worker, address));
        }
    }

    private async Task Follow(NodeProcess worker, string address)
    {
        var exitCode = await worker.Ended.ConfigureAwait(false);
        lock (_gate)
        {
            _workers.Remove(worker);
            worker.Dispose();
            if (exitCode == 0 || _isOver) return;
            if (Restarts < _options.MostRestarts)
            {
                Log($"{worker.Name} died (exit code {exitCode}); another one takes its place");
                Restarts++;
                StartWorker(worker.Name, address);
                return;
            }

            Log($"{worker.Name} died (exit code {exitCode}), and {Restarts} before it; no other takes its place");
            if (_workers.Count == 0) _coordinator.Kill();
        }
    }

    private async Task Over(Task coordinator)
    {
        await coordinator.ConfigureAwait(false);
        lock (_gate) _isOver = true;
    }

    private void Log(string line)
    {
        lock (_logGate) _options.Log(line);
    }
}

/// <summary>The first line that a coordinator prints, by which others find it.</summary>
public static class CoordinatorLine
{
    private const string Beginning = "coordinator at ";

    /// <summary>Writes the line.</summary>
    public static string Of(CoordinatorNode coordinator, int reducers) =>
        $"{Beginning}{coordinator.Address}: {coordinator.Maps} map tasks, {reducers} reduce tasks";

    /// <summary>Reads the address out of it; null when it is another line.</summary>
    public static string? Address(string? line) =>
        line?.StartsWith(Beginning, StringComparison.Ordinal) == true ? line[Beginning.Length..].Split(": ")[0] : null;
}
