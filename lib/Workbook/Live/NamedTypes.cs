using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workbook.Sim;

namespace Workbook.Live;

/// <summary>
/// Where the type is abstract, the one that is there is named: <c>["Workbook.Raft.RequestVote", {…}]</c>. Only types of the
/// given assemblies are named and found, so that nobody can have others built by their name.
/// </summary>
internal sealed class NamedTypes : JsonConverterFactory
{
    private readonly HashSet<Assembly> _assemblies;
    private readonly Dictionary<string, Type> _byName = new(StringComparer.Ordinal);

    public NamedTypes(IEnumerable<Assembly> assemblies)
    {
        _assemblies = [typeof(Message).Assembly, .. assemblies];
        foreach (var type in _assemblies.SelectMany(assembly => assembly.GetTypes()))
        {
            if (!type.IsAbstract && !type.ContainsGenericParameters) _byName.TryAdd(type.FullName!, type);
        }
    }

    public override bool CanConvert(Type type) => type.IsAbstract && _assemblies.Contains(type.Assembly);

    /// <summary>What may stand in a place of that type.</summary>
    public IEnumerable<Type> For(Type place) => _byName.Values.Where(place.IsAssignableFrom);

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(type), this)!;

    private string NameOf(Type type) => _byName.GetValueOrDefault(type.FullName!) == type
        ? type.FullName!
        : throw new NotSupportedException($"nobody would know the type {type}; name its assembly when the node starts (MessagesFrom).");

    private Type Find(string? name, Type place) =>
        _byName.TryGetValue(name!, out var type) && place.IsAssignableFrom(type)
            ? type
            : throw new JsonException($"“{name}” is no {place.Name}.");

    private sealed class Converter<T>(NamedTypes types) : JsonConverter<T> where T : class
    {
        public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            Require(reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType == JsonTokenType.String);
            var named = types.Find(reader.GetString(), type);
            Require(reader.Read());
            var value = JsonSerializer.Deserialize(ref reader, named, options) as T;
            Require(value is not null && reader.Read() && reader.TokenType == JsonTokenType.EndArray);
            return value!;
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(types.NameOf(value.GetType()));
            JsonSerializer.Serialize(writer, value, value.GetType(), options);
            writer.WriteEndArray();
        }

        private static void Require(bool isRight)
        {
            if (!isRight) throw new JsonException($"A {typeof(T).Name} stands as [type, value].");
        }
    }
}
