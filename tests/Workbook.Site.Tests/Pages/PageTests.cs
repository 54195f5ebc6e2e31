using System.Text.RegularExpressions;
using Workbook.Site.Notebooks;
using Workbook.Site.Pages;
using Xunit;
using static Workbook.Site.Tests.Pages.Samples;

namespace Workbook.Site.Tests.Pages;

public sealed partial class PageTests
{
    private const string Attack = "<script>alert(1)</script><img src=x onerror=alert(2)>";

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("href=\"#([^\"]*)\"")]
    private static partial Regex LinksHere();

    [Fact]
    public async Task Text_from_streams_errors_values_and_reasons_is_escaped()
    {
        var (notebook, run) = Notebook(
            "01-sample",
            (Text("# Sample"), null),
            (Code("c1", $"// {Attack}"), new CellRun("c1", CellOutcome.Failed, null, [
                new StreamOutput(false, Attack), new StreamOutput(true, Attack), new ErrorOutput(Attack, Attack, Attack),
                Shown(("text/plain", Attack))], TimeSpan.Zero)),
            (Code("c2", "1"), new CellRun("c2", CellOutcome.Skipped, Attack, [], TimeSpan.Zero)));

        var html = await Rendering.HtmlAsync((notebook, run));

        Assert.DoesNotContain("<script>alert", html);
        Assert.DoesNotContain("<img src=x", html);
        Assert.Equal(8, Regex.Count(html, "&lt;script&gt;alert"));
    }

    [Fact]
    public async Task A_name_with_quotes_and_tags_stays_inside_its_attributes()
    {
        var lecture = Notebook("\"><script>alert(1)' onclick='x", (Text("No heading here."), null));

        var html = await Rendering.HtmlAsync(lecture);

        Assert.DoesNotContain("<script>alert", html);
        Assert.DoesNotContain("onclick='", html);
        Assert.Contains("href=\"%22%3E%3Cscript%3Ealert%281%29%27%20onclick%3D%27x.ipynb\"", html);
    }

    [Fact]
    public async Task Raw_HTML_in_text_cells_is_shown_as_text_but_for_harmless_tags()
    {
        var html = await Rendering.HtmlAsync(Notebook("01-sample", (Text($"""
            # Title {Attack}

            <details onclick="x()"><summary>Hint</summary>inside</details>

            <details><summary>Hint</summary>inside<br></details>

            H<sub>2</sub>O <b onmouseover=alert(1)>bold</b> <!-- hidden -->
            """), null)));

        Assert.DoesNotContain("<script>alert", html);
        Assert.DoesNotContain("<b onmouseover", html);
        Assert.DoesNotContain("<details onclick", html);
        Assert.DoesNotContain("hidden -->", html);
        Assert.Contains("<details><summary>Hint</summary>inside<br></details>", html);
        Assert.Contains("H<sub>2</sub>O", html);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript:alert(1)")]
    [InlineData("data:text/html,hello")]
    [InlineData("vbscript:x")]
    public async Task A_link_that_would_run_something_leads_nowhere(string url)
    {
        var html = await Rendering.HtmlAsync(Notebook("01-sample", (Text($"# T\n\n[click](<{url}>)"), null)));

        Assert.Contains("<a href=\"\">click</a>", html);
    }

    [Theory]
    [InlineData("https://pdos.csail.mit.edu/6.824", "https://pdos.csail.mit.edu/6.824")]
    [InlineData("#two-functions", "#two-functions")]
    [InlineData("../lib/Workbook/MapReduce/README.md", "../lib/Workbook/MapReduce/README.md")]
    [InlineData("01-sample.ipynb", "01-sample.html")]
    [InlineData("01-sample.ipynb#t", "01-sample.html#t")]
    [InlineData("99-elsewhere.ipynb", "99-elsewhere.ipynb")]
    public async Task A_link_leads_where_it_says_and_to_the_page_of_a_notebook(string written, string shown)
    {
        var html = await Rendering.HtmlAsync(Notebook("01-sample", (Text($"# T\n\n[click]({written})"), null)));

        Assert.Contains($"<a href=\"{shown}\">click</a>", html);
    }

    [Fact]
    public async Task A_figure_cannot_end_the_script_element_that_holds_it()
    {
        var html = await Rendering.HtmlAsync(Showing(Shown(("application/vnd.plotly.v1+json", FigureJson), ("text/plain", "Words \"about\" it"))));

        var json = Regex.Match(html, "<script type=\"application/json\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        Assert.Equal("with </script> backup", System.Text.Json.Nodes.JsonNode.Parse(json)!["data"]![0]!["name"]!.GetValue<string>());
        Assert.Contains("min-height:380px", html);
        Assert.Contains("aria-label=\"Words &quot;about&quot; it\"", html);
    }

    [Theory]
    [InlineData("{\"data\":[]}", 450)]
    [InlineData("{\"data\":[],\"layout\":{\"height\":200}}", 200)]
    [InlineData("{\"data\":[],\"layout\":{\"height\":\"tall\"}}", 450)]
    [InlineData("\"{\\\"data\\\":[],\\\"layout\\\":{\\\"height\\\":321}}\"", 321)]
    public void A_figure_keeps_its_height_free(string json, int height) => Assert.Equal(height, PlotlyJson.Read(json)!.Value.Height);

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"layout\":{}}")]
    public async Task What_is_not_a_figure_is_shown_in_its_next_form(string json)
    {
        var html = await Rendering.HtmlAsync(Showing(Shown(("application/vnd.plotly.v1+json", json), ("text/html", "<em>instead</em>"))));

        Assert.Contains("<em>instead</em>", html);
        Assert.DoesNotContain("class=\"plot\"", html);
    }

    [Fact]
    public async Task The_richest_form_that_the_page_can_draw_is_shown()
    {
        (string Type, string Text)[] forms =
        [
            ("application/vnd.plotly.v1+json", "{\"data\":[{\"name\":\"one\"}]}"), ("text/html", "<i>two</i>"),
            ("image/svg+xml", "<svg id=\"three\"></svg>"), ("text/markdown", "*four*"), ("image/png", "five"), ("text/plain", "six"), ("x/y", "seven"),
        ];
        string[] marks = ["{\"name\":\"one\"}", "<i>two</i>", "<svg id=\"three\">", "<em>four</em>", "data:image/png;base64,five", ">six<", ">seven<"];
        for (var best = 0; best < forms.Length; best++)
        {
            var html = await Rendering.HtmlAsync(Showing(Shown(forms[best..].Reverse().ToArray())));
            Assert.Contains(marks[best], html);
            Assert.All(marks[(best + 1)..].Where(mark => mark != marks[5]), mark => Assert.DoesNotContain(mark, html));
        }
    }

    [Fact]
    public async Task All_ids_are_unique_and_all_links_within_the_page_lead_somewhere()
    {
        var html = await Rendering.HtmlAsync(Notebook(
            "01-sample",
            (Text("# Main\n\n## Again\n\n## Again\n\ntext[^1]\n\n[^1]: first"), null),
            (Text("## Cell c1\n\n## !!!\n\n## Contents\n\ntext[^1]\n\n[^1]: second"), null),
            (Code("c1", "1"), Ran("c1", Shown(("text/markdown", "## Again")))),
            (Code("c1", "2"), Ran("c1"))));

        var ids = Ids().Matches(html).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(LinksHere().Matches(html).Select(match => match.Groups[1].Value), target => Assert.Contains(target, ids));
    }

    [Fact]
    public async Task Solutions_are_folded_together_and_marked_cells_set_off()
    {
        var html = await Rendering.HtmlAsync(Lecture());

        Assert.Single(Regex.Matches(html, "<details class=\"solution\">"));
        Assert.Contains("<div class=\"prose aside prediction\">", html);
        Assert.Contains("<div class=\"prose aside exercise\">", html);
        Assert.Contains("<summary>60 lines of code</summary>", html);
        Assert.Contains("<summary>Show all 60 lines</summary>", html);
        Assert.Contains("<summary>1 line of code</summary>", html);
    }

    [Fact]
    public async Task Failed_skipped_and_forgotten_cells_say_so()
    {
        var html = await Rendering.HtmlAsync(Notebook(
            "01-sample",
            (Code("a", "1"), new CellRun("a", CellOutcome.Failed, "It ran longer than 60 s.", [], TimeSpan.FromSeconds(60))),
            (Code("b", "2"), new CellRun("b", CellOutcome.Skipped, "The package is not here.", [], TimeSpan.Zero)),
            (Code("c", "3"), null)));

        Assert.Contains("<strong>This cell failed.</strong> It ran longer than 60 s.", html);
        Assert.Contains("<strong>Skipped.</strong> The package is not here.", html);
        Assert.Contains("<strong>Not run.</strong>", html);
        Assert.Contains("A cell of this page failed", html);
        Assert.Contains("0 of 3 cells ran", html);
    }

    [Fact]
    public async Task Very_long_text_is_cut_and_the_page_says_how_much_it_leaves_out()
    {
        var html = await Rendering.HtmlAsync(Showing(new StreamOutput(false, string.Concat(Enumerable.Repeat("0123456789\n", 100_000)))));

        Assert.InRange(html.Length, 200_000, 260_000);
        Assert.Contains("The page leaves out the last 900,010 characters of this output.", html);
    }

    [Fact]
    public async Task The_page_of_a_broken_notebook_says_why_and_keeps_its_neighbours()
    {
        var card = LectureReader.CardOfBroken("01-broken");
        var site = new SiteMap([new("00-start", "Start", "", 0, 0, false), card, new("02-next", "Next", "", 0, 0, false)], "v", null);

        var html = await PageRenderer.RenderAsync(site, LectureReader.BrokenPage(card, "01-broken.ipynb is not JSON: <line 3>."));

        Assert.Contains("01-broken.ipynb is not JSON: &lt;line 3&gt;.", html);
        Assert.Contains("rel=\"prev\" href=\"00-start.html\"", html);
        Assert.Contains("rel=\"next\" href=\"02-next.html\"", html);
    }

    [Fact]
    public void The_card_takes_title_and_summary_from_the_first_heading_and_paragraph()
    {
        var (notebook, run) = Notebook(
            "01-sample", (Text("![](x.png)\n\n# The *first* `heading` & <more>"), null), (Text("A **first** paragraph\nover two lines.\n\nA second."), null));

        var card = LectureReader.Card(notebook, run);

        Assert.Equal("The first heading & <more>", card.Title);
        Assert.Equal("A first paragraph over two lines.", card.Summary);
        Assert.Equal("01", card.Number);
    }
}
