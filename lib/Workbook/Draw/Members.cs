using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Draw;

/// <summary>
/// The members of one JSON object by their dotted path, as Plotly's own <c>restyle</c> and <c>relayout</c> name them:
/// <c>"marker.size"</c>. Immutable; a path set again takes the later value. Not-a-number and infinity become <c>null</c>, a gap.
/// </summary>
internal sealed class Members
{
    public static readonly Members None = new([]);

    private readonly ImmutableList<(string Path, object? Value)> set;

    private Members(ImmutableList<(string, object?)> set) => this.set = set;

    public Members With(string path, object? value)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Split('.').Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException($"'{path}' is no path of a member; write it as Plotly does, like \"marker.size\".", nameof(path));
        return new(set.Add((path, Frozen(value))));
    }

    public Members With(Members later) => new(set.AddRange(later.set));

    /// <summary>The same members under other paths.</summary>
    public Members Renamed(Func<string, string> rename) => new(set.ConvertAll(member => (rename(member.Path), member.Value)));

    public bool Has(string path) => set.Any(member => member.Path == path);

    public void Write(Utf8JsonWriter json) => Write(json, Tree());

    /// <summary>What a caller may change later is copied now, so that a figure stays the value it was.</summary>
    private static object? Frozen(object? value) => value switch
    {
        null or string or bool or int or long or double or Members or ImmutableArray<double?> or ImmutableArray<string> => value,
        JsonNode node => node.DeepClone(),
        IEnumerable<Members> objects => objects.ToImmutableArray(),
        IEnumerable<double> numbers => numbers.Select(Finite).ToImmutableArray(),
        IEnumerable<string> texts => texts.ToImmutableArray(),
        Enum name => name.ToString().ToLower(CultureInfo.InvariantCulture),
        _ => JsonSerializer.SerializeToNode(value),
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private Dictionary<string, object?> Tree()
    {
        var root = new Dictionary<string, object?>();
        foreach (var (path, value) in set)
        {
            var parts = path.Split('.');
            var at = root;
            foreach (var part in parts.SkipLast(1))
            {
                if (!(at.TryGetValue(part, out var inner) && inner is Dictionary<string, object?> found))
                    at[part] = found = [];
                at = found;
            }
            at[parts[^1]] = Opened(value);
        }
        return root;
    }

    /// <summary>Objects are opened, so that a later path may set a member inside one that was set as a whole.</summary>
    private static object? Opened(object? value) => value switch
    {
        Members members => members.Tree(),
        JsonObject members => members.ToDictionary(member => member.Key, member => Opened(member.Value)),
        _ => value,
    };

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool yes: json.WriteBooleanValue(yes); break;
            case int whole: json.WriteNumberValue(whole); break;
            case long whole: json.WriteNumberValue(whole); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case double: json.WriteNullValue(); break;
            case Members members: members.Write(json); break;
            case JsonNode node: node.WriteTo(json); break;
            case Dictionary<string, object?> tree: WriteObject(json, tree); break;
            case ImmutableArray<double?> numbers: WriteNumbers(json, numbers); break;
            case IEnumerable items: WriteArray(json, items); break;
            default: throw new InvalidOperationException($"A figure holds a {value.GetType()}, which it cannot write as JSON.");
        }
    }

    private static void WriteObject(Utf8JsonWriter json, Dictionary<string, object?> tree)
    {
        json.WriteStartObject();
        // A Dictionary that only ever grows keeps the order of insertion, but that is no promise of its type: the order here is by name.
        foreach (var (name, value) in tree.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            Write(json, value);
        }
        json.WriteEndObject();
    }

    /// <summary>Apart from other arrays because it is the long one, and would box every number.</summary>
    private static void WriteNumbers(Utf8JsonWriter json, ImmutableArray<double?> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers)
        {
            if (number is { } finite)
                json.WriteNumberValue(finite);
            else
                json.WriteNullValue();
        }
        json.WriteEndArray();
    }

    private static void WriteArray(Utf8JsonWriter json, IEnumerable items)
    {
        json.WriteStartArray();
        foreach (var item in items)
            Write(json, item);
        json.WriteEndArray();
    }
}
