namespace Workbook.MapReduce;

/// <summary>A job could not be run, or could not be finished. The message is one sentence that says what to do about it.</summary>
public sealed class MapReduceException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The input file whose line the map function failed on; otherwise null.</summary>
    public string? File { get; init; }

    /// <summary>The number of that line, from 1 (under <see cref="Job.RunMapTask"/>: counted from the beginning of the split).</summary>
    public long? LineNumber { get; init; }

    /// <summary>The key that the reduce function failed on, as it would be written to the output; otherwise null.</summary>
    public string? Key { get; init; }

    internal static string Quote(ReadOnlySpan<byte> bytes)
    {
        var text = System.Text.Encoding.UTF8.GetString(bytes.Length > 80 ? bytes[..80] : bytes).ReplaceLineEndings("⏎");
        return bytes.Length > 80 ? $"'{text}…'" : $"'{text}'";
    }

    /// <summary>An exception as the end of a sentence: on one line, without its full stop.</summary>
    internal static string Of(Exception exception) => $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}";
}
