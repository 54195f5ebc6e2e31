using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Workbook.Site.Tests.Pages;

public sealed class SearchBrowserTests(SiteInBrowser site)
{
    [Theory]
    [InlineData("side effects", "MapReduce", "text")]
    [InlineData("TwoWorkers", "What a wrong answer looks like", "code")]
    [InlineData("wrong answer", "What a wrong answer looks like", "text")]
    [InlineData("RaftRules", "record RaftRules", "text")]
    public async Task Text_code_headings_and_sources_are_found(string words, string section, string kind)
    {
        await using var open = await SearchAsync(words);
        var mark = open.Page.Locator(".search-kind");
        var wanted = kind == "code" ? new LocatorFilterOptions { Has = mark } : new LocatorFilterOptions { HasNot = mark };
        var found = open.Page.Locator("#search [role=option]", new() { HasText = section }).Filter(wanted).First;
        await found.WaitForAsync();

        Assert.NotEqual(0, await found.Locator("mark").CountAsync());
        Assert.Empty(open.Complaints);
        Assert.Empty(open.RequestsElsewhere);
    }

    [Fact]
    public async Task A_misspelt_word_and_a_part_of_a_name_are_found()
    {
        await using var open = await SearchAsync("progamer");
        Assert.SkipUnless(site.HasMiniSearch, "npm could not fetch MiniSearch; the pages look for whole words themselves.");
        await open.Page.WaitForSelectorAsync("#search [role=option]");
        await open.Page.FillAsync("#search input", "workers");

        await open.Page.Locator("#search [role=option] mark", new() { HasText = "Workers" }).First.WaitForAsync();
    }

    [Fact]
    public async Task Without_its_engine_the_search_still_finds()
    {
        await using var open = await site.OpenAsync();
        await open.Page.RouteAsync("**/minisearch*", route => route.AbortAsync());
        await TypeAsync(open.Page, "two workers");

        await open.Page.WaitForSelectorAsync("#search [role=option]");
        Assert.Contains("place", await open.Page.TextContentAsync("#search [role=status]"));
    }

    [Fact]
    public async Task The_arrow_keys_choose_and_Enter_leads_to_the_place()
    {
        await using var open = await SearchAsync("reduce");
        await open.Page.WaitForSelectorAsync("#search-option-1");
        var first = await open.Page.GetAttributeAsync("#search input", "aria-activedescendant");
        await open.Page.Keyboard.PressAsync("ArrowDown");
        var second = await open.Page.GetAttributeAsync("#search input", "aria-activedescendant");
        var href = await open.Page.EvaluateAsync<string>("id => document.getElementById(id).href", second);
        await open.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(open.Page).ToHaveURLAsync(href);

        Assert.Equal("search-option-0", first);
        Assert.Equal("search-option-1", second);
        Assert.False(await open.Page.Locator("#search").IsVisibleAsync());
    }

    [Fact]
    public async Task The_number_of_places_is_announced_and_so_is_that_there_are_none()
    {
        await using var open = await SearchAsync("zzqx");
        var status = open.Page.Locator("#search [role=status]");
        await status.Filter(new() { HasText = "Nothing was found" }).WaitForAsync();
        await open.Page.FillAsync("#search input", "reduce");

        await status.Filter(new() { HasTextRegex = new(@"^\d+ places? on \d+ pages?") }).WaitForAsync();
        Assert.Equal("true", await open.Page.GetAttributeAsync("#search input", "aria-expanded"));
    }

    [Fact]
    public async Task Escape_closes_it_and_the_reader_is_where_they_were()
    {
        await using var open = await site.OpenAsync();
        await open.Page.FocusAsync(".brand");
        await open.Page.Keyboard.PressAsync("Control+k");
        await open.Page.FillAsync("#search input", "reduce");
        await open.Page.Keyboard.PressAsync("Escape");

        Assert.False(await open.Page.Locator("#search").IsVisibleAsync());
        Assert.Equal("brand", await open.Page.EvaluateAsync<string>("document.activeElement.className"));
    }

    [Fact]
    public async Task A_key_alone_does_nothing_where_text_is_written_or_when_the_reader_does_not_want_it()
    {
        await using var open = await site.OpenAsync();
        await open.Page.FocusAsync(".prediction textarea");
        await open.Page.Keyboard.PressAsync("/");
        Assert.Equal("/", await open.Page.InputValueAsync(".prediction textarea"));

        await open.Page.EvaluateAsync("document.activeElement.blur()");
        await open.Page.Keyboard.PressAsync("?");
        await open.Page.UncheckAsync("#keys input");
        await open.Page.Keyboard.PressAsync("Escape");
        await open.Page.Keyboard.PressAsync("/");
        Assert.Equal(0, await open.Page.Locator("#search").CountAsync());
        await open.Page.Keyboard.PressAsync("Control+k");

        await open.Page.Locator("#search").WaitForAsync();
    }

    [Fact]
    public async Task A_key_turns_the_page()
    {
        await using var open = await site.OpenAsync();
        await open.Page.Keyboard.PressAsync("[");

        await Assertions.Expect(open.Page).ToHaveURLAsync(new Regex(@"/00-start\.html$"));
    }

    [Fact]
    public async Task On_a_phone_it_fills_the_window()
    {
        await using var open = await SearchAsync("reduce", width: 390);
        await open.Page.WaitForSelectorAsync("#search [role=option]");
        var box = await open.Page.Locator("#search").BoundingBoxAsync();

        Assert.Equal(390, box!.Width);
        Assert.Equal(0, await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Its_text_has_the_contrast_that_WCAG_AA_asks_for(ColorScheme scheme)
    {
        await using var open = await SearchAsync("reduce", scheme: scheme);
        await open.Page.WaitForSelectorAsync("#search [role=option]");

        Assert.Empty(await open.Page.EvaluateAsync<string[]>(Contrast.Script));
    }

    private async Task<OpenPage> SearchAsync(string words, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var open = await site.OpenAsync(width: width, scheme: scheme);
        await TypeAsync(open.Page, words);
        return open;
    }

    private static async Task TypeAsync(IPage page, string words)
    {
        await page.Keyboard.PressAsync("/");
        await page.FillAsync("#search input", words);
    }
}
