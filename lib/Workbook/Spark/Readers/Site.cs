using Workbook.Spark.Scheduling;

namespace Workbook.Spark.Readers;

/// <summary>What the functions of a site are called for.</summary>
internal enum Work
{
    /// <summary>A partition of a dataset is computed.</summary>
    Dataset,

    /// <summary>A partition's records are placed, and perhaps combined, before a shuffle.</summary>
    Shuffle,

    /// <summary>An action looks at a partition's records.</summary>
    Action,
}

/// <summary>
/// The functions of one operation at work on one partition: how many records they have had, and what is said when one throws. What an accumulator is told
/// while they run is told by this site.
/// </summary>
/// <param name="work">What they are called for.</param>
/// <param name="number">The number of the dataset, shuffle or job that they are called for.</param>
/// <param name="operation">What it is called: <c>map</c>, <c>reduceByKey</c>, <c>collect</c>.</param>
/// <param name="rdd">The dataset that is computed; before a shuffle or in an action the one whose records are read.</param>
/// <param name="partition">The partition of it.</param>
/// <param name="task">The task they run in.</param>
internal sealed class Site(Work work, int number, string operation, Rdd rdd, int partition, TaskContext task)
{
    public Rdd Rdd => rdd;

    public int Partition => partition;

    /// <summary>What tells this site from all others, in the order in which accumulators add up.</summary>
    public (Work Work, int Number, int Partition) Key => (work, number, partition);

    /// <summary>How many records the function has had.</summary>
    public long Records { get; private set; }

    private string What => $"{operation} ({(work == Work.Dataset ? "" : "on ")}{rdd.Label})";

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

    /// <summary>Says where a function has failed.</summary>
    /// <param name="at">The record's place in the batch that the function has not had yet.</param>
    /// <param name="record">The record.</param>
    /// <param name="exception">What the function has thrown.</param>
    public SparkException Failed(int at, object? record, Exception exception) =>
        new($"The function of {What} failed at {Place(Records + at)}, {Shown(record)}: {SparkException.Of(exception)}.", exception)
        {
            Partition = partition,
            Record = Records + at,
        };

    /// <summary>Says where a function has failed that works on more than a record at a time.</summary>
    public SparkException Failed(Exception exception) =>
        new($"The function of {What} failed in partition {partition}: {SparkException.Of(exception)}.", exception) { Partition = partition };

    /// <summary>Says which record's key has no partition.</summary>
    public SparkException Unplaced(int at, object? record, Exception exception)
    {
        var reason = exception is ArgumentNullException ? "its key is null; filter such records out, or give them a key" : SparkException.Of(exception);
        return new($"{What} has no place for {Place(Records + at)}, {Shown(record)}: {reason}.", exception)
        {
            Partition = partition,
            Record = Records + at,
        };
    }

    /// <summary>Whether an exception is one to explain, and not one that says all already, or that the job is to stop.</summary>
    public bool IsOfTheFunction(Exception exception) => exception switch
    {
        SparkException or FetchFailedException => false,
        OperationCanceledException => !task.Cancel.IsCancellationRequested,
        _ => true,
    };

    private string Place(long record)
    {
        var place = $"record {record} of partition {partition}";
        if (work != Work.Dataset) return rdd.PlaceOf(partition, record) is { } its ? $"{its} ({place})" : place;
        if (rdd.Dependencies is not [NarrowDependency narrow] || narrow.ParentsOf(partition) is not [var from]) return place;
        return narrow.Parent.PlaceOf(from, record) is { } line ? $"{line} ({place})" : place;
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
