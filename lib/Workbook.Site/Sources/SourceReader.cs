using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Workbook.Site.Pages;

namespace Workbook.Site.Sources;

/// <summary>
/// Makes pages of source files, on any thread. A project's files are read together: names of other files are known, and what is found out about them
/// for one file serves the next.
/// </summary>
internal sealed partial class SourceReader : IDisposable
{
    /// <summary>What the SDK imports into each file of a project.</summary>
    private const string Imports = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private readonly string _root;
    private readonly AdhocWorkspace _workspace = new();
    private readonly ConcurrentDictionary<string, Lazy<Project>> _projects = new(StringComparer.Ordinal);

    /// <param name="root">The repository's folder.</param>
    public SourceReader(string root) => _root = root;

    /// <summary>What is not text in a documentation comment; of a reference the name stays.</summary>
    [GeneratedRegex(@"\s*///\s?|<[^>]*?(?:cref|name)=""(?:\w:)?([^""]*)""\s*/>|</?\w+[^>]*>")]
    private static partial Regex DocumentationMarks();

    /// <summary>The page of a file.</summary>
    /// <param name="path">The file, from the repository's folder on.</param>
    /// <param name="code">What it holds.</param>
    public SourcePage Read(string path, string code)
    {
        var text = Text(code);
        var document = DocumentOf(path, text);
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

    private static string Text(string code) => code.ReplaceLineEndings("\n").TrimEnd('\n');

    private Document DocumentOf(string path, string text)
    {
        var project = ProjectOf(Path.GetDirectoryName(path) ?? "");
        var full = Path.Combine(_root, path);
        var document = project.Documents.FirstOrDefault(document => document.FilePath == full) ?? project.AddDocument(path, SourceText.From(text));

        // One that was written since is another one: only for it all that is known of its project is found out again.
        return document.GetTextAsync().GetAwaiter().GetResult().ToString() == text ? document : document.WithText(SourceText.From(text));
    }

    /// <summary>The nearest project upwards; where there is none, one without files.</summary>
    private Project ProjectOf(string folder)
    {
        var full = Path.Combine(_root, folder);
        var file = Directory.EnumerateFiles(full, "*.csproj").FirstOrDefault();
        if (file is null && folder.Length > 0)
            return ProjectOf(Path.GetDirectoryName(folder) ?? "");
        return _projects.GetOrAdd(full, _ => new Lazy<Project>(() => Open(full, file))).Value;
    }

    private Project Open(string folder, string? file)
    {
        var id = ProjectId.CreateNewId();
        var documents = new List<DocumentInfo> { Document("Imports.cs", null, Imports) };
        var references = PlatformLibraries.All.ToList();
        if (file is not null)
        {
            documents.AddRange(Sources(folder).Select(source => Document(Path.GetFileName(source), source, File.ReadAllText(source))));
            references.AddRange(OthersBeside(folder, Path.GetFileNameWithoutExtension(file) + ".dll").Select(library => MetadataReference.CreateFromFile(library)));
        }

        return _workspace.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, "Source", "Source", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true),
            parseOptions: new CSharpParseOptions(LanguageVersion.Preview), documents: documents, metadataReferences: references));

        DocumentInfo Document(string name, string? path, string code) => DocumentInfo.Create(
            DocumentId.CreateNewId(id), name, filePath: path,
            loader: TextLoader.From(TextAndVersion.Create(SourceText.From(Text(code)), VersionStamp.Default)));
    }

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(source => !Path.GetRelativePath(folder, source).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    /// <summary>The libraries that a project was built with.</summary>
    private static IEnumerable<string> OthersBeside(string folder, string name)
    {
        var output = Path.Combine(folder, "bin");
        var built = Directory.Exists(output) ? Directory.EnumerateFiles(output, name, SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc) : null;
        return built is null ? [] : Directory.EnumerateFiles(Path.GetDirectoryName(built)!, "*.dll").Where(library => Path.GetFileName(library) != name);
    }
}
