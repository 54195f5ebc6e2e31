using System.Globalization;

namespace Workbook.Check;

/// <summary>A text cannot be read as a history. The message is one sentence that begins with <c>line N:</c> and says what to do.</summary>
public sealed class HistoryFormatException : Exception
{
    /// <param name="line">The line that is wrong; the first is 1.</param>
    /// <param name="sentence">What is wrong there, and what to do.</param>
    public HistoryFormatException(int line, string sentence)
        : base(string.Create(CultureInfo.InvariantCulture, $"line {line}: {sentence}")) => Line = line;

    /// <summary>The line that is wrong; the first is 1.</summary>
    public int Line { get; }
}
