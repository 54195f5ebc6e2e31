using Microsoft.Playwright;
using Xunit;

namespace Workbook.Site.Tests.Pages;

public sealed class BrowserTests(SiteInBrowser site)
{
    private static readonly string[] PageNames =
        ["index.html", "00-start.html", "01-mapreduce.html", "02-<b>&\"'.html", "03-pictures.html", "05-studying.html"];

    public static TheoryData<string> AllPages => [.. PageNames];

    [Theory]
    [MemberData(nameof(AllPages))]
    public async Task A_page_opens_without_complaint_and_asks_nobody_else_for_anything(string name)
    {
        await using var open = await site.OpenAsync(name);
        await open.Page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
        await open.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        if (!site.HasPlotly && (name is "01-mapreduce.html" or "03-pictures.html" or "05-studying.html"))
            Assert.Skip("npm could not fetch plotly.js, so this page links to a public copy.");

        Assert.Empty(open.Complaints);
        Assert.Empty(open.RequestsElsewhere);
    }

    [Fact]
    public async Task A_figure_is_drawn_at_the_height_that_was_kept_free_for_it()
    {
        await using var open = await WithFigureAsync();
        var plot = open.Page.Locator("figure.figure .plot");
        var lines = await plot.Locator(".scatterlayer .trace").CountAsync();
        var box = await plot.BoundingBoxAsync();

        Assert.Equal(2, lines);
        Assert.Equal(380, box!.Height);
        Assert.Equal("Tasks finished over time, with and without backup tasks.", await plot.GetAttributeAsync("aria-label"));
        Assert.Contains("</script>", await plot.Locator(".legend").TextContentAsync());
    }

