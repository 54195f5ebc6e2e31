using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Workbook.Site.Running.Host;

namespace Workbook.Site.Exporting;

/// <summary>
/// The cells as scripts that continue each other, compiled and not run: so that each name in a cell is known to mean this
/// cell's variable, an earlier cell's, or a library's.
/// </summary>
internal sealed partial class CellChain(string folder, IReadOnlyList<ExportedCell> cells)
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    private readonly MetadataReferenceResolver _files = ScriptMetadataResolver.Default.WithBaseDirectory(folder);

    internal void Bind(CancellationToken cancellationToken)
    {
        var own = ((Type[])[typeof(CellFunctions), typeof(IHtmlContent)]).Select(type => type.Assembly.Location);
        // The same objects for all cells, so that each library is read once.
        var references = Framework.References.Concat(own.Select(Framework.Reference)).ToList();
        CSharpCompilation? previous = null;
        foreach (var cell in cells.Where(cell => cell.IsKept))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Directives for packages are obeyed already; blanks in their place leave all else where it was.
            var source = PackageLine().Replace(cell.Cell.Source, match => new string(' ', match.Length));
            var tree = CSharpSyntaxTree.ParseText(source, Parsing, $"cell {cell.Number}", cancellationToken: cancellationToken);
            if (Refusal(tree) is { } refusal)
            {
                cell.LeaveOut(refusal);
                continue;
            }
            references.AddRange(cell.PackageFiles.Select(Framework.Reference));
            var script = Compile(tree, references, previous);
            if (FirstError(script.GetDiagnostics(cancellationToken)) is { } error)
            {
                cell.LeaveOut(error);
                continue;
            }
            (cell.Script, previous) = (script, script);
        }
    }

    /// <summary>The first of the compiler's errors in half a sentence; null when there is none.</summary>
    internal static string? FirstError(IEnumerable<Diagnostic> diagnostics)
    {
        var first = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).FirstOrDefault();
        return first is null ? null : $"it does not compile ({first.Id}: {first.GetMessage(System.Globalization.CultureInfo.InvariantCulture)})";
    }

    private static string? Refusal(SyntaxTree tree)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot();
        if (Directives.Refuse(tree) is { } magic)
            return magic.Message;
        if (tree.GetDiagnostics().FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error) is { } error)
        {
            var line = error.Location.GetLineSpan().StartLinePosition.Line + 1;
            return $"it does not parse ({error.Id} in line {line}: {error.GetMessage(System.Globalization.CultureInfo.InvariantCulture)})";
        }
        if (root.GetFirstDirective(directive => directive.IsKind(SyntaxKind.LoadDirectiveTrivia)) is not null)
            return "it loads a script by #load, which a program can't";
        if (root.Members.FirstOrDefault(member => !CellCode.HasPlace(member)) is { } member)
            return $"a program has no place for “{member.ToString().Split('\n')[0].Trim()}” outside of a type";
        return null;
    }

    private CSharpCompilation Compile(SyntaxTree tree, IEnumerable<MetadataReference> references, CSharpCompilation? previous) =>
        CSharpCompilation.CreateScriptCompilation(
            tree.FilePath.Replace(' ', '-'), tree, references,
            // A cell's own class needs a name that no cell can say.
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, scriptClassName: "Submission#0")
                .WithUsings(CellEngine.Imports.Append(typeof(CellFunctions).FullName!))
                .WithMetadataReferenceResolver(_files),
            previous, typeof(object));

    [GeneratedRegex(@"^[ \t]*#r[ \t]+\x22nuget:[^\n]*", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex PackageLine();
}
