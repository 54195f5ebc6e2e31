namespace Workbook.Spark.Scheduling;

/// <summary>
/// Narrow transformations that run in one task for each partition, up to a shuffle or to the action (§5.1, Figure 5). It is planned from the lineage alone:
/// whether it has to run, and after which others, depends on what is kept at that moment.
/// </summary>
internal sealed class Stage(int number, Rdd rdd, WideDependency? shuffle, IReadOnlyList<int> partitions)
{
    /// <summary>Its number in the job, from 0; stages that it may need have smaller ones.</summary>
    public int Number => number;

    /// <summary>The dataset that its tasks compute.</summary>
    public Rdd Rdd => rdd;

    /// <summary>The shuffle that its tasks write for; null in the last stage, whose results go to the program.</summary>
    public WideDependency? Shuffle => shuffle;

    /// <summary>Its tasks' partitions, of <see cref="Rdd"/>.</summary>
    public IReadOnlyList<int> Partitions => partitions;

    /// <summary>The shuffles that its tasks fetch from.</summary>
    /// <param name="isKept">Whether all partitions of a dataset are kept, so that nothing before it is needed.</param>
    public IEnumerable<WideDependency> Needs(Func<Rdd, bool> isKept) =>
        Pipeline(isKept).Where(each => !isKept(each)).SelectMany(each => each.Dependencies.OfType<WideDependency>());

    /// <summary>The datasets that its tasks compute, the last one first; those that are kept end their branch.</summary>
    public IEnumerable<Rdd> Pipeline(Func<Rdd, bool> isKept)
    {
        var seen = new HashSet<Rdd> { rdd };
        var waiting = new Stack<Rdd>([rdd]);
        while (waiting.TryPop(out var next))
        {
            yield return next;
            if (isKept(next)) continue;
            foreach (var narrow in next.Dependencies.OfType<NarrowDependency>())
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
        var waiting = new Stack<(Stage Stage, List<WideDependency> Needs)>();
        Push(job.Rdd, null, job.Partitions);
        while (waiting.TryPeek(out var next))
        {
            var missing = next.Needs.FindIndex(shuffle => !planned.Contains(shuffle));
            if (missing >= 0)
            {
                var parent = next.Needs[missing];
                Push(parent.Parent, parent, [.. Enumerable.Range(0, parent.Parent.Partitions)]);
                continue;
            }

            waiting.Pop();
            if (next.Stage.Shuffle is { } shuffle) planned.Add(shuffle);
            stages.Add(new Stage(stages.Count, next.Stage.Rdd, next.Stage.Shuffle, next.Stage.Partitions));
        }

        return stages;

        void Push(Rdd rdd, WideDependency? shuffle, IReadOnlyList<int> partitions)
        {
            var stage = new Stage(-1, rdd, shuffle, partitions);
            waiting.Push((stage, [.. stage.Needs(_ => false)]));
        }
    }

    public override string ToString() => $"stage {number}";
}
