using Workbook.Site.Notebooks;

namespace Workbook.Site.Pages;

/// <summary>A value that a cell showed and that a page of the whole course collects.</summary>
/// <param name="Kind">Its MIME type: <see cref="Rules"/> or <see cref="Comparison"/>.</param>
/// <param name="Cell">The id of the cell's element in the lecture's page.</param>
/// <param name="Plot">The id of the element of the cell that draws it; null when no cell near it draws anything.</param>
/// <param name="Json">The facts, as the value's formatter wrote them; nobody has looked at them yet.</param>
public sealed record CourseFact(string Kind, string Cell, string? Plot, string Json)
{
    /// <summary>What was found without each rule of a system.</summary>
    public const string Rules = "application/vnd.workbook.rules+json";

    /// <summary>Published numbers beside ours.</summary>
    public const string Comparison = "application/vnd.workbook.comparison+json";

    /// <summary>A picture further away than so many code cells belongs to something else.</summary>
    private const int Near = 3;

    private static readonly string[] Kinds = [Rules, Comparison];

    /// <summary>All such values of a notebook's run, in the order of its cells.</summary>
    public static IReadOnlyList<CourseFact> Of(Notebook notebook, NotebookRun run)
    {
        var runs = run.Cells.DistinctBy(cell => cell.CellId).ToDictionary(cell => cell.CellId, StringComparer.Ordinal);
        var cells = notebook.Cells.Where(cell => cell.Kind == CellKind.Code).Select(cell => (cell.Id, Shown: Shown(runs.GetValueOrDefault(cell.Id)))).ToList();
        return
        [
            .. from at in Enumerable.Range(0, cells.Count)
               from shown in cells[at].Shown
               from kind in Kinds
               where shown.ContainsKey(kind)
               select new CourseFact(kind, PageIds.OfCell(cells[at].Id), Plot(at), shown[kind]),
        ];

        // The cell itself, the nearest one before it, or the nearest one after it.
        string? Plot(int at) => new[] { 0, -1, -2, -Near, 1, 2, Near }.Select(step => at + step).Where(index => index >= 0 && index < cells.Count)
            .Where(index => cells[index].Shown.Any(LectureReader.HasFigure)).Select(index => PageIds.OfCell(cells[index].Id)).FirstOrDefault();
    }

    private static IReadOnlyList<IReadOnlyDictionary<string, string>> Shown(CellRun? run) =>
        [.. (run?.Outputs ?? []).OfType<DisplayOutput>().Select(output => output.Data)];
}

/// <summary>A place of a lecture's page.</summary>
/// <param name="Lecture">The lecture.</param>
/// <param name="Id">The id of an element of its page.</param>
public sealed record PlaceInLecture(LectureCard Lecture, string Id)
{
    /// <summary>The address, relative to the site's folder.</summary>
    public string Href => Id.Length == 0 ? Lecture.Href : $"{Lecture.Href}#{Uri.EscapeDataString(Id)}";
}

/// <summary>A page of the site that is no lecture's.</summary>
/// <param name="Name">Its file name without ending.</param>
/// <param name="Title">Its title.</param>
/// <param name="Summary">One sentence about it.</param>
public sealed record CoursePage(string Name, string Title, string Summary)
{
    /// <summary>Every rule of the course.</summary>
    public static readonly CoursePage Rules = new(
        "rules", "Every rule", "What each precaution of each system prevents, and the smallest run that shows it.");

    /// <summary>All published figures that are reproduced.</summary>
    public static readonly CoursePage Figures = new(
        "figures", "Every figure", "The papers' numbers beside ours, the gaps between them, and the reasons.");

    /// <summary>The words of the course.</summary>
    public static readonly CoursePage Glossary = new(
        "glossary", "Glossary", "The words of the course, each in a sentence or two, and where they are used.");

    /// <summary>The names that no notebook may have.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Reserved = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["index"] = "the site's first page",
        [Rules.Name] = "the page of all rules",
        [Figures.Name] = "the page of all figures",
        [Glossary.Name] = "the glossary",
    };

    /// <summary>The page's address, relative to the site's folder.</summary>
    public string Href => Name + ".html";

    /// <summary>A place of it for the search.</summary>
    internal SearchRecord Record(string section, string id, string text) => new(Href, Title, section, id, text, "");
}
