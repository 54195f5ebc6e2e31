using Workbook.Spark.Readers;
using Workbook.Spark.Shuffle;

namespace Workbook.Spark;

/// <content>Table 2's actions: each of them runs a job.</content>
public abstract partial class Rdd<T>
{
    /// <summary>All records, in the order of partitions. They must fit in the program's memory.</summary>
    public T[] Collect() => [.. OfAll("collect", reader => reader.Drain()).SelectMany(records => records)];

    /// <summary>How many records there are.</summary>
    public long Count() => OfAll("count", Count).Sum();

    /// <summary>All records in one, by a function that is associative and commutative.</summary>
    /// <exception cref="SparkException">There are no records.</exception>
    public T Reduce(Func<T, T, T> reduce)
    {
        ArgumentNullException.ThrowIfNull(reduce);
        var sums = OfAll("reduce", reader => Reduced(reader, reduce)).Where(sum => sum.Any).ToList();
        if (sums.Count == 0) throw new SparkException($"Reduce on {Label} found no records: use Fold, which begins with a value of yours.");
        return sums.Select(sum => sum.Value).Aggregate(reduce);
    }

    /// <summary>
    /// All records in one, beginning with <paramref name="zero"/> in every partition and once more for their sums: it should be a value that changes nothing.
    /// </summary>
    public T Fold(T zero, Func<T, T, T> add) => Aggregate(zero, add, add);

    /// <summary>A sum of all records, of another type than theirs.</summary>
    /// <param name="zero">Where the sum of each partition begins, and that of all partitions.</param>
    /// <param name="add">A sum with one record more.</param>
    /// <param name="merge">The sums of two partitions together.</param>
    public TSum Aggregate<TSum>(TSum zero, Func<TSum, T, TSum> add, Func<TSum, TSum, TSum> merge)
    {
        ArgumentNullException.ThrowIfNull(add);
        ArgumentNullException.ThrowIfNull(merge);
        return OfAll("aggregate", reader => Added(reader, zero, add)).Aggregate(zero, merge);
    }

    /// <summary>The first records, as many as asked for if there are. No more partitions are computed than it takes.</summary>
    public T[] Take(int count)
    {
        if (count < 0) throw new SparkException($"Take cannot give {count} records.");
        var taken = new List<T>();
        var tried = 0;
        for (var next = 1; taken.Count < count && tried < Partitions; next *= 4)
        {
            var missing = count - taken.Count;
            var some = Enumerable.Range(tried, Math.Min(next, Partitions - tried));
            var found = Context.Run("take", this, some, (reader, _, _) => First(reader, missing));
            foreach (var records in found) taken.AddRange(records.Take(count - taken.Count));
            tried += next;
        }

        return [.. taken];
    }

    /// <summary>The first record.</summary>
    /// <exception cref="SparkException">There is none.</exception>
    public T First() => Take(1) is [var first] ? first : throw new SparkException($"{Label} has no records, so there is no first one.");

    /// <summary>The largest records, the largest first; of equal ones those that come first.</summary>
    public T[] Top(int count) => Top(count, record => record);

    /// <summary>The records that something is largest of, the largest first.</summary>
    public T[] Top<TKey>(int count, Func<T, TKey> by) => Best("top", count, by, KeyOrder<TKey>.Descending);

    /// <summary>The smallest records, the smallest first.</summary>
    public T[] TakeOrdered(int count) => Best("takeOrdered", count, record => record, KeyOrder<T>.Ascending);

    /// <summary>
    /// Calls a function for every record, on the threads of this machine or on the workers. What it does besides is done again when a task is.
    /// </summary>
    public void ForEach(Action<T> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        _ = Map("foreach", record =>
        {
            action(record);
            return true;
        }).Count();
    }

    /// <summary>Writes the records as text, a line each, in files <c>part-00000</c> and so on of a new folder, which appears when all of it is there.</summary>
    /// <exception cref="SparkException">The folder is there already, or cannot be written.</exception>
    public void SaveAsTextFile(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Real.TextOutput.Save(this, folder);
    }

    internal IReadOnlyList<TResult> OfAll<TResult>(string action, Func<Reader<T>, TResult> body) =>
        Context.Run(action, this, Enumerable.Range(0, Partitions), (reader, _, _) => body(reader));

    private T[] Best<TKey>(string action, int count, Func<T, TKey> by, IComparer<TKey> order)
    {
        if (count < 0) throw new SparkException($"{action} cannot give {count} records.");
        return [.. OfAll(action, Some).SelectMany(records => records).OrderBy(by, order).Take(count)];

        // OrderBy().Take() keeps no more than it needs in order, and equal records in the order of the input.
        T[] Some(Reader<T> reader)
        {
            var best = new List<T>();
            while (reader.Read(out var batch)) best = [.. best.Concat(batch.ToArray()).OrderBy(by, order).Take(count)];
            return [.. best];
        }
    }

    private static long Count(Reader<T> reader)
    {
        var count = 0L;
        while (reader.Read(out var batch)) count += batch.Length;
        return count;
    }

    private static T[] First(Reader<T> reader, int count)
    {
        var first = new RecordList<T>();
        while (first.Count < count && reader.Read(out var batch)) first.Add(batch[..Math.Min(batch.Length, (int)(count - first.Count))]);
        return first.TakeArray();
    }

    private static (bool Any, T Value) Reduced(Reader<T> reader, Func<T, T, T> reduce)
    {
        var (any, sum) = (false, default(T)!);
        while (reader.Read(out var batch))
        {
            foreach (ref readonly var record in batch) (any, sum) = (true, any ? reduce(sum, record) : record);
        }

        return (any, sum);
    }

    private static TSum Added<TSum>(Reader<T> reader, TSum sum, Func<TSum, T, TSum> add)
    {
        while (reader.Read(out var batch))
        {
            foreach (ref readonly var record in batch) sum = add(sum, record);
        }

        return sum;
    }
}
