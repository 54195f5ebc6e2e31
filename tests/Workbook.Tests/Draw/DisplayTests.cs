using Microsoft.DotNet.Interactive.Formatting;
using Workbook.Draw;

namespace Workbook.Tests.Draw;

/// <summary>
/// The real package that notebooks format values with finds ours by the attribute's name, without a reference from the library.
/// </summary>
public sealed class DisplayTests
{
    [Fact]
    public void A_figure_shows_itself_as_plotly_html_and_text()
    {
        var figure = new Figure("Load").Line([1, 2], [3, 4]);
        Assert.Equal(["application/vnd.plotly.v1+json", "text/html", "text/plain"],
            Formatter.GetPreferredMimeTypesFor(typeof(Figure)).Order());
        Assert.Equal(figure.ToJson(), figure.ToDisplayString("application/vnd.plotly.v1+json"));
        Assert.StartsWith("<div class=\"wb-figure\"", figure.ToDisplayString("text/html"));
        Assert.Equal(figure.Alt, figure.ToDisplayString("text/plain"));
    }

    [Fact]
    public void A_diagram_and_a_table_show_themselves_as_html_and_text()
    {
        object[] values = [new SpaceTimeDiagram("t", ["a"], []), new LineageGraph("t", [new("a")], []),
            new PartitionGraph("t", [new("a", 2)], []), Table.Of("t", [1], ("x", row => row))];
        foreach (var value in values)
        {
            Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(value.GetType()).Order());
            Assert.Contains("wb-", value.ToDisplayString("text/html"));
            Assert.StartsWith("t", value.ToDisplayString("text/plain"));
        }
    }

    [Fact]
    public void A_type_of_any_folder_shows_itself_by_one_attribute_and_one_method_and_so_do_its_heirs()
    {
        Assert.Equal("<b>ran</b>", new Result().ToDisplayString("text/html"));
        Assert.Equal("ran", new Result().ToDisplayString("text/plain"));
        Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(typeof(Result)).Order());
    }

    [Fact]
    public void Pictures_below_each_other_are_one_picture()
    {
        var bundle = MimeBundle.Below(new Result(), new Figure("Load"));
        Assert.StartsWith("<b>ran</b>\n<div class=\"wb-figure\"", bundle.Html);
        Assert.Equal("ran\n\nLoad. No data.", bundle.Plain);
        Assert.Null(bundle.Plotly);
    }

    [Workbook.Draw.TypeFormatterSource]
    private abstract record Outcome : IDisplay
    {
        public MimeBundle ToMimeBundle() => new("<b>ran</b>", "ran");
    }

    private sealed record Result : Outcome;
}
