using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Workbook.Site.Notebooks;

namespace Workbook.Site.Running.Host;

/// <summary>
/// Refuses <c>#!magic</c>. Scripting takes it for a shebang on the first line and passes over it, so that a cell would do less
/// than it says; and no notebook of ours may need a kernel that has it.
/// </summary>
internal static class Directives
{
    internal static ErrorOutput? Refuse(SyntaxTree tree)
    {
        foreach (var trivia in tree.GetRoot().DescendantTrivia(descendIntoTrivia: false))
        {
            var text = trivia.ToFullString().Trim();
            if (!text.StartsWith("#!", StringComparison.Ordinal) || !IsDirective(trivia))
                continue;
            var line = tree.GetLineSpan(trivia.Span).StartLinePosition.Line + 1;
            var name = text.Split((char[]?)null, 2)[0];
            return new ErrorOutput(
                "Directive", $"“{name}” is a directive of .NET Interactive; cells of this workbook are plain C#, so take it out.", $"line {line}");
        }
        return null;
    }

    private static bool IsDirective(SyntaxTrivia trivia) =>
        trivia.Kind() is SyntaxKind.ShebangDirectiveTrivia or SyntaxKind.BadDirectiveTrivia or SyntaxKind.IgnoredDirectiveTrivia;
}
