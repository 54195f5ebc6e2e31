using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>Looks into messages whose type it does not know: how large they are, and whether they have changed.</summary>
internal static class MessageShape
{
    private const int Deepest = 8;

    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Fields = new();
    private static readonly ConcurrentDictionary<Type, bool> Fixed = new();

    /// <summary>What the parts of a message add up to: 8 bytes a number, 1 a letter.</summary>
    public static long Bytes(Message message) => Bytes(message, 0);

    /// <summary>Differs with the content, within one process; 0 for messages that cannot change.</summary>
    public static ulong Fingerprint(Message message)
    {
        if (IsFixed(message.GetType())) return 0;
        var hash = 17UL;
        Mix(message, 0, ref hash);
        return hash == 0 ? 1 : hash;
    }

    private static long Bytes(object? value, int depth) => value switch
    {
        null => 1,
        string text => text.Length,
        NodeId node => node.Name?.Length ?? 0,
        _ when depth > Deepest || value.GetType().IsPrimitive || value is Enum => 8,
        IEnumerable items => items.Cast<object?>().Sum(item => Bytes(item, depth + 1)),
        _ => FieldsOf(value.GetType()).Sum(field => Bytes(field.GetValue(value), depth + 1)),
    };

    private static void Mix(object? value, int depth, ref ulong hash)
    {
        if (value is null || depth > Deepest)
        {
            hash = Step(hash, 0);
        }
        else if (IsFixed(value.GetType()))
        {
            // What cannot change is known by itself; two that are equal may differ here, but a message is only compared with itself.
            hash = Step(hash, (uint)(value is ValueType or string ? value.GetHashCode() : RuntimeHelpers.GetHashCode(value)));
        }
        else if (value is IEnumerable items)
        {
            foreach (var item in items) Mix(item, depth + 1, ref hash);
        }
        else
        {
            foreach (var field in FieldsOf(value.GetType())) Mix(field.GetValue(value), depth + 1, ref hash);
        }
    }

    private static ulong Step(ulong hash, ulong value) => (hash ^ value) * 0x9E3779B97F4A7C15 + 1;

    private static FieldInfo[] FieldsOf(Type type) => Fields.GetOrAdd(type, static type => [.. Ancestry(type)
        .SelectMany(one => one.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))]);

    private static IEnumerable<Type> Ancestry(Type type)
    {
        for (var one = type; one is not null && one != typeof(object); one = one.BaseType!) yield return one;
    }

    /// <summary>Whether an object of exactly that type stays what it is: numbers, strings, and sealed types of read-only fields of such.</summary>
    private static bool IsFixed(Type type) => Fixed.TryGetValue(type, out var known) ? known : Fixed[type] = IsFixed(type, []);

    private static bool IsFixed(Type type, HashSet<Type> inside)
    {
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(NodeId)) return true;
        if (Nullable.GetUnderlyingType(type) is { } inner) return IsFixed(inner, inside);

        // A type that contains itself is looked into each time.
        if (type.IsArray || type.IsInterface || type.IsAbstract || !inside.Add(type)) return false;
        return FieldsOf(type).All(field => field.IsInitOnly && (field.FieldType.IsValueType || field.FieldType.IsSealed) && IsFixed(field.FieldType, inside));
    }
}
