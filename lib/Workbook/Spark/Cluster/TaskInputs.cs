using Workbook.Spark.Scheduling;

namespace Workbook.Spark.Cluster;

/// <summary>A partition that some workers keep.</summary>
internal sealed record KeptInput(Rdd Rdd, int Partition, IReadOnlyList<string> Holders);

/// <summary>The blocks for one partition after a shuffle; who holds that of each map task.</summary>
internal sealed record ShuffleInput(WideDependency Shuffle, int Partition, IReadOnlyList<string> Holders);

/// <summary>A partition to read from a source, or from the checkpoint.</summary>
internal readonly record struct StoredInput(Rdd Rdd, int Partition);

/// <summary>
/// What a task reads before it can compute, and where from: its partition's lineage walked back to what is kept, checkpointed, shuffled or a source.
/// </summary>
internal sealed record TaskInputs(
    IReadOnlyList<KeptInput> Kept, IReadOnlyList<ShuffleInput> Shuffles, IReadOnlyList<StoredInput> Sources, IReadOnlyList<StoredInput> Checkpoints)
{
    /// <summary>Walks a task's lineage.</summary>
    /// <returns>Null when a block is nowhere: what the task needs must be made first.</returns>
    public static TaskInputs? Of(StageTask task, KeptBlocks kept, MapOutputTracker outputs)
    {
        var found = new TaskInputs(new List<KeptInput>(), new List<ShuffleInput>(), new List<StoredInput>(), new List<StoredInput>());
        var seen = new HashSet<(Rdd, int)>();
        var waiting = new Stack<(Rdd Rdd, int Partition)>([(task.Stage.Rdd, task.Partition)]);
        while (waiting.TryPop(out var next))
        {
            if (!seen.Add(next) || found.IsAtHand(next.Rdd, next.Partition, kept)) continue;
            if (next.Rdd.Dependencies.Count == 0) ((List<StoredInput>)found.Sources).Add(new(next.Rdd, next.Partition));
            foreach (var dependency in next.Rdd.Dependencies)
            {
                if (dependency is NarrowDependency narrow)
                    foreach (var parent in narrow.ParentsOf(next.Partition)) waiting.Push((narrow.Parent, parent));
                else if (!found.AddBlocks((WideDependency)dependency, next.Partition, outputs))
                    return null;
            }
        }

        return found;
    }

    /// <summary>The workers without which the task cannot have what it reads.</summary>
    /// <param name="canReach">Whom its worker can ask. Of those who keep a partition one is enough.</param>
    public IEnumerable<string> OutOfReach(Func<string, bool> canReach) =>
        Kept.Where(input => !input.Holders.Any(canReach)).SelectMany(input => input.Holders)
            .Concat(Shuffles.SelectMany(input => input.Holders).Where(holder => !canReach(holder))).Distinct();

    private bool IsAtHand(Rdd rdd, int partition, KeptBlocks kept)
    {
        if (rdd.IsCheckpointed)
        {
            ((List<StoredInput>)Checkpoints).Add(new(rdd, partition));
            return true;
        }

        if (rdd.StorageLevel == StorageLevel.None || kept.Holders(rdd, partition) is not { Count: > 0 } holders) return false;
        ((List<KeptInput>)Kept).Add(new(rdd, partition, [.. holders]));
        return true;
    }

    private bool AddBlocks(WideDependency shuffle, int partition, MapOutputTracker outputs)
    {
        var holders = new string[shuffle.Parent.Partitions];
        for (var map = 0; map < holders.Length; map++)
        {
            if (outputs.Holder(shuffle, map) is not { } holder) return false;
            holders[map] = holder;
        }

        ((List<ShuffleInput>)Shuffles).Add(new(shuffle, partition, holders));
        return true;
    }
}
