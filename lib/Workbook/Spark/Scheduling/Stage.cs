namespace Workbook.Spark.Scheduling;

/// <summary>
/// Narrow transformations that run in one task for each partition, up to a shuffle or to the action (§5.1, Figure 5). It is planned from the lineage alone:
/// whether it has to run, and after which others, depends on what is kept at that moment.
/// </summary>
internal sealed class Stage
{
    /// <summary>What it may fetch from, when that cannot depend on what is kept because nothing in it is ever kept: most stages of a long loop.</summary>
    private readonly IReadOnlyList<WideDependency>? _needs;

    private Stage(Rdd rdd, WideDependency? shuffle, IReadOnlyList<int> partitions)
    {
        (Rdd, Shuffle, Partitions) = (rdd, shuffle, partitions);
        MayNeed = [.. Needs(_ => false)];
        if (!Pipeline(_ => false).Any(each => each.IsCheckpointed || each.StorageLevel != StorageLevel.None)) _needs = MayNeed;
    }

    /// <summary>Its number in the job, from 0; stages that it may need have smaller ones.</summary>
    public int Number { get; private set; }

    /// <summary>The dataset that its tasks compute.</summary>
    public Rdd Rdd { get; }

    /// <summary>The shuffle that its tasks write for; null in the last stage, whose results go to the program.</summary>
    public WideDependency? Shuffle { get; }

    /// <summary>Its tasks' partitions, of <see cref="Rdd"/>.</summary>
    public IReadOnlyList<int> Partitions { get; }

    /// <summary>The shuffles that its tasks fetch from when nothing is kept.</summary>
    public IReadOnlyList<WideDependency> MayNeed { get; }

    /// <summary>The shuffles that its tasks fetch from.</summary>
    /// <param name="isKept">Whether all partitions of a dataset are kept, so that nothing before it is needed.</param>
    public IEnumerable<WideDependency> Needs(Func<Rdd, bool> isKept) =>
        _needs ?? Pipeline(isKept).Where(each => !isKept(each)).SelectMany(each => each.Dependencies.OfType<WideDependency>());

    /// <summary>The datasets that its tasks compute, the last one first; those that are kept end their branch.</summary>
    public IEnumerable<Rdd> Pipeline(Func<Rdd, bool> isKept)
    {
        var seen = new HashSet<Rdd> { Rdd };
        var waiting = new Stack<Rdd>([Rdd]);
        while (waiting.TryPop(out var next))
        {
            yield return next;
            if (isKept(next)) continue;
            foreach (var narrow in next.Dependencies.OfType<NarrowDependency>().Reverse())
            {
                if (seen.Add(narrow.Parent)) waiting.Push(narrow.Parent);
            }
        }
    }

    /// <summary>Cuts a job's lineage at its shuffles.</summary>
    /// <returns>All stages, those that others may need first; the last one is the action's.</returns>
    public static IReadOnlyList<Stage> Of(SparkJob job)
    {
        var stages = new List<Stage>();
        var planned = new HashSet<WideDependency>(ReferenceEqualityComparer.Instance);

        // A loop of a thousand rounds is a chain of a thousand stages: deeper than a recursion should go.
        var waiting = new Stack<Stage>([new Stage(job.Rdd, null, [.. job.Partitions.Distinct()])]);
        while (waiting.TryPeek(out var next))
        {
            if (next.MayNeed.FirstOrDefault(shuffle => !planned.Contains(shuffle)) is { } missing)
            {
                waiting.Push(new Stage(missing.Parent, missing, [.. Enumerable.Range(0, missing.Parent.Partitions)]));
                continue;
            }

            waiting.Pop();
            if (next.Shuffle is { } shuffle) planned.Add(shuffle);
            next.Number = stages.Count;
            stages.Add(next);
        }

        return stages;
    }

    public override string ToString() => $"stage {Number}";
}
