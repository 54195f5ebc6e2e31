using System.Text.Json;
using Workbook.Site.Pages;
using Workbook.Site.Sources;

namespace Workbook.Site.Publishing;

/// <summary>The scripts of others that are on this machine; null where one is not.</summary>
/// <param name="Plotly">The file of plotly.js.</param>
/// <param name="MiniSearch">The file of MiniSearch.</param>
internal sealed record SiteScripts(string? Plotly, string? MiniSearch);

/// <summary>Writes a whole site into the folder where it waits to be published.</summary>
/// <param name="folder">The folder.</param>
/// <param name="cache">Pages of earlier renders.</param>
/// <param name="scripts">The scripts of others.</param>
/// <param name="root">The repository's folder, for links to sources.</param>
internal sealed class SiteWriter(SiteFolder folder, ContentCache cache, SiteScripts scripts, string root)
{
    private const string Pages = "pages";
    private const string Search = "search";

    private readonly SourceLinks _sources = new(root);
    private readonly SourcePages _sourcePages = new(root);
    private readonly Lazy<ILookup<string, SearchRecord>> _published =
        new(() => SearchIndex.Read(Path.Combine(folder.Path, SearchIndex.File)).ToLookup(record => record.Page));

    /// <summary>Writes all pages and what they need.</summary>
    /// <param name="lectures">The lectures, in reading order.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task WriteAsync(IReadOnlyList<RenderedLecture> lectures, CancellationToken cancellationToken)
    {
        var hasFigures = lectures.Any(lecture => lecture.Card.HasFigure);
        var link = !hasFigures ? null : scripts.Plotly is null ? PlotlyScript.Remote : PlotlyScript.Local;
        var site = new SiteMap(lectures.Select(lecture => lecture.Card).ToArray(), SiteAssets.Version, link);
        WriteAssets();
        var found = new IReadOnlyList<SearchRecord>[lectures.Count];
        await Parallel.ForAsync(
            0, lectures.Count, cancellationToken, async (place, _) => found[place] = await WritePageAsync(site, lectures[place]));
        await WriteAsync("index.html", $"index {KeyOf(site)} {string.Join('\n', site.Lectures.Select(card => card.Summary))}",
            async () => new LaidOutPage(await PageRenderer.RenderIndexAsync(site), []));
        var inSources = await _sourcePages.WriteAsync(site, WriteAsync);
        var engine = scripts.MiniSearch is null ? null : PinnedScript.MiniSearch.Name;
        var index = SearchIndex.Format([.. found.SelectMany(records => records), .. inSources], engine);
        await File.WriteAllTextAsync(Path.Combine(folder.Staging, SearchIndex.File), index, cancellationToken);
    }

    private async Task<IReadOnlyList<SearchRecord>> WritePageAsync(SiteMap site, RenderedLecture lecture)
    {
        var page = lecture.Card.Name + ".html";
        IReadOnlyList<SearchRecord> found;
        if (lecture.KeepsPage)
        {
            KeepPage(lecture.File);
            found = [.. _published.Value[lecture.Card.Href]];
        }
        else
        {
            var lectures = site.Lectures.Select(card => card.Name);
            found = await WriteAsync(page, lecture.Key is null ? null : $"page {lecture.Key} {KeyOf(site)}", async () =>
            {
                var content = lecture.Page(lectures, _sources);
                return new LaidOutPage(await PageRenderer.RenderAsync(site, content), content.Search);
            });
            File.Copy(lecture.File, Path.Combine(folder.Staging, Path.GetFileName(lecture.File)));
        }
        _sourcePages.Use(lecture.Card, await File.ReadAllTextAsync(Path.Combine(folder.Staging, page)));
        return found;
    }

    private async Task<IReadOnlyList<SearchRecord>> WriteAsync(string name, string? content, Func<Task<LaidOutPage>> layOut)
    {
        var key = content is null ? null : NotebookKeys.Hash($"{typeof(SiteWriter).Module.ModuleVersionId} {content}");
        var page = key is null ? null : Kept(key);
        if (page is null)
        {
            page = await layOut();
            if (key is not null)
            {
                cache.Write(Pages, key, page.Html);
                cache.Write(Search, key, JsonSerializer.Serialize([.. page.Search], CacheJson.Default.SearchRecordArray));
            }
        }
        var file = Path.Combine(folder.Staging, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, page.Html);
        return page.Search;
    }

    private LaidOutPage? Kept(string key)
    {
        try
        {
            return cache.Read(Pages, key) is { } html && cache.Read(Search, key) is { } found
                ? new LaidOutPage(html, JsonSerializer.Deserialize(found, CacheJson.Default.SearchRecordArray)!)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a page holds of the others.</summary>
    private static string KeyOf(SiteMap site) =>
        JsonSerializer.Serialize(site.Lectures.Select(card => new[] { card.Name, card.Title }).ToArray(), CacheJson.Default.StringArrayArray)
        + site.AssetVersion + site.Plotly;

    private void WriteAssets()
    {
        var assets = Directory.CreateDirectory(Path.Combine(folder.Staging, "assets")).FullName;
        foreach (var (name, text) in SiteAssets.Files)
            File.WriteAllText(Path.Combine(assets, name), text);
        if (scripts.Plotly is not null)
            File.Copy(scripts.Plotly, Path.Combine(assets, PinnedScript.Plotly.Name));
        if (scripts.MiniSearch is not null)
            File.Copy(scripts.MiniSearch, Path.Combine(assets, PinnedScript.MiniSearch.Name));
    }

    private void KeepPage(string notebook)
    {
        foreach (var name in new[] { Path.GetFileName(notebook), Path.GetFileNameWithoutExtension(notebook) + ".html" })
            if (File.Exists(Path.Combine(folder.Path, name)))
                File.Copy(Path.Combine(folder.Path, name), Path.Combine(folder.Staging, name));
    }
}
