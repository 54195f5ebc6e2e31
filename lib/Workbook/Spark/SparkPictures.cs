using Workbook.Draw;
using Workbook.Spark.Apps;

namespace Workbook.Spark;

/// <summary>Spark's pictures: lineage with its stages (Figures 3 and 5), partitions (Figure 4), tasks over threads or workers, what jobs have cost.</summary>
public static class SparkPictures
{
    /// <summary>What a dataset is computed from, the stages that a job would have if nothing were kept, and what is to be kept.</summary>
    public static LineageGraph Lineage(this Rdd rdd)
    {
        ArgumentNullException.ThrowIfNull(rdd);
        var ends = SparkContext.Lineage(rdd).SelectMany(each => each.Dependencies.OfType<WideDependency>()).Select(wide => wide.Parent).Distinct();
        var stages = ends.OrderBy(end => end.Id).Append(rdd).Distinct().ToList();
        var headings = stages.Select((end, number) => new LineageGroup($"Stage {number}: {Tasks(end.Partitions)}"));
        return Lineage($"The lineage of {Name(rdd)}", rdd, stages, [.. headings], times: _ => 1);
    }

    /// <summary>The lineage of a job that has run: what each stage did, and which stages were not needed.</summary>
    public static LineageGraph Lineage(this JobReport job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var headings = job.Stages.Select(stage => new LineageGroup($"Stage {stage.Number}: {Tasks(stage.Tasks)}") { IsSkipped = stage.Tasks == 0 });
        return Lineage($"Job {job.Number}: {job.Action} of {Name(job.Rdd)}", job.Rdd, [.. job.Stages.Select(stage => stage.Rdd)], [.. headings],
            rdd => (job.ComputedPartitions(rdd) + rdd.Partitions - 1) / rdd.Partitions);
    }

    /// <summary>A job's tasks over the threads or workers that ran them; attempts that came to nothing are hatched.</summary>
    public static Figure Gantt(this JobReport job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return Gantt($"Tasks of job {job.Number}, {job.Action}", [job]);
    }

    /// <summary>The tasks of several jobs, one after the other.</summary>
    public static Figure Gantt(this IEnumerable<JobReport> jobs) => Gantt("Tasks of all jobs", [.. jobs]);

    /// <summary>How many bytes went through shuffles in each round: one line for each way to run the same program.</summary>
    /// <param name="runs">The name of each way, and its rounds.</param>
    public static Figure ShuffledBytes(params (string Name, IReadOnlyList<IterationReport> Rounds)[] runs) =>
        PerRound("Bytes through shuffles", "shuffled", "kB", runs.Select(run => (run.Name, run.Rounds.Select(round => round.ShuffledBytes / 1e3))));

    /// <summary>How long each round took: one line for each way to run the same program.</summary>
    /// <inheritdoc cref="ShuffledBytes"/>
    public static Figure Times(params (string Name, IReadOnlyList<IterationReport> Rounds)[] runs) =>
        PerRound("Time per iteration", "time", "s", runs.Select(run => (run.Name, run.Rounds.Select(round => round.Elapsed.TotalSeconds))));

    /// <summary>How many partitions each job computed, of all datasets together: one line for each way to run the same program.</summary>
    /// <param name="runs">The name of each way, and its jobs, one a round.</param>
    public static Figure Computed(params (string Name, IReadOnlyList<JobReport> Jobs)[] runs) => PerRound(
        "Partitions computed", "partitions", "",
        runs.Select(run => (run.Name, run.Jobs.Select(job => (double)job.Tasks.Sum(task => task.Metrics?.Computed.Count ?? 0)))));

    /// <summary>The partitions of a job's datasets: which were computed, which more than once, and which only read from where they were kept.</summary>
    public static PartitionGraph Partitions(this JobReport job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var times = job.Tasks.SelectMany(task => task.Metrics?.Computed ?? []).CountBy(each => each).ToDictionary(each => each.Key, each => each.Value);
        var touched = SparkContext.Lineage(job.Rdd).Where(rdd => IsTouched(rdd) || IsKept(rdd)).OrderBy(rdd => rdd.Id).ToList();
        var datasets = touched.Select(rdd => new PartitionDataset(
            Unique(rdd), [.. Enumerable.Range(0, rdd.Partitions).Select(partition => State(rdd, partition))])
        { Detail = rdd.Operation });
        return new PartitionGraph($"Partitions of job {job.Number}, {job.Action}", datasets, touched.SelectMany(child => Edges(child, touched)));

        bool IsTouched(Rdd rdd) => Enumerable.Range(0, rdd.Partitions).Any(partition => times.ContainsKey((rdd.Id, partition)));

        bool IsKept(Rdd rdd) => rdd.IsCheckpointed || rdd.StorageLevel != StorageLevel.None;

        PartitionState State(Rdd rdd, int partition) => times.GetValueOrDefault((rdd.Id, partition)) switch
        {
            0 => IsKept(rdd) ? PartitionState.Kept : PartitionState.Plain,
            1 => PartitionState.Plain,
            _ => PartitionState.ComputedAgain,
        };
    }

