using System.Collections.Immutable;
using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace Workbook.Site.Pages;

/// <summary>
/// C# script as HTML in colours, by Roslyn's own classifier. A notebook's cells are classified as one script, so that a
/// type or variable of an earlier cell is known in a later one, and so are the libraries that a cell names with <c>#r</c>.
/// </summary>
internal sealed class CodeHighlighter : IDisposable
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Preview, kind: SourceCodeKind.Script);

    private static readonly string[] Imports =
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"];

    /// <summary>The platform's libraries, read once a process.</summary>
    private static readonly ImmutableArray<MetadataReference> Platform = PlatformReferences();

    private readonly AdhocWorkspace _workspace = new();
    private readonly Project _project;

    /// <param name="folder">The folder that a relative <c>#r</c> starts from.</param>
    public CodeHighlighter(string folder)
    {
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            usings: Imports,
            metadataReferenceResolver: ScriptMetadataResolver.Default.WithBaseDirectory(folder));
        _project = _workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Cells", "Cells", LanguageNames.CSharp,
            compilationOptions: options, parseOptions: Script, metadataReferences: Platform));
    }

    /// <summary>The HTML of one piece of C# that stands by itself.</summary>
    public string ToHtml(string code) => ToHtml([code])[0];

    /// <summary>The HTML of each cell, in order.</summary>
    public IReadOnlyList<string> ToHtml(IReadOnlyList<string> cells)
    {
        var script = new StringBuilder();
        var starts = new List<int>();
        foreach (var cell in cells)
        {
            starts.Add(script.Length);
            script.Append(cell).Append(EndsInExpression(cell) ? "\n;\n" : "\n");
        }
        var text = SourceText.From(script.ToString());
        var document = _project.AddDocument("cells.csx", text).WithSourceCodeKind(SourceCodeKind.Script);
        var spans = Classifier.GetClassifiedSpansAsync(document, new TextSpan(0, text.Length)).GetAwaiter().GetResult().ToArray();
        return cells.Select((cell, index) => Paint(cell, starts[index], spans)).ToArray();
    }

    public void Dispose() => _workspace.Dispose();

    /// <summary>Without a semicolon the parser would read a cell's last expression and the next cell's first word as one declaration.</summary>
    private static bool EndsInExpression(string cell) =>
        CSharpSyntaxTree.ParseText(cell, Script).GetCompilationUnitRoot().Members.LastOrDefault() is
            GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } };

    private static string Paint(string cell, int start, IReadOnlyList<ClassifiedSpan> spans)
    {
        var html = new StringBuilder();
        var position = 0;
        foreach (var span in spans.Where(span => span.TextSpan.Start >= start && span.TextSpan.End <= start + cell.Length))
        {
            var from = span.TextSpan.Start - start;
            if (from < position || ClassOf(span.ClassificationType) is not { } name)
                continue;
            html.Append(WebUtility.HtmlEncode(cell[position..from]));
            position = span.TextSpan.End - start;
            html.Append($"<span class=\"{name}\">").Append(WebUtility.HtmlEncode(cell[from..position])).Append("</span>");
        }
        return html.Append(WebUtility.HtmlEncode(cell[position..])).ToString();
    }

    private static string? ClassOf(string classification) => classification switch
    {
        ClassificationTypeNames.Keyword or ClassificationTypeNames.ControlKeyword => "k",
        ClassificationTypeNames.StringLiteral or ClassificationTypeNames.VerbatimStringLiteral => "s",
        ClassificationTypeNames.StringEscapeCharacter => "e",
        ClassificationTypeNames.NumericLiteral => "n",
        ClassificationTypeNames.Comment => "c",
        ClassificationTypeNames.PreprocessorKeyword or ClassificationTypeNames.PreprocessorText => "d",
        ClassificationTypeNames.MethodName or ClassificationTypeNames.ExtensionMethodName => "m",
        ClassificationTypeNames.ClassName or ClassificationTypeNames.RecordClassName or ClassificationTypeNames.StructName
            or ClassificationTypeNames.RecordStructName or ClassificationTypeNames.InterfaceName or ClassificationTypeNames.EnumName
            or ClassificationTypeNames.DelegateName or ClassificationTypeNames.TypeParameterName => "t",
        ClassificationTypeNames.PropertyName or ClassificationTypeNames.ConstantName
            or ClassificationTypeNames.EnumMemberName or ClassificationTypeNames.EventName => "p",

        // Not so FieldName: to Roslyn a script's variables are fields, to a reader they are variables.
        _ when classification.StartsWith("xml doc comment", StringComparison.Ordinal) => "c",
        _ => null,
    };

    private static ImmutableArray<MetadataReference> PlatformReferences()
    {
        var platform = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        return
        [
            .. platform.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal))
                .Select(file => MetadataReference.CreateFromFile(file)),
        ];
    }
}
