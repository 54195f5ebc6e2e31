namespace Workbook.Site.Pages;

/// <summary>What the rest of the site says about one notebook: its line in the sidebar and on the first page.</summary>
/// <param name="Name">The notebook's file name without ending; its page is <c>Name.html</c>.</param>
/// <param name="Title">Plain text of its first heading, or its name when it has none.</param>
/// <param name="Summary">Plain text of its first paragraph; empty when it has none.</param>
/// <param name="CodeCells">How many code cells it has.</param>
/// <param name="Failures">How many of them failed; a notebook that could not be read counts as one failure.</param>
/// <param name="HasFigure">Whether its page needs plotly.js.</param>
public sealed record LectureCard(string Name, string Title, string Summary, int CodeCells, int Failures, bool HasFigure)
{
    /// <summary>The page's address, relative to the site's folder.</summary>
    public string Href => Uri.EscapeDataString(Name) + ".html";

    /// <summary>The address of the notebook itself, which lies beside the page.</summary>
    public string NotebookHref => Uri.EscapeDataString(Name) + ".ipynb";

    /// <summary>The number in front of the name (<c>01</c> of <c>01-mapreduce</c>), or null when there is none.</summary>
    public string? Number
    {
        get
        {
            var digits = Name.TakeWhile(char.IsAsciiDigit).Count();
            return digits > 0 && digits < Name.Length && Name[digits] == '-' ? Name[..digits] : null;
        }
    }
}

/// <summary>A heading that the contents of a page link to.</summary>
/// <param name="Level">1 to 6.</param>
/// <param name="Id">The id of its element, unique in the page.</param>
/// <param name="Text">Its plain text.</param>
public sealed record Heading(int Level, string Id, string Text);

/// <summary>Where a page finds plotly.js.</summary>
/// <param name="Source">The script's address, relative to the site's folder or absolute.</param>
/// <param name="Integrity">The hash a browser must demand, when the script comes from elsewhere.</param>
public sealed record PlotlyLink(string Source, string? Integrity);

/// <summary>What every page knows of the others.</summary>
/// <param name="Lectures">All lectures, in reading order.</param>
/// <param name="AssetVersion">Changes when our style or script does, so that no browser shows a page with an old one.</param>
/// <param name="Plotly">Where plotly.js is; null when no page of the site has a figure.</param>
public sealed record SiteMap(IReadOnlyList<LectureCard> Lectures, string AssetVersion, PlotlyLink? Plotly)
{
    /// <summary>The name of the whole site.</summary>
    public const string Title = "The 6.824 Workbook";

    /// <summary>The way from the page's folder up to that of the site: empty, or <c>../</c> once a folder.</summary>
    public string Base { get; init; } = "";

    /// <summary>The pages of the whole course, below the lectures.</summary>
    public IReadOnlyList<CoursePage> Course { get; init; } = [];

    internal LectureCard? Before(LectureCard lecture) => Beside(lecture, -1);

    internal LectureCard? After(LectureCard lecture) => Beside(lecture, +1);

    private LectureCard? Beside(LectureCard lecture, int step)
    {
        for (var index = 0; index < Lectures.Count; index++)
            if (Lectures[index].Name == lecture.Name)
                return Lectures.ElementAtOrDefault(index + step);
        return null;
    }
}
