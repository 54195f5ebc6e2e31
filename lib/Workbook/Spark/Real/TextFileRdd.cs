using Workbook.Spark.Readers;
using Workbook.Spark.Scheduling;

namespace Workbook.Spark.Real;

/// <summary>The lines of text files, read anew whenever a partition is computed.</summary>
internal sealed class TextFileRdd(SparkContext context, IReadOnlyList<TextPart> parts) : Rdd<string>(context, "textFile", parts.Count)
{
    internal override Reader<string> Compute(int partition, TaskContext task)
    {
        task.Metrics.SourceBytes += SourceBytes(partition);
        return new LineReader(parts[partition], task.At(this, partition));
    }

    internal override long SourceBytes(int partition) => parts[partition].To - parts[partition].From;

    internal override string PlaceOf(int partition, long record) => $"line {TextFiles.LinesBefore(parts[partition]) + record + 1} of {parts[partition].File}";
}
