using Workbook.Spark.Readers;
using Workbook.Spark.Scheduling;

namespace Workbook.Spark.Shuffle;

/// <summary>A shuffle of pairs.</summary>
/// <param name="Operation">The transformation that it is for.</param>
/// <param name="Pairs">The dataset before it.</param>
/// <param name="By">Where a key goes.</param>
/// <param name="Aggregator">How values are combined; null sends every record as it is.</param>
internal sealed record WideDependency<TKey, TValue, TCombined>(
    string Operation, Rdd<(TKey Key, TValue Value)> Pairs, Partitioner By, Aggregator<TValue, TCombined>? Aggregator = null) : WideDependency(Pairs, By)
{
    internal override MapOutput Map(int parentPartition, TaskContext task)
    {
        var site = task.At(Work.Shuffle, Shuffle, Operation, Pairs, parentPartition);
        using var reader = new AttendedReader<(TKey Key, TValue Value)>(Pairs.Read(parentPartition, task), site);
        var placer = new Placer<TKey, TValue>(By, site);
        var output = Aggregator is { CombinesBeforeShuffle: true } aggregator ? Combine(reader, placer, aggregator) : Cut(reader, placer);
        site.End();
        for (var at = 0; at < By.Partitions; at++) task.Metrics.ShuffleRecordsWritten += output.Records(at);
        task.Metrics.ShuffleBytesWritten += output.TotalBytes;
        return output;
    }

    private static MapOutput Combine(
        Reader<(TKey Key, TValue Value)> reader, Placer<TKey, TValue> placer, Aggregator<TValue, TCombined> aggregator)
    {
        using var writer = CombiningWriter<TKey, TValue, TCombined>.For(aggregator, placer.Partitions);
        return writer.Write(reader, placer);
    }

    private static MapOutput<TKey, TValue> Cut(Reader<(TKey Key, TValue Value)> reader, Placer<TKey, TValue> placer)
    {
        var blocks = new RecordList<(TKey Key, TValue Value)>[placer.Partitions];
        for (var at = 0; at < blocks.Length; at++) blocks[at] = new();
        while (reader.Read(out var batch))
        {
            var places = placer.Place(batch);
            for (var at = 0; at < batch.Length; at++) blocks[places[at]].Add(batch[at]);
        }

        return new MapOutput<TKey, TValue>([.. blocks.Select(block => block.TakeArray())]);
    }
}
