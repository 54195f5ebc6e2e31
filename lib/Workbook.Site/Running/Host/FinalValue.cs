using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Site.Running.Host;

/// <summary>
/// Whether a cell ends with a value to show. A script's result is null both when its last expression is null and when there
/// is none, so the source has to tell.
/// </summary>
internal static class FinalValue
{
    internal static bool IsIn(Compilation cell)
    {
        // `#load` brings trees of its own; the cell's is the last.
        var tree = cell.SyntaxTrees.Last();
        var root = (CompilationUnitSyntax)tree.GetRoot();
        return Returns(root) || EndsInExpression(root, cell.GetSemanticModel(tree));
    }

    private static bool Returns(CompilationUnitSyntax root) => root
        .DescendantNodes(node => node is CompilationUnitSyntax or GlobalStatementSyntax or StatementSyntax and not LocalFunctionStatementSyntax)
        .Any(node => node is ReturnStatementSyntax { Expression: not null });

    private static bool EndsInExpression(CompilationUnitSyntax root, SemanticModel model) =>
        root.Members.OfType<GlobalStatementSyntax>().LastOrDefault()?.Statement is ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last
        && model.GetTypeInfo(last.Expression).ConvertedType?.SpecialType != SpecialType.System_Void;
}
