using System.Text.Json;
using Workbook.Site.Pages;

namespace Workbook.Site.Publishing;

/// <summary>A page as it is written.</summary>
/// <param name="Html">Its HTML.</param>
/// <param name="Search">What the search can find in it.</param>
/// <param name="Mentions">Where it uses the glossary's terms.</param>
internal sealed record LaidOutPage(string Html, IReadOnlyList<SearchRecord> Search, IReadOnlyList<Mention> Mentions)
{
    private const string Pages = "pages";
    private const string Searches = "search";
    private const string Uses = "mentions";

    /// <summary>The page that an earlier render has kept under a key; null when it has kept none.</summary>
    public static LaidOutPage? Kept(ContentCache cache, string key)
    {
        try
        {
            return cache.Read(Pages, key) is { } html && cache.Read(Searches, key) is { } search && cache.Read(Uses, key) is { } mentions
                ? new LaidOutPage(
                    html, JsonSerializer.Deserialize(search, CacheJson.Default.SearchRecordArray)!,
                    JsonSerializer.Deserialize(mentions, CacheJson.Default.MentionArray)!)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps it for the next render.</summary>
    public void Keep(ContentCache cache, string key)
    {
        cache.Write(Pages, key, Html);
        cache.Write(Searches, key, JsonSerializer.Serialize([.. Search], CacheJson.Default.SearchRecordArray));
        cache.Write(Uses, key, JsonSerializer.Serialize([.. Mentions], CacheJson.Default.MentionArray));
    }
}
