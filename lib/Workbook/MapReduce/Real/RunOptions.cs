namespace Workbook.MapReduce;

/// <summary>How a job runs on this machine. The defaults suit a laptop.</summary>
public sealed record RunOptions
{
    /// <summary>How many tasks run at once. Null: as many as there are cores.</summary>
    public int? Workers { get; init; }

    /// <summary>
    /// How many bytes of input a map task gets, about: splits end at the end of a line. Null: 64 MB, the most that the paper has in
    /// mind (§3.1), or less for a small input, so that every core has three tasks. A file smaller than that is a task of its own.
    /// </summary>
    public long? SplitSize { get; init; }

    /// <summary>The least that <see cref="TaskMemory"/> may be.</summary>
    public const long LeastTaskMemory = 16 * 1024;

    /// <summary>How many bytes of pairs a map task holds in memory before it spills them to disk, sorted.</summary>
    public long TaskMemory { get; init; } = 96L * 1024 * 1024;

    /// <summary>Whether output of an earlier job may be replaced. It stays in place until the new output is whole.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Told whenever a task is done, by the thread that did it.</summary>
    public IProgress<JobProgress>? Progress { get; init; }

    /// <summary>Stops the job; it then throws <see cref="OperationCanceledException"/> and leaves nothing behind.</summary>
    public CancellationToken Cancel { get; init; }
}

/// <summary>How far a job is.</summary>
/// <param name="MapsDone">Map tasks done.</param>
/// <param name="Maps">M.</param>
/// <param name="ReducesDone">Reduce tasks done.</param>
/// <param name="Reduces">R.</param>
/// <param name="BytesRead">Bytes of input that finished map tasks have read.</param>
/// <param name="InputBytes">Bytes of input.</param>
/// <param name="Elapsed">Real time since the job began.</param>
public sealed record JobProgress(int MapsDone, int Maps, int ReducesDone, int Reduces, long BytesRead, long InputBytes, TimeSpan Elapsed)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Elapsed.TotalSeconds:0.0} s: {MapsDone} of {Maps} map tasks, {ReducesDone} of {Reduces} reduce tasks";
}
