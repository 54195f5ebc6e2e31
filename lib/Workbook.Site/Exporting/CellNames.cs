using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Workbook.Site.Exporting;

/// <summary>
/// Gives everything that cells declare a name of its own. In a notebook a later cell may declare a variable, a function or a type
/// again, and a block may use a cell's name for its own; in a program all of them stand in one method, or beside each other, and may not. The
/// second <c>cluster</c> becomes <c>cluster2</c>, here and wherever it is meant.
/// </summary>
internal static class CellNames
{
    /// <summary>Names that the program has before any cell.</summary>
    private static readonly string[] Reserved = ["args", CellCode.Gallery];

    internal static void Settle(IReadOnlyList<ExportedCell> cells)
    {
        var kept = cells.Where(cell => cell.IsKept).ToList();
        var words = kept.SelectMany(cell => cell.Tree.GetRoot().DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)))
            .Select(token => token.ValueText).ToHashSet();
        var taken = new HashSet<string>(Reserved);
        // Where a declaration stands tells it from all others, in whatever cell it is met.
        var names = new Dictionary<(SyntaxTree, TextSpan), string>();
        foreach (var cell in kept)
        {
            foreach (var (name, place) in TopLevel(cell).OrderBy(found => found.Place.SourceSpan.Start))
                Name(name, place, taken);
        }
        var inBlocks = new HashSet<string>(taken);
        foreach (var cell in kept)
        {
            foreach (var (name, place) in InBlocks(cell).Where(found => taken.Contains(found.Name)))
                Name(name, place, inBlocks);
        }
        foreach (var cell in kept)
            cell.NewNames = names;

        void Name(string name, Location place, HashSet<string> used)
        {
            var free = name;
            for (var number = 2; !used.Add(free) || (free != name && words.Contains(free)); number++)
                free = $"{name}{number}";
            if (free != name)
                names[(place.SourceTree!, place.SourceSpan)] = free;
        }
    }

    /// <summary>Variables, functions and types of the cell itself: members of the class that scripting makes of it.</summary>
    private static IEnumerable<(string Name, Location Place)> TopLevel(ExportedCell cell) => cell.Script!.ScriptClass!.GetMembers()
        .Where(member => !member.IsImplicitlyDeclared && member.CanBeReferencedByName && member.Locations is [{ IsInSource: true }, ..])
        .Select(member => (member.Name, member.Locations[0]));

    /// <summary>Variables of blocks and loops that stand in no function: those of functions may hide a name, and so may stay.</summary>
    private static IEnumerable<(string Name, Location Place)> InBlocks(ExportedCell cell)
    {
        var model = cell.Script!.GetSemanticModel(cell.Tree);
        foreach (var node in cell.Tree.GetRoot().DescendantNodes(node => node is not BaseTypeDeclarationSyntax))
        {
            var isVariable = node is VariableDeclaratorSyntax or SingleVariableDesignationSyntax or ForEachStatementSyntax or CatchDeclarationSyntax;
            var isRange = node is QueryClauseSyntax or JoinIntoClauseSyntax or QueryContinuationSyntax;
            if (!isRange && (!isVariable || IsInFunction(node)))
                continue;
            if (model.GetDeclaredSymbol(node) is { Kind: SymbolKind.Local or SymbolKind.RangeVariable, Locations: [{ IsInSource: true } place, ..] } symbol)
                yield return (symbol.Name, place);
        }
    }

    private static bool IsInFunction(SyntaxNode node) => node.Ancestors().Any(
        outer => outer is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax);
}
