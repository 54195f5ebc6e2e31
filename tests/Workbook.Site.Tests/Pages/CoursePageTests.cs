using System.Net;
using System.Text.RegularExpressions;
using Workbook.Site.Notebooks;
using Workbook.Site.Pages;
using Workbook.Site.Tests.Publishing;
using Xunit;
using static Workbook.Site.Tests.Pages.Samples;

namespace Workbook.Site.Tests.Pages;

/// <summary>The pages of the whole course: what cells showed, collected, with links to the cells.</summary>
public sealed partial class CoursePageTests : IDisposable
{
    private const string Attack = "<script>alert(1)</script>";

    private const string RulesJson = """
        {"system":"Raft & Co","rules":[
          {"rule":"CommitOnlyOwnTerm","source":"§5.4.2","prevents":"an entry is overwritten","runs":100,"wrong":3,"seeds":1234,"events":78,"faults":1,"shrunk":true,
           "seen":"State Machine Safety: broken.","repeat":"RaftScenes.Figure8(\"seed 17\", rules)","picture":"<svg id='run'></svg>"},
          {"rule":"ConflictTermBackup","source":"§5.3","prevents":"it takes longer","cost":"12 instead of 2.","seen":"12 instead of 2."},
          {"rule":"PersistVote","source":"","prevents":"two leaders","runs":100,"wrong":0,"seeds":null,"seen":"nothing"},
          {"rule":"ClockDriftBound","prevents":"stale reads","scripted":true,"runs":40,"wrong":40,"seeds":1,"events":5,"seen":"Stale.","repeat":"Stories.Slow(0)"},
          {"rule":"(all rules on)","allOn":true,"runs":100,"wrong":0}]}
        """;

    private const string ComparisonJson = """
        {"source":"MapReduce (OSDI 2004)","figure":"Figure 3","about":"a sort","drawn":"Tasks finished","reason":"Slow & steady.","rows":[
          {"quantity":"normal","published":"891 s","ours":"927 s","gap":"+4.0 %","why":""},
          {"quantity":"grep","published":"150 s","ours":null,"gap":"not reproduced","why":"Nobody ran it."}]}
        """;

