using Workbook.Site.Pages;

namespace Workbook.Site.Sources;

/// <summary>A source file, ready to be laid out.</summary>
/// <param name="Path">The file, from the repository's folder on, with slashes.</param>
/// <param name="Lines">Its lines as HTML.</param>
/// <param name="Search">What the search can find in it: its types.</param>
public sealed record SourcePage(string Path, IReadOnlyList<string> Lines, IReadOnlyList<SearchRecord> Search)
{
    /// <summary>The file's name without its folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The folder it lies in, with a slash at the end.</summary>
    public string Folder => Path[..^Name.Length];

    /// <summary>The way from the page's folder up to that of the site.</summary>
    internal string Base => string.Concat(Enumerable.Repeat("../", SourcePlace.PageOf(Path).Count(character => character == '/')));
}
