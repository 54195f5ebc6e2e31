using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Workbook.Site.Sources;

/// <summary>
/// Finds the line of the repository that declares a type or member of a library. The library's PDB names the files; the line is that of
/// the declaration in the file as it is now, not that of the first statement, which is all that a PDB knows.
/// </summary>
/// <remarks>Safe to ask from several threads. Each library and file is read once.</remarks>
internal sealed class SourceLinks
{
    private readonly string _root;
    private readonly ConcurrentDictionary<string, LibraryDocuments?> _libraries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SourceFile?> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string?> _paths = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Library, string Id), SourcePlace?> _found = new();

    /// <param name="root">The repository's folder; files outside it have no page.</param>
    public SourceLinks(string root) => _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>Where a symbol is declared; null when its library has no PDB, or the file is not in the repository.</summary>
    /// <param name="symbol">A type or member.</param>
    /// <param name="library">The file of the library that holds it.</param>
    public SourcePlace? Find(ISymbol symbol, string library)
    {
        var definition = (symbol as IMethodSymbol)?.ReducedFrom ?? symbol;
        definition = definition.OriginalDefinition;
        return definition.GetDocumentationCommentId() is { } id
            ? _found.GetOrAdd((library, id), _ => FindNew(definition, library))
            : null;
    }

    private SourcePlace? FindNew(ISymbol symbol, string library)
    {
        var type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
        if (type is null || _libraries.GetOrAdd(library, LibraryDocuments.Read) is not { } documents)
            return null;
        var method = symbol is IPropertySymbol property ? property.GetMethod ?? property.SetMethod : symbol as IMethodSymbol;
        var body = method is null ? null : documents.BodyOf(method.MetadataToken);

        // The file that holds the code comes first, then the one named as the type: the others of a partial type may declare it, too.
        var files = documents.FilesOf(type.MetadataToken)
            .OrderBy(file => body is { } known && known.File == file ? 0 : Path.GetFileNameWithoutExtension(Slashes(file)) == type.Name ? 1 : 2);
        foreach (var file in files)
            if (_paths.GetOrAdd(file, PathInRepository) is { } path
                && _files.GetOrAdd(path, Parse)?.LineOf(symbol, body is { } known && known.File == file ? known.Line : null) is { } line)
                return new SourcePlace(path, line);
        return null;
    }

    /// <summary>The path from the repository's folder on; a library that was built elsewhere is matched by the end of its paths.</summary>
    private string? PathInRepository(string file)
    {
        var parts = Slashes(file).Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Contains("..") || parts.Contains("obj"))
            return null;
        for (var from = 0; from < parts.Length - 1; from++)
        {
            var path = string.Join('/', parts[from..]);
            if (File.Exists(Path.Combine(_root, path)))
                return path;
        }
        return null;
    }

    private SourceFile? Parse(string path)
    {
        try
        {
            return new SourceFile(File.ReadAllText(Path.Combine(_root, path)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Slashes(string path) => path.Replace('\\', '/');
}
