using System.Buffers;
using System.Buffers.Binary;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Workbook.Sim;

namespace Workbook.Live;

/// <summary>Messages as bytes: JSON with the type's name in it, and behind the JSON all arrays of bytes as they are.</summary>
/// <remarks>
/// A frame holds: kind (1 byte), call (8), length of the JSON (4), JSON, bytes. Only types that the given assemblies
/// define as messages are ever built from what comes in.
/// </remarks>
internal sealed class MessageCodec
{
    private const int Head = 1 + sizeof(long) + sizeof(int);

    private readonly JsonSerializerOptions _options;
    private readonly NamedTypes _named;

    public MessageCodec(IEnumerable<Assembly> assemblies)
    {
        _named = new NamedTypes(assemblies);
        _options = new JsonSerializerOptions
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { MessageShapes.Adjust } },
            Converters = { new ByteTail.ArrayConverter(), new ByteTail.MemoryConverter(), new NodeIdConverter(), _named },
            IncludeFields = true,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
    }

    /// <summary>The whole frame, its length included.</summary>
    /// <exception cref="ArgumentException">The message holds what cannot travel, or is too long.</exception>
    public byte[] Encode(DeliveryKind kind, long call, Message message)
    {
        var json = new ArrayBufferWriter<byte>();
        var tail = Serialize(message, json);
        var length = Head + json.WrittenCount + tail.Length;
        if (length > Frame.Longest)
        {
            throw new ArgumentException(
                $"{message.GetType().Name} takes {length} bytes, where {Frame.Longest} are the most; send it in parts.");
        }

        var frame = GC.AllocateUninitializedArray<byte>(Frame.LengthBytes + (int)length);
        var rest = frame.AsSpan();
        BinaryPrimitives.WriteUInt32BigEndian(rest, (uint)length);
        rest = rest[Frame.LengthBytes..];
        rest[0] = (byte)kind;
        BinaryPrimitives.WriteInt64BigEndian(rest[1..], call);
        BinaryPrimitives.WriteInt32BigEndian(rest[(1 + sizeof(long))..], json.WrittenCount);
        json.WrittenSpan.CopyTo(rest[Head..]);
        tail.CopyTo(rest[(Head + json.WrittenCount)..]);
        return frame;
    }

    /// <exception cref="MalformedException">This is no message, or none of a type known here.</exception>
    public (DeliveryKind Kind, long Call, Message Message) Decode(ReadOnlyMemory<byte> frame)
    {
        if (frame.Length < Head) throw new MalformedException($"a frame of {frame.Length} bytes, which is no message");
        var head = frame.Span;
        var kind = (DeliveryKind)head[0];
        var call = BinaryPrimitives.ReadInt64BigEndian(head[1..]);
        var length = BinaryPrimitives.ReadInt32BigEndian(head[(1 + sizeof(long))..]);
        var body = frame[Head..];
        if (kind > DeliveryKind.Reply || length < 0 || length > body.Length) throw new MalformedException("a frame that is no message");
        try
        {
            using var _ = new ByteTail(body[length..]).Use();
            var message = JsonSerializer.Deserialize<Message>(body.Span[..length], _options);
            return (kind, call, message ?? throw new MalformedException("no message"));
        }
        catch (Exception exception) when (exception is not (MalformedException or OutOfMemoryException))
        {
            // Besides JsonException: whatever a message's own constructor throws at values that make no sense.
            throw new MalformedException($"what is no message known here: {exception.Message}", exception);
        }
    }

    /// <summary>What a node says first on a connection, as a whole frame.</summary>
    public byte[] Encode(Hello hello)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(hello, _options);
        var frame = new byte[Frame.LengthBytes + json.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)json.Length);
        json.CopyTo(frame, Frame.LengthBytes);
        return frame;
    }

    /// <exception cref="MalformedException">This is not how a node begins.</exception>
    public Hello DecodeHello(byte[] frame)
    {
        try
        {
            var hello = JsonSerializer.Deserialize<Hello>(frame, _options);
            if (hello?.Protocol == Hello.ThisProtocol) return hello;
            throw new MalformedException($"protocol {hello?.Protocol}, not {Hello.ThisProtocol}");
        }
        catch (JsonException exception)
        {
            throw new MalformedException("no greeting of a node", exception);
        }
    }

    /// <summary>Throws unless messages of that type, and all they hold, can travel.</summary>
    /// <exception cref="NotSupportedException">What cannot travel.</exception>
    public void Check(Type type) => MessageShapes.Check(_options, _named, type);

    private ByteTail Serialize(Message message, ArrayBufferWriter<byte> json)
    {
        var tail = new ByteTail();
        try
        {
            using var _ = tail.Use();
            using var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = _options.Encoder, SkipValidation = true });
            JsonSerializer.Serialize(writer, message, _options);
            return tail;
        }
        catch (Exception exception) when (exception is NotSupportedException or JsonException or InvalidOperationException)
        {
            throw new ArgumentException($"{message.GetType().Name} cannot be sent: {exception.Message}", exception);
        }
    }

    /// <summary>A node's name is a text, also where it is the key of a dictionary.</summary>
    private sealed class NodeIdConverter : JsonConverter<NodeId>
    {
        public override bool HandleNull => true;

        public override NodeId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String or JsonTokenType.Null ? new NodeId(reader.GetString()!) : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, NodeId node, JsonSerializerOptions options) => writer.WriteStringValue(node.Name);

        public override NodeId ReadAsPropertyName(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            new(reader.GetString()!);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, NodeId node, JsonSerializerOptions options) =>
            writer.WritePropertyName(node.Name);
    }
}

/// <summary>The first thing said on a connection, by the node that made it.</summary>
/// <param name="Protocol">What is spoken.</param>
/// <param name="Name">The node's name.</param>
/// <param name="Listens">Where it can be reached, as <c>127.0.0.1:4711</c>.</param>
internal sealed record Hello(string Protocol, string Name, string Listens)
{
    public const string ThisProtocol = "workbook 1";
}
