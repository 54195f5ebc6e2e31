using System.Buffers;

namespace Workbook.Check;

/// <summary>
/// Events in Jepsen's text log. Old logs write <c>INFO  jepsen.util - 2 :invoke :cas [3 0]</c>, later ones put time and thread before it;
/// after <c>jepsen.util</c> the fields are the same: process, type, function, value, and the error if there was one. All other lines are
/// the log of something else.
/// </summary>
internal static class LogEvents
{
    public const string Mark = "jepsen.util";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public static IEnumerable<RecordedEvent> Read(string text)
    {
        var pool = new TextPool();
        foreach (var (number, line) in Texts.Lines(text))
        {
            var at = line.Span.IndexOf(Mark, StringComparison.Ordinal);
            if (at < 0) continue;
            var fields = line.Span[(at + Mark.Length)..].TrimStart();
            // A colon or a dash parts the logger's name from what it logs; a keyword's own colon has a letter after it.
            if (fields is ['-' or ':', ' ' or '\t', ..]) fields = fields[1..].TrimStart();
            yield return Event(number, fields, pool);
        }
    }

    private static RecordedEvent Event(int number, ReadOnlySpan<char> fields, TextPool pool)
    {
        var process = Field(ref fields).TrimStart(':');
        var type = Field(ref fields);
        var function = Field(ref fields);
        if (process.IsEmpty || type is not [':', ..] || function is not [':', _, ..])
            throw new HistoryFormatException(number, "after jepsen.util there should be a process, a type and a function, as in 2 :invoke :write 4; was the line cut off?");
        if (RecordedEvent.TypeOf(type[1..]) is not { } known)
            throw new HistoryFormatException(number, $"an event cannot be of the type '{Texts.Shown(type)}'; it is :invoke, :ok, :fail or :info.");
        var (value, rest) = Value(number, fields, pool);
        return new(number, pool.Of(process), known, pool.Of(function[1..])) { Value = value, HasError = rest.Length > 0 };
    }

    /// <summary>The value, and what stands behind it: an error, or a hint that some logs give for the order.</summary>
    private static (Datum Value, string Error) Value(int number, ReadOnlySpan<char> fields, TextPool pool)
    {
        if (!fields.ContainsAnyExcept(Digits)) return (fields.IsEmpty ? Datum.Nil : new(DatumKind.Word, pool.Of(fields)), "");
        if (fields is "nil") return (Datum.Nil, "");

        // A tab ends the value, so that an error in any words behind it need not be read.
        var tab = fields.IndexOf('\t');
        var rest = tab < 0 ? "" : fields[(tab + 1)..].Trim().ToString();
        var edn = new EdnText((tab < 0 ? fields : fields[..tab]).ToString(), number, pool);
        if (edn.AtEnd()) return (Datum.Nil, rest);
        var value = edn.Read();
        if (rest.Length == 0 && !edn.AtEnd()) rest = edn.Read() is { Kind: DatumKind.Keyword, Text: "hint" } ? "" : "an error";
        return (value, rest.StartsWith(":hint", StringComparison.Ordinal) ? "" : rest);
    }

    private static ReadOnlySpan<char> Field(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny(' ', '\t');
        var field = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[end..].TrimStart();
        return field;
    }
}
