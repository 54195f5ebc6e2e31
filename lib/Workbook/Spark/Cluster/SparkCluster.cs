using Workbook.Sim;

namespace Workbook.Spark.Cluster;

/// <summary>
/// A simulated cluster for one <see cref="SparkContext"/>: a driver, and workers called w1, w2… that crash when they are told to, or by themselves. Functions
/// run for real, so results are those of one machine, bit for bit; how long things take is virtual, and the same for the same seed.
/// </summary>
/// <example><code>
/// var cluster = new SparkCluster(workers: 5, seed: 7).CrashInJob("w2", job: 1, after: 50.Milliseconds());
/// var spark = new SparkContext(cluster);
/// var numbers = spark.Range(0, 1_000_000).Cache();
/// numbers.Count();
/// numbers.Sum();                           // on the way, w2 is lost, and its partitions are made anew
/// spark.LastJob.ComputedPartitions(numbers)
/// </code></example>
public sealed class SparkCluster
{
    internal static readonly NodeId Driver = "driver";

    private readonly List<(int Job, TimeSpan After, string Worker)> _inJobs = [];
    private bool _isTaken;
    private long _sessions;

    /// <summary>A cluster at virtual time 0. Nothing runs on it before a context is made for it.</summary>
    /// <param name="workers">How many workers; 1 or more.</param>
    /// <param name="seed">Decides how long each message is under way, and which workers crash by themselves, and when.</param>
    /// <param name="options">What things cost.</param>
    /// <exception cref="SparkException">A number makes no sense.</exception>
    public SparkCluster(int workers, ulong seed, ClusterOptions? options = null)
    {
        Options = options ?? new ClusterOptions();
        Options.Check(workers);
        Workers = [.. Enumerable.Range(1, workers).Select(number => $"w{number}")];
        Run = new Simulation(seed, Options.Network, TraceLimit.Newest(10_000));
        Storage = new StableStorage(Workers, Options.Replicas);
    }

    /// <summary>What things cost.</summary>
    public ClusterOptions Options { get; }

    /// <summary>The names of the workers.</summary>
    public IReadOnlyList<string> Workers { get; }

    /// <summary>The run beneath, with its network, for cuts, and the newest of its trace.</summary>
    public Simulation Run { get; }

    /// <summary>How much virtual time has passed.</summary>
    public TimeSpan Now => Run.Now.SinceStart;

    internal StableStorage Storage { get; }

    /// <summary>Crashes a worker at a point in virtual time, or now: all that it keeps and has made is lost. It stays down until it is restarted.</summary>
    /// <param name="worker">The worker: <c>w2</c>.</param>
    /// <param name="at">When, since the start of the cluster; now, when left out.</param>
    /// <exception cref="SparkException">There is no such worker, or the time is past.</exception>
    public SparkCluster Crash(string worker, TimeSpan? at = null) => Plan(worker, at, () => Run.Crash(worker));

    /// <summary>Boots a worker that is down, with nothing in its memory, at a point in virtual time, or now.</summary>
    /// <inheritdoc cref="Crash"/>
    public SparkCluster Restart(string worker, TimeSpan? at = null) => Plan(worker, at, () => Run.Restart(worker));

    /// <summary>Crashes a worker in the middle of a job.</summary>
    /// <param name="worker">The worker: <c>w2</c>.</param>
    /// <param name="job">The number of the job in its context, from 0: that of <see cref="JobReport"/>.</param>
    /// <param name="after">How long after the job's start. When the job is over by then, the worker crashes in the one that comes after it.</param>
    /// <exception cref="SparkException">There is no such worker, or the numbers are negative.</exception>
    public SparkCluster CrashInJob(string worker, int job, TimeSpan after)
    {
        Check(worker);
        if (job < 0 || after < TimeSpan.Zero) throw new SparkException("Jobs are counted from 0, and a worker crashes after a job has begun: give numbers of 0 or more.");
        _inJobs.Add((job, after, worker));
        return this;
    }

    /// <summary>Lets virtual time pass between two jobs: for a worker to come back, or to be missed.</summary>
    /// <param name="time">How much.</param>
    /// <exception cref="SparkException">The time is negative, or there is no context yet for which anything could run.</exception>
    public SparkCluster RunFor(TimeSpan time)
    {
        if (!_isTaken) throw new SparkException("Nothing runs on the cluster yet: make a SparkContext for it first.");
        if (time < TimeSpan.Zero) throw new SparkException($"Time does not go back; {time} is negative.");
        Run.RunFor(time);
        return this;
    }

    internal long NextSession() => ++_sessions;

    /// <summary>Boots the machines, for a context.</summary>
    internal void Begin(SparkDriver driver, SparkOptions spark)
    {
        if (_isTaken) throw new SparkException("The cluster has a context already: make a cluster for each.");
        _isTaken = true;
        Run.Add(Driver, () => driver);
        foreach (var worker in Workers) Run.Add(worker, () => new SparkWorker(this, spark));
        if (Options.MeanTimeBetweenCrashes is not { } mean) return;
        for (var number = 0; number < Workers.Count; number++) PlanCrash(Workers[number], mean, Run.Random.Fork("crashes").Fork(number));
    }

    /// <summary>A job begins.</summary>
    internal void Begins(int job)
    {
        foreach (var each in _inJobs.Where(each => each.Job == job)) Crash(each.Worker, Now + each.After);
    }

    private void PlanCrash(string worker, TimeSpan mean, Rng random)
    {
        var at = Now + random.NextExponential(mean.TotalSeconds).Seconds();
        var back = at + random.NextExponential(Options.MeanTimeToRestart.TotalSeconds).Seconds();
        Run.At(at, () => Run.Crash(worker));
        Run.At(back, () =>
        {
            Run.Restart(worker);
            PlanCrash(worker, mean, random);
        });
    }

    private SparkCluster Plan(string worker, TimeSpan? at, Action fault)
    {
        Check(worker);
        if (at < Now) throw new SparkException($"It is {Now} on the cluster already; {at} is past. Give a later time.");
        if (at is null && !_isTaken) throw new SparkException("No worker is up yet: make a SparkContext for the cluster first, or say when.");
        if (at is { } time) Run.At(time, fault);
        else fault();
        return this;
    }

    private void Check(string worker)
    {
        if (!Workers.Contains(worker))
            throw new SparkException($"There is no worker {worker}; the cluster has {(Workers.Count == 1 ? "w1" : $"w1 to {Workers[^1]}")}.");
    }
}
