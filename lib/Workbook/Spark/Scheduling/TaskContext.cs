using System.Globalization;
using Workbook.Spark.Readers;

namespace Workbook.Spark.Scheduling;

/// <summary>One attempt at a task, while it runs: where it runs, what it has done, and what accumulators were told.</summary>
internal sealed class TaskContext(IExecutor executor, CancellationToken cancel)
{
    [ThreadStatic]
    private static TaskContext? s_current;

    private static readonly AsyncLocal<bool> Inside = new();

    private readonly List<Site> _sites = [];
    private readonly HashSet<Site> _ended = [];
    private readonly Dictionary<(Accumulator Accumulator, Site Site), object> _told = [];

    /// <summary>The task that this thread is at; null outside of tasks, where actions may be called.</summary>
    public static TaskContext? Current => s_current;

    /// <summary>Whether this is the code of a task, though on a thread or in a continuation that a function of it has started.</summary>
    public static bool IsInside => Inside.Value;

    public IExecutor Executor => executor;

    public CancellationToken Cancel => cancel;

    public TaskMetrics Metrics { get; } = new();

    /// <summary>Which broadcast values its functions have read, and how many bytes each has.</summary>
    public HashSet<(int Broadcast, long Bytes)> Broadcasts { get; } = [];

    /// <summary>Whose function runs now.</summary>
    public Site Running { get; set; } = null!;

    /// <summary>A new function of a dataset at work on a partition.</summary>
    public Site At(Rdd rdd, int partition)
    {
        var site = new Site(Work.Dataset, rdd.Id, rdd.Operation, rdd, partition, this);
        _sites.Add(site);
        return site;
    }

    /// <summary>What the task does with the records of a partition once they are computed.</summary>
    public Site At(Work work, int number, string operation, Rdd rdd, int partition)
    {
        var site = new Site(work, number, operation, rdd, partition, this);
        site.Begin();
        return site;
    }

    public void Ended(Site site) => _ended.Add(site);

    /// <summary>Runs the task's work on this thread, where texts are made of numbers as no country does, so that results are the same in each.</summary>
    public TResult Run<TResult>(Func<TaskContext, TResult> work)
    {
        var before = (s_current, Inside.Value, CultureInfo.CurrentCulture);
        (s_current, Inside.Value, CultureInfo.CurrentCulture) = (this, true, CultureInfo.InvariantCulture);
        try
        {
            var result = work(this);
            Metrics.Records = _sites.Sum(site => site.Records);
            return result;
        }
        catch (Exception e) when (Running is { } site && site.IsOfTheFunction(e))
        {
            throw site.Failed(e);
        }
        finally
        {
            (s_current, Inside.Value, CultureInfo.CurrentCulture) = before;
        }
    }

    /// <summary>The time that the functions would have taken on a machine of the simulated cluster, beside the cost of any record.</summary>
    public TimeSpan TimeOfFunctions() => _sites.Aggregate(TimeSpan.Zero, (sum, site) => sum + (site.Records * site.Rdd.TimePerRecord));

    /// <summary>What an accumulator was told by the function that runs, so far.</summary>
    public T? Told<T>(Accumulator accumulator) where T : class => _told.GetValueOrDefault((accumulator, Running)) as T;

    public void Tell(Accumulator accumulator, object sum) => _told[(accumulator, Running)] = sum;

    /// <summary>The task has succeeded: what accumulators were told counts now.</summary>
    public void Commit()
    {
        foreach (var ((accumulator, site), sum) in _told) accumulator.Commit(site, sum, _ended.Contains(site));
    }
}
