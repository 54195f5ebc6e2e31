namespace Workbook.Spark;

/// <summary>How a context runs its jobs. The defaults suit a laptop.</summary>
public sealed record SparkOptions
{
    /// <summary>How many tasks run at once on this machine. Null: as many as there are cores. The result is the same for any number.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// How many partitions a source gets when the program does not say. The result of a floating-point sum may depend on it, and on nothing else.
    /// </summary>
    public int Partitions { get; init; } = 8;

    /// <summary>How many bytes of kept partitions memory may hold; on a simulated cluster, the memory of each worker.</summary>
    public long Memory { get; init; } = 2L << 30;

    /// <summary>What precautions are taken; all of them, unless one is to be seen missing.</summary>
    public SparkRules Rules { get; init; } = SparkRules.All;

    /// <summary>Stops the job that runs; its action then throws <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancel { get; init; }
}
