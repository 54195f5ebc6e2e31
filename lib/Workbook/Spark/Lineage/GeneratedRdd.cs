using Workbook.Spark.Readers;
using Workbook.Spark.Scheduling;

namespace Workbook.Spark.Lineage;

/// <summary>Records that a function makes from the partition's number.</summary>
internal sealed class GeneratedRdd<T>(SparkContext context, string operation, int partitions, Func<int, IEnumerable<T>> generate, Func<int, long> bytes)
    : Rdd<T>(context, operation, partitions)
{
    internal override Reader<T> Compute(int partition, TaskContext task)
    {
        task.Metrics.SourceBytes += SourceBytes(partition);
        return new SequenceReader<T>(() => generate(partition), task.At(this, partition));
    }

    internal override long SourceBytes(int partition) => bytes(partition);
}

/// <summary>Records that the program has.</summary>
internal sealed class CollectionRdd<T>(SparkContext context, T[] records, int partitions) : Rdd<T>(context, "parallelize", partitions)
{
    private readonly long[] _bytes = new long[partitions];

    internal override Reader<T> Compute(int partition, TaskContext task)
    {
        task.Metrics.SourceBytes += SourceBytes(partition);
        return new ArrayReader<T>(Part(partition));
    }

    internal override long SourceBytes(int partition)
    {
        if (_bytes[partition] == 0) _bytes[partition] = Storage.Block<T>.SizeOf(Part(partition).Span);
        return _bytes[partition];
    }

    private ReadOnlyMemory<T> Part(int partition)
    {
        var from = (int)((long)records.Length * partition / Partitions);
        return records.AsMemory(from, (int)((long)records.Length * (partition + 1) / Partitions) - from);
    }
}
