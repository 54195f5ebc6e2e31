using System.Text;
using Microsoft.Playwright;
using Xunit;

namespace Workbook.Site.Tests.Pages;

/// <summary>The reader's progress: counted, shown, saved, added from a file and forgotten.</summary>
public sealed class ProgressBrowserTests(SiteInBrowser site)
{
    private const string Study = "05-studying.html";
    private const string Key = "workbook.progress.v1";

    [Fact]
    public async Task What_is_read_predicted_and_done_is_counted()
    {
        await using var open = await site.OpenAsync(Study);
        Assert.Equal(", not begun", await open.Page.TextContentAsync("[data-lecture='05-studying'] .words"));

        await open.Page.ClickAsync("#cell-guess .choice >> nth=0");
        await open.Page.CheckAsync("[data-exercise=write]");
        await ReadAsync(open, "#choices", "#cell-guess");

        Assert.Contains("1 of 3 predictions made, 1 of 1 exercises done", await open.Page.TextContentAsync("[data-lecture='05-studying'] .words"));
        await open.Page.WaitForSelectorAsync(".contents a.read[href='#choices']", new() { State = WaitForSelectorState.Attached });
        Assert.Equal(0, await open.Page.Locator(".contents a.read[href='#the-end']").CountAsync());
    }

    [Fact]
    public async Task What_flies_past_on_the_way_to_the_end_is_not_read()
    {
        await using var open = await site.OpenAsync(Study);
        await open.Page.EvaluateAsync("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })");
        await open.Page.WaitForFunctionAsync($"JSON.parse(localStorage.getItem('{Key}'))?.last?.section === 'the-end'");

        Assert.Equal(0, await open.Page.Locator(".contents a.read[href='#own-words']").CountAsync());
    }

    [Fact]
    public async Task The_first_page_leads_back_to_where_the_reader_stopped()
    {
        await using var open = await site.OpenAsync("index.html");
        Assert.Equal("Begin with Start here", await open.Page.TextContentAsync(".go-on"));
        await open.Page.GotoAsync(new Uri(new Uri(open.Page.Url), Study).AbsoluteUri);
        await open.Page.CheckAsync("[data-exercise=write]");
        await ReadAsync(open, "#exercises");
        await open.Page.WaitForFunctionAsync($"JSON.parse(localStorage.getItem('{Key}'))?.last?.section === 'exercises'");
        await open.Page.ClickAsync(".brand");

        Assert.Equal("Go on where you stopped: Studying, “Exercises”", await open.Page.TextContentAsync(".go-on"));
        Assert.True(await open.Page.EvaluateAsync<int>("document.querySelector('.course-bar').value") > 0);
        await open.Page.ClickAsync(".go-on");
        Assert.EndsWith($"{Study}#exercises", open.Page.Url);
    }

    [Fact]
    public async Task Progress_is_saved_to_a_file_forgotten_and_added_again()
    {
        await using var open = await site.OpenAsync(Study);
        await open.Page.ClickAsync("#cell-guess .choice >> nth=1");
        await open.Page.FillAsync("#cell-open textarea", "the rename");
        await open.Page.ClickAsync(".sidebar .open-progress");
        var download = await open.Page.RunAndWaitForDownloadAsync(() => open.Page.ClickAsync("#progress .save"));
        var saved = await File.ReadAllTextAsync(await download.PathAsync());

        await open.Page.ClickAsync("#progress .forget");
        await open.Page.ClickAsync("#progress .really");
        Assert.Equal("0 of 3", await open.Page.TextContentAsync("#progress tr[data-lecture='05-studying'] [data-part=predictions]"));
        Assert.False(await open.Page.Locator("#cell-result .output.console").IsVisibleAsync());

        await TakeAsync(open, saved);
        Assert.Matches("^workbook-progress-\\d{4}-\\d\\d-\\d\\d.json$", download.SuggestedFilename);
        Assert.Equal("2 of 3", await open.Page.TextContentAsync("#progress tr[data-lecture='05-studying'] [data-part=predictions]"));
        Assert.Equal("the rename", await open.Page.InputValueAsync("#cell-open textarea"));
        Assert.True(await open.Page.IsCheckedAsync("#cell-guess input[value='2']"));
    }

