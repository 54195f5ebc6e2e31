using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Site.Running.Polyglot;

/// <summary>One line that the kernel wrote: an event, or text that came to its standard output past the protocol.</summary>
/// <param name="Type">The event's type, such as <c>ReturnValueProduced</c>; null for text.</param>
/// <param name="Token">The token of the command it belongs to; for a sub-command, <c>t1.1</c>.</param>
/// <param name="Body">What the event says.</param>
/// <param name="Text">The line, when it is no event.</param>
internal sealed record KernelEvent(string? Type, string Token, JsonObject Body, string Text)
{
    /// <summary>The command as it was sent: <c>t1</c> for the sub-command <c>t1.1</c>.</summary>
    internal string RootToken => Token.Split('.', 2)[0];

    /// <summary>The text of the event's own <c>message</c>.</summary>
    internal string Message => String(Body["message"]) ?? "";

    internal string? ValueId => String(Body["valueId"]);

    /// <summary>The value in the MIME types that the kernel chose.</summary>
    internal Dictionary<string, string> Values()
    {
        var values = new Dictionary<string, string>();
        foreach (var form in Objects(Body["formattedValues"]))
        {
            if (String(form["mimeType"]) is { Length: > 0 } mimeType && String(form["value"]) is { } value)
                values[mimeType] = value;
        }
        return values;
    }

    /// <summary>The compiler's errors that the event tells.</summary>
    internal IEnumerable<KernelDiagnostic> Errors() =>
        from found in Objects(Body["diagnostics"])
        where String(found["severity"]) is "error" or "Error" || Number(found["severity"]) is 3
        let start = found["linePositionSpan"]?["start"]
        let end = found["linePositionSpan"]?["end"]
        select new KernelDiagnostic(
            String(found["code"]) ?? "Error", String(found["message"]) ?? "", Number(start?["line"]) ?? 0, Number(start?["character"]) ?? 0,
            Number(end?["line"]) == Number(start?["line"]) ? Number(end?["character"]) ?? 0 : 0);

    internal static KernelEvent Parse(string line)
    {
        if (line.StartsWith('{'))
        {
            try
            {
                if (JsonNode.Parse(line) is JsonObject root && String(root["eventType"]) is { } type)
                    return new(type, String((root["command"] as JsonObject)?["token"]) ?? "", root["event"] as JsonObject ?? [], line);
            }
            catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
            {
                // Text that looks like JSON, or an event cut short because the kernel died.
            }
        }
        return new(null, "", [], line);
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();

    private static string? String(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;
}

/// <summary>A complaint of the compiler, with lines and columns from 0.</summary>
/// <param name="Code">Its id, such as <c>CS0103</c>.</param>
/// <param name="Message">What it says.</param>
/// <param name="Line">Where it begins.</param>
/// <param name="Column">Where it begins.</param>
/// <param name="EndColumn">Where it ends, when that is in the same line; otherwise 0.</param>
internal sealed record KernelDiagnostic(string Code, string Message, int Line, int Column, int EndColumn);
