using System.Text.RegularExpressions;
using Workbook.Draw;

namespace Workbook.Tests.Draw;

public sealed class FigureHtmlTests
{
    private const string Evil = "</script><script>alert(1)</script>\"'&\u2028";

    [Fact]
    public void A_name_cannot_end_the_script_it_stands_in()
    {
        var html = new Figure(Evil).Line([1, 2], [1, 2], Evil).XAxis(Evil).VerticalLine(1, Evil).Trace("text", Evil).Layout("meta", Evil)
            .ToMimeBundle().Html;
        Assert.Single(Regex.Matches(html, "<script", RegexOptions.IgnoreCase));
        Assert.Single(Regex.Matches(html, "</script", RegexOptions.IgnoreCase));
        Assert.DoesNotContain('\u2028', html[html.IndexOf("<script>", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void The_json_alone_may_stand_in_a_script_too() =>
        Assert.DoesNotContain("<", new Figure(Evil).Gantt([new(Evil, 1.0, 2.0, Evil, Evil)]).ToJson());

    [Fact]
    public void The_text_alternative_is_there_before_anything_is_drawn()
    {
        var figure = new Figure("A <b> title").Line([1], [1]);
        Assert.Contains("role=\"img\" aria-label=\"A &lt;b&gt; title.", figure.ToMimeBundle().Html);
        Assert.Contains("role=\"group\"", Figure.Animate("t", "step", [("1", figure)]).ToMimeBundle().Html);
    }

    [Fact]
    public void Plotly_is_pinned_and_checked()
    {
        var html = new Figure("t").ToMimeBundle().Html;
        Assert.Matches("plotly\\.js-dist-min@\\d+\\.\\d+\\.\\d+/plotly\\.min\\.js", html);
        Assert.Matches("sha384-[A-Za-z0-9+/]{64}", html);
    }

    [Fact]
    public void The_same_figure_gives_the_same_markup_and_another_one_another_place()
    {
        Assert.Equal(Html(1), Html(1));
        Assert.NotEqual(Place(Html(1)), Place(Html(2)));

        static string Html(int value) => new Figure("t").Line([1], [value]).ToMimeBundle().Html;
        static string Place(string html) => Regex.Match(html, "data-figure=\"([0-9a-f]{12})\"").Groups[1].Value;
    }
}
