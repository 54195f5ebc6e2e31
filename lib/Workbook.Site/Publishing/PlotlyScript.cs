using Workbook.Site.Pages;

namespace Workbook.Site.Publishing;

/// <summary>
/// Where pages find plotly.js: beside them, or, when they were made on a machine without npm, at a public copy; browsers then check the same hash.
/// </summary>
internal static class PlotlyScript
{
    /// <summary>The link of pages that have the script beside them, in <c>assets/</c>.</summary>
    public static PlotlyLink Local { get; } = new($"assets/{PinnedScript.Plotly.Name}", null);

    /// <summary>The link of pages made on a machine without npm.</summary>
    public static PlotlyLink Remote { get; } = new(
        $"https://cdn.jsdelivr.net/npm/{PinnedScript.Plotly.Package}@{PinnedScript.Plotly.Version}/{PinnedScript.Plotly.Path}",
        $"sha384-{PinnedScript.Plotly.Sha384}");
}
