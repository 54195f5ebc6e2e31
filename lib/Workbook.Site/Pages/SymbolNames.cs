using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Site.Pages;

/// <summary>Finds the public types and members that a text names, among the libraries that a notebook's cells load.</summary>
internal sealed partial class SymbolNames
{
    private readonly ILookup<string, (INamedTypeSymbol Symbol, string Library)> _types;
    private readonly HashSet<string> _imported;

    /// <param name="compilation">The cells.</param>
    public SymbolNames(Compilation compilation)
    {
        var platform = PlatformLibraries.All.OfType<PortableExecutableReference>().Select(reference => reference.FilePath).ToHashSet();
        _types = compilation.SourceModule.ReferencedAssemblySymbols
            .Select(assembly => (Assembly: assembly, Library: SymbolTable.LibraryOf(assembly.GlobalNamespace, compilation)))
            .Where(one => one.Library is not null && !platform.Contains(one.Library))
            .SelectMany(one => TypesIn(one.Assembly.GlobalNamespace).Select(type => (type, one.Library!)))
            .ToLookup(entry => entry.type.Name, StringComparer.Ordinal);
        _imported = compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<UsingDirectiveSyntax>())
            .Select(directive => directive.Name?.ToString() ?? "").ToHashSet(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^(?<type>[A-Z]\w*)(?:<[\w, ]+>)?(?:\.(?<member>[A-Z]\w*)(?:\(\))?)?$")]
    private static partial Regex Names();

    /// <summary>The type or member; null when there is none of that name or more than one.</summary>
    public (ISymbol Symbol, string Library)? Find(string name)
    {
        if (Names().Match(name) is not { Success: true } match)
            return null;
        var types = _types[match.Groups["type"].Value].ToArray();
        if (types.Length > 1)
            types = [.. types.Where(type => _imported.Contains(type.Symbol.ContainingNamespace.ToDisplayString()))];
        if (types.Length != 1)
            return null;
        if (!match.Groups["member"].Success)
            return types[0];
        var member = types[0].Symbol.GetMembers(match.Groups["member"].Value)
            .FirstOrDefault(member => member.DeclaredAccessibility == Accessibility.Public);
        return member is null ? null : (member, types[0].Library);
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceSymbol space) =>
        space.GetTypeMembers().Where(type => type.DeclaredAccessibility == Accessibility.Public)
            .Concat(space.GetNamespaceMembers().SelectMany(TypesIn));
}
