using Microsoft.Playwright;
using Xunit;

namespace Workbook.Site.Tests.Pages;

/// <summary>The pages of a whole rendered site, which the environment variable WORKBOOK_SITE names; without it nothing is looked at.</summary>
public sealed class RenderedSiteTests(SiteInBrowser site)
{
    private static string? Folder => Environment.GetEnvironmentVariable("WORKBOOK_SITE");

    /// <summary>Without a site one row that is skipped: xunit takes a theory without rows for a mistake.</summary>
    public static TheoryData<string> AllPages =>
        Folder is null ? [""] : [.. Directory.EnumerateFiles(Folder, "*.html").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(AllPages))]
    public async Task A_page_draws_every_figure_and_complains_of_nothing(string name)
    {
        await using var open = await OpenAsync(name, 1280, ColorScheme.Light);
        var hasFigures = await DrawAllAsync(open);

        Assert.Empty(open.Complaints);
        Assert.Empty(await open.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('.plot')]
              .filter(plot => !(plot.querySelector('.main-svg')?.getBoundingClientRect().width > 100)).map(plot => plot.ariaLabel)
            """));
        if (!hasFigures || Directory.EnumerateFiles(Path.Combine(Folder!, "assets"), "plotly*").Any())
            Assert.Empty(open.RequestsElsewhere);
    }

    [Theory]
    [MemberData(nameof(AllPages))]
    public async Task A_page_does_not_scroll_sideways_on_a_phone(string name)
    {
        await using var open = await OpenAsync(name, 390, ColorScheme.Light);
        await DrawAllAsync(open);

        Assert.Equal(0, await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
    }

    [Theory]
    [MemberData(nameof(AllPages))]
    public async Task A_page_breaks_no_rule_of_axe(string name)
    {
        await using var light = await OpenAsync(name, 1280, ColorScheme.Light);
        await using var dark = await OpenAsync(name, 390, ColorScheme.Dark);
        foreach (var open in new[] { light, dark })
        {
            await DrawAllAsync(open);
            Assert.Empty(await PageAccess.ViolationsAsync(open.Page));
        }
    }

    private async Task<OpenPage> OpenAsync(string name, int width, ColorScheme scheme)
    {
        Assert.SkipWhen(Folder is null, "WORKBOOK_SITE names no rendered site.");
        var open = await site.OpenFileAsync(Path.Combine(Folder!, name), "", width, 900, scheme, scripts: true);
        await AccessibilityTests.ShowAllAsync(open);
        return open;
    }

    /// <summary>Draws the figures as for paper, wherever they are; whether there are any.</summary>
    private static async Task<bool> DrawAllAsync(OpenPage open)
    {
        var count = await open.Page.Locator("figure.figure").CountAsync();
        // Before plotly.js is there, nobody would draw.
        await open.Page.EvaluateAsync("""
            async () => {
              await window.workbookPlotly;
              await new Promise(done => setTimeout(done));
              dispatchEvent(new Event('beforeprint'));
            }
            """);
        await open.Page.WaitForFunctionAsync("[...document.querySelectorAll('figure.figure .plot')].every(plot => plot.dataset.drawn)");
        await open.Page.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
        return count > 0;
    }
}
