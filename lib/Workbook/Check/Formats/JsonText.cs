using System.Text;
using System.Text.Json;

namespace Workbook.Check;

/// <summary>
/// The objects of a JSON text, one after the other: of one array, or with nothing but blanks between them. Members come as data, with the
/// line of each object.
/// </summary>
internal sealed class JsonText
{
    private static readonly JsonReaderOptions Options = new()
    {
        AllowMultipleValues = true,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = Datum.Deepest,
    };

    private readonly byte[] _bytes;
    private readonly TextPool _seen = new();
    private readonly char[] _buffer = new char[1024];
    private JsonReaderState _state = new(Options);
    private int _at;
    private int _counted;
    private bool _inArray;

    public JsonText(string text) => _bytes = Encoding.UTF8.GetBytes(text);

    /// <summary>The line of the object that was read last; the first is 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Reads the next object into the list, which is emptied first; false when there is none.</summary>
    /// <exception cref="HistoryFormatException">The text is no JSON, or holds something else than objects.</exception>
    public bool Next(List<(string Name, Datum Value)> members)
    {
        members.Clear();
        try
        {
            var reader = new Utf8JsonReader(_bytes.AsSpan(_at), isFinalBlock: true, _state);
            var found = Next(ref reader, members);
            _state = reader.CurrentState;
            _at += (int)reader.BytesConsumed;
            return found;
        }
        catch (JsonException error)
        {
            var line = (int)(error.LineNumber ?? 0) + 1;
            throw new HistoryFormatException(line, $"the JSON breaks here, at byte {(error.BytePositionInLine ?? 0) + 1} of the line; was it cut off, or is it nested more than {Datum.Deepest} deep?");
        }
    }

    private bool Next(ref Utf8JsonReader reader, List<(string, Datum)> members)
    {
        while (reader.Read())
        {
            CountLines(_at + (int)reader.TokenStartIndex);
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray when !_inArray:
                    _inArray = true;
                    break;
                case JsonTokenType.EndArray:
                    _inArray = false;
                    break;
                case JsonTokenType.StartObject:
                    ReadMembers(ref reader, members);
                    return true;
                default:
                    throw new HistoryFormatException(Line, "there should be an object for each event, {\"process\": 0, \"type\": \"invoke\", \"f\": \"read\"}, alone or in one array.");
            }
        }

        return false;
    }

    private void ReadMembers(ref Utf8JsonReader reader, List<(string, Datum)> members)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Text(ref reader);
            reader.Read();
            members.Add((name, Value(ref reader)));
        }
    }

    private Datum Value(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return Datum.Nil;
            case JsonTokenType.True or JsonTokenType.False or JsonTokenType.Number:
                return new(DatumKind.Word, _seen.Of(Encoding.UTF8.GetString(reader.ValueSpan)));
            case JsonTokenType.String:
                return new(DatumKind.Quoted, Text(ref reader));
        }

        // The reader has a limit of its own for the depth, so this recursion has one too.
        var isMap = reader.TokenType == JsonTokenType.StartObject;
        var items = new List<Datum>();
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
            items.Add(reader.TokenType == JsonTokenType.PropertyName ? new(DatumKind.Quoted, Text(ref reader)) : Value(ref reader));
        return new(isMap ? DatumKind.Map : DatumKind.List, "", [.. items]);
    }

    private string Text(ref Utf8JsonReader reader)
    {
        try
        {
            var most = reader.ValueSpan.Length;
            if (most > _buffer.Length) return reader.GetString()!;
            return _seen.Of(_buffer.AsSpan(0, reader.CopyString(_buffer)));
        }
        catch (InvalidOperationException)
        {
            throw new HistoryFormatException(Line, "this text in quotes holds half a character (an unpaired surrogate such as \\ud800); write the whole character.");
        }
    }

    private void CountLines(int end)
    {
        Line += _bytes.AsSpan(_counted, end - _counted).Count((byte)'\n');
        _counted = end;
    }
}
