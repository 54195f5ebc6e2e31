using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Workbook.Site.Exporting;

/// <summary>Changes to a cell's text, each at its place, so that all between them stays as its author wrote it.</summary>
internal sealed class CellEdits(ExportedCell cell)
{
    private readonly SortedDictionary<int, List<(int Length, string Text)>> _edits = [];
    private readonly SemanticModel _model = cell.Script!.GetSemanticModel(cell.Tree);
    private readonly string _source = cell.Tree.ToString();

    /// <summary>A label after the cell, where a <c>return</c> in its middle leads; null when none does.</summary>
    internal string? EndLabel { get; private set; }

    internal string NeedEndLabel() => EndLabel = $"endOfCell{cell.Number}";

    internal void Insert(int position, string text) => Replace(new TextSpan(position, 0), text);

    internal void Replace(TextSpan span, string text)
    {
        if (!_edits.TryGetValue(span.Start, out var here))
            _edits[span.Start] = here = [];
        here.Add((span.Length, text));
    }

    /// <summary>The changed text of a part of the cell.</summary>
    internal string Text(TextSpan span)
    {
        var text = new StringBuilder();
        var at = span.Start;
        foreach (var (position, here) in _edits.Where(edit => edit.Key >= span.Start && edit.Key < Math.Max(span.End, span.Start + 1)))
        {
            if (position < at)
                continue;
            text.Append(_source, at, position - at);
            at = position;
            // What is put before a token comes before the token's own change.
            foreach (var (length, put) in here.OrderBy(edit => edit.Length))
            {
                text.Append(put);
                at = Math.Max(at, position + length);
            }
        }
        return text.Append(_source, at, Math.Max(0, span.End - at)).ToString();
    }

    /// <summary>Takes <c>#r</c> out: a program has <c>#:project</c> and <c>#:package</c> on top.</summary>
    internal void Directives(CompilationUnitSyntax root)
    {
        foreach (var trivia in root.DescendantTrivia().Where(trivia => trivia.IsKind(SyntaxKind.ReferenceDirectiveTrivia)))
            Replace(trivia.FullSpan, "");
    }

    /// <summary>Puts new names in the place of old ones.</summary>
    internal void Names()
    {
        foreach (var token in cell.Tree.GetRoot().DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)))
        {
            if (NewName(token) is not { } name || IsInNameof(token.Parent!))
                continue;
            // A member of an anonymous type or a tuple, named after the variable, keeps its name.
            if (token.Parent is IdentifierNameSyntax { Parent: AnonymousObjectMemberDeclaratorSyntax { NameEquals: null } })
                name = $"{token.Text} = {name}";
            else if (token.Parent?.Parent is ArgumentSyntax { NameColon: null, Parent: TupleExpressionSyntax tuple } && !IsAssigned(tuple))
                name = $"{token.Text}: {name}";
            Replace(token.Span, name);
        }
    }

    private string? NewName(SyntaxToken token)
    {
        if (cell.NewNames.TryGetValue((cell.Tree, token.Span), out var declared))
            return declared;
        var symbol = token.Parent switch
        {
            ConstructorDeclarationSyntax or DestructorDeclarationSyntax => _model.GetDeclaredSymbol(token.Parent)?.ContainingType,
            SimpleNameSyntax name => _model.GetSymbolInfo(name) is var info ? info.Symbol ?? info.CandidateSymbols.FirstOrDefault() : null,
            _ => null,
        };
        if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor })
            symbol = symbol.ContainingType;
        return symbol?.OriginalDefinition.Locations is [{ IsInSource: true } place, ..]
            ? cell.NewNames.GetValueOrDefault((place.SourceTree!, place.SourceSpan))
            : null;
    }

    private static bool IsAssigned(TupleExpressionSyntax tuple) => tuple.Parent is AssignmentExpressionSyntax assignment && assignment.Left == tuple;

    private static bool IsInNameof(SyntaxNode node) =>
        node.Ancestors().OfType<InvocationExpressionSyntax>().Any(call => call.Expression is IdentifierNameSyntax { Identifier.Text: "nameof" });
}
