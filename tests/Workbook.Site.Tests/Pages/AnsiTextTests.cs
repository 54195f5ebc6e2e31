using Workbook.Site.Pages;
using Xunit;

namespace Workbook.Site.Tests.Pages;

public sealed class AnsiTextTests
{
    [Theory]
    [InlineData("\u001b[31mred\u001b[0m plain", "<span class=\"ansi-red\">red</span> plain")]
    [InlineData("\u001b[1;92mboth\u001b[m", "<span class=\"ansi-bright-green ansi-bold\">both</span>")]
    [InlineData("\u001b[38;5;196mx", "<span style=\"color:rgb(255,0,0)\">x</span>")]
    [InlineData("\u001b[48;2;1;2;300mx", "<span style=\"background:rgb(1,2,255)\">x</span>")]
    [InlineData("\u001b[38;5;9mx", "<span class=\"ansi-bright-red\">x</span>")]
    [InlineData("\u001b[7;31mx", "<span class=\"ansi-on-red ansi-inverse\">x</span>")]
    [InlineData("\u001b[4m\u001b[24mx", "x")]
    public void Colours_become_spans(string text, string html) => Assert.Equal(html, AnsiText.ToHtml(text));

    [Theory]
    [InlineData("\u001b[2J\u001b[10;5Hhome", "home")]
    [InlineData("\u001b]8;;https://evil\u0007link\u001b]8;;\u0007", "link")]
    [InlineData("\u001b]0;title\u001b\\x", "x")]
    [InlineData("\u001b[38;5", "")]
    [InlineData("\u001b", "")]
    [InlineData("\u001b[999999999999mx", "x")]
    [InlineData("\u001b[38;2;1mx", "x")]
    public void Every_other_sequence_is_dropped(string text, string html) => Assert.Equal(html, AnsiText.ToHtml(text));

    [Theory]
    [InlineData("a\u0000b\u0008c", "a\u2400b\u2408c")]
    [InlineData("\u202egnp.exe", "\\u202egnp.exe")]
    [InlineData("<b>&\"", "&lt;b&gt;&amp;&quot;")]
    [InlineData("tab\there", "tab\there")]
    public void Controls_are_shown_and_text_is_escaped(string text, string html) => Assert.Equal(html, AnsiText.ToHtml(text));

    [Theory]
    [InlineData("10 %\r55 %\r100 %\ndone\n", "100 %\ndone")]
    [InlineData("one\r\ntwo\r\n", "one\ntwo")]
    public void A_carriage_return_starts_the_line_again(string text, string html) => Assert.Equal(html, AnsiText.ToHtml(text));

    [Fact]
    public void A_colour_that_goes_on_is_opened_again_on_each_line() =>
        Assert.Equal(
            ["<span class=\"ansi-red\">a</span>", "", "<span class=\"ansi-red\">b</span>"],
            AnsiText.ToHtmlLines("\u001b[31ma\n\nb\u001b[0m"));
}
