using Workbook.Site.Notebooks;

namespace Workbook.Site.Pages;

/// <summary>A value that a cell showed and that a page of the whole course collects.</summary>
/// <param name="Kind">Its MIME type: <see cref="Rules"/> or <see cref="Comparison"/>.</param>
/// <param name="Cell">The id of the cell's element in the lecture's page.</param>
/// <param name="Plot">The id of the element of the cell that draws it; null when none does.</param>
/// <param name="Json">The facts, as the value's formatter wrote them.</param>
public sealed record CourseFact(string Kind, string Cell, string? Plot, string Json)
{
    /// <summary>What was found without each rule of a system.</summary>
    public const string Rules = "application/vnd.workbook.rules+json";

    /// <summary>Published numbers beside ours.</summary>
    public const string Comparison = "application/vnd.workbook.comparison+json";

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
               select new CourseFact(kind, PageIds.OfCell(cells[at].Id), Plot(at, shown[kind]), shown[kind]),
        ];

        // The cell itself, or the one whose figure has the title that the facts name.
        string? Plot(int at, string json)
        {
            var title = FactReader.Member(json, "drawn");
            var index = cells[at].Shown.Any(LectureReader.HasFigure) ? at
                : title.Length == 0 ? -1 : cells.FindIndex(cell => cell.Shown.Any(shown => LectureReader.HasFigure(shown) && IsCalled(shown, title)));
            return index < 0 ? null : PageIds.OfCell(cells[index].Id);
        }

        // A figure in words begins with its title.
        static bool IsCalled(IReadOnlyDictionary<string, string> shown, string title) =>
            shown.GetValueOrDefault("text/plain", "").StartsWith(title, StringComparison.Ordinal);
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
