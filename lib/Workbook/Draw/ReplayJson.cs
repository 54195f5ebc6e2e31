using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Workbook.Draw;

/// <summary>Writes replays as JSON: one table of texts, and for each run columns of numbers that point into it.</summary>
internal static class ReplayJson
{
    /// <summary>Still escapes <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> and quotes, so that the JSON can stand inside a script.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Of(string title, string id, IReadOnlyList<(string Name, Replay Run)> runs, int? difference)
    {
        var texts = new ReplayTexts();
        var deltas = runs.Select(run => (run.Name, run.Run, Deltas: new ReplayDeltas(run.Run, texts))).ToList();
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("title", title);
            json.WriteString("id", id);
            json.WriteNumber("difference", difference ?? -1);
            Write(json, "hues", Enumerable.Range(0, Palette.Count).Select(Palette.Colour));
            Write(json, "texts", texts.All);
            json.WriteStartArray("runs");
            foreach (var (name, run, numbers) in deltas)
                Write(json, name, run, numbers);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void Write(Utf8JsonWriter json, string name, Replay run, ReplayDeltas numbers)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteNumber("leftOut", run.LeftOut);
        Write(json, "nodes", numbers.Nodes);
        Write(json, "times", numbers.Times);
        Write(json, "places", numbers.Places);
        Write(json, "kinds", numbers.Kinds);
        Write(json, "lines", numbers.Lines);
        Write(json, "codes", numbers.Codes);
        Write(json, "sources", numbers.Sources);
        Write(json, "views", numbers.Views);
        Write(json, "messages", numbers.Messages);
        Write(json, "steps", numbers.Operations);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<long[]> rows)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            json.WriteStartArray();
            foreach (var number in row)
                json.WriteNumberValue(number);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }
}