    private readonly SmallRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("href=\"([^\"#:]*)#([^\"]*)\"")]
    private static partial Regex Links();

    [Fact]
    public async Task Rules_are_collected_by_system_with_what_they_prevent_and_how_to_repeat_them()
    {
        Add("01-one", (CourseFact.Rules, RulesJson));
        await _repository.RenderAsync();

        var html = Words("rules.html");
        Assert.Contains("4 rules of 1 system; for 2 of them a run that goes wrong was found.", html);
        Assert.Contains("Without it an entry is overwritten.", html);
        Assert.Contains("<dt>Runs that go wrong</dt><dd>3 of 100</dd>", html);
        Assert.Contains("<dd>1,234</dd>", html);
        Assert.Contains("78 events, 1 fault", html);
        Assert.Contains("RaftScenes.Figure8(\"seed 17\", rules)", html);
        Assert.Contains("<svg id='run'></svg>", html);
        Assert.Contains("Nothing goes wrong; what it costs", html);
        Assert.Contains("<dd>none of 100</dd>", html);
        Assert.Contains("40 of 40, in a scripted scene", html);
        Assert.Contains("With all rules on, nothing went wrong in 100 runs.", html);
        Assert.Contains("Raft & Co", html);
        Assert.DoesNotContain("(all rules on)", html);
    }

    [Fact]
    public async Task Figures_are_collected_by_paper_with_the_gap_the_reason_and_the_plot()
    {
        DisplayOutput Plot(string title) => Shown(("application/vnd.plotly.v1+json", FigureJson), ("text/plain", $"{title}. Lines over seconds."));
        _repository.Add(
            "01-one", (Text("# One"), null), (Code("draws", "1"), Ran("draws", Plot("Tasks finished"))), (Code("other", "1"), Ran("other", Plot("Another"))),
            (Code("counts", "2"), Ran("counts", Shown((CourseFact.Comparison, ComparisonJson), ("text/html", "<p>a table</p>")))));
        await _repository.RenderAsync();

        var html = Words("figures.html");
        Assert.Contains("1 number of 1 figure, computed", html);
        Assert.Contains("Figure 3: a sort", html);
        Assert.All(["891 s", "927 s", "+4.0 %", "not reproduced", "Nobody ran it.", "Slow & steady."], text => Assert.Contains(text, html));
        Assert.Contains("href=\"01-one.html#cell-counts\"", html);
        Assert.Contains("href=\"01-one.html#cell-draws\"", html);
        Assert.DoesNotContain("cell-other", html);
        Assert.Contains("<p>a table</p>", _repository.ReadSite("01-one.html"));
    }

    [Fact]
    public async Task Every_link_of_the_collected_pages_leads_to_an_element_that_exists()
    {
        Add("01-one", (CourseFact.Rules, RulesJson), (CourseFact.Comparison, ComparisonJson));
        _repository.Add("02-two", (Text("# Two\n\n## A part\n\nA *straggler* is slow, and a `straggler` is code."), null));
        _repository.Write(Glossary.File, "## straggler\n\nA slow machine.\n\n- from: MapReduce\n\n## quorum\n\nEnough servers.\n");
        await _repository.RenderAsync();

        var ids = Directory.GetFiles(_repository.Site, "*.html").ToDictionary(
            file => Path.GetFileName(file), file => Ids().Matches(File.ReadAllText(file)).Select(id => id.Groups[1].Value).ToList());
        Assert.All(["rules.html", "figures.html", "glossary.html"], page => Assert.Contains(page, ids.Keys));
        foreach (var (page, own) in ids)
        {
            Assert.Equal(own.Distinct(), own);
            foreach (Match link in Links().Matches(_repository.ReadSite(page)))
            {
                var target = link.Groups[1].Value is { Length: > 0 } other ? other : page;
                Assert.Contains(Uri.UnescapeDataString(link.Groups[2].Value), ids[target]);
            }
        }
        Assert.Contains("02-two.html#a-part", _repository.ReadSite("glossary.html"));
        Assert.Contains("glossary.html#straggler", _repository.ReadSite("02-two.html"));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1,2]")]
    [InlineData("{}")]
    [InlineData("{\"system\":7,\"rules\":\"none\"}")]
    [InlineData("{\"system\":\"Raft\",\"rules\":[{\"rule\":5},7,null]}")]
    [InlineData("{\"system\":\"\\ud800\",\"rules\":[]}")]
    public async Task Facts_that_cannot_be_read_are_left_out_with_one_sentence(string json)
    {
        Add("01-one", (CourseFact.Rules, RulesJson));
        Add("02-two", (CourseFact.Rules, json), (CourseFact.Comparison, json));
        var result = await _repository.RenderAsync();

        Assert.Equal(0, result.Failed);
        Assert.Single(Regex.Matches(Words("figures.html"), "A cell of “02-two” showed published numbers that cannot be read; they are left out here."));
        Assert.Contains("CommitOnlyOwnTerm", _repository.ReadSite("rules.html"));
        if (!json.Contains("\"rule\":5", StringComparison.Ordinal))
            Assert.Single(Regex.Matches(Words("rules.html"), "A cell of “02-two” showed rules that cannot be read; they are left out here."));
    }

    [Fact]
    public async Task Text_of_facts_is_escaped()
    {
        Add("01-one",
            (CourseFact.Rules, RulesJson.Replace("overwritten", Attack).Replace("CommitOnlyOwnTerm", Attack).Replace("Raft & Co", Attack).Replace("broken", Attack)),
            (CourseFact.Comparison, ComparisonJson.Replace("a sort", Attack).Replace("steady", Attack).Replace("891 s", Attack).Replace("normal", Attack)));
        await _repository.RenderAsync();

        foreach (var page in new[] { "rules.html", "figures.html" })
        {
            Assert.DoesNotContain(Attack, _repository.ReadSite(page));
            Assert.True(Regex.Count(_repository.ReadSite(page), "&lt;script&gt;alert") >= 4);
        }
    }

    [Fact]
    public async Task A_site_without_such_facts_has_no_such_pages_and_no_links_to_them()
    {
        _repository.Add("01-one", (Text("# One"), null));
        await _repository.RenderAsync();

        Assert.All(["rules", "figures", "glossary"], name =>
        {
            Assert.False(File.Exists(Path.Combine(_repository.Site, name + ".html")));
            Assert.DoesNotContain(name + ".html", _repository.ReadSite("index.html"));
        });
        Assert.DoesNotContain("The course", _repository.ReadSite("01-one.html"));
    }

    [Fact]
    public async Task The_pages_are_on_the_first_page_and_in_every_sidebar()
    {
        Add("01-one", (CourseFact.Rules, RulesJson), (CourseFact.Comparison, ComparisonJson));
        _repository.Write(Glossary.File, "## quorum\n\nEnough servers.\n");
        await _repository.RenderAsync();

        foreach (var page in new[] { "index.html", "01-one.html", "rules.html", "figures.html", "glossary.html" })
            Assert.All(["rules.html", "figures.html", "glossary.html"], name => Assert.Contains($"<a href=\"{name}\"", _repository.ReadSite(page)));
        Assert.Contains("<a href=\"rules.html\" aria-current=\"page\">", _repository.ReadSite("rules.html"));
    }

    [Fact]
    public async Task A_lecture_whose_page_is_kept_keeps_its_rows()
    {
        Add("01-one", (CourseFact.Rules, RulesJson));
        Add("02-two", (CourseFact.Comparison, ComparisonJson));
        _repository.Write(Glossary.File, "## sample\n\nA small part.\n");
        await _repository.RenderAsync();
        _repository.Add("01-one", (Text("# Changed"), null), (Code("shows", "1"), Ran("shows", Shown((CourseFact.Rules, RulesJson.Replace("Raft &", "Paxos &"))))));

        await _repository.RenderAsync(options => options with { Only = ["02-two"] });
        Assert.Contains("Raft &amp; Co", _repository.ReadSite("rules.html"));
        Assert.Contains("01-one.html", Regex.Match(_repository.ReadSite("glossary.html"), "<dl.*</dl>", RegexOptions.Singleline).Value);

        await _repository.RenderAsync();
        Assert.Contains("Paxos &amp; Co", _repository.ReadSite("rules.html"));
    }

    [Fact]
    public async Task A_second_render_lays_nothing_out_and_runs_nothing_even_when_the_glossary_has_changed()
    {
        Add("01-one", (CourseFact.Rules, RulesJson));
        _repository.Write(Glossary.File, "## sample\n\nA small part.\n");
        await _repository.RenderAsync();
        var (rules, glossary) = (_repository.ReadSite("rules.html"), _repository.ReadSite("glossary.html"));

        await _repository.RenderAsync();
        Assert.Equal((rules, glossary), (_repository.ReadSite("rules.html"), _repository.ReadSite("glossary.html")));

        _repository.Write(Glossary.File, "## sample\n\nA tiny part.\n");
        await _repository.RenderAsync();
        Assert.Contains("A tiny part.", _repository.ReadSite("glossary.html"));
        Assert.Contains("A tiny part.", _repository.ReadSite("01-one.html"));
        Assert.Equal(1, _repository.Started);
    }

    [Theory]
    [InlineData("rules", "the page of all rules")]
    [InlineData("figures", "the page of all figures")]
    [InlineData("glossary", "the glossary")]
    [InlineData("index", "the site's first page")]
    public async Task A_notebook_that_would_take_a_pages_place_is_refused(string name, string place)
    {
        _repository.Add(name, (Text("# One"), null));

        var result = await _repository.RenderAsync();

        Assert.Equal([$"{name}.ipynb would take the place of {place}; give the notebook another name."], result.Notebooks.Single().Failures);
    }

    /// <summary>A page whose characters are not spelled by their numbers.</summary>
    private string Words(string page) => WebUtility.HtmlDecode(_repository.ReadSite(page));

    private void Add(string name, params (string Type, string Json)[] facts) => _repository.Add(
        name, (Text($"# {name}\n\nThis is a sample of a page."), null),
        (Code("shows", "1"), Ran("shows", [.. facts.Select(fact => (CellOutput)Shown((fact.Type, fact.Json), ("text/html", "<p>shown</p>")))])));
}
