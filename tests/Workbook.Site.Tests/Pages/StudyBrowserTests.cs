using Microsoft.Playwright;
using Xunit;

namespace Workbook.Site.Tests.Pages;

/// <summary>Predictions and exercises as a reader uses them.</summary>
public sealed class StudyBrowserTests(SiteInBrowser site)
{
    private const string Study = "05-studying.html";

    [Fact]
    public async Task Results_are_covered_until_the_reader_has_picked()
    {
        await using var open = await site.OpenAsync(Study);
        Assert.Equal([false, false], await VisibleAsync(open, "#cell-result .output", "text=Twice, because"));
        Assert.Equal([true, true], await VisibleAsync(open, "#not-covered", "#cell-later .output"));
        Assert.True(await open.Page.Locator("#cell-result .cover-note").IsVisibleAsync());

        await open.Page.ClickAsync("#cell-guess .choice >> nth=1");

        Assert.Equal([true, true], await VisibleAsync(open, "#cell-result .output.console", "text=Twice, because"));
        Assert.False(await open.Page.Locator("#cell-result .cover-note").IsVisibleAsync());
        Assert.Equal("You were right.", await open.Page.TextContentAsync("#cell-guess .said"));
        Assert.False(await open.Page.Locator("#cell-missing .output").IsVisibleAsync());
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task A_wrong_pick_is_told_in_words_and_survives_a_reload()
    {
        await using var open = await site.OpenAsync(Study);
        await open.Page.ClickAsync("#cell-guess .choice >> nth=0");
        await open.Page.ReloadAsync();

        Assert.True(await open.Page.IsCheckedAsync("#cell-guess input[value='1']"));
        Assert.Equal("✗ your guess", await open.Page.TextContentAsync("#cell-guess .wrong .mark"));
        Assert.Contains("Twice.", await open.Page.TextContentAsync("#cell-guess .right"));
        Assert.Equal("Not so. Can you say why?", await open.Page.TextContentAsync("#cell-guess .said"));
        Assert.True(await open.Page.Locator("#cell-result .output.console").IsVisibleAsync());
    }

    [Fact]
    public async Task What_was_uncovered_before_moves_nothing_when_the_page_is_opened_again()
    {
        await using var open = await site.OpenAsync(Study, height: 3000);
        await open.Page.ClickAsync("#cell-open .reveal");
        await open.Page.ClickAsync("#cell-any .choice >> nth=0");
        await open.Page.ReloadAsync();
        var moved = await open.Page.EvaluateAsync<double>("""
            () => new Promise(done => {
              let moved = 0;
              new PerformanceObserver(list => list.getEntries().forEach(entry => { moved += entry.value; })).observe({ type: 'layout-shift', buffered: true });
              setTimeout(() => done(moved), 300);
            })
            """);

        Assert.InRange(moved, 0, 0.002);
    }

    [Fact]
    public async Task A_pick_can_be_taken_back()
    {
        await using var open = await site.OpenAsync(Study);
        await open.Page.ClickAsync("#cell-guess .choice >> nth=0");
        await open.Page.ClickAsync("#cell-guess .reveal");

        Assert.False(await open.Page.Locator("#cell-result .output.console").IsVisibleAsync());
        Assert.Equal(0, await open.Page.Locator("#cell-guess input:checked").CountAsync());
        Assert.Equal("", await open.Page.TextContentAsync("#cell-guess .said"));
    }

    [Fact]
    public async Task With_the_keyboard_one_walks_through_the_choices_and_takes_one()
    {
        await using var open = await site.OpenAsync(Study);
        await open.Page.FocusAsync("#cell-guess input >> nth=0");
        await open.Page.Keyboard.PressAsync("ArrowDown");
        await open.Page.Keyboard.PressAsync("ArrowDown");
        Assert.False(await open.Page.Locator("#cell-result .output.console").IsVisibleAsync());
        await open.Page.Keyboard.PressAsync("ArrowUp");
        await open.Page.Keyboard.PressAsync("Enter");

        Assert.Equal("You were right.", await open.Page.TextContentAsync("#cell-guess .said"));
        await open.Page.Keyboard.PressAsync("ArrowDown");
        Assert.True(await open.Page.IsCheckedAsync("#cell-guess input[value='2']"));
    }

    [Fact]
    public async Task A_reader_may_look_without_a_guess()
    {
        await using var open = await site.OpenAsync(Study);
        await open.Page.ClickAsync("#cell-result .uncover");

        Assert.True(await open.Page.Locator("#cell-result .output.console").IsVisibleAsync());
        Assert.Equal("Shown without a guess.", await open.Page.TextContentAsync("#cell-guess .said"));
        Assert.Equal("covered", await open.Page.EvaluateAsync<string>("document.activeElement.className"));
    }

    [Fact]
    public async Task An_open_prediction_keeps_what_the_reader_wrote()
    {
        await using var open = await site.OpenAsync(Study);
        await open.Page.FillAsync("#cell-open textarea", "the rename");
        await open.Page.ClickAsync("#cell-open .reveal");
        await open.Page.ReloadAsync();

        Assert.Equal("the rename", await open.Page.InputValueAsync("#cell-open textarea"));
        Assert.Equal("Compare it with what happens.", await open.Page.TextContentAsync("#cell-open .said"));
        Assert.Equal([true, true], await VisibleAsync(open, "#cell-missing .output", "text=is renamed when it is whole"));
    }

    [Fact]
    public async Task Where_there_is_no_single_answer_none_is_marked()
    {
        await using var open = await site.OpenAsync(Study);
        await open.Page.ClickAsync("#cell-any .choice >> nth=1");

        Assert.Equal("Compare it with what happens.", await open.Page.TextContentAsync("#cell-any .said"));
        Assert.Equal(0, await open.Page.Locator("#cell-any :is(.right, .wrong)").CountAsync());
    }

    [Theory]
    [InlineData("cell-result")]
    [InlineData("figure")]
    [InlineData("figure-4")]
    public async Task A_link_into_what_is_covered_shows_it(string place)
    {
        await using var open = await site.OpenAsync($"{Study}#{place}");

        Assert.True(await open.Page.Locator("#cell-result .output.console").IsVisibleAsync());
        Assert.False(await open.Page.Locator("#cell-missing .output").IsVisibleAsync());
    }

    [Fact]
    public async Task A_figure_that_was_covered_is_drawn_as_wide_as_its_place()
    {
        Assert.SkipUnless(await site.OpenAsync(Study) is var open && site.HasPlotly, "npm could not fetch plotly.js, and these tests use no network.");
        await using var page = open;
        await open.Page.ClickAsync("#cell-guess .choice >> nth=1");
        await open.Page.WaitForSelectorAsync("#cell-result .plot[data-drawn]");
        var widths = await open.Page.EvaluateAsync<int[]>("""
            () => ['.plot', '.plot .main-svg'].map(name => Math.round(document.querySelector('#cell-result ' + name).getBoundingClientRect().width))
            """);

        Assert.Equal(widths[0], widths[1]);
        Assert.InRange(widths[0], 500, 900);
    }

    [Fact]
    public async Task Without_a_script_and_on_paper_everything_is_shown()
    {
        await using var plain = await site.OpenAsync(Study, scripts: false);
        await using var paper = await site.OpenAsync(Study);
        await paper.Page.EmulateMediaAsync(new() { Media = Media.Print });

        foreach (var open in new[] { plain, paper })
        {
            Assert.Equal([true, true], await VisibleAsync(open, "#cell-result .output.console", "text=Twice, because"));
            Assert.Equal([false, false], await VisibleAsync(open, "#cell-result .cover-note", "#cell-guess .reveal"));
        }
    }

    [Fact]
    public async Task A_reader_who_reads_again_can_have_everything_shown()
    {
        await using var open = await site.OpenAsync(Study);
        await open.Page.ClickAsync(".sidebar .open-progress");
        await open.Page.CheckAsync("#progress .show-all");
        await open.Page.ReloadAsync();
        Assert.Equal([true, true, false], await VisibleAsync(open, "#cell-result .output.console", "#cell-missing .output", "#cell-result .cover-note"));

        await open.Page.ClickAsync(".sidebar .open-progress");
        await open.Page.UncheckAsync("#progress .show-all");
        Assert.Equal([false, false], await VisibleAsync(open, "#cell-result .output.console", "#cell-missing .output"));
    }

    [Fact]
    public async Task An_exercise_that_is_done_stays_so()
    {
        await using var open = await site.OpenAsync(Study);
        await open.Page.CheckAsync("[data-exercise=write]");
        await open.Page.ReloadAsync();
        Assert.True(await open.Page.IsCheckedAsync("[data-exercise=write]"));

        await open.Page.UncheckAsync("[data-exercise=write]");
        await open.Page.ReloadAsync();
        Assert.False(await open.Page.IsCheckedAsync("[data-exercise=write]"));
    }

    [Fact]
    public async Task A_guess_that_an_older_page_kept_is_taken_over()
    {
        await using var open = await site.OpenAsync(Study);
        await open.Page.EvaluateAsync("localStorage.setItem('workbook.answer.05-studying.html.1', 'an old guess')");
        await open.Page.ReloadAsync();

        Assert.Equal("an old guess", await open.Page.InputValueAsync("#cell-open textarea"));
        Assert.Equal(0, await open.Page.EvaluateAsync<int>("Object.keys(localStorage).filter(key => key.startsWith('workbook.answer')).length"));
    }

    private static async Task<IEnumerable<bool>> VisibleAsync(OpenPage open, params string[] places) =>
        await Task.WhenAll(places.Select(place => open.Page.Locator(place).First.IsVisibleAsync()));
}
