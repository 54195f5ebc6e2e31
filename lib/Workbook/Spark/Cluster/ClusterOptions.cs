using Workbook.Sim;

namespace Workbook.Spark.Cluster;

/// <summary>
/// The machines of a simulated cluster, and what things cost on them. The defaults are small machines on which a task of a few records takes some
/// milliseconds. How much memory each has for kept partitions is the program's to say: <see cref="SparkOptions.Memory"/>.
/// </summary>
public sealed record ClusterOptions
{
    /// <summary>How many tasks a worker runs at once.</summary>
    public int Cores { get; init; } = 2;

    /// <summary>
    /// How many records each record stands for, and each of its bytes: in a source, through functions and shuffles, in memory, and in checkpoints. What goes to
    /// the program, and what it broadcasts, is what it is.
    /// </summary>
    public double Scale { get; init; } = 1;

    /// <summary>Bytes a second that a task reads from disk, or writes to it.</summary>
    public double DiskBytesPerSecond { get; init; } = 100e6;

    /// <summary>Bytes a second that a task fetches over the network.</summary>
    public double NetworkBytesPerSecond { get; init; } = 125e6;

    /// <summary>How many records a second a core takes through one function, beside what <see cref="Rdd{T}.Costing"/> says of the function.</summary>
    public double RecordsPerSecond { get; init; } = 5e6;

    /// <summary>How many bytes a second of a source a core makes records of.</summary>
    public double ParsedBytesPerSecond { get; init; } = 50e6;

    /// <summary>How many bytes a second a core writes for a shuffle, and reads of one.</summary>
    public double ShuffledBytesPerSecond { get; init; } = 200e6;

    /// <summary>How long a task takes to begin, once it is at its worker.</summary>
    public TimeSpan TaskStartup { get; init; } = 5.Milliseconds();

    /// <summary>How long a job takes to begin.</summary>
    public TimeSpan JobStartup { get; init; }

    /// <summary>How many workers have each partition of a source, and of a checkpoint, on their disks.</summary>
    public int Replicas { get; init; } = 3;

    /// <summary>How long a task waits for a worker that has its input, before any other will do (delay scheduling).</summary>
    public TimeSpan LocalityWait { get; init; } = 500.Milliseconds();

    /// <summary>How often a worker says that it is there.</summary>
    public TimeSpan HeartbeatEvery { get; init; } = 500.Milliseconds();

    /// <summary>How long nothing is heard of a worker before it counts as lost.</summary>
    public TimeSpan LostAfter { get; init; } = 3.Seconds();

    /// <summary>How long a job waits for a worker when none is left.</summary>
    public TimeSpan GiveUpAfter { get; init; } = 2.Minutes();

    /// <summary>How long an answer may take before the question is asked again.</summary>
    public TimeSpan Patience { get; init; } = 500.Milliseconds();

    /// <summary>How long a worker is up, on average, before it crashes; null for workers that crash only when they are told to. The seed says when.</summary>
    public TimeSpan? MeanTimeBetweenCrashes { get; init; }

    /// <summary>How long a worker that crashed by itself is down, on average.</summary>
    public TimeSpan MeanTimeToRestart { get; init; } = 10.Seconds();

    /// <summary>How many times a task is begun before its job fails: where all attempts are lost, the next one would be too.</summary>
    public int MostAttempts { get; init; } = 100;

    /// <summary>How messages travel. Blocks of data take time besides, at <see cref="NetworkBytesPerSecond"/>.</summary>
    public NetworkOptions Network { get; init; } = new();

    internal void Check(int workers)
    {
        if (workers < 1) throw new SparkException($"{workers} workers can do nothing; give the cluster at least one.");
        if (Cores < 1) throw new SparkException($"A worker with {Cores} cores can run no task; give it at least one.");
        if (Replicas < 1) throw new SparkException($"A source of which there are {Replicas} copies cannot be read; keep at least one.");
        Positive(Scale, nameof(Scale));
        Positive(DiskBytesPerSecond, nameof(DiskBytesPerSecond));
        Positive(NetworkBytesPerSecond, nameof(NetworkBytesPerSecond));
        Positive(RecordsPerSecond, nameof(RecordsPerSecond));
        Positive(ParsedBytesPerSecond, nameof(ParsedBytesPerSecond));
        Positive(ShuffledBytesPerSecond, nameof(ShuffledBytesPerSecond));
        if (MostAttempts < 1) throw new SparkException($"A task that is begun {MostAttempts} times never runs; allow at least one attempt.");
        NotNegative(TaskStartup, nameof(TaskStartup));
        NotNegative(JobStartup, nameof(JobStartup));
        NotNegative(LocalityWait, nameof(LocalityWait));
        NotNegative(GiveUpAfter, nameof(GiveUpAfter));
        if (MeanTimeBetweenCrashes <= TimeSpan.Zero || MeanTimeToRestart <= TimeSpan.Zero)
            throw new SparkException("Workers are up, and down, for more than no time: make both means longer.");
        if (HeartbeatEvery <= TimeSpan.Zero || Patience <= TimeSpan.Zero) throw new SparkException("Heartbeats, and patience, take more than no time.");
        if (LostAfter <= HeartbeatEvery) throw new SparkException("A worker must be given more time than there is between two heartbeats: make LostAfter longer.");
    }

    private static void NotNegative(TimeSpan value, string name)
    {
        if (value < TimeSpan.Zero) throw new SparkException($"{name} cannot be less than no time; it is {value}.");
    }

    private static void Positive(double value, string name)
    {
        if (!(value > 0) || double.IsInfinity(value)) throw new SparkException($"{name} must be a number above 0; it is {value}.");
    }
}
