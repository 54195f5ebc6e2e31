using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Workbook.Site.Sources;

namespace Workbook.Site.Pages;

/// <summary>Lays pages out: the Razor components of this folder as text.</summary>
public static class PageRenderer
{
    /// <summary>The HTML document of one lecture.</summary>
    /// <param name="site">What the page knows of the others.</param>
    /// <param name="page">What it holds.</param>
    public static Task<string> RenderAsync(SiteMap site, LecturePage page) =>
        RenderAsync<LectureDocument>(new() { [nameof(LectureDocument.Site)] = site, [nameof(LectureDocument.Page)] = page });

    /// <summary>The HTML document of the first page.</summary>
    /// <param name="site">What it lists.</param>
    public static Task<string> RenderIndexAsync(SiteMap site) =>
        RenderAsync<IndexDocument>(new() { [nameof(IndexDocument.Site)] = site });

    /// <summary>The HTML document of one source file.</summary>
    /// <param name="site">What the page knows of the others.</param>
    /// <param name="page">What it holds.</param>
    /// <param name="users">The lectures that link to it.</param>
    public static Task<string> RenderSourceAsync(SiteMap site, SourcePage page, IReadOnlyList<LectureCard> users) =>
        RenderAsync<SourceDocument>(new()
        {
            [nameof(SourceDocument.Site)] = site with { Lectures = [], Base = page.Base },
            [nameof(SourceDocument.Page)] = page,
            [nameof(SourceDocument.Users)] = users,
        });

    /// <summary>The HTML document of the page of all rules.</summary>
    /// <param name="site">What the page knows of the others.</param>
    /// <param name="page">What it holds.</param>
    public static Task<string> RenderAsync(SiteMap site, RulesPage page) =>
        RenderAsync<RulesDocument>(new() { [nameof(RulesDocument.Site)] = site, [nameof(RulesDocument.Page)] = page });

    /// <summary>The HTML document of the page of all figures.</summary>
    /// <param name="site">What the page knows of the others.</param>
    /// <param name="page">What it holds.</param>
    public static Task<string> RenderAsync(SiteMap site, FiguresPage page) =>
        RenderAsync<FiguresDocument>(new() { [nameof(FiguresDocument.Site)] = site, [nameof(FiguresDocument.Page)] = page });

    /// <summary>The HTML document of the glossary.</summary>
    /// <param name="site">What the page knows of the others.</param>
    /// <param name="page">What it holds.</param>
    public static Task<string> RenderAsync(SiteMap site, GlossaryPage page) =>
        RenderAsync<GlossaryDocument>(new() { [nameof(GlossaryDocument.Site)] = site, [nameof(GlossaryDocument.Page)] = page });

    private static async Task<string> RenderAsync<TDocument>(Dictionary<string, object?> parameters)
        where TDocument : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var document = await renderer.RenderComponentAsync<TDocument>(ParameterView.FromDictionary(parameters));
            return document.ToHtmlString();
        });
    }
}
