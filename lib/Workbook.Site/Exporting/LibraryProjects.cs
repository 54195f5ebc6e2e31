using System.Text.RegularExpressions;
using Workbook.Site.Publishing;

namespace Workbook.Site.Exporting;

/// <summary>
/// The projects behind the built libraries that cells name by <c>#r</c>: a file-based program can build on a project and on a
/// package, but not on a bare library.
/// </summary>
internal sealed partial class LibraryProjects
{
    /// <summary>Folders between a project's and its library's: <c>bin/Release/net10.0/linux-x64</c>.</summary>
    private const int DeepestOutput = 5;

    private readonly Dictionary<string, string> _files = [];
    private readonly List<string> _notices = [];

    internal LibraryProjects(string folder, string root, IEnumerable<ExportedCell> cells)
    {
        Own = Path.Combine(root, "lib", "Workbook", "Workbook.csproj");
        foreach (var cell in cells.Where(cell => cell.IsKept))
        {
            foreach (var path in Directive().Matches(cell.Cell.Source).Select(match => match.Groups[1].Value).Where(IsFile))
                Add(cell.Number, path, Path.GetFullPath(path, folder));
        }
        if (!_files.ContainsKey(Own))
            _files[Own] = Path.Combine(root, "lib", "Workbook", "bin", "Release", "net10.0", "Workbook.dll");
        foreach (var file in _files.Values.Where(file => !File.Exists(file)))
            throw new SiteException($"{file} is not there; run `dotnet build` first.");
    }

    /// <summary>The project of this repository's library, in which values learn to show themselves on the console.</summary>
    internal string Own { get; }

    /// <summary>The projects that the program builds on.</summary>
    internal IEnumerable<string> Projects => _files.Keys;

    /// <summary>The libraries that these projects have built.</summary>
    internal IEnumerable<string> Files => _files.Values;

    /// <summary>One sentence for each library without a project.</summary>
    internal IReadOnlyList<string> Notices => _notices;

    private void Add(int cell, string path, string file)
    {
        if (ProjectOf(file) is { } project)
            _files[project] = file;
        else
            _notices.Add($"cell {cell} loads {path}, which no project above it builds, and a file-based program can't refer to a bare library: "
                + "what needs it is left out.");
    }

    private static string? ProjectOf(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file) + ".csproj";
        var folder = Path.GetDirectoryName(file);
        for (var up = 0; up <= DeepestOutput && folder is not null; up++, folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, name)))
                return Path.Combine(folder, name);
        }
        return null;
    }

    /// <summary>Not a package, and not the name of an assembly of the framework.</summary>
    private static bool IsFile(string path) =>
        !path.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase)
        && (path.Contains('/', StringComparison.Ordinal) || path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"^[ \t]*#r[ \t]+\x22([^\x22\n]+)\x22", RegexOptions.Multiline)]
    private static partial Regex Directive();
}
