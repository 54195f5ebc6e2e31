using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Site.Notebooks;
using Workbook.Site.Running.Packages;

namespace Workbook.Site.Running.Host;

/// <summary>
/// Refuses <c>#!magic</c>. Scripting takes it for a shebang on the first line and passes over it, so that a cell would do less
/// than it says; and no notebook of ours may need a kernel that has it. Refuses, too, a <c>#r "nuget: …"</c> that can't be understood,
/// which scripting would take for the name of a file.
/// </summary>
internal static class Directives
{
    internal static ErrorOutput? Refuse(SyntaxTree tree)
    {
        foreach (var trivia in tree.GetRoot().DescendantTrivia(descendIntoTrivia: false))
        {
            var text = trivia.ToFullString().Trim();
            if (MalformedPackage(tree, trivia) is { } malformed)
                return malformed;
            if (!text.StartsWith("#!", StringComparison.Ordinal) || !IsDirective(trivia))
                continue;
            var name = text.Split((char[]?)null, 2)[0];
            return new ErrorOutput(
                "Directive", $"“{name}” is a directive of .NET Interactive; cells of this workbook are plain C#, so take it out.", Place(tree, trivia));
        }
        return null;
    }

    private static ErrorOutput? MalformedPackage(SyntaxTree tree, SyntaxTrivia trivia) =>
        trivia.GetStructure() is ReferenceDirectiveTriviaSyntax { File.ValueText: var text }
        && PackageDirective.IsMeant(text) && PackageDirective.Parse(text) is null
            ? new ErrorOutput("Directive", $"“{text}” names no package that can be; write it as #r \"nuget: Name, Version\".", Place(tree, trivia))
            : null;

    private static string Place(SyntaxTree tree, SyntaxTrivia trivia) => $"line {tree.GetLineSpan(trivia.Span).StartLinePosition.Line + 1}";

    private static bool IsDirective(SyntaxTrivia trivia) =>
        trivia.Kind() is SyntaxKind.ShebangDirectiveTrivia or SyntaxKind.BadDirectiveTrivia or SyntaxKind.IgnoredDirectiveTrivia;
}
