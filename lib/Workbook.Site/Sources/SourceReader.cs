using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Workbook.Site.Pages;

namespace Workbook.Site.Sources;

/// <summary>Makes pages of source files. Each file is coloured by itself, with its project's compiled library beside it for the names of other files.</summary>
internal sealed partial class SourceReader : IDisposable
{
    /// <summary>What the SDK imports into each file of a project.</summary>
    private const string Imports = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private readonly string _root;
    private readonly AdhocWorkspace _workspace = new();
    private readonly Project _project;
    private readonly Dictionary<string, Project> _projects = new(StringComparer.Ordinal);

    /// <param name="root">The repository's folder.</param>
    public SourceReader(string root)
    {
        _root = root;
        var project = _workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Source", "Source", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true),
            parseOptions: new CSharpParseOptions(LanguageVersion.Preview), metadataReferences: PlatformLibraries.All));
        _project = project.AddDocument("Imports.cs", Imports).Project;
    }

    /// <summary>What is not text in a documentation comment; of a reference the name stays.</summary>
    [GeneratedRegex(@"\s*///\s?|<[^>]*?(?:cref|name)=""(?:\w:)?([^""]*)""\s*/>|</?\w+[^>]*>")]
    private static partial Regex DocumentationMarks();

    /// <summary>The page of a file.</summary>
    /// <param name="path">The file, from the repository's folder on.</param>
    /// <param name="code">What it holds.</param>
    public SourcePage Read(string path, string code)
    {
        var text = code.ReplaceLineEndings("\n").TrimEnd('\n');
        var document = ProjectOf(path).AddDocument(path, SourceText.From(text));
        var all = new TextSpan(0, text.Length);
        var spans = Classifier.GetClassifiedSpansAsync(document, all).GetAwaiter().GetResult();
        var lines = CodePainter.Paint(text, all, spans, isByLine: true).Split('\n');
        return new SourcePage(path, lines, Types(path, document.GetSyntaxRootAsync().GetAwaiter().GetResult()!).ToArray());
    }

    public void Dispose() => _workspace.Dispose();

    private static IEnumerable<SearchRecord> Types(string path, SyntaxNode root)
    {
        foreach (var type in root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
        {
            var line = type.SyntaxTree.GetLineSpan(type.Identifier.Span).StartLinePosition.Line + 1;
            var name = $"{Kind(type)} {type.Identifier.ValueText}";
            yield return new SearchRecord(SourcePlace.PageOf(path), Path.GetFileName(path), name, $"L{line}", Summary(type), "");
        }
    }

    private static string Kind(BaseTypeDeclarationSyntax type) => type switch
    {
        EnumDeclarationSyntax => "enum",
        RecordDeclarationSyntax => "record",
        StructDeclarationSyntax => "struct",
        InterfaceDeclarationSyntax => "interface",
        _ => "class",
    };

    private static string Summary(BaseTypeDeclarationSyntax type)
    {
        const string open = "<summary>", close = "</summary>";
        var comment = type.GetLeadingTrivia().ToFullString();
        var (from, to) = (comment.IndexOf(open, StringComparison.Ordinal), comment.IndexOf(close, StringComparison.Ordinal));
        if (from < 0 || to < from)
            return "";
        return DocumentationMarks().Replace(comment[(from + open.Length)..to], match => match.Groups[1].Success ? match.Groups[1].Value : " ").Trim();
    }

    /// <summary>A project without files that knows the library which the nearest project upwards was built as.</summary>
    private Project ProjectOf(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? "";
        if (_projects.TryGetValue(folder, out var known))
            return known;
        var full = Path.Combine(_root, folder);
        var file = Directory.EnumerateFiles(full, "*.csproj").FirstOrDefault();
        if (file is null && folder.Length > 0)
            return _projects[folder] = ProjectOf(folder);
        var output = Path.Combine(full, "bin");
        var name = Path.GetFileNameWithoutExtension(file) + ".dll";
        var built = Directory.Exists(output) ? Directory.EnumerateFiles(output, name, SearchOption.AllDirectories) : [];
        var project = built.MaxBy(File.GetLastWriteTimeUtc) is { } library
            ? _project.AddMetadataReference(MetadataReference.CreateFromFile(library))
            : _project;

        // Once the references are bound, the compilations of all files share them; binding them is most of a file's time.
        _ = project.GetCompilationAsync().GetAwaiter().GetResult()!.GetSpecialType(SpecialType.System_Object);
        return _projects[folder] = project;
    }
}
