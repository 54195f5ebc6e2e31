using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Workbook.Site.Pages;
using Workbook.Site.Sources;

namespace Workbook.Site.Publishing;

/// <summary>Writes a page whose content is kept from one render to the next, and gives it.</summary>
/// <param name="name">The page's address, relative to the site's folder.</param>
/// <param name="content">All that the page depends on; null when it may not be kept.</param>
/// <param name="layOut">Lays the page out.</param>
internal delegate Task<LaidOutPage> WritePage(string name, string? content, Func<Task<LaidOutPage>> layOut);

/// <summary>The pages of source files: one for each file that some page of the site links to.</summary>
internal sealed partial class SourcePages(string root)
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, LectureCard>> _users = new(StringComparer.Ordinal);

    [GeneratedRegex("""href="source/([^"#]+)\.html#""")]
    private static partial Regex Links();

    /// <summary>Finds the links of a page that has been laid out.</summary>
    public void Use(LectureCard card, string html)
    {
        foreach (var path in Links().Matches(html).Select(match => Uri.UnescapeDataString(match.Groups[1].Value)).Distinct(StringComparer.Ordinal))
            if (IsSource(path))
                _users.GetOrAdd(path, _ => new(StringComparer.Ordinal))[card.Name] = card;
    }

    /// <summary>Writes the pages, and tells what the search can find in them.</summary>
    /// <param name="site">What they know of the others.</param>
    /// <param name="write">Writes a page: its name, what it depends on, and how it is laid out when that is not kept from an earlier render.</param>
    public async Task<IReadOnlyList<SearchRecord>> WriteAsync(SiteMap site, WritePage write)
    {
        var files = _users.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToArray();
        var pages = new LaidOutPage[files.Length];
        var reader = new Lazy<SourceReader>(() => new SourceReader(root));
        try
        {
            await Parallel.ForAsync(0, files.Length, async (place, cancelled) =>
            {
                var (path, users) = files[place];
                var code = await File.ReadAllTextAsync(Path.Combine(root, path), cancelled);
                var cards = users.Values.OrderBy(card => card.Name, StringComparer.Ordinal).ToArray();
                var content = $"source {path} {site.AssetVersion} {string.Join('\n', cards.Select(card => card.Name + " " + card.Title))}\n{code}";
                pages[place] = await write(SourcePlace.Folder + path + ".html", content, async () =>
                {
                    var page = reader.Value.Read(path, code);
                    return new LaidOutPage(await PageRenderer.RenderSourceAsync(site, page, cards), page.Search, []);
                });
            });
        }
        finally
        {
            if (reader.IsValueCreated)
                reader.Value.Dispose();
        }
        return [.. pages.SelectMany(page => page.Search)];
    }

    /// <summary>A page may hold any link; only C# of the repository is shown.</summary>
    private bool IsSource(string path) =>
        path.EndsWith(".cs", StringComparison.Ordinal) && !path.Split('/', '\\').Contains("..") && !Path.IsPathRooted(path)
        && File.Exists(Path.Combine(root, path));
}
