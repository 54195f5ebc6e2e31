using System.Text.RegularExpressions;
using Workbook.Site.Notebooks;
using Workbook.Site.Pages;
using Workbook.Site.Publishing;
using Xunit;
using static Workbook.Site.Tests.Pages.Samples;

namespace Workbook.Site.Tests.Pages;

public sealed class GlossaryTests
{
    private const string Words = """
        # Glossary

        ## history

        What clients *did*.

        - from: lecture 7
        - see: 01-sample

        ## fork

        Two blocks with the same one before them.

        ## fork consistency

        Views never merge.

        - also: fork-consistent

        ## RPC

        A remote <b>call</b> & its [answer](https://example.org).

        ## server

        A machine.

        - quiet
        """;

    [Fact]
    public void Terms_are_read_with_their_definitions_and_sorted()
    {
        var glossary = Glossary.Parse(Words);

        Assert.Null(glossary.Failure);
        Assert.Equal(["fork", "fork consistency", "history", "RPC", "server"], glossary.Terms.Select(term => term.Name));
        var history = glossary.Terms[2];
        Assert.Equal(("history", "What clients did.", "lecture 7"), (history.Id, history.Definition, history.From));
        Assert.Contains("<em>did</em>", history.Html);
        Assert.Equal(["01-sample"], history.See);
        Assert.True(glossary.Terms[4].IsQuiet);
        Assert.Contains("&lt;b&gt;call&lt;/b&gt; &amp; its answer", glossary.Terms[3].Html);
    }

    [Theory]
    [InlineData("", "has no terms")]
    [InlineData("# Only a title\n\ntext", "has no terms")]
    [InlineData("## lonely\n\n## other\n\nText.", "line 1: “lonely” has no definition")]
    [InlineData("## one\n\nText.\n\n## One\n\nText.", "line 5: “One” stands there twice")]
    [InlineData("## one\n\nText.\n\n- form: lecture 7", "“one” has the line “form: lecture 7”; write from: …")]
    [InlineData("## \n\nText.", "a term has no name")]
    public async Task A_malformed_glossary_is_one_sentence_in_its_page(string text, string sentence)
    {
        var glossary = Glossary.Parse(text);

        Assert.Empty(glossary.Terms);
        Assert.Contains(sentence, glossary.Failure);
        var html = await PageRenderer.RenderAsync(new SiteMap([], SiteAssets.Version, null), GlossaryPage.Of(glossary, []));
        Assert.Contains("data/glossary/glossary.md", html);
        Assert.Contains("<h1>Glossary</h1>", html);
    }

    [Fact]
    public async Task The_first_mention_in_prose_leads_to_the_definition_and_only_that()
    {
        var html = await HtmlAsync("# A history of RPC\n\n*A history. In a journal.*\n\nHistories are long. A *history* is `history`.\n\n[A fork](x) and Fork consistency; fork.");

        Assert.Equal(["Histories", "Fork consistency", "fork"], Linked(html));
        Assert.Contains("href=\"glossary.html#history\" title=\"What clients did.\"", html);
        Assert.Contains("<code>history</code>", html);
        Assert.Contains("<a href=\"x\">A fork</a>", html);
    }

    [Fact]
    public async Task Parts_of_words_tables_predictions_and_quiet_terms_are_left_alone()
    {
        var html = await HtmlAsync("# T\n\nA prehistory, historyless, fork-lift, a_fork and and/or fork/join.\n\n| history |\n| --- |\n| history |\n\nA server.");

        Assert.Empty(Linked(html));
        var lecture = Notebook("01-sample", (Text("# T"), null), (Text("A history?", "prediction"), null));
        Assert.Empty(Linked(await HtmlAsync(lecture)));
    }

    [Fact]
    public async Task A_definition_stays_inside_its_attribute()
    {
        var glossary = Glossary.Parse("## history\n\nA \"list\" of <script>alert(1)</script> & more.");
        var html = await HtmlAsync(Notebook("01-sample", (Text("# T\n\nA history."), null)), glossary);

        Assert.DoesNotContain("<script>alert", html);
        Assert.Contains("title=\"A &quot;list&quot; of &lt;script&gt;alert(1)&lt;/script&gt; &amp; more.\"", html);
    }

    [Fact]
    public void Uses_are_listed_by_page_and_heading()
    {
        var lecture = Notebook("01-sample", (Text("# T\n\nA history.\n\n## One\n\nNo word.\n\n## Two\n\nA history and a history."), null));
        var page = Page(lecture, Glossary.Parse(Words));

        Assert.Equal([("history", "t"), ("history", "two")], page.Mentions.Select(mention => (mention.Term, mention.Id)));
        var use = GlossaryPage.Of(Glossary.Parse(Words), [(page.Card, page.Mentions)]).Letters.Single(letter => letter.Letter == "H").Entries[0].Uses.Single();
        Assert.Equal(["Two"], use.Places.Select(place => place.Text));
        Assert.Equal("01-sample.html#two", use.Places[0].Place.Href);
    }

    [Fact]
    public void Our_own_glossary_is_well_formed_and_its_notebooks_exist()
    {
        var root = RenderOptions.FindRoot(AppContext.BaseDirectory);
        var glossary = Glossary.Read(root)!;

        Assert.Null(glossary.Failure);
        Assert.True(glossary.Terms.Count >= 120, $"{glossary.Terms.Count} terms");
        var notebooks = Directory.GetFiles(Path.Combine(root, "notebooks"), "*.ipynb").Select(Path.GetFileNameWithoutExtension).ToHashSet();
        Assert.All(glossary.Terms, term => Assert.All(term.See, name => Assert.Contains(name, notebooks)));
        Assert.All(glossary.Terms, term => Assert.NotEmpty(term.From));
        Assert.All(glossary.Terms, term => Assert.InRange(Regex.Count(term.Definition, @"[.!?](\s|$)"), 1, 4));
    }

    private static IEnumerable<string> Linked(string html) =>
        Regex.Matches(html, "<a class=\"term\"[^>]*>([^<]*)</a>").Select(link => link.Groups[1].Value);

    private static Task<string> HtmlAsync(string text) => HtmlAsync(Notebook("01-sample", (Text(text), null)));

    private static Task<string> HtmlAsync((Notebook, NotebookRun) lecture, Glossary? glossary = null)
    {
        var page = Page(lecture, glossary ?? Glossary.Parse(Words));
        return PageRenderer.RenderAsync(new SiteMap([page.Card], SiteAssets.Version, null), page);
    }

    private static LecturePage Page((Notebook Notebook, NotebookRun Run) lecture, Glossary glossary)
    {
        var card = LectureReader.Card(lecture.Notebook, lecture.Run);
        return LectureReader.Page(card, lecture.Notebook, lecture.Run, [card.Name], null, new GlossaryWords(glossary));
    }
}
