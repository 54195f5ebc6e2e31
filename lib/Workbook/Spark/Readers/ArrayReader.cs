namespace Workbook.Spark.Readers;

/// <summary>Records that are in memory already: slices of their array, nothing copied.</summary>
internal sealed class ArrayReader<T>(ReadOnlyMemory<T> records) : Reader<T>
{
    private int _at;

    public override bool Read(out ReadOnlySpan<T> batch)
    {
        var length = Math.Min(Reader.BatchSize, records.Length - _at);
        batch = records.Span.Slice(_at, length);
        _at += length;
        return length > 0;
    }
}
