using Workbook.Spark.Readers;
using Workbook.Spark.Shuffle;

namespace Workbook.Spark;

/// <content>Table 2's actions: each of them runs a job.</content>
public abstract partial class Rdd<T>
{
    /// <summary>All records, in the order of partitions. They must fit in the program's memory.</summary>
    public T[] Collect()
    {
        var parts = OfAll("collect", (reader, _) => reader.Drain());
        var count = parts.Sum(part => (long)part.Length);
        if (count > Array.MaxLength) throw new SparkException($"{Label} has {count:N0} records, more than an array can have: use Take, or SaveAsTextFile.");
        var all = new T[count];
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(all, at);
            at += part.Length;
        }

        return all;
    }

    /// <summary>How many records there are.</summary>
    public long Count() => OfAll("count", (reader, _) => Count(reader)).Sum();

    /// <summary>All records in one, by a function that is associative and commutative.</summary>
    /// <exception cref="SparkException">There are no records.</exception>
    public T Reduce(Func<T, T, T> reduce)
    {
        ArgumentNullException.ThrowIfNull(reduce);
        var sums = OfAll("reduce", (reader, site) => Reduced(reader, site, reduce)).Where(sum => sum.Any).ToList();
        if (sums.Count == 0) throw new SparkException($"Reduce on {Label} found no records: use Fold, which begins with a value of yours.");
        return Merged("reduce", () => sums.Select(sum => sum.Value).Aggregate(reduce));
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
        var sums = OfAll("aggregate", (reader, site) => Added(reader, site, zero, add));
        return Merged("aggregate", () => sums.Aggregate(zero, merge));
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
            var found = Context.Run("take", this, some, (reader, _) => First(reader, missing));
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

    internal IReadOnlyList<TResult> OfAll<TResult>(string action, Func<Reader<T>, Site, TResult> body) =>
        Context.Run(action, this, Enumerable.Range(0, Partitions), body);

    private T[] Best<TKey>(string action, int count, Func<T, TKey> by, IComparer<TKey> order)
    {
        if (count < 0) throw new SparkException($"{action} cannot give {count} records.");
        ArgumentNullException.ThrowIfNull(by);
        var some = OfAll(action, Some);
        return Merged(action, () => First(some.SelectMany(records => records)));

        // Equal records stay in the order of the input: LINQ sorts so. Sorting waits until as many have come as are wanted, so that each is sorted a few times.
        T[] Some(Reader<T> reader, Site _)
        {
            var best = new List<T>();
            while (reader.Read(out var batch))
            {
                best.AddRange(batch);
                if (best.Count - count >= Math.Max(count, Reader.BatchSize)) best = [.. First(best)];
            }

            return First(best);
        }

        T[] First(IEnumerable<T> records) => [.. records.OrderBy(by, order).Take(count)];
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

    private static (bool Any, T Value) Reduced(Reader<T> reader, Site site, Func<T, T, T> reduce) =>
        Added(reader, site, (Any: false, Value: default(T)!), (sum, record) => (true, sum.Any ? reduce(sum.Value, record) : record));

    private static TSum Added<TSum>(Reader<T> reader, Site site, TSum sum, Func<TSum, T, TSum> add)
    {
        while (reader.Read(out var batch))
        {
            var at = 0;
            try
            {
                for (; at < batch.Length; at++) sum = add(sum, batch[at]);
            }
            catch (Exception e) when (site.IsOfTheFunction(e))
            {
                throw site.Failed(at, batch[at], e);
            }

            site.Had(batch.Length);
        }

        return sum;
    }

    /// <summary>What the program itself does with the results of the partitions.</summary>
    private TResult Merged<TResult>(string action, Func<TResult> merge)
    {
        try
        {
            return merge();
        }
        catch (Exception e) when (e is not SparkException)
        {
            throw new SparkException($"The function of {action} (on {Label}) failed on the results of partitions: {SparkException.Of(e)}.", e);
        }
    }
}
