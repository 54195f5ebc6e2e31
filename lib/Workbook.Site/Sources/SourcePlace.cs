namespace Workbook.Site.Sources;

/// <summary>A line of a source file of the repository.</summary>
/// <param name="Path">The file, from the repository's folder on, with slashes.</param>
/// <param name="Line">The line, from 1.</param>
internal sealed record SourcePlace(string Path, int Line)
{
    /// <summary>The folder of the site that holds the pages of source files.</summary>
    public const string Folder = "source/";

    /// <summary>The address of the line on the site, relative to the site's folder.</summary>
    public string Href => $"{PageOf(Path)}#L{Line}";

    /// <summary>The address of a file's page, relative to the site's folder.</summary>
    public static string PageOf(string path) => Folder + string.Join('/', path.Split('/').Select(Uri.EscapeDataString)) + ".html";
}
