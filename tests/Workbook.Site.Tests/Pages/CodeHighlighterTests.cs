using Workbook.Site.Pages;
using Xunit;

namespace Workbook.Site.Tests.Pages;

public sealed class CodeHighlighterTests : IDisposable
{
    private readonly CodeHighlighter _highlighter = new(AppContext.BaseDirectory);

    public void Dispose() => _highlighter.Dispose();

    [Fact]
    public void Keywords_strings_numbers_and_comments_get_their_colours() =>
        Assert.Equal(
            "<span class=\"k\">var</span> n = <span class=\"n\">1</span>; <span class=\"c\">// one</span>\n<span class=\"s\">&quot;&lt;b&gt;&quot;</span>",
            _highlighter.ToHtml("var n = 1; // one\n\"<b>\""));

    [Fact]
    public void A_type_of_an_earlier_cell_is_known_in_a_later_one() =>
        Assert.StartsWith(
            "<span class=\"t\">Node</span> ",
            _highlighter.ToHtml(["record Node(string Name);\nvar first = new Node(\"s1\");\nfirst", "Node second = first;"])[1]);

    [Fact]
    public void Directives_are_coloured_and_their_libraries_known() =>
        Assert.Equal(
            "<span class=\"d\">#</span><span class=\"d\">r</span> <span class=\"s\">&quot;Workbook.Site.dll&quot;</span>\n"
            + "<span class=\"k\">using</span> Workbook.Site.Pages;\n<span class=\"k\">new</span> <span class=\"t\">PlotlyLink</span>(<span class=\"s\">&quot;x&quot;</span>, <span class=\"k\">null</span>)",
            _highlighter.ToHtml("#r \"Workbook.Site.dll\"\nusing Workbook.Site.Pages;\nnew PlotlyLink(\"x\", null)"));

    [Theory]
    [InlineData("")]
    [InlineData("this is { not C# \"at all")]
    [InlineData("#!csharp\n<script>")]
    public void Anything_can_be_coloured_and_nothing_is_lost(string code)
    {
        var text = System.Text.RegularExpressions.Regex.Replace(_highlighter.ToHtml(code), "</?span[^>]*>", "");

        Assert.Equal(code, System.Net.WebUtility.HtmlDecode(text));
    }
}