    private static IEnumerable<PartitionEdge> Edges(Rdd child, List<Rdd> drawn) => child.Dependencies.Where(dependency => drawn.Contains(dependency.Parent))
        .DistinctBy(dependency => dependency.Parent).SelectMany(dependency => dependency is NarrowDependency narrow
            ? from partition in Enumerable.Range(0, child.Partitions)
              from parent in narrow.ParentsOf(partition)
              select new PartitionEdge(Unique(narrow.Parent), parent, Unique(child), partition)
            : PartitionEdge.AllToAll(Unique(dependency.Parent), dependency.Parent.Partitions, Unique(child), child.Partitions));

    /// <summary>A dataset that several stages use stands in the first one.</summary>
    private static LineageGraph Lineage(
        string title, Rdd last, IReadOnlyList<Rdd> stages, IReadOnlyList<LineageGroup> headings, Func<Rdd, int> times)
    {
        var all = SparkContext.Lineage(last).OrderBy(rdd => rdd.Id).ToList();
        var groups = new Dictionary<Rdd, int>();
        for (var stage = 0; stage < stages.Count; stage++)
        {
            foreach (var rdd in Pipeline(stages[stage])) groups.TryAdd(rdd, stage);
        }

        var nodes = all.Select(rdd => new LineageNode(Unique(rdd), rdd.Operation)
        {
            Detail = $"{rdd.Partitions} partition{(rdd.Partitions == 1 ? "" : "s")}",
            Group = groups.TryGetValue(rdd, out var group) ? group : null,
            Mark = rdd.IsCheckpointed ? DatasetMark.Checkpointed : rdd.StorageLevel == StorageLevel.None ? DatasetMark.None : DatasetMark.Cached,
            Times = times(rdd),
        });
        var edges = from child in all
                    from dependency in child.Dependencies.DistinctBy(each => each.Parent)
                    let kind = dependency is WideDependency ? DependencyKind.Wide : DependencyKind.Narrow
                    select new LineageEdge(Unique(dependency.Parent), Unique(child), kind);
        return new LineageGraph(title, nodes, edges, headings);
    }

    private static IEnumerable<Rdd> Pipeline(Rdd end)
    {
        var seen = new HashSet<Rdd> { end };
        var waiting = new Queue<Rdd>([end]);
        while (waiting.TryDequeue(out var next))
        {
            yield return next;
            foreach (var narrow in next.Dependencies.OfType<NarrowDependency>())
            {
                if (seen.Add(narrow.Parent)) waiting.Enqueue(narrow.Parent);
            }
        }
    }

    private static Figure Gantt(string title, IReadOnlyList<JobReport> jobs)
    {
        var machines = jobs.SelectMany(job => job.Tasks).Select(task => task.Machine).Distinct().OrderBy(name => name.Length).ThenBy(name => name).ToList();
        var stages = jobs.Select(job => job.Stages.Count).DefaultIfEmpty().Max();
        var bars = from job in jobs
                   from task in job.Tasks
                   let kind = task.Succeeded ? Stages(task.Stage, stages) : "in vain"
                   orderby task.Succeeded descending, task.Stage
                   select new GanttBar(task.Machine, task.Start, task.End, kind, $"job {job.Number}, stage {task.Stage}, partition {task.Partition}")
                   {
                       IsHatched = !task.Succeeded,
                   };
        return new Figure(title).Gantt(bars, machines).XAxis("time", "s").YAxis("machine").Height(220 + (40 * machines.Count));
    }

    /// <summary>As many stages in one kind as it takes for each kind to have a colour of its own, and "in vain" another.</summary>
    private static string Stages(int stage, int stages)
    {
        var together = (stages + Palette.Count - 2) / (Palette.Count - 1);
        var first = stage / together * together;
        return together == 1 ? $"stage {stage}" : $"stages {first} to {Math.Min(first + together, stages) - 1}";
    }

    private static Figure PerRound(string title, string what, string unit, IEnumerable<(string Name, IEnumerable<double> Values)> runs) => runs.Aggregate(
        new Figure(title).XAxis("iteration").YAxis(what, unit),
        (figure, run) => figure.Line(run.Values.Select((value, index) => (index + 1, value)), run.Name));

    private static string Name(Rdd rdd) => rdd.Name ?? $"dataset {rdd.Id}";

    private static string Unique(Rdd rdd) => rdd.Name is { } name ? $"{name} ({rdd.Id})" : $"({rdd.Id})";

    private static string Tasks(int count) => count == 1 ? "1 task" : $"{count} tasks";
}
