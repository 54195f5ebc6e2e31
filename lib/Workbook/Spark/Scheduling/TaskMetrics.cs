namespace Workbook.Spark.Scheduling;

/// <summary>What a task has read, made and computed. The same for every run of the same task.</summary>
public sealed record TaskMetrics
{
    /// <summary>Bytes read from the files or collections that the computation begins with.</summary>
    public long SourceBytes { get; internal set; }

    /// <summary>Bytes and records of shuffles that were fetched.</summary>
    public long ShuffleBytesRead { get; internal set; }

    /// <inheritdoc cref="ShuffleBytesRead"/>
    public long ShuffleRecordsRead { get; internal set; }

    /// <summary>Bytes and records left for the tasks after the shuffle.</summary>
    public long ShuffleBytesWritten { get; internal set; }

    /// <inheritdoc cref="ShuffleBytesWritten"/>
    public long ShuffleRecordsWritten { get; internal set; }

    /// <summary>Bytes of kept partitions that were read, and of checkpoints.</summary>
    public long KeptBytesRead { get; internal set; }

    /// <summary>Bytes of checkpoints written.</summary>
    public long CheckpointBytes { get; internal set; }

    /// <summary>How many partitions were found kept.</summary>
    public int KeptFound { get; internal set; }

    /// <summary>Which partitions of which datasets (by <see cref="Rdd.Id"/>) were computed.</summary>
    public IReadOnlyList<(int Rdd, int Partition)> Computed => Partitions;

    /// <summary>How many records went through all functions together.</summary>
    public long Records { get; internal set; }

    internal List<(int Rdd, int Partition)> Partitions { get; } = [];
}
