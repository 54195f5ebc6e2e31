using System.Globalization;
using System.Text.Json;

namespace Workbook.Check;

/// <summary>
/// JSON of two kinds: an object an event, with the members that EDN has too (<c>process</c>, <c>type</c>, <c>f</c>, <c>value</c>, <c>key</c>), or an
/// object an operation, with the members of <see cref="Operation"/>.
/// </summary>
internal static class JsonOperations
{
    private static readonly JsonEncodedText Client = JsonEncodedText.Encode("client");

    /// <summary>The events of the text, or null when its first object is an operation.</summary>
    public static bool AreOperations(string text)
    {
        var members = new List<(string Name, Datum Value)>();
        return new JsonText(text).Next(members) && members.Any(member => member.Name == "function");
    }

    public static IEnumerable<RecordedEvent> ReadEvents(string text)
    {
        var json = new JsonText(text);
        var members = new List<(string Name, Datum Value)>();
        while (json.Next(members))
        {
            var known = new EventMembers(json.Line);
            foreach (var (name, value) in members) known.Take(name, value, json.Line);
            yield return known.ToEvent();
        }
    }

    public static IEnumerable<(Operation Operation, int Line)> ReadOperations(string text)
    {
        var json = new JsonText(text);
        var members = new List<(string Name, Datum Value)>();
        while (json.Next(members)) yield return (Operation(members, json.Line), json.Line);
    }

    public static void Write(Utf8JsonWriter json, Operation operation)
    {
        json.WriteStartObject();
        json.WriteString(Client, operation.Client);
        json.WriteString("function", operation.Function);
        Optional("key", operation.Key);
        Optional("expected", operation.Expected);
        Optional("argument", operation.Argument);
        Optional("result", operation.Result);
        json.WriteNumber("invoked", operation.Invoked);
        if (operation.Returned != Check.Operation.Never) json.WriteNumber("returned", operation.Returned);
        json.WriteString("outcome", Name(operation.Outcome));
        json.WriteEndObject();

        void Optional(string name, string? value)
        {
            if (value is not null) json.WriteString(name, value);
        }
    }

    private static Operation Operation(List<(string Name, Datum Value)> members, int line)
    {
        if (members.GroupBy(member => member.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new HistoryFormatException(line, $"this operation has two members '{Texts.Shown(twice.Key)}'; which of them holds?");
        var outcome = Text("outcome") ?? throw new HistoryFormatException(line, "this operation has no member 'outcome', which is ok, failed or unknown.");
        return new(
            Text("client") ?? throw new HistoryFormatException(line, "this operation has no member 'client', which says who called."),
            Text("function") ?? throw new HistoryFormatException(line, "this operation has no member 'function', which says what was called."),
            Time("invoked") ?? throw new HistoryFormatException(line, "this operation has no member 'invoked', which says when it was called."),
            Time("returned") ?? Check.Operation.Never)
        {
            Key = Text("key"),
            Expected = Text("expected"),
            Argument = Text("argument"),
            Result = Text("result"),
            Outcome = Outcomes.FirstOrDefault(known => Name(known) == outcome, (Outcome)(-1)) is var found and >= 0 ? found
                : throw new HistoryFormatException(line, $"an outcome cannot be '{Texts.Shown(outcome)}'; it is ok, failed or unknown."),
        };

        string? Text(string name) => members.Find(member => member.Name == name) is { Name: not null } member ? member.Value.ToText() : null;

        long? Time(string name) => Text(name) is not { } time ? null
            : long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw new HistoryFormatException(line, $"'{name}' must be a whole number of 64 bits, not '{Texts.Shown(time)}'.");
    }

    private static readonly Outcome[] Outcomes = Enum.GetValues<Outcome>();

    private static string Name(Outcome outcome) => outcome switch { Outcome.Ok => "ok", Outcome.Failed => "failed", _ => "unknown" };
}
