using System.Text.Json;
using Workbook.Site.Pages;

namespace Workbook.Site.Publishing;

/// <summary>
/// What a lecture's page has for the pages of the whole course. It is kept in the cache with the run, and lies beside the page in the site: a page that is
/// taken over from the old site brings along the facts that it was made with.
/// </summary>
/// <param name="Facts">What its cells showed.</param>
/// <param name="Mentions">Where it uses the glossary's terms.</param>
internal sealed record LectureFacts(IReadOnlyList<CourseFact> Facts, IReadOnlyList<Mention> Mentions)
{
    /// <summary>The facts that lie in a site; none where the file is missing or damaged.</summary>
    public static LectureFacts Read(string site, string lecture)
    {
        try
        {
            var facts = JsonSerializer.Deserialize(File.ReadAllText(FileOf(site, lecture)), CacheJson.Default.LectureFacts);
            return facts is { Facts: not null, Mentions: not null } ? facts : new LectureFacts([], []);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return new LectureFacts([], []);
        }
    }

    /// <summary>Writes them into a site; a lecture that has none leaves no file.</summary>
    public void Write(string site, string lecture)
    {
        if (Facts.Count == 0 && Mentions.Count == 0)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(site, lecture))!);
        File.WriteAllText(FileOf(site, lecture), JsonSerializer.Serialize(this, CacheJson.Default.LectureFacts));
    }

    private static string FileOf(string site, string lecture) => Path.Combine(site, "assets", "facts", lecture + ".json");
}
