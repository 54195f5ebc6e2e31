using System.Text.Json;

namespace Workbook.Site.Pages;

/// <summary>A published number beside ours.</summary>
/// <param name="Quantity">What is counted or measured.</param>
/// <param name="Published">What the paper has.</param>
/// <param name="Ours">What comes out here; empty when it is not reproduced.</param>
/// <param name="Gap">By how much ours differs.</param>
/// <param name="Why">The reason for this gap alone; may be empty.</param>
public sealed record FigureRow(string Quantity, string Published, string Ours, string Gap, string Why);

/// <summary>A published figure or table beside ours.</summary>
/// <param name="Id">The id of its heading.</param>
/// <param name="Source">The paper.</param>
/// <param name="Figure">Which figure.</param>
/// <param name="About">What it is about; may be empty.</param>
/// <param name="Reason">Why ours differ; may be empty.</param>
/// <param name="Rows">The numbers.</param>
/// <param name="Place">The cell that computed ours.</param>
/// <param name="Plot">The cell that draws them; null when none does.</param>
public sealed record FigureEntry(
    string Id, string Source, string Figure, string About, string Reason, IReadOnlyList<FigureRow> Rows, PlaceInLecture Place, PlaceInLecture? Plot)
{
    /// <summary>Whether no number of it is reproduced.</summary>
    public bool IsLeftOut => Rows.All(row => row.Ours.Length == 0);
}

/// <summary>The figures of one paper.</summary>
/// <param name="Id">The id of its heading.</param>
/// <param name="Name">The paper.</param>
/// <param name="Figures">Its figures.</param>
public sealed record PaperFigures(string Id, string Name, IReadOnlyList<FigureEntry> Figures);

/// <summary>All published figures, as the cells of the lectures computed them.</summary>
/// <param name="Papers">The papers, in reading order.</param>
/// <param name="Complaints">One sentence for each cell whose facts cannot be read.</param>
public sealed record FiguresPage(IReadOnlyList<PaperFigures> Papers, IReadOnlyList<string> Complaints)
{
    /// <summary>How many figures are reproduced.</summary>
    public int Count => Papers.SelectMany(paper => paper.Figures).Count(figure => !figure.IsLeftOut);

    /// <summary>How many numbers are reproduced.</summary>
    public int Numbers => Papers.SelectMany(paper => paper.Figures).SelectMany(figure => figure.Rows).Count(row => row.Ours.Length > 0);

    /// <summary>What the search can find in it.</summary>
    public IReadOnlyList<SearchRecord> Search =>
    [
        .. from paper in Papers
           from figure in paper.Figures
           select CoursePage.Figures.Record(
               $"{paper.Name}, {figure.Figure}", figure.Id, $"{figure.About} {string.Join(", ", figure.Rows.Select(row => row.Quantity))} {figure.Reason}"),
    ];

    /// <summary>Puts together what cells showed.</summary>
    public static FiguresPage Of(IEnumerable<(LectureCard Lecture, CourseFact Fact)> facts)
    {
        List<FigureEntry> figures = [];
        List<string> complaints = [];
        foreach (var each in facts.Where(each => each.Fact.Kind == CourseFact.Comparison))
        {
            var (read, complained) = FactReader.Read([each], "published numbers", document => Figure(document, each.Lecture, each.Fact));
            figures.AddRange(read);
            complaints.AddRange(complained);
        }

        var ids = new PageIds();
        var papers = figures.DistinctBy(figure => (figure.Source, figure.Figure)).GroupBy(figure => figure.Source).Select(paper =>
            new PaperFigures(ids.Take(paper.Key), paper.Key, [.. paper.Select(figure => figure with { Id = ids.Take($"{paper.Key} {figure.Figure}") })]));
        return new FiguresPage([.. papers], [.. complaints.Distinct()]);
    }

    private static FigureEntry? Figure(JsonElement facts, LectureCard lecture, CourseFact fact)
    {
        var (source, figure) = (facts.Text("source"), facts.Text("figure"));
        List<FigureRow> rows = [.. facts.Objects("rows").Where(row => row.Text("quantity").Length > 0).Select(row =>
            new FigureRow(row.Text("quantity"), row.Text("published"), row.Text("ours"), row.Text("gap"), row.Text("why")))];
        return source.Length == 0 || figure.Length == 0 || rows.Count == 0 ? null : new FigureEntry(
            "", source, figure, facts.Text("about"), facts.Text("reason"), rows, new(lecture, fact.Cell), fact.Plot is { } plot ? new(lecture, plot) : null);
    }
}
