using Workbook.Spark.Readers;
using Workbook.Spark.Scheduling;

namespace Workbook.Spark.Shuffle;

/// <summary>A shuffle of pairs.</summary>
/// <param name="Pairs">The dataset before it.</param>
/// <param name="By">Where a key goes.</param>
/// <param name="Aggregator">How values are combined; null sends every record as it is.</param>
internal sealed record WideDependency<TKey, TValue, TCombined>(
    Rdd<(TKey Key, TValue Value)> Pairs, Partitioner By, Aggregator<TValue, TCombined>? Aggregator) : WideDependency(Pairs, By)
{
    internal override MapOutput Map(int parentPartition, TaskContext task)
    {
        using var reader = Pairs.Read(parentPartition, task);
        var output = Aggregator is { CombinesBeforeShuffle: true } aggregator ? Combine(reader, aggregator) : Cut(reader);
        for (var at = 0; at < By.Partitions; at++) task.Metrics.ShuffleRecordsWritten += output.Records(at);
        task.Metrics.ShuffleBytesWritten += output.TotalBytes;
        return output;
    }

    private MapOutput Combine(Reader<(TKey Key, TValue Value)> reader, Aggregator<TValue, TCombined> aggregator)
    {
        using var writer = new CombiningWriter<TKey, TValue, TCombined>(aggregator, By.Partitions);
        return writer.Write(reader, By);
    }

    private MapOutput<TKey, TValue> Cut(Reader<(TKey Key, TValue Value)> reader)
    {
        var blocks = new RecordList<(TKey Key, TValue Value)>[By.Partitions];
        for (var at = 0; at < blocks.Length; at++) blocks[at] = new();
        Span<int> places = stackalloc int[Reader.BatchSize];
        while (reader.Read(out var batch))
        {
            By.Place(batch, places);
            for (var at = 0; at < batch.Length; at++) blocks[places[at]].Add(batch[at]);
        }

        return new MapOutput<TKey, TValue>([.. blocks.Select(block => block.TakeArray())]);
    }
}
