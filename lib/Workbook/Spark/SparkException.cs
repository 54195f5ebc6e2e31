namespace Workbook.Spark;

/// <summary>A dataset could not be computed, or its records not be written. The message is one sentence that says what to do about it.</summary>
public sealed class SparkException(string message, Exception? inner = null) : Exception(message, inner);
