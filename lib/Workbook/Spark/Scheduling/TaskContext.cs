using Workbook.Spark.Readers;

namespace Workbook.Spark.Scheduling;

/// <summary>One attempt at a task, while it runs: where it runs, what it has done, and what accumulators were told.</summary>
internal sealed class TaskContext(IExecutor executor, CancellationToken cancel)
{
    [ThreadStatic]
    private static TaskContext? s_current;

    private readonly List<Site> _sites = [];
    private readonly HashSet<Site> _ended = [];
    private readonly Dictionary<(Accumulator Accumulator, Site? Site), object> _told = [];

    /// <summary>The task that this thread is at; null outside of tasks, where actions may be called.</summary>
    public static TaskContext? Current => s_current;

    public IExecutor Executor => executor;

    public CancellationToken Cancel => cancel;

    public TaskMetrics Metrics { get; } = new();

    /// <summary>Which broadcast values its functions have read, and how many bytes each has.</summary>
    public HashSet<(int Broadcast, long Bytes)> Broadcasts { get; } = [];

    /// <summary>Whose function runs now.</summary>
    public Site? Running { get; set; }

    /// <summary>A new function of a dataset at work on a partition.</summary>
    public Site At(Rdd rdd, int partition)
    {
        var site = new Site(rdd, partition, this);
        _sites.Add(site);
        return site;
    }

    public void Ended(Site site) => _ended.Add(site);

    /// <summary>Runs the task's work on this thread.</summary>
    public TResult Run<TResult>(Func<TaskContext, TResult> work)
    {
        var before = s_current;
        s_current = this;
        try
        {
            var result = work(this);
            Metrics.Records = _sites.Sum(site => site.Records);
            return result;
        }
        finally
        {
            s_current = before;
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
        foreach (var ((accumulator, site), sum) in _told)
            accumulator.Commit(site?.Rdd.Id ?? -1, site?.Partition ?? -1, sum, site is null || _ended.Contains(site));
    }
}
