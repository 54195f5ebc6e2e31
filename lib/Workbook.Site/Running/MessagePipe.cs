using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Workbook.Site.Running;

/// <summary>Messages over a stream in both directions, one JSON object a line.</summary>
internal sealed class MessagePipe<TOut, TIn>(Stream stream, JsonTypeInfo<TOut> outType, JsonTypeInfo<TIn> inType) : IDisposable
{
    private readonly StreamReader _reader = new(stream, new UTF8Encoding(false), false, 1 << 16, leaveOpen: true);
    private readonly Lock _writing = new();

    /// <summary>Sends a message, whole, from any thread.</summary>
    internal void Send(TOut message)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(message, outType);
        Array.Resize(ref line, line.Length + 1);
        line[^1] = (byte)'\n';
        lock (_writing)
            stream.Write(line);
    }

    /// <summary>The next message, or null when the other side is gone.</summary>
    internal TIn? Receive()
    {
        try
        {
            return _reader.ReadLine() is { } line ? JsonSerializer.Deserialize(line, inType) : default;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or JsonException)
        {
            // A process that is killed while it writes leaves half a line.
            return default;
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        stream.Dispose();
    }
}
