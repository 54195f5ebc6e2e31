using Workbook.Spark.Readers;

namespace Workbook.Spark.Scheduling;

/// <summary>What an action asks for: a function of each of some partitions of a dataset.</summary>
internal abstract class SparkJob(string action, Rdd rdd, IReadOnlyList<int> partitions)
{
    /// <summary>The number of the job in its context, from 0.</summary>
    public int Number { get; } = rdd.Context.NextJob();

    public string Action => action;

    public Rdd Rdd => rdd;

    /// <summary>The partitions that are asked for.</summary>
    public IReadOnlyList<int> Partitions => partitions;

    public abstract object? Run(int partition, TaskContext task);

    /// <summary>How many bytes go to the program for a partition, when it runs elsewhere.</summary>
    public abstract long BytesOf(object? result);
}

/// <inheritdoc/>
internal sealed class SparkJob<T, TResult>(string action, Rdd<T> rdd, IReadOnlyList<int> partitions, Func<Reader<T>, Site, TResult> body)
    : SparkJob(action, rdd, partitions)
{
    public override object? Run(int partition, TaskContext task)
    {
        var site = task.At(Work.Action, Number, Action, rdd, partition);
        using var reader = new AttendedReader<T>(rdd.Read(partition, task), site);
        var result = body(reader, site);
        site.End();
        return result;
    }

    public override long BytesOf(object? result) => result switch
    {
        T[] records => Storage.Block<T>.SizeOf(records),
        TResult one when Records.RecordCodec<TResult>.IsKnown => Records.RecordCodec<TResult>.Default.Size(one),
        _ => 64,
    };
}
