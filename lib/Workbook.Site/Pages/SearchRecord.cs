namespace Workbook.Site.Pages;

/// <summary>What the search can find at one place of the site: a section's text, or one piece of code.</summary>
/// <param name="Page">The page's address, relative to the site's folder.</param>
/// <param name="Title">The page's title.</param>
/// <param name="Section">The heading that the place stands under; empty above the first.</param>
/// <param name="Id">The id of the element to lead to; empty for the top of the page.</param>
/// <param name="Text">Plain text; empty for code.</param>
/// <param name="Code">Code; empty for text.</param>
public sealed record SearchRecord(string Page, string Title, string Section, string Id, string Text, string Code);

/// <summary>Gathers the records of one page while it is read from top to bottom.</summary>
/// <param name="page">The page's address, relative to the site's folder.</param>
/// <param name="title">The page's title.</param>
internal sealed class SearchRecords(string page, string title)
{
    private readonly List<SearchRecord> _records = [];
    private readonly List<string> _text = [];
    private string _section = "";
    private string _id = "";

    /// <summary>A new section begins.</summary>
    public void Begin(string section, string id)
    {
        End();
        (_section, _id) = (section, id);
    }

    /// <summary>Text of the section.</summary>
    public void Add(string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
            _text.Add(text.Trim());
    }

    /// <summary>A piece of code in the section.</summary>
    public void AddCode(string code, string id) => _records.Add(new SearchRecord(page, title, _section, id, "", code.Trim()));

    /// <summary>All records so far.</summary>
    public IReadOnlyList<SearchRecord> ToArray()
    {
        End();
        return [.. _records];
    }

    private void End()
    {
        if (_text.Count > 0 || _section.Length > 0)
            _records.Add(new SearchRecord(page, title, _section, _id, string.Join('\n', _text), ""));
        _text.Clear();
        (_section, _id) = ("", "");
    }
}
