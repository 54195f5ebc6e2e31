using System.Text.Json.Nodes;
using Workbook.Draw;

namespace Workbook.Tests.Draw;

public sealed class FigurePanelsTests
{
    [Fact]
    public void Panels_of_a_stack_share_their_horizontal_axis_and_only_the_lowest_shows_it()
    {
        var layout = FigureTests.Layout(Figure.Stack("Rates", Rate("Input"), Rate("Shuffle"), Rate("Output")));
        Assert.Equal([null, "x", "x"], Axes(layout, "xaxis").Select(axis => (string?)axis["matches"]));
        Assert.Equal([false, false, null], Axes(layout, "xaxis").Select(axis => (bool?)axis["showticklabels"]));
        var domains = Axes(layout, "yaxis").Select(axis => axis["domain"]!.AsArray().Select(at => (double)at!).ToArray()).ToList();
        Assert.Equal((1, 0), (domains[0][1], domains[2][0]));
        Assert.True(domains[0][0] > domains[1][1] && domains[1][0] > domains[2][1]);
    }

    [Fact]
    public void Panels_with_other_axes_do_not_share_them()
    {
        var layout = FigureTests.Layout(Figure.Stack("t", Rate("a"), Rate("b").XAxis("load", "ops/s")));
        Assert.Equal([null, null], Axes(layout, "xaxis").Select(axis => (string?)axis["matches"]));
        Assert.All(Axes(layout, "xaxis"), axis => Assert.Null(axis["showticklabels"]));
    }

    [Fact]
    public void Columns_share_both_axes_and_each_has_its_heading()
    {
        var figure = Figure.Columns("Figure 3", Figure.Stack("Normal", Rate("Input"), Rate("Output")),
            Figure.Stack("Killed", Rate("Input"), Rate("Output")));
        var layout = FigureTests.Layout(figure);
        Assert.Equal([null, "x", "x", "x"], Axes(layout, "xaxis").Select(axis => (string?)axis["matches"]));
        Assert.Equal([null, null, "y", "y2"], Axes(layout, "yaxis").Select(axis => (string?)axis["matches"]));
        var texts = layout["annotations"]!.AsArray().Select(note => (string)note!["text"]!).ToList();
        Assert.Equal(["Input", "<b>Normal</b>", "Output", "Input", "<b>Killed</b>", "Output"], texts);
    }

    /// <summary>Beside a group of matched axes with a range, plotly.js leaves those of other groups at -1 to 4 unless they ask for theirs.</summary>
    [Fact]
    public void Axes_without_a_range_ask_for_one_that_fits_also_where_others_have_one()
    {
        var ranged = Figure.Columns("t", Figure.Stack("a", Over(9), Over(9)), Figure.Stack("b", Over(9), Over(9)));
        var layout = FigureTests.Layout(ranged);
        Assert.All(Axes(layout, "yaxis"), axis => Assert.True((bool)axis["autorange"]!));
        Assert.All(Axes(layout, "xaxis"), axis => Assert.Null(axis["autorange"]));

        static Figure Over(int seconds) => Rate("rate").XAxis("time", "s", range: (0, seconds));
    }

    [Fact]
    public void An_axis_follows_the_range_of_the_one_it_shares_and_the_will_of_its_author()
    {
        var layout = FigureTests.Layout(Figure.Stack("t", Rate("a"), Rate("b").XAxis("time", "s", range: (0, 9)), Rate("c").Layout("yaxis.range", new[] { 0, 7 })));
        Assert.All(Axes(layout, "xaxis"), axis => Assert.Null(axis["autorange"]));
        Assert.Equal([true, true, null], Axes(layout, "yaxis").Select(axis => (bool?)axis["autorange"]));
    }

    [Fact]
    public void The_same_name_has_the_same_colour_in_all_panels_and_one_entry_in_the_legend()
    {
        var figure = Figure.Stack("t", Rate("a", "reads"), new Figure("b").Line([1], [1], "writes").Line([1], [2], "reads"));
        var data = figure.ToJsonObject()["data"]!.AsArray();
        Assert.Equal((string)data[0]!["line"]!["color"]!, (string)data[2]!["line"]!["color"]!);
        Assert.NotEqual((string)data[0]!["line"]!["color"]!, (string)data[1]!["line"]!["color"]!);
        Assert.Equal([true, true, false], data.Select(trace => (bool)trace!["showlegend"]!));
        Assert.Equal([null, "x2", "x2"], data.Select(trace => (string?)trace!["xaxis"]));
    }

    [Fact]
    public void What_an_author_says_of_a_panels_axis_goes_to_that_panels_axis()
    {
        var layout = FigureTests.Layout(Figure.Stack("t", Rate("a"), Rate("b").Layout("yaxis.showgrid", false)));
        Assert.Null(layout["yaxis"]!["showgrid"]);
        Assert.False((bool)layout["yaxis2"]!["showgrid"]!);
    }

    [Fact]
    public void An_animation_has_a_frame_and_a_step_for_each_figure_and_its_axes_stand_still()
    {
        var figure = Figure.Animate("Load", "round", Enumerable.Range(1, 3)
            .Select(i => ($"{i}", new Figure("f").Line([0, 1], [0, i * 10], "load"))));
        var json = figure.ToJsonObject();
        Assert.Equal(["1", "2", "3"], json["frames"]!.AsArray().Select(frame => (string)frame!["name"]!));
        Assert.Equal("[0,30]", json["frames"]![2]!["data"]![0]!["y"]!.ToJsonString());
        Assert.Equal("[0,10]", json["data"]![0]!["y"]!.ToJsonString());
        var step = json["layout"]!["sliders"]![0]!["steps"]![1]!;
        Assert.Equal(("2", "animate", """["2"]"""), ((string)step["label"]!, (string)step["method"]!, step["args"]![0]!.ToJsonString()));
        Assert.True((double)json["layout"]!["yaxis"]!["range"]![1]! >= 30);
    }

    private static Figure Rate(string title, string? name = null) =>
        new Figure(title).Line([0, 1], [1, 2], name).XAxis("time", "s").YAxis("rate", "MB/s");

    private static List<JsonObject> Axes(JsonNode layout, string prefix) =>
        [.. Enumerable.Range(1, 9).Select(i => layout[i == 1 ? prefix : $"{prefix}{i}"]).OfType<JsonObject>()];
}