    [Fact]
    public async Task A_figure_takes_the_colours_of_the_theme()
    {
        await using var open = await WithFigureAsync();
        var title = open.Page.Locator(".plot .gtitle");
        var light = await title.EvaluateAsync<string>("text => getComputedStyle(text).fill");
        await open.Page.ClickAsync("[data-theme-choice=dark]");
        await open.Page.WaitForFunctionAsync("before => getComputedStyle(document.querySelector('.plot .gtitle')).fill !== before", light);
        var background = await open.Page.Locator(".plot .main-svg").First.EvaluateAsync<string>("svg => getComputedStyle(svg).backgroundColor");

        Assert.Equal("rgba(0, 0, 0, 0)", background);
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task HTML_that_draws_for_itself_uses_the_plotly_of_the_page()
    {
        await using var open = await WithFigureAsync();
        await open.Page.WaitForSelectorAsync("#own-plot .scatterlayer .trace", new() { State = WaitForSelectorState.Attached });

        Assert.Empty(open.RequestsElsewhere);
    }

    [Theory]
    [InlineData(1400)]
    [InlineData(390)]
    public async Task Nothing_moves_while_a_page_loads(int width)
    {
        await using var open = await site.OpenAsync(width: width, height: 6000);
        if (site.HasPlotly)
            await open.Page.WaitForSelectorAsync("figure.figure .plot[data-drawn]");
        var moved = await open.Page.EvaluateAsync<string[]>("""
            () => new Promise(done => {
              const moved = [];
              const name = source => source.node?.outerHTML?.slice(0, 120) ?? "?";
              // Below a thousandth lies the rounding of one pixel; a reader begins to notice at a tenth.
              const seen = list => list.getEntries().filter(entry => entry.value > 0.001);
              new PerformanceObserver(list => seen(list).forEach(entry => moved.push(`${entry.value}: ${entry.sources.map(name)}`)))
                .observe({ type: 'layout-shift', buffered: true });
              setTimeout(() => done(moved), 100);
            })
            """);

        Assert.Empty(moved);
    }

    [Fact]
    public async Task The_chosen_theme_is_remembered_on_the_next_page()
    {
        await using var open = await site.OpenAsync("00-start.html");
        var light = await Ground(open.Page);
        await open.Page.ClickAsync("[data-theme-choice=dark]");
        var dark = await Ground(open.Page);
        await open.Page.ClickAsync(".beside [rel=next]");

        Assert.NotEqual(light, dark);
        Assert.Equal("MapReduce · The 6.824 Workbook", await open.Page.TitleAsync());
        Assert.Equal(dark, await Ground(open.Page));
        await open.Page.WaitForSelectorAsync("[data-theme-choice=dark][aria-pressed=true]");
    }

    [Fact]
    public async Task Without_a_choice_the_page_follows_the_system()
    {
        await using var light = await site.OpenAsync("00-start.html");
        await using var dark = await site.OpenAsync("00-start.html", scheme: ColorScheme.Dark);

        Assert.NotEqual(await Ground(light.Page), await Ground(dark.Page));
    }

    [Theory]
    [MemberData(nameof(AllPages))]
    public async Task No_page_scrolls_sideways_on_a_phone(string name)
    {
        await using var open = await site.OpenAsync(name, width: 390, height: 844);
        var overflow = await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");

        Assert.Equal(0, overflow);
    }

    [Fact]
    public async Task On_a_phone_the_lectures_open_and_close_with_the_keyboard()
    {
        await using var open = await site.OpenAsync(width: 390, height: 844);
        var list = open.Page.Locator("#sidebar");
        Assert.False(await list.IsVisibleAsync());

        await open.Page.FocusAsync(".menu");
        await open.Page.Keyboard.PressAsync("Enter");
        await open.Page.WaitForFunctionAsync("document.activeElement.matches('#sidebar [aria-current=page]')");
        await open.Page.Keyboard.PressAsync("Escape");

        await list.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        Assert.Equal("menu", await open.Page.EvaluateAsync<string>("document.activeElement.className"));
    }

    [Fact]
    public async Task The_first_tab_leads_past_the_lectures_to_the_text()
    {
        await using var open = await site.OpenAsync();
        await open.Page.Keyboard.PressAsync("Tab");
        await open.Page.Keyboard.PressAsync("Enter");

        Assert.Equal("main", await open.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    [Fact]
    public async Task Only_boxes_that_scroll_can_be_reached_with_the_tab_key()
    {
        await using var wide = await site.OpenAsync();
        await using var phone = await site.OpenAsync(width: 390);

        Assert.Null(await wide.Page.Locator("#cell-words pre.code").GetAttributeAsync("tabindex"));
        await phone.Page.WaitForSelectorAsync("#cell-words pre.code[tabindex='0']");
    }

    [Fact]
    public async Task A_link_into_a_folded_cell_opens_it()
    {
        await using var open = await site.OpenAsync();
        Assert.False(await open.Page.Locator("#cell-solved").IsVisibleAsync());

        await open.Page.EvaluateAsync("location.hash = 'cell-solved'");

        await open.Page.Locator("#cell-solved").WaitForAsync();
    }

    [Fact]
    public async Task The_heading_one_reads_is_marked_in_the_contents()
    {
        await using var open = await site.OpenAsync(width: 1500);
        await open.Page.EvaluateAsync("document.getElementById('broken-on-purpose').scrollIntoView()");

        await open.Page.WaitForSelectorAsync(".contents a[aria-current][href='#broken-on-purpose']");
    }

    [Fact]
    public async Task A_guess_is_still_there_when_the_page_is_opened_again()
    {
        await using var open = await site.OpenAsync();
        await open.Page.FillAsync(".prediction textarea", "counted twice");
        await open.Page.ReloadAsync();

        Assert.Equal("counted twice", await open.Page.InputValueAsync(".prediction textarea"));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task All_text_has_the_contrast_that_WCAG_AA_asks_for(ColorScheme scheme)
    {
        await using var open = await site.OpenAsync(scheme: scheme);
        await open.Page.EvaluateAsync("document.querySelectorAll('details').forEach(fold => { fold.open = true })");
        var weak = await open.Page.EvaluateAsync<string[]>(Contrast.Script);

        Assert.Empty(weak);
    }

    private async Task<OpenPage> WithFigureAsync()
    {
        var open = await site.OpenAsync();
        Assert.SkipUnless(site.HasPlotly, "npm could not fetch plotly.js, and these tests use no network.");
        await open.Page.EvaluateAsync("document.querySelector('figure.figure').scrollIntoView()");
        await open.Page.WaitForSelectorAsync("figure.figure .plot[data-drawn]");
        return open;
    }

    private static Task<string> Ground(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
