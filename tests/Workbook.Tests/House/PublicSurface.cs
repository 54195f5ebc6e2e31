using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Workbook.Tests.House;

/// <summary>
/// An assembly's public types and members, one line each, in an order that depends on names alone. Types stand without their
/// namespaces, as in a source.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Words = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    public static IEnumerable<string> Lines(Assembly assembly) =>
        assembly.GetExportedTypes().Where(type => !type.FullName!.Contains('<'))
            .GroupBy(type => type.Namespace).OrderBy(types => types.Key, StringComparer.Ordinal)
            .SelectMany(types => types.OrderBy(Name, StringComparer.Ordinal)
                .SelectMany(type => Members(type).Prepend(Header(type)))
                .Prepend($"namespace {types.Key}"));

    private static string Header(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
            return $"delegate {Signature(type.GetMethod("Invoke")!, Name(type))}";
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly struct" : "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        // A record is known by the method that the compiler makes for `with`; every record is equatable with itself.
        if (type.GetMethod("<Clone>$", Declared) is not null)
            kind = kind.Replace("class", "record", StringComparison.Ordinal);
        var above = type is { IsEnum: false, BaseType: { } parent } && parent != typeof(object) && parent != typeof(ValueType)
            ? (string[])[Name(parent)]
            : [];
        IEnumerable<string> interfaces = type.IsEnum ? [] : type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? [])
            .Where(one => one.IsVisible && one != typeof(IEquatable<>).MakeGenericType(type)).Select(Name).Order(StringComparer.Ordinal);
        var bases = string.Join(", ", above.Concat(interfaces));
        return $"{kind} {Name(type)}{(bases.Length > 0 ? $" : {bases}" : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
            return [];
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"  {name} = {Enum.Format(type, Enum.Parse(type, name), "d")}");
        return type.GetMembers(Declared).Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Select(member => (member.Name, Line: Line(member)))
            .Where(member => member.Line is not null)
            .OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.Line, StringComparer.Ordinal)
            .Select(member => $"  {member.Line}");
    }

    /// <summary>A member that callers or heirs can see; null for any other, and for what stands behind properties and events.</summary>
    private static string? Line(MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } constructor when IsSeen(constructor) =>
            $"{Reach(constructor)}{Plain(constructor.DeclaringType!.Name)}({Parameters(constructor)})",
        MethodInfo method when IsSeen(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            $"{Reach(method)}{Signature(method, method.Name)}",
        FieldInfo { IsLiteral: true, IsPublic: true } constant =>
            $"const {Name(constant.FieldType)} {constant.Name} = {Value(constant.GetRawConstantValue())}",
        FieldInfo field when field.IsPublic || field.IsFamily =>
            $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Name(field.FieldType)} {field.Name}",
        PropertyInfo property when property.GetAccessors(nonPublic: true).FirstOrDefault(IsSeen) is { } accessor =>
            $"{Reach(accessor)}{Name(property.PropertyType)} {Indexed(property)} {{ {Accessors(property)}}}",
        EventInfo happening when IsSeen(happening.AddMethod!) => $"{Reach(happening.AddMethod!)}event {Name(happening.EventHandlerType!)} {happening.Name}",
        _ => null,
    };

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Reach(MethodBase method)
    {
        var own = method is not MethodInfo info || info.GetBaseDefinition() == info;
        return (method.IsPublic ? "" : "protected ") + (method switch
        {
            { IsStatic: true } => "static ",
            { DeclaringType.IsInterface: true } => "",
            { IsAbstract: true } => "abstract ",
            _ when !own => "override ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        });
    }

    private static string Signature(MethodInfo method, string name) =>
        $"{Name(method.ReturnType)} {name}{Generic(method.IsGenericMethod ? method.GetGenericArguments() : [])}({Parameters(method)})";

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var passed = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true } when parameter.IsDefined(typeof(RequiresLocationAttribute)) => "ref readonly ",
            { ParameterType.IsByRef: true, IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        return $"{passed}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Value(parameter.DefaultValue)}" : "")}";
    }

    private static string Indexed(PropertyInfo property) => property.GetIndexParameters() is [_, ..] parameters
        ? $"this[{string.Join(", ", parameters.Select(Parameter))}]"
        : property.Name;

    private static string Accessors(PropertyInfo property) => string.Concat(
        from accessor in new[] { property.GetMethod, property.SetMethod }
        where accessor is not null && IsSeen(accessor)
        let isInit = accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
        select accessor == property.GetMethod ? "get; " : isInit ? "init; " : "set; ");

    private static string Value(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal)}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Name(Type type)
    {
        if (Words.TryGetValue(type, out var word))
            return word;
        if (type.IsGenericParameter)
            return type.Name;
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsPointer)
            return $"{Name(type.GetElementType()!)}*";
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return $"{Name(inner)}?";
        var outer = type is { IsNested: true, DeclaringType: { } around } ? $"{Plain(around.Name)}." : "";
        return $"{outer}{Plain(type.Name)}{Generic(type.GetGenericArguments())}";
    }

    private static string Generic(Type[] arguments) => arguments.Length > 0 ? $"<{string.Join(", ", arguments.Select(Name))}>" : "";

    private static string Plain(string name) => name.Split('`')[0].Replace('+', '.');
}
