using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Workbook.Site.Tests.Pages;

public sealed class NamesBrowserTests(SiteInBrowser site)
{
    private const string Source = "source/lib/Workbook/Raft/RaftCluster.cs.html";

    [Fact]
    public async Task Pointing_at_a_name_tells_what_it_is()
    {
        await using var open = await site.OpenAsync(Names.Page + ".html");
        await open.Page.Locator("#cell-crash a.m").HoverAsync();
        var tip = open.Page.Locator("[role=tooltip]");
        await tip.WaitForAsync();

        Assert.Matches(@"^RaftCluster RaftCluster\.Crash\(", await tip.Locator("code").TextContentAsync());
        Assert.NotEqual("", await tip.Locator("p").TextContentAsync());
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task The_tab_key_reaches_a_name_and_Escape_takes_away_what_is_said_of_it()
    {
        await using var open = await site.OpenAsync(Names.Page + ".html");
        await open.Page.FocusAsync("#cell-load .permalink");
        while (!await open.Page.EvaluateAsync<bool>("document.activeElement.matches('#cell-crash a[data-s]')"))
            await open.Page.Keyboard.PressAsync("Tab");
        await open.Page.WaitForSelectorAsync("[role=tooltip]");
        Assert.Equal("symbol-tip", await open.Page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-describedby')"));
        await open.Page.Keyboard.PressAsync("Escape");

        Assert.Equal(0, await open.Page.Locator("[role=tooltip]").CountAsync());
    }

    [Fact]
    public async Task A_name_in_code_leads_to_the_line_that_declares_it_and_the_line_is_marked()
    {
        await using var open = await site.OpenAsync(Names.Page + ".html");
        await open.Page.ClickAsync("#cell-crash a.m");
        await Assertions.Expect(open.Page).ToHaveURLAsync(new Regex(Regex.Escape(Source) + "#L"));
        var line = open.Page.Locator(".l:target");

        Assert.Matches(@"public RaftCluster Crash\(", await line.TextContentAsync());
        Assert.NotEqual("rgba(0, 0, 0, 0)", await line.EvaluateAsync<string>("line => getComputedStyle(line).backgroundColor"));
        Assert.Equal("Names", await open.Page.TextContentAsync(".users a"));
        Assert.Empty(open.Complaints);
        Assert.Empty(open.RequestsElsewhere);
    }

    [Fact]
    public async Task A_name_in_the_text_leads_there_too_and_one_that_is_not_known_nowhere()
    {
        await using var open = await site.OpenAsync(Names.Page + ".html");

        Assert.Equal(["RaftRules", "RaftCluster.Crash"], await open.Page.Locator(".prose code a").AllTextContentsAsync());
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task A_page_of_source_is_readable_and_can_be_searched_from(int width, ColorScheme scheme)
    {
        await using var open = await site.OpenAsync(Source, width: width, scheme: scheme);
        var weak = await open.Page.EvaluateAsync<string[]>(Contrast.Script);
        var overflow = await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
        await open.Page.ClickAsync("#find");
        await open.Page.FillAsync("#search input", "side effects");
        await open.Page.WaitForSelectorAsync("#search [role=option]");
        await open.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(open.Page).ToHaveURLAsync(new Regex("/site/01-mapreduce\\.html"));

        Assert.Empty(weak);
        Assert.Equal(0, overflow);
        Assert.Empty(open.Complaints);
    }
}
