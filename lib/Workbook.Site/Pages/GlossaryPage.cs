namespace Workbook.Site.Pages;

/// <summary>The places of one page that use a term.</summary>
/// <param name="Lecture">The page.</param>
/// <param name="Places">Headings of it, with their texts; none where only its beginning does.</param>
public sealed record TermUse(LectureCard Lecture, IReadOnlyList<(PlaceInLecture Place, string Text)> Places);

/// <summary>A term, and where it is used.</summary>
/// <param name="Term">The term.</param>
/// <param name="Uses">The pages that use it, in reading order; those that are about it are among them.</param>
public sealed record GlossaryEntry(GlossaryTerm Term, IReadOnlyList<TermUse> Uses);

/// <summary>The terms with one letter.</summary>
/// <param name="Id">The id of the letter's heading.</param>
/// <param name="Letter">The letter, or a sign for terms that begin with none.</param>
/// <param name="Entries">The terms.</param>
public sealed record GlossaryLetter(string Id, string Letter, IReadOnlyList<GlossaryEntry> Entries);

/// <summary>The glossary, ready to be laid out.</summary>
/// <param name="Letters">The terms by their first letters.</param>
/// <param name="Failure">One sentence when the glossary cannot be used.</param>
public sealed record GlossaryPage(IReadOnlyList<GlossaryLetter> Letters, string? Failure)
{
    /// <summary>A term that stands everywhere needs no list of all places.</summary>
    private const int MostPlaces = 3;

    /// <summary>What the search can find in it.</summary>
    public IReadOnlyList<SearchRecord> Search =>
    [
        .. from letter in Letters
           from entry in letter.Entries
           select CoursePage.Glossary.Record(entry.Term.Name, entry.Term.Id, entry.Term.Definition),
    ];

    /// <summary>Puts terms and their mentions together.</summary>
    /// <param name="glossary">The terms.</param>
    /// <param name="lectures">The lectures in reading order, each with its mentions.</param>
    public static GlossaryPage Of(Glossary glossary, IReadOnlyList<(LectureCard Lecture, IReadOnlyList<Mention> Mentions)> lectures) => new(
        [.. glossary.Terms.GroupBy(Letter).Select(letter => new GlossaryLetter(
            $"letter-{PageIds.Slug(letter.Key) switch { "" => "other", var slug => slug }}", letter.Key,
            [.. letter.Select(term => new GlossaryEntry(term, [.. Uses(term, lectures)]))]))],
        glossary.Failure);

    private static IEnumerable<TermUse> Uses(GlossaryTerm term, IReadOnlyList<(LectureCard Lecture, IReadOnlyList<Mention> Mentions)> lectures)
    {
        foreach (var (lecture, mentions) in lectures)
        {
            var places = mentions.Where(mention => mention.Term == term.Id).ToList();
            if (places.Count == 0 && !term.See.Contains(lecture.Name))
                continue;
            var headings = places.Where(mention => mention.Id.Length > 0 && mention.Heading != lecture.Title).Take(MostPlaces);
            yield return new TermUse(lecture, [.. headings.Select(mention => (new PlaceInLecture(lecture, mention.Id), mention.Heading))]);
        }
    }

    private static string Letter(GlossaryTerm term) => char.IsLetter(term.Name[0]) ? term.Name[..1].ToUpperInvariant() : "#";
}
