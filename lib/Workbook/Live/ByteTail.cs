using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workbook.Live;

/// <summary>
/// The bytes that follow a message's JSON. In the JSON stands <c>[offset, length]</c> for each array of them: megabytes of map
/// output cross without becoming text.
/// </summary>
internal sealed class ByteTail
{
    // The serializer hands converters nothing of the caller's, but it calls them on the caller's thread.
    [ThreadStatic]
    private static ByteTail? _current;

    private readonly List<ReadOnlyMemory<byte>> _written = [];
    private readonly ReadOnlyMemory<byte> _received;
    private long _read;

    /// <summary>For a message to be written.</summary>
    public ByteTail()
    {
    }

    /// <summary>For a message to be read.</summary>
    public ByteTail(ReadOnlyMemory<byte> received) => _received = received;

    /// <summary>Bytes written so far.</summary>
    public long Length { get; private set; }

    public void CopyTo(Span<byte> destination)
    {
        foreach (var bytes in _written)
        {
            bytes.Span.CopyTo(destination);
            destination = destination[bytes.Length..];
        }
    }

    /// <summary>Makes it the tail of what this thread writes or reads, until disposed of.</summary>
    public Scope Use()
    {
        _current = this;
        return default;
    }

    private static void Add(Utf8JsonWriter writer, ReadOnlyMemory<byte> bytes)
    {
        var tail = _current!;
        writer.WriteStartArray();
        writer.WriteNumberValue(tail.Length);
        writer.WriteNumberValue(bytes.Length);
        writer.WriteEndArray();
        tail._written.Add(bytes);
        tail.Length += bytes.Length;
    }

    private static ReadOnlyMemory<byte> Take(ref Utf8JsonReader reader)
    {
        var tail = _current!;
        var isPlace = reader.TokenType == JsonTokenType.StartArray;
        var offset = isPlace && reader.Read() ? reader.GetInt32() : -1;
        var length = isPlace && reader.Read() ? reader.GetInt32() : -1;
        var isWhole = isPlace && reader.Read() && reader.TokenType == JsonTokenType.EndArray;
        if (!isWhole) throw new JsonException("Bytes stand as [offset, length].");

        // Nobody may ask for the same bytes again and again, and so for more memory than was sent.
        tail._read += length;
        if (offset < 0 || length < 0 || offset > tail._received.Length - length || tail._read > tail._received.Length)
        {
            throw new JsonException($"There are no {length} bytes at {offset}.");
        }

        return tail._received.Slice(offset, length);
    }

    public readonly struct Scope : IDisposable
    {
        public void Dispose() => _current = null;
    }

    public sealed class ArrayConverter : JsonConverter<byte[]>
    {
        public override byte[] Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Take(ref reader).ToArray();

        public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => Add(writer, value);
    }

    public sealed class MemoryConverter : JsonConverter<ReadOnlyMemory<byte>>
    {
        public override ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Take(ref reader);

        public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options) => Add(writer, value);
    }
}
