using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;
using Workbook.Site.Running.Host;

namespace Workbook.Site.Pages;

/// <summary>
/// C# script as HTML in colours, by Roslyn's own classifier. A notebook's cells are classified as one script, so that a
/// type or variable of an earlier cell is known in a later one, and so are the libraries that a cell names with <c>#r</c>.
/// </summary>
internal sealed partial class CodeHighlighter : IDisposable
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Preview, kind: SourceCodeKind.Script);

    private readonly AdhocWorkspace _workspace = new();
    private readonly Project _project;
    private readonly SymbolTable? _symbols;

    /// <summary>What every cell says of libraries and namespaces, for code that stands in a text.</summary>
    private string _opening = "";

    private SymbolNames? _names;

    /// <param name="folder">The folder that a relative <c>#r</c> starts from.</param>
    /// <param name="symbols">Where what is known of names is gathered; without it names are coloured only.</param>
    public CodeHighlighter(string folder, SymbolTable? symbols = null)
    {
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            usings: CellEngine.Imports,
            metadataReferenceResolver: ScriptMetadataResolver.Default.WithBaseDirectory(folder));
        _project = _workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Cells", "Cells", LanguageNames.CSharp,
            compilationOptions: options, parseOptions: Script, metadataReferences: PlatformLibraries.All));
        _symbols = symbols;
    }

    [GeneratedRegex("""^[ \t]*(#r[ \t]+"(?!nuget:)[^"\r\n]+"|using[ \t]+[\w.]+[ \t]*;)[ \t]*\r?$""", RegexOptions.Multiline)]
    private static partial Regex Openings();

    /// <summary>The HTML of one piece of C# in a text, which knows the libraries of the cells but not their variables.</summary>
    public string ToHtml(string code) => Paint([_opening, code]).Html[1];

    /// <summary>The HTML of each cell, in order.</summary>
    public IReadOnlyList<string> ToHtml(IReadOnlyList<string> cells)
    {
        var (html, compilation) = Paint(cells);
        var openings = Openings().Matches(string.Join('\n', cells)).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal);
        _opening = string.Join('\n', openings.OrderBy(line => !line.StartsWith('#')));
        _names = compilation is null ? null : new SymbolNames(compilation);
        return html;
    }

    /// <summary>What a name in a text (<c>RaftRules</c>, <c>Explore.Seeds</c>) is, among the libraries of the cells; null when that is not clear.</summary>
    public SymbolMark? Find(string name) => _names?.Find(name) is { } found ? _symbols?.Mark(found.Symbol, found.Library) : null;

    public void Dispose() => _workspace.Dispose();

    private (IReadOnlyList<string> Html, Compilation? Compilation) Paint(IReadOnlyList<string> cells)
    {
        var script = new StringBuilder();
        var parts = new List<TextSpan>();
        foreach (var cell in cells)
        {
            parts.Add(new TextSpan(script.Length, cell.Length));
            script.Append(cell).Append(EndsInExpression(cell) ? "\n;\n" : "\n");
        }
        var text = SourceText.From(script.ToString());
        var document = _project.AddDocument("cells.csx", text).WithSourceCodeKind(SourceCodeKind.Script);
        var spans = Classifier.GetClassifiedSpansAsync(document, new TextSpan(0, text.Length)).GetAwaiter().GetResult().ToArray();
        var model = _symbols is null ? null : document.GetSemanticModelAsync().GetAwaiter().GetResult();
        var marks = model is null ? null : _symbols!.Marks(model);
        return (parts.Select(part => CodePainter.Paint(script.ToString(), part, spans, marks)).ToArray(), model?.Compilation);
    }

    /// <summary>Without a semicolon the parser would read a cell's last expression and the next cell's first word as one declaration.</summary>
    private static bool EndsInExpression(string cell) =>
        CSharpSyntaxTree.ParseText(cell, Script).GetCompilationUnitRoot().Members.LastOrDefault() is
            GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } };
}
