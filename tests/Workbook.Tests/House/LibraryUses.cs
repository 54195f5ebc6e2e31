using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Workbook.Tests.House;

/// <summary>One place of the library that uses a type of it.</summary>
/// <param name="From">The folder it stands in.</param>
/// <param name="To">The folder of what is used.</param>
/// <param name="Member">The member that uses it.</param>
/// <param name="Used">The type that is used.</param>
internal sealed record LibraryUse(string From, string To, string Member, string Used);

/// <summary>
/// What types of Workbook.dll name in signatures, fields, attributes and method bodies. The compiled library is read and not its
/// source, because a <c>var</c> or a chained call uses a type that the source never spells out.
/// </summary>
internal static class LibraryUses
{
    /// <summary>The library that these tests run against.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Workbook.dll");

    public static IReadOnlyList<LibraryUse> Read()
    {
        using var library = ModuleDefinition.ReadModule(Path);
        return [.. library.GetTypes().SelectMany(type => Of(type).SelectMany(use => use.Types.SelectMany(Parts)
            .Select(used => (Folder: Folder(used), Name: used.FullName))
            .Where(used => used.Folder is not null && Folder(type) is not null)
            .Select(used => new LibraryUse(Folder(type)!, used.Folder!, use.Member, used.Name))))];
    }

    /// <summary>The folder of lib/Workbook that a namespace of the library names; null for what the compiler adds and for other assemblies.</summary>
    private static string? Folder(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type.Namespace.Split('.') is ["Workbook", var folder, ..] ? folder : null;
    }

    private static IEnumerable<(string Member, IEnumerable<TypeReference?> Types)> Of(TypeDefinition type)
    {
        yield return (type.FullName, [type.BaseType, .. type.Interfaces.Select(one => one.InterfaceType), .. Attributes(type), .. Constraints(type)]);
        foreach (var field in type.Fields)
            yield return (field.FullName, [field.FieldType, .. Attributes(field)]);
        foreach (var property in type.Properties)
            yield return (property.FullName, [property.PropertyType, .. Attributes(property)]);
        foreach (var method in type.Methods)
            yield return (method.FullName, [
                method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType),
                .. method.Parameters.SelectMany(Attributes), .. Attributes(method), .. Constraints(method), .. Body(method)]);
    }

    private static IEnumerable<TypeReference?> Body(MethodDefinition method) =>
        !method.HasBody ? [] : [
            .. method.Body.Variables.Select(variable => variable.VariableType),
            .. method.Body.ExceptionHandlers.Select(handler => handler.CatchType),
            .. method.Body.Instructions.SelectMany(Named)];

    private static IEnumerable<TypeReference?> Named(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference method => [
            method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType),
            .. method is GenericInstanceMethod generic ? generic.GenericArguments : []],
        _ => [],
    };

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider holder) =>
        holder.CustomAttributes.SelectMany(attribute => attribute.ConstructorArguments
            .Select(argument => argument.Value).OfType<TypeReference>().Prepend(attribute.AttributeType));

    private static IEnumerable<TypeReference> Constraints(IGenericParameterProvider holder) =>
        holder.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType);

    /// <summary>A type and the types it is made of: <c>List&lt;Instant[]&gt;</c> is a use of <c>Instant</c>.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType),
        IModifierType modified => Parts(modified.ElementType).Concat(Parts(modified.ModifierType)),
        TypeSpecification made => Parts(made.ElementType),
        _ => [type],
    };
}
