using System.Collections.Concurrent;
using System.Text.Json;
using Workbook.Site.Pages;

namespace Workbook.Site.Publishing;

/// <summary>Writes a whole site into the folder where it waits to be published.</summary>
internal sealed class SiteWriter(SiteFolder folder, ContentCache cache, string? plotlyFile, Glossary? glossary = null)
{
    private const string Pages = "pages";
    private const string PageMentions = "mentions";

    private readonly GlossaryWords? _words = glossary is null ? null : new GlossaryWords(glossary);

    /// <summary>Writes all pages and what they need.</summary>
    /// <param name="lectures">The lectures, in reading order.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task WriteAsync(IReadOnlyList<RenderedLecture> lectures, CancellationToken cancellationToken)
    {
        var hasFigures = lectures.Any(lecture => lecture.Card.HasFigure);
        var link = !hasFigures ? null : plotlyFile is null ? PlotlyScript.Remote : PlotlyScript.Local;
        var course = new CourseWriter(lectures, glossary);
        var site = new SiteMap(lectures.Select(lecture => lecture.Card).ToArray(), SiteAssets.Version, link) { Course = course.Pages };
        WriteAssets();
        var mentions = new ConcurrentDictionary<string, IReadOnlyList<Mention>>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(lectures, cancellationToken, async (lecture, _) =>
        {
            mentions[lecture.Card.Name] = await WritePageAsync(site, lecture);
            new LectureFacts(lecture.Facts, mentions[lecture.Card.Name]).Write(folder.Staging, lecture.Card.Name);
        });
        await course.WriteAsync(site, KeyOf(site), mentions, WriteAsync);
        await WriteAsync("index.html", $"index {KeyOf(site)} {string.Join('\n', site.Lectures.Select(card => card.Summary))}",
            () => PageRenderer.RenderIndexAsync(site));
    }

    /// <summary>Writes a lecture's page, and tells where it uses the glossary's terms.</summary>
    private async Task<IReadOnlyList<Mention>> WritePageAsync(SiteMap site, RenderedLecture lecture)
    {
        if (lecture.KeepsPage)
        {
            KeepPage(lecture.File);
            return lecture.Mentions;
        }
        var content = lecture.Key is null ? null : $"page {lecture.Key} {KeyOf(site)} {glossary?.Version}";
        var mentions = content is null ? null : cache.Read(PageMentions, NotebookKeys.Hash(content));
        IReadOnlyList<Mention> found = mentions is null ? [] : JsonSerializer.Deserialize(mentions, CacheJson.Default.LectureFacts)!.Mentions;
        await WriteAsync(lecture.Card.Name + ".html", content, LayOutAsync, laidOutAnyway: mentions is null);
        File.Copy(lecture.File, Path.Combine(folder.Staging, Path.GetFileName(lecture.File)));
        return found;

        Task<string> LayOutAsync()
        {
            var page = lecture.Page(site.Lectures.Select(card => card.Name), _words);
            found = page.Mentions;
            if (content is not null)
                cache.Write(PageMentions, NotebookKeys.Hash(content), JsonSerializer.Serialize(new LectureFacts([], found), CacheJson.Default.LectureFacts));
            return PageRenderer.RenderAsync(site, page);
        }
    }

    private Task WriteAsync(string name, string content, Func<Task<string>> layOut) => WriteAsync(name, content, layOut, laidOutAnyway: false);

    private async Task WriteAsync(string name, string? content, Func<Task<string>> layOut, bool laidOutAnyway)
    {
        var key = content is null ? null : NotebookKeys.Hash(content);
        var page = key is null || laidOutAnyway ? null : cache.Read(Pages, key);
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
        + string.Join(' ', site.Course.Select(page => page.Name)) + site.AssetVersion + site.Plotly + typeof(SiteWriter).Module.ModuleVersionId;

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
