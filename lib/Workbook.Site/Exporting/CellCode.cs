using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Site.Exporting;

/// <summary>
/// A cell's text as part of a program. Only what must differ does: what a cell ends with is handed to the gallery, variables
/// without a value get one, functions and types lose <c>public</c> and the like.
/// </summary>
internal static class CellCode
{
    /// <summary>The program's variable that shows values.</summary>
    internal const string Gallery = "gallery";

    private static readonly SyntaxKind[] Access =
        [SyntaxKind.PublicKeyword, SyntaxKind.PrivateKeyword, SyntaxKind.ProtectedKeyword, SyntaxKind.InternalKeyword];

    private static readonly SyntaxKind[] NotOnLocals = [.. Access, SyntaxKind.StaticKeyword, SyntaxKind.ReadOnlyKeyword, SyntaxKind.VolatileKeyword];

    /// <summary>Whether a program can have such a member outside of a type, as a statement, a function or a type.</summary>
    internal static bool HasPlace(MemberDeclarationSyntax member) => member is GlobalStatementSyntax or FieldDeclarationSyntax || IsType(member) ||
        member is MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null };

    internal static void Write(ExportedCell cell)
    {
        var root = (CompilationUnitSyntax)cell.Tree.GetRoot();
        var edits = new CellEdits(cell);
        edits.Directives(root);
        edits.Names();
        CellCalls.Rewrite(cell, edits);
        CellResults.Rewrite(cell, edits);
        foreach (var member in root.Members)
            Adapt(member, edits);

        var statements = root.Members.Where(member => !IsType(member) && !IsExtension(member));
        cell.Statements = string.Concat(statements.Select(member => edits.Text(member.FullSpan))) + edits.Text(root.EndOfFileToken.FullSpan)
            + (edits.EndLabel is { } label ? $"\n{label}: ;" : "");
        cell.Types = string.Concat(root.Members.Where(IsType).Select(member => edits.Text(member.FullSpan)));
        cell.Extensions = string.Concat(root.Members.Where(IsExtension).Select(member => edits.Text(member.FullSpan)));
        cell.Usings = [.. root.Usings.Select(directive => directive.WithoutTrivia().ToString())];
    }

    private static bool IsType(MemberDeclarationSyntax member) => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax;

    private static bool IsExtension(MemberDeclarationSyntax member) => member is MethodDeclarationSyntax method
        && method.ParameterList.Parameters.FirstOrDefault()?.Modifiers.Any(SyntaxKind.ThisKeyword) == true;

    private static void Adapt(MemberDeclarationSyntax member, CellEdits edits)
    {
        switch (member)
        {
            case FieldDeclarationSyntax field:
                Drop(field.Modifiers, NotOnLocals, edits);
                // A field has a value from the beginning, and a later cell may count on it.
                foreach (var variable in field.Declaration.Variables.Where(variable => variable.Initializer is null))
                    edits.Insert(variable.Span.End, " = default");
                break;
            case MethodDeclarationSyntax method when IsExtension(method):
                Drop(method.Modifiers, [.. Access, SyntaxKind.StaticKeyword], edits);
                edits.Insert(method.Modifiers.FirstOrDefault(method.ReturnType.GetFirstToken()).SpanStart, "internal static ");
                break;
            case MethodDeclarationSyntax method:
                Drop(method.Modifiers, NotOnLocals, edits);
                break;
            case BaseTypeDeclarationSyntax or DelegateDeclarationSyntax:
                Drop(member.Modifiers, Access, edits);
                break;
        }
    }

    private static void Drop(SyntaxTokenList modifiers, SyntaxKind[] kinds, CellEdits edits)
    {
        foreach (var modifier in modifiers.Where(modifier => kinds.Contains(modifier.Kind())))
            edits.Replace(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(modifier.SpanStart, modifier.FullSpan.End), "");
    }
}
