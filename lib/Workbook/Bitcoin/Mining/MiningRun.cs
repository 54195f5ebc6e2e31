using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Workbook.Bitcoin;

/// <summary>
/// One search over this machine's cores: the one place of mining that knows of real time. Pieces of the range are handed out in order, and a core that has
/// found a nonce still lets the others end pieces that come before it; so the smallest nonce wins, however many cores there are.
/// </summary>
internal sealed class MiningRun(HeaderWork work, TargetWords target, MiningOptions options, CancellationToken cancellation)
{
    /// <summary>Nonces of a piece: some milliseconds of work, so that cancelling is felt at once.</summary>
    private const int Piece = 1 << 16;

    private readonly Lock _telling = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _next = options.Range.Start;
    private long _hashes;
    private long _best = long.MaxValue;
    private TimeSpan _told;
    private volatile bool _isCut;
    private volatile ExceptionDispatchInfo? _failure;

    /// <summary>The smallest nonce that meets the target.</summary>
    public uint? Nonce => _best == long.MaxValue ? null : (uint)_best;

    /// <summary>Headers hashed.</summary>
    public long Hashes => Interlocked.Read(ref _hashes);

    /// <summary>How long the search took.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Searches, and comes back when no core is at work any more.</summary>
    /// <exception cref="OperationCanceledException">The search was cancelled before its end.</exception>
    public MiningRun ToEnd()
    {
        var pieces = (options.Range.Count + Piece - 1) / Piece;
        var threads = (int)Math.Min(options.Threads ?? Environment.ProcessorCount, pieces);
        if (threads == 1) Search();
        if (threads > 1) Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => Search());
        _failure?.Throw();
        if (_isCut) throw new OperationCanceledException(cancellation);
        Elapsed = Stopwatch.GetElapsedTime(_start);
        Tell(Elapsed);
        return this;
    }

    private void Search()
    {
        try
        {
            for (long start; (start = Interlocked.Add(ref _next, Piece) - Piece) < Math.Min(options.Range.End, Interlocked.Read(ref _best));)
            {
                if (_isCut |= cancellation.IsCancellationRequested) return;
                if (_failure is not null) return;
                var piece = new NonceRange(start, Math.Min(options.Range.End, start + Piece));
                var found = NonceSearch.First(work, target, piece, options.Path);
                if (found is { } nonce) Lower(nonce);
                Interlocked.Add(ref _hashes, found - start + 1 ?? piece.Count);
                if (options.Progress is not null) TellInTime();
            }
        }
        catch (Exception failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
        }
    }

    private void Lower(long nonce)
    {
        for (var best = Interlocked.Read(ref _best); nonce < best;)
        {
            var seen = Interlocked.CompareExchange(ref _best, nonce, best);
            if (seen == best) return;
            best = seen;
        }
    }

    private void TellInTime()
    {
        lock (_telling)
        {
            var now = Stopwatch.GetElapsedTime(_start);
            if (now - _told < options.ProgressInterval) return;
            _told = now;
            Tell(now);
        }
    }

    private void Tell(TimeSpan now) => options.Progress?.Report(new MiningProgress(Hashes, options.Range.Count, now, target.Chance));
}
