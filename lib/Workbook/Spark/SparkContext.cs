using System.Collections.Immutable;
using Workbook.Spark.Readers;
using Workbook.Spark.Scheduling;

namespace Workbook.Spark;

/// <summary>
/// Where datasets are made and jobs are run: the driver's view (§2.1, Figure 2). A context of its own runs jobs on this machine's cores; one that is given a
/// cluster runs the same program on simulated machines, in virtual time.
/// </summary>
public sealed partial class SparkContext
{
    private readonly IEngine _engine;
    private readonly Lock _running = new();
    private ImmutableList<JobReport> _jobs = [];
    private int _started;
    private int _rdds;
    private int _shuffles;
    private int _broadcasts;

    /// <summary>A context on this machine's cores.</summary>
    /// <exception cref="SparkException">A number is less than 1.</exception>
    public SparkContext(SparkOptions? options = null)
        : this(options, context => new Real.LocalEngine(context))
    {
    }

    /// <summary>A context on a simulated cluster that has none yet. An action runs in virtual time; results are those of this machine.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="options">As on this machine, but for the threads; the memory is that of each worker.</param>
    /// <exception cref="SparkException">A number is less than 1, or the cluster has a context.</exception>
    public SparkContext(Cluster.SparkCluster cluster, SparkOptions? options = null)
        : this(options, context => new Cluster.ClusterEngine(context, cluster ?? throw new ArgumentNullException(nameof(cluster))))
    {
    }

    private SparkContext(SparkOptions? options, Func<SparkContext, IEngine> engine)
    {
        Options = options ?? new SparkOptions();
        if (Options.Threads < 1) throw new SparkException($"A context needs at least 1 thread; it was given {Options.Threads}.");
        if (Options.Partitions < 1) throw new SparkException($"A dataset needs at least 1 partition; the context was given {Options.Partitions}.");
        if (Options.Memory < 0) throw new SparkException($"Memory for kept partitions cannot be {Options.Memory} bytes; 0 keeps nothing.");
        _engine = engine(this);
    }

    /// <summary>How it runs its jobs.</summary>
    public SparkOptions Options { get; }

    /// <summary>What the jobs so far have cost, oldest first.</summary>
    public IReadOnlyList<JobReport> Jobs => _jobs;

    /// <summary>What the last job has cost.</summary>
    /// <exception cref="SparkException">There was none: transformations run nothing.</exception>
    public JobReport LastJob => _jobs is [.., var last]
        ? last : throw new SparkException("No job has run yet: transformations compute nothing. Call an action, such as Count.");

    /// <summary>A sum that tasks may add to and the program may read.</summary>
    /// <param name="zero">Where it begins.</param>
    public Accumulator<T> Accumulator<T>(T zero = default!)
        where T : System.Numerics.IAdditionOperators<T, T, T> => Accumulator(zero, (sum, each) => sum + each);

    /// <summary>As <see cref="Accumulator{T}(T)"/>, with an addition of the reader's own, which must be associative.</summary>
    public Accumulator<T> Accumulator<T>(T zero, Func<T, T, T> add)
    {
        ArgumentNullException.ThrowIfNull(add);
        return new Accumulator<T>(zero, add, Options.Rules.CountUpdatesOnce);
    }

    /// <summary>A value that tasks may read, sent to each machine once.</summary>
    public Broadcast<T> Broadcast<T>(T value) => new(_broadcasts++, value, Storage.Block<T>.SizeOf([value]));

    internal int NextRdd() => Interlocked.Increment(ref _rdds) - 1;

    internal int NextJob() => Interlocked.Increment(ref _started) - 1;

    internal int NextShuffle() => Interlocked.Increment(ref _shuffles) - 1;

    internal void Forget(Rdd rdd) => _engine.Forget(rdd);

    /// <summary>Whether all partitions of a dataset are kept at this moment.</summary>
    internal bool IsKept(Rdd rdd) => rdd.IsCheckpointed || (rdd.StorageLevel != StorageLevel.None && _engine.KeptPartitions(rdd) == rdd.Partitions);

    /// <summary>
    /// Runs a job: a function of each of some partitions of a dataset, whose results come in that order. One job at a time: a second thread waits.
    /// </summary>
    internal IReadOnlyList<TResult> Run<T, TResult>(string action, Rdd<T> rdd, IEnumerable<int> partitions, Func<Reader<T>, Site, TResult> body)
    {
        if (TaskContext.IsInside)
        {
            throw new SparkException(
                $"{action} on {rdd.Label} was called inside a transformation, where no job can run: collect it before and use the result, or join the two.");
        }

        lock (_running)
        {
            var (results, report) = _engine.Run(new SparkJob<T, TResult>(action, rdd, [.. partitions], body));
            _jobs = _jobs.Add(report);
            WriteCheckpoints(rdd, action);
            return [.. results.Select(result => (TResult)result!)];
        }
    }

    /// <summary>
    /// The datasets before this one that were to be checkpointed: what the job has not computed of them is computed now, and then their lineage is forgotten.
    /// </summary>
    private void WriteCheckpoints(Rdd last, string action)
    {
        if (action == "checkpoint") return;
        foreach (var rdd in Lineage(last).Where(each => each.IsToBeCheckpointed && !each.IsCheckpointed).OrderBy(each => each.Id).ToList())
        {
            var missing = Enumerable.Range(0, rdd.Partitions).Where(partition => !_engine.HasCheckpoint(rdd, partition)).ToList();
            if (missing.Count > 0) rdd.RunToCheckpoint(missing);
            rdd.ForgetLineage();
        }
    }

    /// <summary>A dataset and all that it is computed from, the last one first.</summary>
    internal static IEnumerable<Rdd> Lineage(Rdd last)
    {
        var seen = new HashSet<Rdd> { last };
        var waiting = new Queue<Rdd>([last]);
        while (waiting.TryDequeue(out var next))
        {
            yield return next;
            foreach (var dependency in next.Dependencies)
            {
                if (seen.Add(dependency.Parent)) waiting.Enqueue(dependency.Parent);
            }
        }
    }
}
