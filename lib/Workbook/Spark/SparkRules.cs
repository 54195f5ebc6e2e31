namespace Workbook.Spark;

/// <summary>
/// The precautions of Spark itself; those of a program (persist, partition alike, checkpoint) are with it. Switch one off to see what it prevents.
/// </summary>
public sealed record SparkRules
{
    /// <summary>Every precaution is taken.</summary>
    public static SparkRules All { get; } = new();

    /// <summary>
    /// What a function tells an accumulator while it works on a partition counts once, however often the partition is computed. Off, every attempt that ends
    /// counts, and the sum is too large after a failure.
    /// </summary>
    public bool CountUpdatesOnce { get; init; } = true;

    /// <summary>
    /// A transformation that brings a key's records together asks whether the partitioner has done so already, and moves nothing then (§3.2.2, §5.1): both
    /// sides of a join, for one. Off, all go through a shuffle each time.
    /// </summary>
    public bool SkipNeedlessShuffles { get; init; } = true;

    /// <summary>
    /// When a partition of a dataset has no room in memory, one of the dataset that was used longest ago goes, but never one of its own (§5.3). Off,
    /// whichever partition was used longest ago goes: a dataset that is larger than memory and read in order then throws out each partition just before it is
    /// wanted.
    /// </summary>
    public bool EvictOtherDatasets { get; init; } = true;
}
