using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Workbook.Spark.Records;

/// <summary>
/// What a type is made of, and how it is made again: a constructor whose parameters are public properties (or fields) of the same
/// names, and all other properties and fields that can be set.
/// </summary>
internal sealed class CompositeShape
{
    private const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;

    private readonly Type _type;
    private readonly ConstructorInfo? _constructor;
    private readonly int _parameters;

    private CompositeShape(Type type, ConstructorInfo? constructor, List<MemberInfo> members)
    {
        (_type, _constructor, _parameters) = (type, constructor, members.Count);
        var names = new HashSet<string>(members.Select(member => member.Name), StringComparer.Ordinal);
        members.AddRange(Readable(type).Where(member => IsSettable(member) && names.Add(member.Name)));
        Members = members;
    }

    /// <summary>Properties and fields in the order in which they are written; those of the constructor come first.</summary>
    public IReadOnlyList<MemberInfo> Members { get; }

    public static Type TypeOf(MemberInfo member) => member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    /// <summary>The shape of a type; or why it has none, as the end of a sentence.</summary>
    public static (CompositeShape? Shape, string? WhyNot) Of(Type type)
    {
        if (WhyNotPlain(type) is { } reason)
            return (null, reason);
        var readable = Readable(type).ToList();
        var (best, carried) = type.GetConstructors().Select(constructor => (constructor, Members: Matching(constructor, readable)))
            .Where(pair => pair.Members is not null).OrderByDescending(pair => pair.Members!.Count).FirstOrDefault();
        if (best is null && !type.IsValueType)
            return (null, "it has no public constructor whose parameters are its public properties");
        var shape = new CompositeShape(type, best, carried ?? []);
        return shape.Lost() is { } lost ? (null, $"its field {lost} is no public property that can be set, and would be lost") : (shape, null);
    }

    /// <summary>An expression that makes a value from the values of its members.</summary>
    public Expression Build(IReadOnlyList<Expression> values)
    {
        var made = _constructor is null ? Expression.New(_type) : Expression.New(_constructor, values.Take(_parameters));
        return _parameters == Members.Count
            ? made
            : Expression.MemberInit(made, Members.Zip(values).Skip(_parameters).Select(pair => Expression.Bind(pair.First, pair.Second)));
    }

    /// <summary>.NET's own classes have state that no property shows, or rules that no constructor tells; so only the plainest are let through.</summary>
    private static string? WhyNotPlain(Type type)
    {
        if (type.IsPointer || type.IsByRefLike || type.IsFunctionPointer)
            return "it points into memory";
        if (typeof(Delegate).IsAssignableFrom(type))
            return "a delegate is code, not data";
        if (type == typeof(object))
            return "an object may be anything";
        if (type.IsInterface || type.IsAbstract)
            return "it is abstract, and any type may stand there";
        var isOfDotNet = type.Namespace is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));
        var isPlain = typeof(ITuple).IsAssignableFrom(type) || (type.IsValueType && type.Namespace == "System.Numerics")
            || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));
        return isOfDotNet && !isPlain ? "it is a type of .NET that is more than plain data" : null;
    }

    private static IEnumerable<MemberInfo> Readable(Type type) =>
        type.GetProperties(Public).Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .Concat<MemberInfo>(type.GetFields(Public)).OrderBy(Depth).ThenBy(member => member.MetadataToken);

    /// <summary>Members of a type that others derive from come before theirs, wherever its assembly is.</summary>
    private static int Depth(MemberInfo member)
    {
        var depth = 0;
        for (var type = member.DeclaringType; type is not null; type = type.BaseType)
            depth++;
        return depth;
    }

    private static List<MemberInfo>? Matching(ConstructorInfo constructor, List<MemberInfo> readable)
    {
        MemberInfo? Named(ParameterInfo parameter, StringComparison comparison) => readable.Find(
            member => TypeOf(member) == parameter.ParameterType && string.Equals(member.Name, parameter.Name, comparison));

        var members = constructor.GetParameters()
            .Select(parameter => Named(parameter, StringComparison.Ordinal) ?? Named(parameter, StringComparison.OrdinalIgnoreCase)).ToList();
        return members.Contains(null) ? null : [.. members.OfType<MemberInfo>()];
    }

    private static bool IsSettable(MemberInfo member) =>
        member is PropertyInfo property ? property.SetMethod is { IsPublic: true } : member is FieldInfo { IsInitOnly: false };

    /// <summary>The first field that would be lost on the way, if there is one.</summary>
    private string? Lost()
    {
        var carried = Members.Select(member => member.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        const BindingFlags own = Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        for (var type = _type; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(own))
            {
                if (!carried.Contains(PropertyOf(field.Name)))
                    return PropertyOf(field.Name);
            }
        }

        return null;
    }

    /// <summary>
    /// The property that a field is behind, by its name: the compiler calls it <c>&lt;P&gt;k__BackingField</c>, people <c>_p</c> or <c>m_p</c>.
    /// </summary>
    private static string PropertyOf(string field) =>
        field.StartsWith('<') ? field[1..field.IndexOf('>', StringComparison.Ordinal)]
        : field.StartsWith("m_", StringComparison.Ordinal) ? field[2..]
        : field.StartsWith('_') ? field[1..] : field;
}
