using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Workbook.Site.Running.Host;

namespace Workbook.Site.Exporting;

/// <summary>What a cell ends with, an expression or <c>return x;</c>, is shown.</summary>
internal static class CellResults
{
    internal static void Rewrite(ExportedCell cell, CellEdits edits)
    {
        var root = (CompilationUnitSyntax)cell.Tree.GetRoot();
        var model = cell.Script!.GetSemanticModel(cell.Tree);
        var last = root.Members.OfType<GlobalStatementSyntax>().LastOrDefault()?.Statement;
        if (last is ExpressionStatementSyntax { SemicolonToken.IsMissing: true } final)
            ShowFinal(final.Expression, model, edits);
        var returns = root
            .DescendantNodes(node => node is CompilationUnitSyntax or GlobalStatementSyntax or StatementSyntax and not LocalFunctionStatementSyntax)
            .OfType<ReturnStatementSyntax>();
        foreach (var statement in returns)
            Rewrite(statement, isLast: statement == last && root.Members[^1] == last.Parent, edits);
    }

    private static void ShowFinal(ExpressionSyntax expression, SemanticModel model, CellEdits edits)
    {
        var type = model.GetTypeInfo(expression).ConvertedType;
        // What `display` gives is shown already.
        if (type is { SpecialType: SpecialType.System_Void } or { Name: nameof(DisplayedValue) })
        {
            edits.Insert(expression.Span.End, ";");
            return;
        }
        edits.Insert(expression.SpanStart, $"{CellCode.Gallery}.Show(");
        edits.Insert(expression.Span.End, ");");
    }

    private static void Rewrite(ReturnStatementSyntax statement, bool isLast, CellEdits edits)
    {
        var leave = isLast ? "" : $" goto {edits.NeedEndLabel()};";
        var (before, after) = isLast ? ("", "") : ("{ ", " }");
        if (statement.Expression is not { } value)
        {
            edits.Replace(statement.Span, $"{before}{leave.TrimStart()}{after}");
            return;
        }
        edits.Replace(TextSpan.FromBounds(statement.SpanStart, value.SpanStart), $"{before}{CellCode.Gallery}.Show(");
        edits.Replace(TextSpan.FromBounds(value.Span.End, statement.Span.End), $");{leave}{after}");
    }
}
