using Workbook.Spark.Readers;
using Workbook.Spark.Scheduling;

namespace Workbook.Spark;

/// <summary>A shared variable that tasks may only add to and only the program may read, whatever its type is.</summary>
public abstract class Accumulator
{
    private protected Accumulator()
    {
    }

    internal abstract void Commit(Site site, object told, bool isWhole);
}

/// <summary>
/// A shared variable that tasks may only add to, and only the program may read (§2.2.2 of the first Spark paper, HotCloud 2010).
/// </summary>
/// <remarks>
/// What a function adds while it works on a partition counts once, however often the partition is computed: again after a failure, again because nobody kept
/// it, again because it was evicted. A partition that an action read only a part of (<c>Take</c>) counts with that part until all of it has been read. The
/// sum is taken in the order of datasets and partitions, so it is the same bit for bit however many threads there are. The Spark of today promises this of
/// actions only.
/// </remarks>
public sealed class Accumulator<T> : Accumulator
{
    private readonly Lock _lock = new();
    private readonly Func<T, T, T> _add;
    private readonly bool _countsOnce;
    private readonly SortedDictionary<(Work, int, int), (T Sum, bool IsWhole)> _counted = [];
    private T _start;

    internal Accumulator(T zero, Func<T, T, T> add, bool countsOnce) => (_start, _add, _countsOnce) = (zero, add, countsOnce);

    /// <summary>The sum so far.</summary>
    /// <exception cref="SparkException">A function of a dataset asks: it sees only its own partition, so there is no answer.</exception>
    public T Value
    {
        get
        {
            if (TaskContext.IsInside)
                throw new SparkException("An accumulator cannot be read inside a transformation, where others add to it: read it in the program, after an action.");
            lock (_lock) return _counted.Values.Aggregate(_start, (sum, each) => _add(sum, each.Sum));
        }
    }

    /// <summary>Adds to it.</summary>
    public void Add(T amount)
    {
        if (TaskContext.Current is { } task)
        {
            var told = task.Told<Sum>(this);
            if (told is null) task.Tell(this, new Sum(amount));
            else told.Value = _add(told.Value, amount);
            return;
        }

        lock (_lock) _start = _add(_start, amount);
    }

    internal override void Commit(Site site, object told, bool isWhole)
    {
        var sum = ((Sum)told).Value;
        lock (_lock)
        {
            if (!_counted.TryGetValue(site.Key, out var known)) _counted[site.Key] = (sum, isWhole);
            else if (!_countsOnce) _counted[site.Key] = (_add(known.Sum, sum), isWhole);
            else if (isWhole && !known.IsWhole) _counted[site.Key] = (sum, true);
        }
    }

    private sealed class Sum(T value)
    {
        public T Value { get; set; } = value;
    }
}
