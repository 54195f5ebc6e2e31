namespace Workbook.Spark;

/// <summary>A dataset could not be made or computed. The message is one sentence that says what to do about it.</summary>
public sealed class SparkException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The partition whose task failed; null when the failure is of no partition.</summary>
    public int? Partition { get; init; }

    /// <summary>The number of the record, from 0 within its partition, that a function failed on; null when there is none.</summary>
    public long? Record { get; init; }

    /// <summary>An exception as the end of a sentence: on one line, without its full stop.</summary>
    internal static string Of(Exception exception) => exception is SparkException
        ? exception.Message.TrimEnd('.')
        : $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}";
}
