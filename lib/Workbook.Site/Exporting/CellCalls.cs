using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Workbook.Site.Running.Host;

namespace Workbook.Site.Exporting;

/// <summary>What every cell can call and a program can't: <c>display(x)</c>, <c>x.Display()</c>, <c>HTML("…")</c> become calls of the gallery.</summary>
internal static class CellCalls
{
    internal static void Rewrite(ExportedCell cell, CellEdits edits)
    {
        var model = cell.Script!.GetSemanticModel(cell.Tree);
        foreach (var call in cell.Tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (model.GetSymbolInfo(call).Symbol is not IMethodSymbol method || method.ContainingType?.Name != nameof(CellFunctions))
                continue;
            var arguments = call.ArgumentList.Arguments;
            switch (method.Name, call.Expression)
            {
                case (nameof(CellFunctions.HTML), _):
                    edits.Replace(call.Expression.Span, "Workbook.Draw.Gallery.Html");
                    break;
                case (nameof(CellFunctions.Display), MemberAccessExpressionSyntax access) when method.ReducedFrom is not null:
                    edits.Insert(access.SpanStart, $"{CellCode.Gallery}.Show(");
                    // The console and the page choose the form themselves.
                    edits.Replace(TextSpan.FromBounds(access.Expression.Span.End, call.Span.End), ")");
                    break;
                case (nameof(CellFunctions.DisplayAs), MemberAccessExpressionSyntax access) when method.ReducedFrom is not null:
                    edits.Insert(access.SpanStart, $"{CellCode.Gallery}.ShowAs(");
                    edits.Replace(TextSpan.FromBounds(access.Expression.Span.End, call.ArgumentList.OpenParenToken.Span.End), ", ");
                    break;
                case (nameof(CellFunctions.display), _) when arguments.Count > 0:
                    edits.Replace(call.Expression.Span, $"{CellCode.Gallery}.Show");
                    edits.Replace(TextSpan.FromBounds(arguments[0].Span.End, call.ArgumentList.CloseParenToken.SpanStart), "");
                    break;
            }
        }
    }
}
