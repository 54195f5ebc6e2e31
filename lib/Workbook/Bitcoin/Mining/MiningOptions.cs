namespace Workbook.Bitcoin;

/// <summary>Which nonces a miner tries, with what, and whom it tells how far it is.</summary>
public sealed record MiningOptions
{
    /// <summary>The nonces to try; all 2^32 of them when left out.</summary>
    public NonceRange Range { get; init; } = NonceRange.All;

    /// <summary>How many cores to use, 1 or more; all when left out. The answer does not depend on it.</summary>
    public int? Threads { get; init; }

    /// <summary>How many headers to hash at a time. The answer does not depend on it.</summary>
    public MiningPath Path { get; init; } = MiningPath.Widest;

    /// <summary>Is told, by one thread at a time, how far the search is, and once more at its end; nobody when left out.</summary>
    public IProgress<MiningProgress>? Progress { get; init; }

    /// <summary>How long it is from one telling to the next, at least; with 0 each 65,536 nonces are told of.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(0.25);

    internal MiningOptions Checked() => Threads is < 1
        ? throw new ArgumentException($"A miner cannot work on {Threads} cores; give 1 or more, or nothing for all of them.")
        : this with { Path = MiningPaths.Resolve(Path) };
}

/// <summary>How far a search for a nonce is.</summary>
/// <param name="Hashes">Headers hashed so far, by all cores together.</param>
/// <param name="Total">Nonces to try if none is found.</param>
/// <param name="Elapsed">Real time since the search began.</param>
/// <param name="Chance">How likely it is that one hash meets the target.</param>
public sealed record MiningProgress(long Hashes, long Total, TimeSpan Elapsed, double Chance)
{
    /// <summary>Headers hashed in a second.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? Hashes / Elapsed.TotalSeconds : 0;

    /// <summary>Until all nonces are tried, at this rate.</summary>
    public TimeSpan TimeLeft => Seconds(Total - Hashes);

    /// <summary>
    /// Until a nonce is found, on average, at this rate. It does not shrink: what has been tried in vain says nothing about what comes.
    /// </summary>
    public TimeSpan MeanTimeToFind => Seconds(1 / Chance);

    private TimeSpan Seconds(double hashes) =>
        hashes <= 0 ? TimeSpan.Zero
        : hashes / Rate is var seconds && seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds)
        : TimeSpan.MaxValue;
}
