namespace Workbook.Spark.Readers;

/// <summary>The records that a task has come to. Whatever is done with them, until the next ones are wanted, is the site's doing.</summary>
internal sealed class AttendedReader<T>(Reader<T> source, Site site) : Reader<T>
{
    public override bool Read(out ReadOnlySpan<T> batch)
    {
        var isMore = source.Read(out batch);
        site.Begin();
        return isMore;
    }

    public override void Dispose() => source.Dispose();
}
