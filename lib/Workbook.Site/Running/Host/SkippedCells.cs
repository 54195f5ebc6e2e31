using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Site.Running.Host;

/// <summary>
/// What cells that were skipped would have declared. A later cell that only fails to compile because of them is not wrong:
/// it is skipped too, for the same reason.
/// </summary>
internal sealed class SkippedCells
{
    private const string EcosystemTag = "ecosystem";

    // Names, types and namespaces that are not there; and members, which an extension method might have been.
    private static readonly HashSet<string> MissingName = ["CS0103", "CS0246", "CS0234", "CS0012"];
    private static readonly HashSet<string> MissingMember = ["CS1061", "CS0117", "CS1929"];

    private readonly HashSet<string> _names = [];
    private readonly HashSet<string> _failedNames = [];
    private string? _reason;

    internal void Remember(SyntaxTree tree, string reason)
    {
        _reason ??= reason;
        _names.UnionWith(Declared(tree));
    }

    internal void RememberFailure(SyntaxTree tree) => _failedNames.UnionWith(Declared(tree));

    /// <summary>Why a cell with these errors is to be skipped, or null when the errors are its own.</summary>
    internal string? ReasonToSkip(IReadOnlyList<Diagnostic> errors, IReadOnlyList<string> tags) =>
        _reason is null ? null : ReasonToSkip(errors.Select(error => (error.Id, NameAt(error.Location))), tags);

    /// <param name="errors">Each error's id, and the name that it is about.</param>
    /// <param name="tags">The cell's tags.</param>
    internal string? ReasonToSkip(IEnumerable<(string Id, string Name)> errors, IReadOnlyList<string> tags)
    {
        var isEcosystem = tags.Contains(EcosystemTag);
        return _reason is not null && errors.All(error => Explains(error.Id, error.Name, isEcosystem)) ? _reason : null;
    }

    /// <summary>
    /// A skipped cell's package may have brought any type or namespace, so a missing one is put down to it, unless a cell that
    /// failed should have declared it; but no package brings variables, which begin with a small letter. A missing member, which
    /// could be an extension method, is put down to it only in a cell marked as one of the ecosystem.
    /// </summary>
    private bool Explains(string id, string name, bool isEcosystem)
    {
        if (_names.Contains(name))
            return true;
        var isMissing = MissingName.Contains(id) || (isEcosystem && MissingMember.Contains(id));
        return isMissing && char.IsUpper(name.FirstOrDefault()) && !_failedNames.Contains(name);
    }

    private static string NameAt(Location location)
    {
        var node = location.SourceTree?.GetRoot().FindToken(location.SourceSpan.Start);
        return node?.ValueText ?? "";
    }

    private static IEnumerable<string> Declared(SyntaxTree tree)
    {
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            var name = node switch
            {
                VariableDeclaratorSyntax variable => variable.Identifier,
                SingleVariableDesignationSyntax variable => variable.Identifier,
                MethodDeclarationSyntax method => method.Identifier,
                LocalFunctionStatementSyntax function => function.Identifier,
                PropertyDeclarationSyntax property => property.Identifier,
                BaseTypeDeclarationSyntax type => type.Identifier,
                DelegateDeclarationSyntax type => type.Identifier,
                UsingDirectiveSyntax { Alias: { } alias } => alias.Name.Identifier,
                _ => default,
            };
            if (name.ValueText is { Length: > 0 } text)
                yield return text;
        }
    }
}
