namespace Workbook.Spark.Apps;

/// <summary>
/// What a program for PageRank takes care of, beside the precautions of Spark itself (<see cref="SparkRules"/>). Switch one off to see what it saves.
/// </summary>
public sealed record PageRankRules
{
    /// <summary>The notes' program, with all care for what it costs.</summary>
    public static PageRankRules Default { get; } = new();

    /// <summary>The table of links is kept in memory (§2.2). Off, each job reads and groups the links anew.</summary>
    public bool PersistLinks { get; init; } = true;

    /// <summary>
    /// Links and ranks are partitioned alike, so that their join moves nothing (§3.2.2). Off, all links go through a shuffle in every round. The ranks are
    /// the same but for rounding.
    /// </summary>
    public bool CoPartition { get; init; } = true;

    /// <summary>
    /// The ranks of every so many rounds are written where no failure reaches them (§5.4), those of the last round excepted; 0 writes none. Without it a
    /// machine that fails late may have all rounds computed again.
    /// </summary>
    public int CheckpointEvery { get; init; } = 10;

    /// <summary>
    /// Every page has a rank in every round, also one that nobody links to, and what pages without links have goes to all pages alike: the sum of all ranks
    /// stays the number of pages. Off, as in the notes, ranks leak away at such pages. On the notes' own five links, where there is no such page, it changes
    /// nothing. It takes a second job in each round.
    /// </summary>
    public bool KeepAllMass { get; init; }

    internal bool ChecksAt(int iteration, int iterations) => CheckpointEvery > 0 && iteration % CheckpointEvery == 0 && iteration < iterations;
}
