namespace Workbook.MapReduce.Tasks;

/// <summary>What a map task must know besides its job.</summary>
/// <param name="Reducers">R.</param>
internal sealed record MapTaskSettings(int Reducers)
{
    /// <summary>How many bytes of pairs it may hold in memory; more of them are spilled.</summary>
    public long Memory { get; init; } = long.MaxValue;

    /// <summary>
    /// Makes room for a spill: a stream that is written, then read from its beginning. Never called while all fits in memory.
    /// </summary>
    public Func<Stream> CreateSpill { get; init; } = () => new MemoryStream();

    /// <summary>See <see cref="Job.RunMapTask"/>.</summary>
    public ulong PartitionSeed { get; init; }

    /// <summary>How many lines of its file stand before a split; asked only to say on which line a map function failed.</summary>
    public Func<Split, long> LinesBefore { get; init; } = _ => 0;

    /// <summary>Asks the task to stop.</summary>
    public CancellationToken Cancel { get; init; }
}
