namespace Workbook.Site.Running;

/// <summary>Amounts of memory and text as people read them.</summary>
internal static class ByteSize
{
    internal static string Text(long bytes) => bytes switch
    {
        < 10L << 10 => $"{bytes:N0} bytes",
        < 10L << 20 when bytes % (1 << 20) != 0 => $"{bytes >> 10:N0} KiB",
        < 10L << 30 when bytes % (1 << 30) != 0 => $"{bytes >> 20:N0} MiB",
        _ => $"{bytes >> 30:N0} GiB",
    };
}
