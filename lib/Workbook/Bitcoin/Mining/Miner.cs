namespace Workbook.Bitcoin;

/// <summary>
/// Proof of work (§4): looks for the nonce with which a header's double SHA-256, read as a number, is not above a target. All cores, and on each as many
/// headers at a time as the processor's vectors hold.
/// </summary>
public static class Miner
{
    /// <summary>Looks for the nonce at the difficulty that the header itself states.</summary>
    /// <param name="header">The header; its nonce does not matter.</param>
    /// <param name="options">Which nonces, how many cores; all when left out.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="BitcoinException">The header's bits are no target.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled; nothing is running any more.</exception>
    public static MiningResult Mine(BlockHeader header, MiningOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(header);
        return Mine(header, TargetWords.Of(header.Bits.Target), options, cancellation);
    }

    /// <summary>Looks for a nonce whose hash, as block explorers print it, begins with so many bits of zero, whatever the header states.</summary>
    /// <param name="header">The header; its nonce and bits do not matter.</param>
    /// <param name="leadingZeroBits">0 to 255; each one more doubles the work. The first block has 43, and its bits asked for 32.</param>
    /// <param name="options">Which nonces, how many cores; all when left out.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="ArgumentException">A hash cannot begin with so many bits of zero.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled; nothing is running any more.</exception>
    public static MiningResult Mine(BlockHeader header, int leadingZeroBits, MiningOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(header);
        return Mine(header, TargetWords.LeadingZeroBits(leadingZeroBits), options, cancellation);
    }

    /// <summary>Looks for a nonce that meets another target than the header states.</summary>
    /// <param name="header">The 80 bytes of a header; the last four, its nonce, do not matter.</param>
    /// <param name="target">The target.</param>
    /// <param name="options">Which nonces, how many cores; all when left out.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="BitcoinException">There are not 80 bytes, or the target is none.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled; nothing is running any more.</exception>
    public static MiningResult Mine(
        ReadOnlySpan<byte> header, CompactTarget target, MiningOptions? options = null, CancellationToken cancellation = default) =>
        Mine(BlockHeader.Parse(header), TargetWords.Of(target.Target), options, cancellation);

    /// <summary>
    /// Looks on when all nonces of a header are used up: the template is asked for another header, which differs in what the coinbase's extra nonce changes
    /// (the Merkle root) or in its time. Each header is mined at the difficulty that it states.
    /// </summary>
    /// <param name="template">The header for extra nonce 0, 1, 2…: a function of the number and of nothing else.</param>
    /// <param name="options">Which nonces of each header, how many cores; all when left out. Progress is told of each header anew.</param>
    /// <param name="cancellation">Ends the search, which otherwise ends only when a nonce is found.</param>
    /// <exception cref="ArgumentException">The range of nonces is empty, so that no header could ever be mined.</exception>
    /// <exception cref="BitcoinException">A header's bits are no target.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled; nothing is running any more.</exception>
    public static MiningResult Mine(Func<long, BlockHeader> template, MiningOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (options?.Range.Count == 0)
            throw new ArgumentException("With an empty range of nonces no header can be mined, whatever its extra nonce; give a range with nonces in it.", nameof(options));
        var (attempts, hashes, elapsed) = (0L, 0L, TimeSpan.Zero);
        for (var extra = 0L; ; extra++)
        {
            var mined = Mine(template(extra), options, cancellation);
            (attempts, hashes, elapsed) = (attempts + mined.Attempts, hashes + mined.Hashes, elapsed + mined.Elapsed);
            if (mined.Nonce is not null) return mined with { ExtraNonce = extra, Attempts = attempts, Hashes = hashes, Elapsed = elapsed };
        }
    }

    internal static MiningResult Mine(BlockHeader header, TargetWords target, MiningOptions? options, CancellationToken cancellation)
    {
        options = (options ?? new MiningOptions()).Checked();
        var run = new MiningRun(new HeaderWork(header.ToBytes()), target, options, cancellation).ToEnd();
        return new MiningResult
        {
            Header = run.Nonce is { } nonce ? header with { Nonce = nonce } : header,
            Nonce = run.Nonce,
            Attempts = run.Nonce - options.Range.Start + 1 ?? options.Range.Count,
            Hashes = run.Hashes,
            Elapsed = run.Elapsed,
            Chance = target.Chance,
        };
    }
}
