using System.Text.Json;
using Workbook.Site.Pages;

namespace Workbook.Site.Publishing;

/// <summary>Writes the pages of the whole course: all rules, all figures, the glossary. Each is kept under all that it is made of.</summary>
/// <param name="lectures">The lectures, in reading order.</param>
/// <param name="glossary">The glossary; null when there is none.</param>
internal sealed class CourseWriter(IReadOnlyList<RenderedLecture> lectures, Glossary? glossary)
{
    private readonly IReadOnlyList<(LectureCard Lecture, CourseFact Fact)> _facts =
        [.. lectures.SelectMany(lecture => lecture.Facts.Select(fact => (lecture.Card, fact)))];

    /// <summary>The pages there are: where no cell showed a rule, there is no page of rules.</summary>
    public IReadOnlyList<CoursePage> Pages =>
    [
        .. Has(CourseFact.Rules) ? [CoursePage.Rules] : Array.Empty<CoursePage>(),
        .. Has(CourseFact.Comparison) ? [CoursePage.Figures] : Array.Empty<CoursePage>(),
        .. glossary is not null ? [CoursePage.Glossary] : Array.Empty<CoursePage>(),
    ];

    /// <summary>Writes them, and tells what the search can find in them.</summary>
    /// <param name="site">What they know of the other pages.</param>
    /// <param name="key">Changes with that.</param>
    /// <param name="mentions">Where each lecture, by name, uses the glossary's terms.</param>
    /// <param name="write">Writes a page: its file's name, what it is made of, and how it is laid out when that is new.</param>
    public async Task<IReadOnlyList<SearchRecord>> WriteAsync(
        SiteMap site, string key, IReadOnlyDictionary<string, IReadOnlyList<Mention>> mentions, WritePage write)
    {
        var found = new List<SearchRecord>();
        foreach (var page in Pages)
        {
            var written = page == CoursePage.Rules
                ? await write(page.Href, $"rules {key} {Shown(CourseFact.Rules)}", () => LayOutAsync(RulesPage.Of(_facts)))
                : page == CoursePage.Figures
                ? await write(page.Href, $"figures {key} {Shown(CourseFact.Comparison)}", () => LayOutAsync(FiguresPage.Of(_facts)))
                : await write(page.Href, $"glossary {key} {glossary!.Version} {Mentioned(mentions)}", () => LayOutAsync(ToPage(mentions)));
            found.AddRange(written.Search);
        }
        return found;

        async Task<LaidOutPage> LayOutAsync(object content) => content switch
        {
            RulesPage page => new(await PageRenderer.RenderAsync(site, page), page.Search, []),
            FiguresPage page => new(await PageRenderer.RenderAsync(site, page), page.Search, []),
            _ => new(await PageRenderer.RenderAsync(site, (GlossaryPage)content), ((GlossaryPage)content).Search, []),
        };
    }

    private bool Has(string kind) => _facts.Any(each => each.Fact.Kind == kind);

    private string Shown(string kind) => string.Join('\n', _facts.Where(each => each.Fact.Kind == kind)
        .Select(each => $"{each.Lecture.Name} {each.Fact.Cell} {each.Fact.Plot} {each.Fact.Json}"));

    private string Mentioned(IReadOnlyDictionary<string, IReadOnlyList<Mention>> mentions) => string.Join('\n', lectures.Select(lecture =>
        lecture.Card.Name + JsonSerializer.Serialize(new LectureFacts([], mentions[lecture.Card.Name]), CacheJson.Default.LectureFacts)));

    private GlossaryPage ToPage(IReadOnlyDictionary<string, IReadOnlyList<Mention>> mentions) =>
        GlossaryPage.Of(glossary!, [.. lectures.Select(lecture => (lecture.Card, mentions[lecture.Card.Name]))]);
}
