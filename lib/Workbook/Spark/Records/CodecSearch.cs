using System.Collections.Immutable;

namespace Workbook.Spark.Records;

/// <summary>Finds the codec of a type by taking it apart, and says where it fails.</summary>
internal sealed class CodecSearch
{
    /// <summary>Levels of types inside types. Only a generic type that holds ever longer forms of itself is deeper.</summary>
    private const int Deepest = 100;

    private static readonly Type[] Sequences =
        [typeof(IEnumerable<>), typeof(IReadOnlyCollection<>), typeof(IReadOnlyList<>), typeof(ICollection<>), typeof(IList<>)];

    private readonly Type _root;
    private readonly Dictionary<Type, object> _found = [];
    private readonly Dictionary<Type, IDeferred> _deferred = [];
    private readonly HashSet<Type> _open = [];

    private CodecSearch(Type root) => _root = root;

    public static (RecordCodec<T>? Codec, string? WhyNot) For<T>()
    {
        try
        {
            return ((RecordCodec<T>)new CodecSearch(typeof(T)).Find(typeof(T), TypeNames.Of(typeof(T))), null);
        }
        catch (SparkException refusal)
        {
            return (null, refusal.Message);
        }
    }

    /// <summary>The codec of a type; a stand-in where that is still being looked for, so the type holds itself.</summary>
    /// <param name="type">The type.</param>
    /// <param name="path">Where it is in the one that was asked for: <c>(string, Func&lt;int&gt;).Item2</c>.</param>
    private object Find(Type type, string path)
    {
        if (_found.TryGetValue(type, out var known))
            return known;
        if (_deferred.TryGetValue(type, out var deferred))
            return deferred;
        if (_open.Contains(type))
            return _deferred[type] = (IDeferred)Create(typeof(DeferredCodec<>), [type]);
        if (_open.Count > Deepest)
            throw Refuse(_root, TypeNames.Of(_root), "its types hold each other without end");
        _open.Add(type);
        var codec = Make(type, path);
        _open.Remove(type);
        if (_deferred.TryGetValue(type, out var standIn))
            standIn.Become(codec);
        return _found[type] = codec;
    }

    private object Make(Type type, string path)
    {
        if (SimpleCodecs.For(type) is { } simple)
            return simple;
        if (type.IsEnum)
            return Create(typeof(RawCodec<>), [type]);
        if (type.IsSZArray)
            return Items(type.GetElementType()!, path);
        if (type.IsArray)
            throw Refuse(type, path, "only arrays of one dimension can be written");
        return type.IsGenericType && Generic(type, type.GetGenericTypeDefinition(), type.GetGenericArguments(), path) is { } codec
            ? codec
            : Composite(type, path);
    }

    private object? Generic(Type type, Type open, Type[] parts, string path)
    {
        if (open == typeof(ValueTuple<,>))
            return Create(typeof(PairCodec<,>), parts, Find(parts[0], $"{path}.Item1"), Find(parts[1], $"{path}.Item2"));
        if (open == typeof(ValueTuple<,,>))
            return Create(typeof(TripleCodec<,,>), parts, Find(parts[0], $"{path}.Item1"), Find(parts[1], $"{path}.Item2"), Find(parts[2], $"{path}.Item3"));
        if (open == typeof(Nullable<>))
            return Create(typeof(NullableCodec<>), parts, Find(parts[0], $"{path}.Value"));
        if (open == typeof(List<>))
            return Create(typeof(ListCodec<>), parts, Items(parts[0], path));
        if (open == typeof(ImmutableArray<>))
            return Create(typeof(ImmutableArrayCodec<>), parts, Items(parts[0], path));
        if (Sequences.Contains(open))
            return Create(typeof(SequenceCodec<,>), [type, parts[0]], Items(parts[0], path));
        if (open == typeof(Dictionary<,>))
            return Create(typeof(DictionaryCodec<,>), parts, Find(parts[0], $"{path}.Keys[i]"), Find(parts[1], $"{path}.Values[i]"));
        return open == typeof(HashSet<>) ? Create(typeof(SetCodec<>), parts, Find(parts[0], $"{path}[i]")) : null;
    }

    private object Items(Type item, string path) => Create(typeof(ArrayCodec<>), [item], Find(item, $"{path}[i]"));

    private object Composite(Type type, string path)
    {
        var (shape, whyNot) = CompositeShape.Of(type);
        if (shape is null)
            throw Refuse(type, path, whyNot!);
        object[] codecs = [.. shape.Members.Select(member => Find(CompositeShape.TypeOf(member), $"{path}.{member.Name}"))];
        return Create(typeof(CompositeCodec<>), [type], shape, codecs);
    }

    private SparkException Refuse(Type type, string path, string reason)
    {
        var root = TypeNames.Of(_root);
        var where = path == root ? reason : $"{path} is {TypeNames.Of(type)}, and {reason}";
        return new SparkException(
            $"Values of type {root} cannot be written as bytes: {where}. Map the dataset to plain data first: numbers, texts, tuples, records, and arrays of these.");
    }

    private static object Create(Type open, Type[] types, params object[] arguments) => Activator.CreateInstance(open.MakeGenericType(types), arguments)!;
}
