using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Workbook.Sim;

namespace Workbook.Live;

/// <summary>
/// How the types that messages hold are written: without what is computed from the rest; and not at all where
/// something would be lost on the way without a word.
/// </summary>
internal static class MessageShapes
{
    public static void Adjust(JsonTypeInfo info)
    {
        if (info.Type == typeof(object))
        {
            throw new NotSupportedException("a value of type object would arrive as something else; give it its type.");
        }

        if (info.Type.IsDefined(typeof(InProcessAttribute), false))
        {
            throw new NotSupportedException($"{info.Type} holds what only the process has that made it.");
        }

        if (info.Kind != JsonTypeInfoKind.Object) return;
        if (!info.Type.IsSealed && !info.Type.IsAbstract && HasHeirs(info.Type))
        {
            throw new NotSupportedException($"in a place for {info.Type} might be one of the types that derive from it; make it abstract.");
        }

        LeaveOutWhatIsComputed(info);
        RefuseWhatWouldBeLost(info);
    }

    /// <summary>Throws unless that type, and all it holds, can travel. Messages in it are checked by themselves.</summary>
    /// <exception cref="NotSupportedException">What cannot travel.</exception>
    public static void Check(JsonSerializerOptions options, NamedTypes named, Type type)
    {
        var (waiting, seen) = (new Stack<Type>([type]), new HashSet<Type> { typeof(Message) });
        while (waiting.TryPop(out var next))
        {
            if (!seen.Add(next)) continue;
            if (named.CanConvert(next))
            {
                foreach (var candidate in named.For(next)) waiting.Push(candidate);
                continue;
            }

            var info = options.GetTypeInfo(next);
            foreach (var property in info.Properties) waiting.Push(property.PropertyType);
            if (info.ElementType is { } element) waiting.Push(element);
            var isBuilt = info.CreateObject is not null || info.Properties.Any(property => property.AssociatedParameter is not null);
            if (info.Kind == JsonTypeInfoKind.Object && !isBuilt)
            {
                throw new NotSupportedException($"{next} has no constructor that JSON could use.");
            }
        }
    }

    private static bool HasHeirs(Type type) => type.Assembly.GetTypes().Any(other => other.IsSubclassOf(type));

    private static void LeaveOutWhatIsComputed(JsonTypeInfo info)
    {
        for (var index = info.Properties.Count - 1; index >= 0; index--)
        {
            if (info.Properties[index] is { Set: null, AssociatedParameter: null }) info.Properties.RemoveAt(index);
        }
    }

    private static void RefuseWhatWouldBeLost(JsonTypeInfo info)
    {
        const BindingFlags own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var travelling = info.Properties.Select(property => (property.AttributeProvider as MemberInfo)?.Name).ToHashSet();
        for (var type = info.Type; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(own))
            {
                // The compiler keeps the value of a property P in a field <P>k__BackingField.
                var name = field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>')] : field.Name;
                if (travelling.Contains(name)) continue;
                throw new NotSupportedException($"{info.Type}.{name} would be lost on the way; make it a public property that can be set.");
            }
        }
    }
}
