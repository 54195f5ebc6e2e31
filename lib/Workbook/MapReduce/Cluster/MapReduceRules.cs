namespace Workbook.MapReduce.Cluster;

/// <summary>MapReduce's precautions, all on. Switch one off and look for the run in which that goes wrong.</summary>
public sealed record MapReduceRules
{
    /// <summary>All precautions.</summary>
    public static readonly MapReduceRules All = new();

    /// <summary>
    /// A reduce task writes a file of its own and renames it when it is whole (§3.3). Without it: two executions of one task write
    /// into the same file.
    /// </summary>
    public bool AtomicRename { get; init; } = true;

    /// <summary>Only the first completion of a map task counts (§3.3). Without it: what it emitted is counted twice.</summary>
    public bool FirstCompletionOnly { get; init; } = true;

    /// <summary>
    /// Finished map tasks of a dead worker run again, because their output was on its disk (§3.3). Without it: reducers wait for ever.
    /// </summary>
    public bool RerunCompletedMaps { get; init; } = true;

    /// <summary>A reduce task begins to reduce when it has the output of every map. Without it: words are missing.</summary>
    public bool ReduceWaitsForAllMaps { get; init; } = true;

    /// <summary>
    /// All workers send a key to the same reducer (§4.1). Without it each process hashes in its own way, as
    /// <c>string.GetHashCode</c> does: a key appears in two output files.
    /// </summary>
    public bool SamePartitionEverywhere { get; init; } = true;

    /// <summary>Towards the end, idle workers run the tasks still in progress a second time (§3.6). Without it: one slow machine holds up the job.</summary>
    public bool BackupTasks { get; init; } = true;

    /// <summary>Map tasks go to a worker that has the split on its disk, where one is free (§3.4). Without it: the input crosses the network.</summary>
    public bool Locality { get; init; } = true;
}
