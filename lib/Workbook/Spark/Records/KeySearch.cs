using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Workbook.Spark.Records;

/// <summary>Finds how keys of a type are hashed, from how .NET compares them, and says where it fails.</summary>
internal sealed class KeySearch
{
    private const int Deepest = 100;
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly Type _root;
    private readonly Dictionary<Type, object> _found = [];
    private readonly Dictionary<Type, IDeferred> _deferred = [];
    private readonly HashSet<Type> _open = [];

    private KeySearch(Type root) => _root = root;

    public static (KeyHasher<K>? Hasher, string? WhyNot) For<K>()
    {
        try
        {
            return ((KeyHasher<K>)new KeySearch(typeof(K)).Find(typeof(K), TypeNames.Of(typeof(K))), null);
        }
        catch (SparkException refusal)
        {
            return (null, refusal.Message);
        }
    }

    /// <summary>The hasher of a type; a stand-in where that is still being looked for, so the type holds itself.</summary>
    private object Find(Type type, string path)
    {
        if (_found.TryGetValue(type, out var known))
            return known;
        if (_deferred.TryGetValue(type, out var deferred))
            return deferred;
        if (_open.Contains(type))
            return _deferred[type] = (IDeferred)Create(typeof(DeferredHasher<>), [type]);
        if (_open.Count > Deepest)
            throw Refuse(_root, TypeNames.Of(_root), "its types hold each other without end");
        _open.Add(type);
        var hasher = Make(type, path);
        _open.Remove(type);
        if (_deferred.TryGetValue(type, out var standIn))
            standIn.Become(hasher);
        return _found[type] = hasher;
    }

    private object Make(Type type, string path)
    {
        if (ScalarHash.Knows(type))
            return Create(typeof(ScalarHasher<>), [type]);
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Create(typeof(NullableHasher<>), [inner], Find(inner, $"{path}.Value"));
        if (WhyNot(type) is { } reason)
            throw Refuse(type, path, reason);
        FieldInfo[] fields = [.. Fields(type)];
        object[] hashers = [.. fields.Select(field => Find(field.FieldType, $"{path}.{NameOf(field)}"))];
        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var tuple = open == typeof(ValueTuple<,>) ? typeof(PairHasher<,>) : open == typeof(ValueTuple<,,>) ? typeof(TripleHasher<,,>) : null;
        return tuple is null
            ? Create(typeof(FieldsHasher<>), [type], fields, hashers)
            : Create(tuple, type.GetGenericArguments(), hashers);
    }

    /// <summary>Why a type is not compared field by field, as the end of a sentence; null when it is.</summary>
    private static string? WhyNot(Type type)
    {
        if (type.IsArray || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)))
            return "an array equals only itself, not another with the same items";
        if (type == typeof(object) || type.IsInterface || type.IsAbstract || type.IsPointer || type.IsFunctionPointer)
            return "any type may stand there, each with an equality of its own";
        if (IsTuple(type) || TypeNames.IsAnonymous(type) || IsPlainRecord(type))
            return null;
        var equals = type.GetMethod(nameof(Equals), [typeof(object)])!.DeclaringType;
        if (equals == typeof(ValueType) && !typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type))
            return null;
        if (equals != typeof(object))
            return "its own Equals may hold things equal that have nothing in common";
        return typeof(IEnumerable).IsAssignableFrom(type)
            ? "a collection equals only itself, not another with the same items"
            : "an object without an Equals of its own equals only itself";
    }

    private static bool IsTuple(Type type) => type.Namespace == nameof(System) && typeof(ITuple).IsAssignableFrom(type);

    /// <summary>A record whose equality is the compiler's, as that of all it derives from: equal types and equal fields.</summary>
    private static bool IsPlainRecord(Type type)
    {
        for (var part = type; part is not null && part != typeof(object) && part != typeof(ValueType); part = part.BaseType)
        {
            var isRecord = part.GetMethod("PrintMembers", Own, [typeof(StringBuilder)]) is not null;
            if (!isRecord || part.GetMethod(nameof(Equals), Own, [part])?.IsDefined(typeof(CompilerGeneratedAttribute)) != true)
                return false;
        }

        return true;
    }

    /// <summary>The fields that equality looks at, those of a type that others derive from first.</summary>
    private static IEnumerable<FieldInfo> Fields(Type type) =>
        (type.BaseType is { } parent ? Fields(parent) : []).Concat(type.GetFields(Own).OrderBy(field => field.MetadataToken));

    /// <summary>A field's name, or that of the property it is behind.</summary>
    private static string NameOf(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name.Replace("m_", "", StringComparison.Ordinal);

    private SparkException Refuse(Type type, string path, string reason)
    {
        var root = TypeNames.Of(_root);
        var where = path == root ? reason : $"{path} is {TypeNames.Of(type)}, and {reason}";
        return new SparkException($"Values of type {root} cannot be keys: {where}. Map the keys to a number, a text, or a tuple or record of these first.");
    }

    private static object Create(Type open, Type[] types, params object[] arguments) => Activator.CreateInstance(open.MakeGenericType(types), arguments)!;
}
