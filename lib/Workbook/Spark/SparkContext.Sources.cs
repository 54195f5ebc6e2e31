using Workbook.Spark.Lineage;

namespace Workbook.Spark;

/// <content>Where lineages begin.</content>
public sealed partial class SparkContext
{
    /// <summary>
    /// The lines of a text file, or of all files of a folder. Nothing is read before an action, and each action reads it again unless something after it is
    /// kept.
    /// </summary>
    /// <param name="path">The file or folder. UTF-8; lines end in LF or CR LF.</param>
    /// <param name="partitions">How many partitions at least. A part of a file has at most 64 MB.</param>
    /// <exception cref="SparkException">There is no such file.</exception>
    public Rdd<string> TextFile(string path, int? partitions = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new Real.TextFileRdd(this, Real.TextFiles.Cut(path, Checked(partitions)));
    }

    /// <summary>Records that the program has, cut into partitions as evenly as can be, in order.</summary>
    public Rdd<T> Parallelize<T>(IEnumerable<T> records, int? partitions = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        return new CollectionRdd<T>(this, [.. records], Checked(partitions));
    }

    /// <summary>The numbers from <paramref name="start"/> up to, and not with, <paramref name="end"/>, made where they are wanted.</summary>
    public Rdd<long> Range(long start, long end, int? partitions = null)
    {
        var count = Int128.Max(0, (Int128)end - start);
        var parts = Checked(partitions);
        return new GeneratedRdd<long>(this, "range", parts, partition => Numbers(Begin(partition), Begin(partition + 1)), Bytes);

        long Bytes(int partition) => sizeof(long) * (Begin(partition + 1) - Begin(partition));

        long Begin(int partition) => start + (long)(count * partition / parts);

        static IEnumerable<long> Numbers(long from, long to)
        {
            for (var number = from; number < to; number++) yield return number;
        }
    }

    /// <summary>Records that a function makes, a sequence for each partition. It must give the same sequence for the same number, each time.</summary>
    /// <param name="partitions">How many partitions.</param>
    /// <param name="generate">The records of a partition.</param>
    /// <param name="bytes">How many bytes a partition would have on disk, for the simulated cluster; without a number it costs no reading.</param>
    public Rdd<T> Generate<T>(int partitions, Func<int, IEnumerable<T>> generate, long bytes = 0)
    {
        ArgumentNullException.ThrowIfNull(generate);
        return new GeneratedRdd<T>(this, "generate", Checked(partitions), generate, _ => bytes);
    }

    private int Checked(int? partitions)
    {
        if (partitions < 1) throw new SparkException($"A dataset needs at least 1 partition; it was given {partitions}.");
        return partitions ?? Options.Partitions;
    }
}
