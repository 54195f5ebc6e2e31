namespace Workbook.Site.Publishing;

/// <summary>A script that pages need and that others wrote: one version of a package of npm, and the only bytes that are accepted for it.</summary>
/// <param name="Package">The package.</param>
/// <param name="Version">Its version.</param>
/// <param name="Path">The file inside the package.</param>
/// <param name="Sha384">The hash of the file, as base 64, as browsers write it.</param>
/// <param name="Name">The file's name on the site.</param>
internal sealed record PinnedScript(string Package, string Version, string Path, string Sha384, string Name)
{
    /// <summary>Finds text; it has ranking, beginnings of words and spelling mistakes, which are more than a few lines of ours.</summary>
    public static PinnedScript MiniSearch { get; } = new(
        "minisearch", "7.2.0", "dist/umd/index.js", "KuHy7eg9MqWBVrMXJC0WN6q4d3+KBquZ3Htgex79A4REptrDvGOXfAgZ0VOJ1Mdx", "minisearch-7.2.0.js");

    /// <summary>Draws the figures.</summary>
    public static PinnedScript Plotly { get; } = new(
        "plotly.js-dist-min", "4.1.2", "plotly.min.js", "hHv6D3tTUUBpp4tVv6t2Dc3oGuRhphmWOTKUR8jWyN0Pnon1g3iebKCNDNmKmxo8", "plotly-4.1.2.min.js");
}
