using Workbook.Spark.Scheduling;

namespace Workbook.Spark;

/// <summary>One stage of a job that has run.</summary>
/// <param name="Number">Its number in the job.</param>
/// <param name="Rdd">The dataset that its tasks computed.</param>
/// <param name="Tasks">How many tasks ran, failed attempts not counted; 0 when it was skipped because all that it makes was there.</param>
/// <param name="EndsInShuffle">Whether its results go through a shuffle, and not to the program.</param>
public sealed record StageReport(int Number, Rdd Rdd, int Tasks, bool EndsInShuffle);

/// <summary>One task that has run.</summary>
/// <param name="Stage">The number of its stage in the job.</param>
/// <param name="Partition">The partition it computed.</param>
/// <param name="Machine">The thread or worker it ran on.</param>
/// <param name="Start">When it began, since the context was made.</param>
/// <param name="End">When it ended.</param>
/// <param name="Metrics">What it read and made; null for an attempt that came to nothing.</param>
public sealed record TaskReport(int Stage, int Partition, string Machine, TimeSpan Start, TimeSpan End, TaskMetrics? Metrics)
{
    /// <summary>Whether it came to a result.</summary>
    public bool Succeeded => Metrics is not null;
}

/// <summary>What an action has cost.</summary>
/// <param name="Number">The number of the job in its context, from 0.</param>
/// <param name="Action">The action that asked for it: <c>collect</c>, <c>count</c>.</param>
/// <param name="Rdd">The dataset that it was called on.</param>
/// <param name="Stages">The stages of its lineage.</param>
/// <param name="Tasks">The tasks in the order in which they ended.</param>
/// <param name="Start">When it began, since the context was made.</param>
/// <param name="End">When it ended.</param>
public sealed record JobReport(
    int Number, string Action, Rdd Rdd, IReadOnlyList<StageReport> Stages, IReadOnlyList<TaskReport> Tasks, TimeSpan Start, TimeSpan End)
{
    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed => End - Start;

    /// <summary>How many bytes went through shuffles.</summary>
    public long ShuffledBytes => Sum(metrics => metrics.ShuffleBytesWritten);

    /// <summary>How many records went through shuffles.</summary>
    public long ShuffledRecords => Sum(metrics => metrics.ShuffleRecordsWritten);

    /// <summary>How many bytes of files and collections were read.</summary>
    public long SourceBytes => Sum(metrics => metrics.SourceBytes);

    /// <summary>How many records went through functions, each function counted.</summary>
    public long Records => Sum(metrics => metrics.Records);

    /// <summary>How many partitions of a dataset were computed, those of attempts that came to nothing not counted.</summary>
    public int ComputedPartitions(Rdd rdd) => Tasks.Sum(task => task.Metrics?.Computed.Count(each => each.Rdd == rdd.Id) ?? 0);

    private long Sum(Func<TaskMetrics, long> value) => Tasks.Sum(task => task.Metrics is { } metrics ? value(metrics) : 0);
}
