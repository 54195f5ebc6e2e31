using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Site.Sources;

/// <summary>One file of C#, searched for declarations.</summary>
internal sealed class SourceFile
{
    private readonly CompilationUnitSyntax _root;

    /// <param name="text">What the file holds.</param>
    public SourceFile(string text) =>
        _root = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetCompilationUnitRoot();

    /// <summary>The line, from 1, on which a type or a member of one is declared; null when that is not in this file.</summary>
    /// <param name="symbol">The type or member.</param>
    /// <param name="body">The line on which its code begins, which tells overloads apart; null when it has none.</param>
    public int? LineOf(ISymbol symbol, int? body)
    {
        var type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
        var parts = type is null ? [] : Parts(type).ToArray();
        if (symbol is INamedTypeSymbol)
            return parts.Length == 0 ? null : Line(NameOf(parts[0]));
        var found = parts.SelectMany(Members).Where(member => IsNamed(member, symbol)).ToArray();
        var best = found.FirstOrDefault(member => body is { } line && Holds(member, line))
            ?? found.FirstOrDefault(member => ParameterCount(member) == ParameterCount(symbol))
            ?? found.FirstOrDefault();
        if (best is not null)
            return Line(NameOf(best));

        // What a primary constructor declares: the constructor itself, and a record's properties.
        var primary = parts.OfType<TypeDeclarationSyntax>().FirstOrDefault(part => part.ParameterList is not null);
        return symbol switch
        {
            IMethodSymbol { MethodKind: MethodKind.Constructor } when primary is not null => Line(primary.Identifier),
            IPropertySymbol when primary?.ParameterList!.Parameters.FirstOrDefault(one => one.Identifier.ValueText == symbol.Name) is { } parameter =>
                Line(parameter.Identifier),
            _ => null,
        };
    }

    private IEnumerable<MemberDeclarationSyntax> Parts(INamedTypeSymbol type)
    {
        var around = type.ContainingType is { } outer
            ? Parts(outer).SelectMany(Members)
            : _root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<MemberDeclarationSyntax>();
        return around.Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax
            && NameOf(member).ValueText == type.Name && Arity(member) == type.Arity);
    }

    private static IEnumerable<MemberDeclarationSyntax> Members(MemberDeclarationSyntax type) => type switch
    {
        TypeDeclarationSyntax { Members: var members } => members,
        EnumDeclarationSyntax { Members: var members } => members,
        _ => [],
    };

    private static bool IsNamed(MemberDeclarationSyntax member, ISymbol symbol) => (member, symbol) switch
    {
        (ConstructorDeclarationSyntax, IMethodSymbol { MethodKind: MethodKind.Constructor }) => true,
        (ConstructorDeclarationSyntax, _) or (BaseTypeDeclarationSyntax, _) or (DelegateDeclarationSyntax, _) => false,
        (IndexerDeclarationSyntax, IPropertySymbol { IsIndexer: true }) => true,
        (BaseFieldDeclarationSyntax field, _) => field.Declaration.Variables.Any(variable => variable.Identifier.ValueText == symbol.Name),
        _ => NameOf(member).ValueText == symbol.Name,
    };

    private static SyntaxToken NameOf(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier,
        DelegateDeclarationSyntax type => type.Identifier,
        MethodDeclarationSyntax method => method.Identifier,
        ConstructorDeclarationSyntax constructor => constructor.Identifier,
        PropertyDeclarationSyntax property => property.Identifier,
        EventDeclarationSyntax @event => @event.Identifier,
        EnumMemberDeclarationSyntax value => value.Identifier,
        BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier,
        IndexerDeclarationSyntax indexer => indexer.ThisKeyword,
        _ => member.GetFirstToken(),
    };

    private static int Arity(MemberDeclarationSyntax type) => type switch
    {
        TypeDeclarationSyntax declaration => declaration.Arity,
        DelegateDeclarationSyntax declaration => declaration.Arity,
        _ => 0,
    };

    private static int? ParameterCount(MemberDeclarationSyntax member) => (member as BaseMethodDeclarationSyntax)?.ParameterList.Parameters.Count;

    private static int? ParameterCount(ISymbol symbol) => (symbol as IMethodSymbol)?.Parameters.Length;

    private static bool Holds(MemberDeclarationSyntax member, int line)
    {
        var span = member.SyntaxTree.GetLineSpan(member.Span);
        return span.StartLinePosition.Line < line && line <= span.EndLinePosition.Line + 1;
    }

    private static int Line(SyntaxToken token) => token.SyntaxTree!.GetLineSpan(token.Span).StartLinePosition.Line + 1;
}
