using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Workbook.Check;

/// <summary>Histories as texts.</summary>
public sealed partial class History
{
    /// <summary>
    /// Reads a history from a text in any of the formats of <see cref="HistoryFormat"/>, and guesses which it is.
    /// </summary>
    /// <exception cref="HistoryFormatException">The text cannot be read; one sentence says which line is wrong.</exception>
    public static History Parse(string text) => Parse(text, null);

    /// <summary>Reads a history from a text in one format.</summary>
    /// <exception cref="HistoryFormatException">The text cannot be read; one sentence says which line is wrong.</exception>
    public static History Parse(string text, HistoryFormat format) => Parse(text, (HistoryFormat?)format);

    /// <summary>The history as JSON, an object an operation on a line of its own, which <see cref="Parse(string)"/> reads back.</summary>
    public string ToJson()
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var operation in Operations)
        {
            using (var json = new Utf8JsonWriter(lines, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
                JsonOperations.Write(json, operation);
            lines.Write("\n"u8);
        }

        return Encoding.UTF8.GetString(lines.WrittenSpan);
    }

    /// <summary>Where each operation began in the text that it was read from; empty when the history was not read.</summary>
    internal IReadOnlyList<int> Lines { get; } = [];

    /// <summary>Where an operation of the list began in the text, as sentences about it begin; empty when the history was not read.</summary>
    internal string Where(int operation) => operation < Lines.Count ? string.Create(CultureInfo.InvariantCulture, $"line {Lines[operation]}: ") : "";

    /// <summary>Of operations that are known to be well formed.</summary>
    private History(List<Operation> operations, List<int> lines) => (Operations, Lines) = (operations, lines);

    private static History Parse(string text, HistoryFormat? format)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith('\uFEFF')) text = text[1..];
        return (format ?? FormatGuess.Of(text)) switch
        {
            HistoryFormat.Drawing => Whole(DrawingReader.Read(text)),
            HistoryFormat.JepsenLog => EventPairs.Join(LogEvents.Read(text)),
            HistoryFormat.Edn => EventPairs.Join(EdnEvents.Read(text)),
            HistoryFormat.Json when JsonOperations.AreOperations(text) => Whole(JsonOperations.ReadOperations(text)),
            HistoryFormat.Json => EventPairs.Join(JsonOperations.ReadEvents(text)),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
        };
    }

    /// <summary>A history of operations whose times stand in the text, so that they may contradict each other.</summary>
    private static History Whole(IEnumerable<(Operation Operation, int Line)> read)
    {
        var (operations, lines) = (new List<Operation>(), new List<int>());
        foreach (var (operation, line) in read)
        {
            operations.Add(operation);
            lines.Add(line);
        }

        return Flaw(operations) is { } flaw ? throw new HistoryFormatException(lines[flaw.Index], flaw.Sentence) : new(operations, lines);
    }

    /// <summary>A history of events that were put together one after the other, each client having one call open at a time.</summary>
    internal static History OfPairs(List<Operation> operations, List<int> lines) => new(operations, lines);
}
