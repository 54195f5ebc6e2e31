using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Site.Sources;

namespace Workbook.Site.Pages;

/// <summary>What a page can say of the names in its code: each declaration stands in it once, and names give its number.</summary>
/// <param name="sources">Finds the line that declares a name; null when nothing is linked.</param>
internal sealed class SymbolTable(SourceLinks? sources)
{
    private readonly Dictionary<(string Declaration, string? Summary, string? Href), int> _numbers = [];

    /// <summary>
    /// The table as JSON that may stand inside a script element: for each symbol an array of declaration, summary and address. Null when it is empty.
    /// </summary>
    public string? Json
    {
        get
        {
            if (_numbers.Count == 0)
                return null;
            var symbols = _numbers.OrderBy(entry => entry.Value).Select(entry => entry.Key);
            var rows = new JsonArray([.. symbols.Select(symbol => Row(symbol.Declaration, symbol.Summary, symbol.Href))]);
            var plain = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            return rows.ToJsonString(plain).Replace("<", "\\u003c", StringComparison.Ordinal);
        }
    }

    /// <summary>What is known of the names of a script, by where they begin.</summary>
    public IReadOnlyDictionary<int, SymbolMark> Marks(SemanticModel model)
    {
        var marks = new Dictionary<int, SymbolMark>();
        foreach (var token in model.SyntaxTree.GetRoot().DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)))
            if (SymbolOf(token, model) is { } symbol && Mark(symbol, LibraryOf(symbol, model.Compilation)) is { } mark)
                marks[token.SpanStart] = mark;
        return marks;
    }

    /// <summary>What is known of one symbol; null when that is nothing worth saying.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="library">The file of the library it comes from; null for what a cell declares.</param>
    public SymbolMark? Mark(ISymbol symbol, string? library)
    {
        if (SymbolText.Of(symbol) is not { } declaration)
            return null;
        var summary = library is null ? null : Summaries.Beside(library).Of(symbol);
        var href = library is null ? null : sources?.Find(symbol, library)?.Href;
        if (!_numbers.TryGetValue((declaration, summary, href), out var number))
            _numbers[(declaration, summary, href)] = number = _numbers.Count;
        return new SymbolMark(number, href);
    }

    /// <summary>The file of the library that a symbol comes from; null when a cell declares it.</summary>
    internal static string? LibraryOf(ISymbol symbol, Compilation compilation) =>
        symbol.ContainingAssembly is { } assembly ? (compilation.GetMetadataReference(assembly) as PortableExecutableReference)?.FilePath : null;

    private static ISymbol? SymbolOf(SyntaxToken token, SemanticModel model)
    {
        if (token.Parent is not SimpleNameSyntax name)
            return token.Parent is null ? null : model.GetDeclaredSymbol(token.Parent);

        // A type after `new` is read as its constructor, whose parameters one wants to see.
        if (name.Parent is ObjectCreationExpressionSyntax creation && creation.Type == name && model.GetSymbolInfo(creation).Symbol is { } constructor)
            return constructor;
        var found = model.GetSymbolInfo(name);
        return found.Symbol ?? (found.CandidateSymbols.Length == 1 ? found.CandidateSymbols[0] : null);
    }

    private static JsonArray Row(string declaration, string? summary, string? href) =>
        href is not null ? [declaration, summary, href] : summary is not null ? [declaration, summary] : [declaration];
}
