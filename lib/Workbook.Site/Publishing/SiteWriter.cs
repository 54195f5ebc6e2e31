using System.Text.Json;
using Workbook.Site.Pages;

namespace Workbook.Site.Publishing;

/// <summary>Writes a whole site into the folder where it waits to be published.</summary>
internal sealed class SiteWriter(SiteFolder folder, ContentCache cache, string? plotlyFile)
{
    private const string Pages = "pages";

    /// <summary>Writes all pages and what they need.</summary>
    /// <param name="lectures">The lectures, in reading order.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task WriteAsync(IReadOnlyList<RenderedLecture> lectures, CancellationToken cancellationToken)
    {
        var hasFigures = lectures.Any(lecture => lecture.Card.HasFigure);
        var link = !hasFigures ? null : plotlyFile is null ? PlotlyScript.Remote : PlotlyScript.Local;
        var site = new SiteMap(lectures.Select(lecture => lecture.Card).ToArray(), SiteAssets.Version, link);
        WriteAssets();
        await Parallel.ForEachAsync(lectures, cancellationToken, async (lecture, _) => await WritePageAsync(site, lecture));
        await WriteAsync("index.html", $"index {KeyOf(site)} {string.Join('\n', site.Lectures.Select(card => card.Summary))}",
            () => PageRenderer.RenderIndexAsync(site));
    }

    private async Task WritePageAsync(SiteMap site, RenderedLecture lecture)
    {
        if (lecture.KeepsPage)
        {
            KeepPage(lecture.File);
            return;
        }
        var lectures = site.Lectures.Select(card => card.Name);
        await WriteAsync(lecture.Card.Name + ".html", lecture.Key is null ? null : $"page {lecture.Key} {KeyOf(site)}",
            () => PageRenderer.RenderAsync(site, lecture.Page(lectures)));
    }

    private async Task WriteAsync(string name, string? content, Func<Task<string>> layOut)
    {
        var key = content is null ? null : NotebookKeys.Hash(content);
        var page = key is null ? null : cache.Read(Pages, key);
        if (page is null)
        {
            page = await layOut();
            if (key is not null)
                cache.Write(Pages, key, page);
        }
        await File.WriteAllTextAsync(Path.Combine(folder.Staging, name), page);
    }

    /// <summary>What a page holds of the others.</summary>
    private static string KeyOf(SiteMap site) =>
        JsonSerializer.Serialize(site.Lectures.Select(card => new[] { card.Name, card.Title }).ToArray(), CacheJson.Default.StringArrayArray)
        + site.AssetVersion + site.Plotly + typeof(SiteWriter).Module.ModuleVersionId;

    private void WriteAssets()
    {
        var assets = Directory.CreateDirectory(Path.Combine(folder.Staging, "assets")).FullName;
        foreach (var (name, text) in SiteAssets.Files)
            File.WriteAllText(Path.Combine(assets, name), text);
        if (plotlyFile is not null)
            File.Copy(plotlyFile, Path.Combine(folder.Staging, PlotlyScript.Local.Source));
    }

    private void KeepPage(string notebook)
    {
        foreach (var name in new[] { Path.GetFileName(notebook), Path.GetFileNameWithoutExtension(notebook) + ".html" })
            if (File.Exists(Path.Combine(folder.Path, name)))
                File.Copy(Path.Combine(folder.Path, name), Path.Combine(folder.Staging, name));
    }
}
