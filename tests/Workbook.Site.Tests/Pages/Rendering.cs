using Workbook.Site.Notebooks;
using Workbook.Site.Pages;

namespace Workbook.Site.Tests.Pages;

/// <summary>A page of one notebook, as the site lays it out.</summary>
internal static class Rendering
{
    public static async Task<string> HtmlAsync((Notebook Notebook, NotebookRun Run) lecture)
    {
        var card = LectureReader.Card(lecture.Notebook, lecture.Run);
        var site = new SiteMap([card], SiteAssets.Version, new PlotlyLink("assets/plotly.js", null));
        return await PageRenderer.RenderAsync(site, LectureReader.Page(card, lecture.Notebook, lecture.Run, [card.Name]));
    }
}
