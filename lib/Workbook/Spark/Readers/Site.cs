using Workbook.Spark.Scheduling;

namespace Workbook.Spark.Readers;

/// <summary>
/// One function of one dataset at work on one partition: how many records it has had, and what is said when it throws. What an accumulator is
/// told while the function runs is told by this site.
/// </summary>
internal sealed class Site(Rdd rdd, int partition, TaskContext task)
{
    public Rdd Rdd => rdd;

    public int Partition => partition;

    /// <summary>How many records the function has had.</summary>
    public long Records { get; private set; }

    /// <summary>From here on it is this function that runs.</summary>
    public void Begin() => task.Running = this;

    /// <summary>The function has had these many more.</summary>
    public void Had(int records)
    {
        Records += records;
        task.Cancel.ThrowIfCancellationRequested();
    }

    /// <summary>The partition has no more records: what was told by this site is the whole of it.</summary>
    public void End() => task.Ended(this);

    /// <summary>What to throw for an exception of the function.</summary>
    /// <param name="at">Which record of the batch it failed on.</param>
    /// <param name="record">That record.</param>
    /// <param name="exception">What the function threw.</param>
    public SparkException Failed(int at, object? record, Exception exception) => new(
        $"The function of {rdd.Operation} ({rdd.Label}) failed at {Place(Records + at)}, {Shown(record)}: {SparkException.Of(exception)}.", exception)
    {
        Partition = partition,
        Record = Records + at,
    };

    /// <summary>Whether an exception is the reader's own to explain, and not one that says all already.</summary>
    public static bool IsOfTheFunction(Exception exception) => exception is not (SparkException or FetchFailedException or OperationCanceledException);

    private string Place(long record)
    {
        var place = $"record {record} of partition {partition}";
        if (rdd.Dependencies is not [NarrowDependency narrow] || narrow.ParentsOf(partition) is not [var its]) return place;
        return narrow.Parent.PlaceOf(its, record) is { } line ? $"{line} ({place})" : place;
    }

    private static string Shown(object? record)
    {
        string text;
        try
        {
            text = $"{record ?? "null"}".ReplaceLineEndings("⏎");
        }
        catch (Exception e)
        {
            text = $"whose ToString throws {e.GetType().Name}";
        }

        return text.Length > 80 ? $"'{text[..80]}…'" : $"'{text}'";
    }
}
