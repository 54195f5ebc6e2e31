using System.Diagnostics;

namespace Workbook.Check;

/// <summary>
/// Real time and real cores for a check: the one place of the checker that knows of either. Verdicts do not depend on them, but for
/// a search that is ended by its time limit.
/// </summary>
internal sealed class SearchClock(TimeSpan limit)
{
    /// <summary>With fewer operations in all, starting threads takes longer than the searches.</summary>
    private const int WorthSharing = 4_000;

    private readonly long _start = Stopwatch.GetTimestamp();
    private volatile int _last = int.MaxValue;

    /// <summary>Whether the time is over.</summary>
    public bool IsOver => Stopwatch.GetElapsedTime(_start) >= limit;

    /// <summary>The same, to hand on.</summary>
    public bool HasEnded() => IsOver;

    /// <summary>Whether a part before this one has already decided.</summary>
    public bool IsBeyond(int part) => part > _last;

    /// <summary>Parts after this one need not be searched any more.</summary>
    public void EndAfter(int part)
    {
        for (var last = _last; part < last;)
        {
            var seen = Interlocked.CompareExchange(ref _last, part, last);
            if (seen == last) return;
            last = seen;
        }
    }

    /// <summary>Does the parts one after the other, or several at a time where that pays.</summary>
    /// <param name="parts">How many parts.</param>
    /// <param name="operations">How many operations they have in all.</param>
    /// <param name="workers">How many cores to use at most.</param>
    /// <param name="search">What to do with a part; it is told how many cores are at work.</param>
    public void ForEach(int parts, long operations, int? workers, Action<int, int> search)
    {
        var cores = Math.Min(parts, Math.Max(1, workers ?? Environment.ProcessorCount));
        if (cores <= 1 || operations < WorthSharing)
        {
            for (var part = 0; part < parts && !IsBeyond(part); part++) search(part, 1);
            return;
        }

        var next = -1;
        Parallel.For(0, cores, new ParallelOptions { MaxDegreeOfParallelism = cores }, _ =>
        {
            for (int part; (part = Interlocked.Increment(ref next)) < parts;)
            {
                if (!IsBeyond(part)) search(part, cores);
            }
        });
    }
}
