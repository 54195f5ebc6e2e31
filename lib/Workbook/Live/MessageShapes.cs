using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Workbook.Sim;

namespace Workbook.Live;

/// <summary>
/// How each type that messages hold is written: under which name where several types may stand in one place, without
/// what is computed from the rest, and not at all where something would be lost on the way without a word.
/// </summary>
internal sealed class MessageShapes
{
    private readonly HashSet<Assembly> _assemblies;
    private readonly Type[] _types;

    public MessageShapes(IEnumerable<Assembly> assemblies)
    {
        _assemblies = [typeof(Message).Assembly, .. assemblies];
        _types = [.. _assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false })];
    }

    public void Adjust(JsonTypeInfo info)
    {
        if (info.Type == typeof(object)) throw new NotSupportedException("a value of type object would arrive as something else; give it its type.");
        if (info.Kind != JsonTypeInfoKind.Object) return;
        NameTheTypes(info);
        LeaveOutWhatIsComputed(info);
        RefuseWhatWouldBeLost(info);
    }

    /// <summary>Throws unless that type, and all it holds, can travel.</summary>
    public static void Check(JsonSerializerOptions options, Type type)
    {
        var (waiting, seen) = (new Stack<Type>([type]), new HashSet<Type>());
        while (waiting.TryPop(out var next))
        {
            if (!seen.Add(next)) continue;
            var info = options.GetTypeInfo(next);
            foreach (var property in info.Properties) waiting.Push(property.PropertyType);
            foreach (var derived in info.PolymorphismOptions?.DerivedTypes ?? []) waiting.Push(derived.DerivedType);
            if (info.ElementType is { } element) waiting.Push(element);
            if (info is { Kind: JsonTypeInfoKind.Object, CreateObject: null } && !info.Type.IsAbstract && info.Properties.All(property => property.AssociatedParameter is null))
            {
                throw new NotSupportedException($"{next} has no constructor that JSON could use.");
            }
        }
    }

    /// <summary>A place for a type that others derive from says which of them is in it.</summary>
    private void NameTheTypes(JsonTypeInfo info)
    {
        if (info.Type.IsSealed || info.Type.IsValueType || !_assemblies.Contains(info.Type.Assembly)) return;
        var candidates = _types.Where(info.Type.IsAssignableFrom).ToList();
        if (candidates.Count == 0 || (candidates.Count == 1 && candidates[0] == info.Type)) return;
        info.PolymorphismOptions = new JsonPolymorphismOptions();
        foreach (var type in candidates) info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(type, type.FullName!));
    }

    private static void LeaveOutWhatIsComputed(JsonTypeInfo info)
    {
        for (var index = info.Properties.Count - 1; index >= 0; index--)
        {
            if (info.Properties[index] is { Set: null, AssociatedParameter: null }) info.Properties.RemoveAt(index);
        }
    }

    private static void RefuseWhatWouldBeLost(JsonTypeInfo info)
    {
        var travelling = info.Properties.Select(property => (property.AttributeProvider as MemberInfo)?.Name).ToHashSet(StringComparer.Ordinal);
        for (var type = info.Type; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                // The compiler keeps the value of a property P in a field <P>k__BackingField.
                var name = field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>')] : field.Name;
                if (!travelling.Contains(name)) throw new NotSupportedException($"{info.Type}.{name} would be lost on the way; make it a public property that can be set.");
            }
        }
    }
}
