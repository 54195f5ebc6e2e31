using System.Buffers.Binary;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>
/// The persistent state of a reader's own Raft: any record of theirs as JSON, and beside it a snapshot, replaced together in one step. The disk gets a copy:
/// what is changed later in memory does not reach it.
/// </summary>
internal sealed class StateFile(IDisk disk)
{
    private const string Name = "state";
    private const string NextName = "state-next";

    private static readonly JsonSerializerOptions Options = new()
    {
        IncludeFields = true,
        Converters = { new NodeNames() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private byte[]? _state;
    private byte[]? _snapshot;
    private bool _isRead;
    private Type? _checked;

    /// <summary>Bytes of the state, without the snapshot.</summary>
    public long StateBytes => Read()._state?.Length ?? 0;

    /// <summary>Bytes of the snapshot; 0 without one.</summary>
    public long SnapshotBytes => Read()._snapshot?.Length ?? 0;

    public T? State<T>() => Read()._state is { } bytes ? JsonSerializer.Deserialize<T>(bytes, Options) : default;

    public string? Snapshot() => Read()._snapshot is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Replaces the state; a snapshot of null leaves the old one.</summary>
    public void Write<T>(T state, string? snapshot)
    {
        if (_checked != typeof(T)) CheckComesBack(_checked = typeof(T), []);
        Read();
        _state = JsonSerializer.SerializeToUtf8Bytes(state, Options);
        if (snapshot is not null) _snapshot = Encoding.UTF8.GetBytes(snapshot);
        var bytes = new byte[4 + _state.Length + 1 + (_snapshot?.Length ?? 0)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, _state.Length);
        _state.CopyTo(bytes, 4);
        bytes[4 + _state.Length] = (byte)(_snapshot is null ? 0 : 1);
        _snapshot?.CopyTo(bytes, 5 + _state.Length);
        disk.Write(NextName, bytes);
        disk.Flush();
        disk.Rename(NextName, Name);
        disk.Flush();
    }

    private StateFile Read()
    {
        if (_isRead) return this;
        _isRead = true;
        if (disk.Read(Name) is not { } bytes) return this;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        _state = bytes[4..(4 + length)];
        if (bytes[4 + length] == 1) _snapshot = bytes[(5 + length)..];
        return this;
    }

    /// <summary>JSON passes over in silence what it cannot set again; here that would be a Raft that forgets.</summary>
    private static void CheckComesBack(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type)) return;
        var shape = Options.GetTypeInfo(type);
        if (shape.ElementType is { } element) CheckComesBack(element, seen);
        if (shape.Kind != JsonTypeInfoKind.Object) return;
        var lost = shape.Properties.FirstOrDefault(property => property is { Get: not null, Set: null, AssociatedParameter: null } && IsStored(property))?.Name
            ?? type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic).FirstOrDefault(field => !field.Name.StartsWith('<'))?.Name;
        if (lost is not null)
        {
            throw new ArgumentException($"{type.Name} does not come back from the disk as it was: {lost} is private, or cannot be set. "
                + "Persist a record of public members: record MyState(long Term, NodeId? VotedFor, List<LogEntry> Log)");
        }

        foreach (var property in shape.Properties) CheckComesBack(property.PropertyType, seen);
    }

    /// <summary>What is only worked out from the rest need not come back.</summary>
    private static bool IsStored(JsonPropertyInfo property) => property.AttributeProvider is not PropertyInfo { DeclaringType: { } owner } one
        || owner.GetField($"<{one.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic) is not null;

    private sealed class NodeNames : JsonConverter<NodeId>
    {
        public override NodeId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, NodeId node, JsonSerializerOptions options) => writer.WriteStringValue(node.Name);

        public override NodeId ReadAsPropertyName(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetString()!);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, NodeId node, JsonSerializerOptions options) => writer.WritePropertyName(node.Name);
    }
}
