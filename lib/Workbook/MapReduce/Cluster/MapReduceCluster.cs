using System.Text;
using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.MapReduce.Cluster;

/// <summary>What a small cluster looks like.</summary>
public sealed record ClusterOptions
{
    /// <summary>How many workers; they are called w1, w2…</summary>
    public int Workers { get; init; } = 3;

    /// <summary>R.</summary>
    public int Reducers { get; init; } = 2;

    /// <summary>The size of a split, in bytes; each input file is at least one.</summary>
    public long SplitSize { get; init; } = 1 << 20;

    /// <summary>The precautions.</summary>
    public MapReduceRules Rules { get; init; } = MapReduceRules.All;

    /// <summary>How messages travel.</summary>
    public NetworkOptions Network { get; init; } = new();

    /// <summary>How long tasks take.</summary>
    public TaskCosts Costs { get; init; } = new(1.Seconds(), 0.5.Seconds(), 0.1.Seconds());

    /// <summary>How much longer things take on each worker, by its place; 1 where nothing is said.</summary>
    public IReadOnlyList<double> Slowness { get; init; } = [];
}

/// <summary>
/// A MapReduce job on a simulated cluster, over real bytes: a coordinator, some workers, and a global file system. Drive it step by
/// step, break it, look at its output.
/// </summary>
/// <example><code>
/// var cluster = new MapReduceCluster(WordCount.Job, inputs, seed: 7);
/// cluster.RunFor(1.5.Seconds()).Crash("w2").RunToEnd();
/// cluster.Difference()                     // null: the output is the sequential program's, byte for byte
/// </code></example>
[TypeFormatterSource]
public sealed class MapReduceCluster : IDisplay
{
    /// <summary>The coordinator's name.</summary>
    public static readonly NodeId CoordinatorId = "coordinator";

    private readonly Job _job;
    private readonly IReadOnlyList<InputFile> _inputs;
    private readonly ClusterOptions _options;

    /// <summary>Boots the cluster at virtual time 0.</summary>
    public MapReduceCluster(Job job, IReadOnlyList<InputFile> inputs, ulong seed = 1, ClusterOptions? options = null)
    {
        (_job, _inputs, _options) = (job, inputs, options ?? new ClusterOptions());
        if (_options.Workers < 1) throw new ArgumentException($"{_options.Workers} workers can do nothing; give the cluster at least one.");
        if (_options.Reducers < 1) throw new ArgumentException($"{_options.Reducers} reducers can write nothing; give the job at least one.");
        Files = new GlobalFilesInMemory(inputs);
        Run = new Simulation(seed, _options.Network);
        Run.Add(CoordinatorId, BootCoordinator);
        for (var number = 1; number <= _options.Workers; number++)
        {
            var slowness = _options.Slowness.ElementAtOrDefault(number - 1);
            Run.Add($"w{number}", () => BootWorker(slowness > 0 ? slowness : 1));
        }

        Coordinator = Run.Process<MapReduceCoordinator>(CoordinatorId);
    }

    /// <summary>The run underneath: network, disks, clocks, trace.</summary>
    public Simulation Run { get; }

    /// <summary>The global file system with input and output.</summary>
    public GlobalFilesInMemory Files { get; }

    /// <summary>The coordinator, for looking at; it stays as it was when it has crashed.</summary>
    public MapReduceCoordinator Coordinator { get; }

    /// <summary>The rules that are on.</summary>
    public MapReduceRules Rules => _options.Rules;

    /// <summary>How the job stands: running, done, or failed and why.</summary>
    public string Status => Coordinator.Failure is { } reason ? $"failed: {reason}"
        : Coordinator.IsDone ? "done"
        : Run[CoordinatorId].IsUp ? "running"
        : "failed: the coordinator crashed; start the job again";

    /// <summary>The output files as they are now; null where there is none yet.</summary>
    public IReadOnlyList<byte[]?> Output => [.. Enumerable.Range(0, _options.Reducers).Select(reduce => Files[$"mr-out-{reduce}"])];

    /// <summary>The output lines of all files, in order.</summary>
    public IReadOnlyList<string> Lines => [.. Output.SelectMany(file => Encoding.UTF8.GetString(file ?? []).Split('\n')[..^1])];

    /// <summary>Lets the run go on for that much virtual time.</summary>
    public MapReduceCluster RunFor(TimeSpan length)
    {
        Run.RunFor(length);
        return this;
    }

    /// <summary>Lets the run go on until the job is done or has failed, or for that much virtual time (10 minutes when left out).</summary>
    public MapReduceCluster RunToEnd(TimeSpan? atMost = null)
    {
        Run.RunUntil(() => Status != "running", atMost ?? 10.Minutes());
        return this;
    }

    /// <summary>Stops a node between one instruction and the next.</summary>
    public MapReduceCluster Crash(NodeId node)
    {
        Run.Crash(node);
        return this;
    }

    /// <summary>Boots a worker again.</summary>
    /// <exception cref="ArgumentException">It is the coordinator: one that crashed has lost its job (§3.3).</exception>
    public MapReduceCluster Restart(NodeId node)
    {
        if (node == CoordinatorId) throw new ArgumentException("A coordinator that crashed has lost its job; begin a new cluster.");
        Run.Restart(node);
        return this;
    }

    /// <summary>One sentence about the first byte in which the output differs from the sequential program's; null when it is the same.</summary>
    public string? Difference()
    {
        var missing = Enumerable.Range(0, _options.Reducers).FirstOrDefault(reduce => Output[reduce] is null, -1);
        return missing >= 0
            ? $"mr-out-{missing} is not there."
            : _job.RunSequentially(_inputs, _options.Reducers).DifferenceFrom([.. Output.Select(file => file!)]);
    }

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    public override string ToString() =>
        $"{Status} at {Run.Now}: {Coordinator.MapsDone} maps and {Coordinator.ReducesDone} reduces done";

    private MapReduceCoordinator BootCoordinator()
    {
        var splits = _inputs.SelectMany(input => Split.Cut(input.Name, input.Bytes, _options.SplitSize)).ToList();
        return new MapReduceCoordinator(new CoordinatorSettings(new JobDescription("job", splits, _options.Reducers)) { Rules = Rules });
    }

    private DataWorker BootWorker(double slowness) => new(new WorkerSettings(CoordinatorId, _ => _job, _ => Files)
    {
        Rules = Rules,
        Costs = _options.Costs,
        Slowness = slowness,
    });
}
