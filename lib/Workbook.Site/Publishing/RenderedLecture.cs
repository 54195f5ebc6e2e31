using Workbook.Site.Notebooks;
using Workbook.Site.Pages;
using Workbook.Site.Sources;

namespace Workbook.Site.Publishing;

/// <summary>One notebook on its way to a page: what the site says of it, and how to get its run when the page must be laid out.</summary>
/// <param name="File">The notebook's path.</param>
/// <param name="Card">What the site says about it.</param>
/// <param name="Key">The key its run is kept under; null when it may not be kept, because it failed.</param>
/// <param name="Content">Reads the notebook and its run; null for a notebook that could not be read or is not read.</param>
/// <param name="Failures">One sentence a failure.</param>
/// <param name="FromCache">Whether it was not run now.</param>
/// <param name="Elapsed">Real time its cells took.</param>
internal sealed record RenderedLecture(
    string File, LectureCard Card, string? Key, Func<(Notebook, NotebookRun)>? Content, IReadOnlyList<string> Failures, bool FromCache, TimeSpan Elapsed)
{
    /// <summary>Whether the published page is taken over as it is, because this render was not asked for it.</summary>
    public bool KeepsPage { get; init; }

    /// <summary>What its cells showed for the pages of the whole course.</summary>
    public IReadOnlyList<CourseFact> Facts { get; init; } = [];

    /// <summary>Where the page that is taken over uses the glossary's terms.</summary>
    public IReadOnlyList<Mention> Mentions { get; init; } = [];

    /// <summary>What came of it.</summary>
    /// <param name="tellsCells">Whether of each cell, too.</param>
    public NotebookResult Result(bool tellsCells) => new(Card.Name, Card.CodeCells, FromCache, Elapsed, Failures)
    {
        CellResults = tellsCells && Content is not null
            ? [.. Content().Item2.Cells.Select((cell, index) => new CellResult(index + 1, cell))]
            : [],
    };

    /// <summary>The page's content, laid out for the given lectures, with links to the given sources and to the glossary.</summary>
    public LecturePage Page(IEnumerable<string> lectures, SourceLinks sources, GlossaryWords? words)
    {
        if (Content is null)
            return LectureReader.BrokenPage(Card, Failures[0]);
        var (notebook, run) = Content();
        return LectureReader.Page(Card, notebook, run, lectures, sources, words);
    }
}
