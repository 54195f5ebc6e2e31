using System.Runtime.CompilerServices;

namespace Workbook.Spark.Records;

/// <summary>Types as one would write them in C#.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Words = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(char)] = "char",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    public static string Of(Type type)
    {
        if (Words.TryGetValue(type, out var word))
            return word;
        if (type.IsArray)
            return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return $"{Of(inner)}?";
        if (IsAnonymous(type))
            return $"{{ {string.Join(", ", type.GetProperties().Select(property => $"{Of(property.PropertyType)} {property.Name}"))} }}";
        if (!type.IsGenericType)
            return type.Name;
        if (type.IsValueType && typeof(ITuple).IsAssignableFrom(type) && type.GetGenericArguments().Length > 1)
            return $"({string.Join(", ", Items(type).Select(Of))})";
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return $"{(tick < 0 ? type.Name : type.Name[..tick])}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>";
    }

    /// <summary>The compiler's type of <c>new { Word = "a", Count = 1 }</c>, which it names as no source could.</summary>
    public static bool IsAnonymous(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && type.Name.Contains("AnonymousType", StringComparison.Ordinal);

    /// <summary>The types of a tuple's items; from the eighth on they are in a tuple inside.</summary>
    private static IEnumerable<Type> Items(Type tuple)
    {
        var parts = tuple.GetGenericArguments();
        return parts.Length < 8 ? parts : parts.Take(7).Concat(Items(parts[7]));
    }
}
