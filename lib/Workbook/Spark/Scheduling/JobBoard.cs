namespace Workbook.Spark.Scheduling;

/// <summary>A task: one partition of one stage.</summary>
internal readonly record struct StageTask(Stage Stage, int Partition)
{
    // Stages are the same when they are one object, and their numbers nearly tell them apart; tasks are looked up with every message.
    public override int GetHashCode() => Stage is null ? 0 : Stage.Number * 65_599 + Partition;

    public override string ToString() => $"{Stage}, partition {Partition}";
}

/// <summary>
/// What of a job is done, what runs, and what can run (§5.1). It decides which tasks there are, never where or when one runs, so the same board
/// serves the threads of this machine and the driver of the simulated cluster. What was lost is no special case: what is asked for is looked at from the
/// action backwards, and whatever is missing at that moment is a task again.
/// </summary>
/// <param name="job">What is asked for.</param>
/// <param name="tracker">Which shuffles' blocks there are.</param>
/// <param name="isKept">Whether all partitions of a dataset are kept, or checkpointed, at this moment.</param>
internal sealed class JobBoard(SparkJob job, MapOutputTracker tracker, Func<Rdd, bool> isKept)
{
    private readonly HashSet<StageTask> _running = [];
    private readonly Dictionary<int, object?> _results = [];
    private readonly Dictionary<Stage, (IReadOnlyList<WideDependency> Needs, IReadOnlyList<WideDependency> Missing)> _blocked = [];
    private Dictionary<WideDependency, Stage>? _stageOf;

    public SparkJob Job => job;

    /// <summary>All stages of the lineage. One whose results are kept never runs.</summary>
    public IReadOnlyList<Stage> Stages { get; } = Stage.Of(job);

    public bool IsFinished => _results.Count == Stages[^1].Partitions.Count;

    /// <summary>The results, in the order in which the job asks for them.</summary>
    public IEnumerable<object?> Results => job.Partitions.Select(partition => _results[partition]);

    public IReadOnlySet<StageTask> Running => _running;

    public bool IsDone(StageTask task) =>
        task.Stage.Shuffle is { } shuffle ? tracker.Holder(shuffle, task.Partition) is not null : _results.ContainsKey(task.Partition);

    /// <summary>
    /// The tasks that can start now: all that they fetch is there, and they are neither done nor running. Early stages first. Each is looked for when
    /// the one before it has been dealt with: whoever starts one need not wait for thousands.
    /// </summary>
    public IEnumerable<StageTask> Ready()
    {
        foreach (var stage in Look().CanRun.OrderBy(stage => stage.Number))
        {
            foreach (var partition in stage.Partitions)
            {
                var task = new StageTask(stage, partition);
                if (!IsDone(task) && !_running.Contains(task)) yield return task;
            }
        }
    }

    public void Start(StageTask task) => _running.Add(task);

    /// <summary>An attempt is over without a result: it could not fetch, or its machine is gone.</summary>
    public void Abandon(StageTask task) => _running.Remove(task);

    /// <summary>A task is done.</summary>
    /// <param name="task">The task.</param>
    /// <param name="holder">The machine that it ran on, and that holds what it wrote for a shuffle.</param>
    /// <param name="result">A result for the program, in the last stage.</param>
    public void Done(StageTask task, string holder, object? result)
    {
        _running.Remove(task);
        if (task.Stage.Shuffle is { } shuffle) tracker.Register(shuffle, task.Partition, holder);
        else _results.TryAdd(task.Partition, result);
    }

    /// <summary>The shuffles that are whole and that nobody will fetch from any more, unless something is lost.</summary>
    public IEnumerable<WideDependency> Unneeded()
    {
        var needed = Look().Needed;
        return tracker.Whole.Where(shuffle => !needed.Contains(shuffle)).ToList();
    }

    /// <summary>Walks back from the action to where it finds what is there, as whoever fetches would.</summary>
    /// <returns>The stages without which the action cannot be, and that have all they need; and the shuffles that these and those after them need.</returns>
    private (List<Stage> CanRun, HashSet<WideDependency> Needed) Look()
    {
        var canRun = new List<Stage>();
        var needed = new HashSet<WideDependency>(ReferenceEqualityComparer.Instance);
        if (IsFinished) return (canRun, needed);
        _stageOf ??= Stages.SkipLast(1).ToDictionary<Stage, WideDependency>(stage => stage.Shuffle!, ReferenceEqualityComparer.Instance);
        var waiting = new Stack<Stage>([Stages[^1]]);
        while (waiting.TryPop(out var stage))
        {
            var (needs, missing) = NeedsOf(stage);
            if (missing.Count == 0) canRun.Add(stage);
            foreach (var shuffle in needs)
            {
                // Not only what was missing when the stage was asked: what was lost since must be made again too.
                if (needed.Add(shuffle) && !tracker.IsWhole(shuffle)) waiting.Push(_stageOf[shuffle]);
            }
        }

        return (canRun, needed);
    }

    /// <summary>
    /// What a stage needs, and what of that was not there when it was asked. It is found anew only when something has come that the stage waits for: until
    /// then it cannot run whatever else is kept or lost, and a loop's last stage would be asked after each of all the others.
    /// </summary>
    private (IReadOnlyList<WideDependency> Needs, IReadOnlyList<WideDependency> Missing) NeedsOf(Stage stage)
    {
        if (_blocked.TryGetValue(stage, out var known) && known.Missing.Count > 0 && !known.Missing.Any(tracker.IsWhole)) return known;
        IReadOnlyList<WideDependency> needs = [.. stage.Needs(isKept)];
        return _blocked[stage] = (needs, [.. needs.Where(shuffle => !tracker.IsWhole(shuffle))]);
    }
}
