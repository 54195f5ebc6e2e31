using Microsoft.CodeAnalysis;

namespace Workbook.Site.Running.Host;

/// <summary>For a name that the compiler does not know: the namespaces in which a type of that name could be had.</summary>
internal static class MissingUsing
{
    private const int Told = 2;

    /// <summary>What to add to a complaint, or nothing.</summary>
    internal static string Hint(Compilation cell, Diagnostic error)
    {
        if (error.Id is not ("CS0103" or "CS0246") || error.Location.SourceTree is not { } tree)
            return "";
        var name = tree.GetRoot().FindToken(error.Location.SourceSpan.Start).ValueText;
        var spaces = NamespacesWith(cell.GlobalNamespace, name, cell.Assembly);
        var hints = spaces.OrderBy(space => space.Length).ThenBy(space => space, StringComparer.Ordinal).Take(Told).Select(space => $"`using {space};`").ToList();
        return hints.Count == 0 ? "" : $" Is {string.Join(" or ", hints)} missing?";
    }

    private static IEnumerable<string> NamespacesWith(INamespaceSymbol space, string name, IAssemblySymbol cell)
    {
        if (!space.IsGlobalNamespace && space.GetTypeMembers(name).Any(type => IsOffered(type, cell)))
            yield return space.ToDisplayString();
        foreach (var found in space.GetNamespaceMembers().SelectMany(inner => NamespacesWith(inner, name, cell)))
            yield return found;
    }

    /// <summary>This program's own types can be reached by a cell, but are not there in an editor.</summary>
    private static bool IsOffered(INamedTypeSymbol type, IAssemblySymbol cell) =>
        type.DeclaredAccessibility == Accessibility.Public
        && !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, cell)
        && type.ContainingAssembly.Name != typeof(MissingUsing).Assembly.GetName().Name;
}