    [Fact]
    public async Task Adding_a_file_loses_nothing_that_was_here()
    {
        await using var open = await site.OpenAsync(Study);
        await open.Page.FillAsync("#cell-open textarea", "mine");
        await open.Page.CheckAsync("[data-exercise=write]");
        await open.Page.ClickAsync(".sidebar .open-progress");
        await TakeAsync(open, """
            { "kind": "workbook progress", "version": 1, "last": null, "lectures": { "05-studying": {
                "sections": ["choices"], "exercises": [],
                "predictions": { "open": { "text": "theirs", "at": 1 }, "guess": { "pick": 3, "shown": true, "at": 1 } } } } }
            """);

        Assert.Equal("theirs\nmine", await open.Page.InputValueAsync("#cell-open textarea"));
        Assert.True(await open.Page.IsCheckedAsync("[data-exercise=write]"));
        Assert.True(await open.Page.IsCheckedAsync("#cell-guess input[value='3']"));
        await open.Page.WaitForSelectorAsync(".contents a.read[href='#choices']", new() { State = WaitForSelectorState.Attached });
    }

    [Theory]
    [InlineData("no JSON", "This file was not saved by this page: it is not JSON.")]
    [InlineData("[1, 2]", "This file was not saved by this page: it holds something else than progress.")]
    [InlineData("{\"kind\": \"workbook progress\", \"version\": 2}", "This file was saved by another version of these pages, which this one cannot read.")]
    public async Task A_file_that_is_none_of_ours_is_refused_in_one_sentence(string text, string sentence)
    {
        await using var open = await site.OpenAsync(Study);
        await open.Page.CheckAsync("[data-exercise=write]");
        await open.Page.ClickAsync(".sidebar .open-progress");
        await TakeAsync(open, text);

        Assert.Equal(sentence, await open.Page.TextContentAsync("#progress .said"));
        Assert.True(await open.Page.IsCheckedAsync("[data-exercise=write]"));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("null")]
    [InlineData("{\"lectures\": {\"05-studying\": {\"sections\": 7, \"exercises\": [{}], \"predictions\": {\"guess\": {\"pick\": 99, \"text\": 3}}}}}")]
    [InlineData("{\"lectures\": {\"05-studying\": {\"predictions\": {\"a\\\"]{}\": {\"shown\": true}}}}}")]
    [InlineData("{\"last\": {\"lecture\": \"05-studying\", \"section\": {}}, \"lectures\": {\"__proto__\": {\"sections\": [\"x\"]}, \"elsewhere\": null}}")]
    public async Task Rubbish_in_the_storage_is_no_hindrance(string rubbish)
    {
        await using var open = await site.OpenAsync(Study);
        await open.Page.EvaluateAsync("text => localStorage.setItem('workbook.progress.v1', text)", rubbish);
        await open.Page.ReloadAsync();
        await open.Page.ClickAsync("#cell-guess .choice >> nth=1");

        Assert.Equal("You were right.", await open.Page.TextContentAsync("#cell-guess .said"));
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Where_storage_is_forbidden_the_page_works_and_remembers_nothing()
    {
        await using var open = await site.OpenAsync("00-start.html");
        await open.Page.AddInitScriptAsync("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('forbidden'); } });");
        await open.Page.GotoAsync(new Uri(new Uri(open.Page.Url), Study).AbsoluteUri);
        await open.Page.ClickAsync("#cell-guess .choice >> nth=1");
        await open.Page.CheckAsync("[data-exercise=write]");

        Assert.Equal("You were right.", await open.Page.TextContentAsync("#cell-guess .said"));
        Assert.Contains("1 of 1 exercises done", await open.Page.TextContentAsync("[data-lecture='05-studying'] .words"));
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Forgetting_is_asked_for_twice()
    {
        await using var open = await site.OpenAsync(Study);
        await open.Page.CheckAsync("[data-exercise=write]");
        await open.Page.ClickAsync(".sidebar .open-progress");
        await open.Page.ClickAsync("#progress .forget");
        Assert.Equal("keep", await open.Page.EvaluateAsync<string>("document.activeElement.className"));
        await open.Page.ClickAsync("#progress .keep");

        Assert.True(await open.Page.IsCheckedAsync("[data-exercise=write]"));
        Assert.False(await open.Page.Locator("#progress .sure").IsVisibleAsync());
    }

    /// <summary>Shows places of the page one after the other, as long as a reader rests there.</summary>
    private static async Task ReadAsync(OpenPage open, params string[] places)
    {
        foreach (var place in places)
        {
            await open.Page.EvaluateAsync("place => document.querySelector(place).scrollIntoView({ behavior: 'instant', block: 'start' })", place);
            await open.Page.EvaluateAsync("new Promise(done => setTimeout(done, 400))");
        }
    }

    private static async Task TakeAsync(OpenPage open, string text)
    {
        var file = new FilePayload { Name = "kept.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(text) };
        await open.Page.SetInputFilesAsync("#progress input[type=file]", file);
        await open.Page.WaitForFunctionAsync("document.querySelector('#progress .said').textContent.match(/^(Added|This)/)");
    }
}
