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
/// <param name="glossary">The glossary; null when there is none.</param>
internal sealed class SiteWriter(SiteFolder folder, ContentCache cache, SiteScripts scripts, string root, Glossary? glossary = null)
{
    private readonly GlossaryWords? _words = glossary is null ? null : new GlossaryWords(glossary);
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
        var course = new CourseWriter(lectures, glossary);
        var site = new SiteMap(lectures.Select(lecture => lecture.Card).ToArray(), SiteAssets.Version, link) { Course = course.Pages };
        WriteAssets();
        var pages = new LaidOutPage[lectures.Count];
        await Parallel.ForAsync(0, lectures.Count, cancellationToken, async (place, _) => pages[place] = await WritePageAsync(site, lectures[place]));
        var mentions = lectures.Zip(pages).ToDictionary(pair => pair.First.Card.Name, pair => pair.Second.Mentions, StringComparer.Ordinal);
        await WriteAsync("index.html", $"index {KeyOf(site)} {string.Join('\n', site.Lectures.Select(card => card.Summary))}",
            async () => new LaidOutPage(await PageRenderer.RenderIndexAsync(site), [], []));
        var inCourse = await course.WriteAsync(site, KeyOf(site), mentions, WriteAsync);
        var inSources = await _sourcePages.WriteAsync(site, WriteAsync);
        var engine = scripts.MiniSearch is null ? null : PinnedScript.MiniSearch.Name;
        var index = SearchIndex.Format([.. pages.SelectMany(page => page.Search), .. inCourse, .. inSources], engine);
        await File.WriteAllTextAsync(Path.Combine(folder.Staging, SearchIndex.File), index, cancellationToken);
    }

    private async Task<LaidOutPage> WritePageAsync(SiteMap site, RenderedLecture lecture)
    {
        var content = lecture.Key is null ? null : $"page {lecture.Key} {KeyOf(site)} {glossary?.Version}";
        var written = lecture.KeepsPage ? await KeepPageAsync(lecture) : await WriteAsync(lecture.Card.Name + ".html", content, async () =>
        {
            var page = lecture.Page(site.Lectures.Select(card => card.Name), _sources, _words);
            return new LaidOutPage(await PageRenderer.RenderAsync(site, page), page.Search, page.Mentions);
        });
        _sourcePages.Use(lecture.Card, written.Html);
        new LectureFacts(lecture.Facts, written.Mentions).Write(folder.Staging, lecture.Card.Name);
        return written;
    }

    private async Task<LaidOutPage> WriteAsync(string name, string? content, Func<Task<LaidOutPage>> layOut)
    {
        var key = content is null ? null : NotebookKeys.Hash($"{typeof(SiteWriter).Module.ModuleVersionId} {content}");
        var page = key is null ? null : LaidOutPage.Kept(cache, key);
        if (page is null)
        {
            page = await layOut();
            if (key is not null)
                page.Keep(cache, key);
        }
        var file = Path.Combine(folder.Staging, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, page.Html);
        return page;
    }

    /// <summary>What a page holds of the others.</summary>
    private static string KeyOf(SiteMap site) =>
        JsonSerializer.Serialize(
            site.Lectures.Select(card => new[] { card.Name, card.Title, card.Steps.ToString() }).ToArray(), CacheJson.Default.StringArrayArray)
        + string.Join(' ', site.Course.Select(page => page.Name)) + site.AssetVersion + site.Plotly;

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

    private async Task<LaidOutPage> KeepPageAsync(RenderedLecture lecture)
    {
        var name = Path.GetFileNameWithoutExtension(lecture.File) + ".html";
        foreach (var kept in new[] { Path.GetFileName(lecture.File), name })
            if (File.Exists(Path.Combine(folder.Path, kept)))
                File.Copy(Path.Combine(folder.Path, kept), Path.Combine(folder.Staging, kept));
        return new LaidOutPage(await File.ReadAllTextAsync(Path.Combine(folder.Staging, name)), [.. _published.Value[lecture.Card.Href]], lecture.Mentions);
    }
}
