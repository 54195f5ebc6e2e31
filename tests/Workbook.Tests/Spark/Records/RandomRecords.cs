using System.Collections;
using System.Collections.Immutable;
using System.Numerics;
using Workbook.Sim;

namespace Workbook.Tests.Spark.Records;

/// <summary>Types put together at random, and values of them.</summary>
internal sealed class RandomRecords(Rng rng)
{
    private static readonly Type[] Simple =
    [
        typeof(bool), typeof(byte), typeof(short), typeof(int), typeof(long), typeof(char), typeof(float), typeof(double), typeof(decimal),
        typeof(string), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
        typeof(BigInteger), typeof(Int128), typeof(Colour),
    ];

    private static readonly Type[] ForKeys =
    [
        typeof(Nullable<>), typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(Tuple<,>),
        typeof(KeyValuePair<,>),
    ];

    private static readonly Type[] All =
        [.. ForKeys, typeof(List<>), typeof(ImmutableArray<>), typeof(IReadOnlyList<>), typeof(Dictionary<,>), typeof(HashSet<>)];

    public Type NextKeyType(int depth) => Next(depth, ForKeys, NextKeyType);

    public Type NextType(int depth) => depth > 0 && rng.Chance(0.15) ? NextType(depth - 1).MakeArrayType() : Next(depth, All, NextType);

    /// <summary>A value; now and then a null, where one may stand.</summary>
    public object? NextValue(Type type, bool isKey = false)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return rng.Chance(0.3) ? null : NextValue(inner);
        if (!type.IsValueType && !isKey && rng.Chance(0.15))
            return null;
        if (Array.IndexOf(Simple, type) >= 0)
            return NextSimple(type);
        if (type.IsArray)
            return Items(type.GetElementType()!);
        var parts = type.GetGenericArguments();
        var open = type.GetGenericTypeDefinition();
        if (open == typeof(ImmutableArray<>))
            return typeof(ImmutableArray).GetMethods().Single(method => method.Name == "Create" && method.GetParameters() is [{ ParameterType.IsArray: true }])
                .MakeGenericMethod(parts).Invoke(null, [Items(parts[0])]);
        if (open == typeof(IReadOnlyList<>))
            return Items(parts[0]);
        if (open == typeof(List<>) || open == typeof(HashSet<>))
            return Activator.CreateInstance(type, Items(parts[0]));
        if (open != typeof(Dictionary<,>))
            return Activator.CreateInstance(type, [.. parts.Select(part => NextValue(part))]);
        var table = (IDictionary)Activator.CreateInstance(type)!;
        for (var left = rng.Next(4); left > 0; left--)
            table[NextValue(parts[0], isKey: true)!] = NextValue(parts[1]);
        return table;
    }

    private Type Next(int depth, Type[] kinds, Func<int, Type> part)
    {
        if (depth == 0 || rng.Chance(0.3))
            return rng.Pick(Simple);
        var open = rng.Pick(kinds);
        Type[] parts = [.. open.GetGenericArguments().Select(_ => part(depth - 1))];
        // A null is no key of a dictionary, and neither a null nor a reference type can be made nullable.
        var isFine = open == typeof(Nullable<>) ? parts[0].IsValueType && Nullable.GetUnderlyingType(parts[0]) is null
            : open != typeof(Dictionary<,>) || Nullable.GetUnderlyingType(parts[0]) is null;
        return isFine ? open.MakeGenericType(parts) : Next(depth, kinds, part);
    }

    private Array Items(Type item)
    {
        var items = Array.CreateInstance(item, rng.Next(4));
        for (var i = 0; i < items.Length; i++)
            items.SetValue(NextValue(item), i);
        return items;
    }

    private object NextSimple(Type type)
    {
        // Few different values, so that equal ones meet.
        var small = rng.Next(-2, 3);
        if (type == typeof(bool)) return small > 0;
        if (type == typeof(byte)) return (byte)small;
        if (type == typeof(short)) return (short)small;
        if (type == typeof(int)) return small;
        if (type == typeof(long)) return (long)small << 40;
        if (type == typeof(char)) return (char)(small + 0xD801);
        if (type == typeof(float)) return small < -1 ? -0f : small < 0 ? float.NaN : small;
        if (type == typeof(double)) return small < -1 ? -0d : small < 0 ? double.NaN : small;
        if (type == typeof(decimal)) return new decimal(small == 2 ? 100 : small, 0, 0, rng.Chance(0.5), (byte)rng.Next(4));
        if (type == typeof(string)) return new string((char)(97 + (200 * rng.Next(2))), small + 2);
        if (type == typeof(Guid)) return new Guid(small, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        if (type == typeof(DateTime)) return new DateTime(small + 2, (DateTimeKind)rng.Next(3));
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(2026, 1, 1, 12 + small, 0, 0, TimeSpan.FromHours(small));
        if (type == typeof(DateOnly)) return DateOnly.FromDayNumber(small + 2);
        if (type == typeof(TimeOnly)) return new TimeOnly(small + 2);
        if (type == typeof(TimeSpan)) return new TimeSpan(small);
        if (type == typeof(BigInteger)) return BigInteger.Pow(small, 200);
        return type == typeof(Int128) ? (Int128)small << 70 : (object)(Colour)(small + 2);
    }
}
