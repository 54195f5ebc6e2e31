using System.Text.Json.Nodes;
using Workbook.Draw;

namespace Workbook.Tests.Draw;

public sealed class FigureTests
{
    [Fact]
    public void A_line_is_a_scatter_trace_in_the_palettes_first_colour() => Assert.Equal(
        """{"line":{"color":"#2b62de"},"mode":"lines","name":"reads","type":"scatter","x":[0,1,2],"y":[1,2.5,4]}""",
        Trace(new Figure("t").Line([0, 1, 2], [1, 2.5, 4], "reads")));

    [Fact]
    public void A_stepped_line_holds_each_value_until_the_next() =>
        Assert.Contains("""
            "shape":"hv"
            """, Trace(new Figure("t").Line([(0, 1), (1, 2)], stepped: true)));

    [Fact]
    public void What_is_not_a_number_leaves_a_gap() => Assert.Equal(
        """{"line":{"color":"#2b62de"},"mode":"lines","showlegend":false,"type":"scatter","x":[0,1,2],"y":[1,null,null]}""",
        Trace(new Figure("t").Line([0, 1, 2], [1, double.NaN, double.PositiveInfinity])));

    [Fact]
    public void Points_carry_their_labels() => Assert.Equal(
        """{"marker":{"color":"#2b62de","size":8},"mode":"markers","name":"p","text":["a","b"],"type":"scatter","x":[1,2],"y":[3,4]}""",
        Trace(new Figure("t").Scatter([1, 2], [3, 4], "p", labels: ["a", "b"])));

    [Fact]
    public void Bars_of_several_series_stand_side_by_side_each_in_its_colour()
    {
        var figure = new Figure("t").Bars(["map", "reduce"], [1, 2], "a").Bars(["map", "reduce"], [3, 4], "b");
        Assert.Equal("""{"marker":{"color":"#2b62de"},"name":"a","type":"bar","x":["map","reduce"],"y":[1,2]}""", Trace(figure));
        Assert.Equal("""{"marker":{"color":"#b88a00"},"name":"b","type":"bar","x":["map","reduce"],"y":[3,4]}""", Trace(figure, 1));
        Assert.Null(Layout(figure)["barmode"]);
        Assert.Equal("stack", Text(figure.Stacked(), "barmode"));
    }

    [Fact]
    public void Lying_bars_have_their_categories_from_the_top()
    {
        var figure = new Figure("t").Bars(new Dictionary<string, int> { ["one"] = 1 }, horizontal: true);
        Assert.Equal(
            """{"marker":{"color":"#2b62de"},"orientation":"h","showlegend":false,"type":"bar","x":[1],"y":["one"]}""", Trace(figure));
        Assert.Equal("reversed", Text(figure, "yaxis", "autorange"));
    }

    [Fact]
    public void A_histogram_counts_each_value_once_and_the_largest_in_the_last_bin()
    {
        var trace = Data(new Figure("t").Histogram([0.0, 1, 1, 2, 9, 10, double.NaN], bins: 5), 0);
        Assert.Equal("[3,1,0,0,2]", trace["y"]!.ToJsonString());
        Assert.Equal("[1,3,5,7,9]", trace["x"]!.ToJsonString());
    }

    [Fact]
    public void A_histogram_of_equal_values_is_one_bin() =>
        Assert.Equal("[3]", Data(new Figure("t").Histogram([4, 4, 4]), 0)["y"]!.ToJsonString());

    [Fact]
    public void A_distribution_rises_by_the_same_share_at_each_value()
    {
        var trace = Data(new Figure("t").Distribution([30, 10, 20, 20]), 0);
        Assert.Equal("[10,10,20,20,30]", trace["x"]!.ToJsonString());
        Assert.Equal("[0,0.25,0.5,0.75,1]", trace["y"]!.ToJsonString());
    }

    [Fact]
    public void A_distribution_of_many_values_keeps_a_thousand_steps_with_both_ends()
    {
        var x = Data(new Figure("t").Distribution(Enumerable.Range(1, 100_000)), 0)["x"]!.AsArray();
        Assert.Equal(1001, x.Count);
        Assert.Equal((1.0, 100_000.0), ((double)x[0]!, (double)x[^1]!));
    }

    [Fact]
    public void A_heat_map_keeps_rows_from_the_top_and_holes_as_null()
    {
        var figure = new Figure("t").HeatMap(["a", "b"], ["x", "y"], new[,] { { 1, double.NaN }, { 3, 4 } }, "MB");
        Assert.Equal("[[1,null],[3,4]]", Data(figure, 0)["z"]!.ToJsonString());
        Assert.Equal("reversed", Text(figure, "yaxis", "autorange"));
    }

    [Fact]
    public void Axes_have_their_units_and_a_logarithmic_range_is_given_in_exponents()
    {
        var figure = new Figure("t").Line([1, 2], [1, 100]).XAxis("time", "s").YAxis("rate", "MB/s", log: true, range: (1, 1000));
        Assert.Equal("time (s)", Text(figure, "xaxis", "title", "text"));
        Assert.Equal("log", Text(figure, "yaxis", "type"));
        Assert.Equal("[0,3]", Layout(figure)["yaxis"]!["range"]!.ToJsonString());
    }

    [Fact]
    public void A_horizontal_line_stands_in_data_units_and_its_label_in_exponents_on_a_logarithmic_axis()
    {
        var layout = Layout(new Figure("t").Line([1, 2], [1, 100]).YAxis("rate", log: true).HorizontalLine(100, "limit"));
        Assert.Equal(100, (double)layout["shapes"]![0]!["y0"]!);
        Assert.Equal(2, (double)layout["annotations"]![0]!["y"]!);
    }

    [Fact]
    public void Labels_at_places_close_to_each_other_stand_in_rows_of_their_own()
    {
        var figure = new Figure("t").Line([0, 100], [0, 1]).VerticalLine(30, "crash").VerticalLine(31, "election")
            .VerticalLine(90, "healed");
        var shifts = Layout(figure)["annotations"]!.AsArray().Select(note => (int)note!["yshift"]!).ToList();
        Assert.Equal([0, 16, 0], shifts);
    }

    [Fact]
    public void A_single_name_needs_no_legend_and_two_do()
    {
        var one = new Figure("t").Line([1], [1], "a");
        Assert.False((bool)Layout(one)["showlegend"]!);
        Assert.True((bool)Layout(one.Line([1], [2], "b"))["showlegend"]!);
    }

    [Fact]
    public void Any_member_of_plotlys_can_be_set_and_wins()
    {
        var figure = new Figure("t").Line([1], [1]).Trace("line.dash", "dot").Trace("line.color", "red")
            .Layout("xaxis.showgrid", false).Layout("annotations", new[] { new { text = "mine" } }).Config("scrollZoom", true);
        Assert.Equal("""{"color":"red","dash":"dot"}""", Data(figure, 0)["line"]!.ToJsonString());
        Assert.False((bool)Layout(figure)["xaxis"]!["showgrid"]!);
        Assert.Equal("""[{"text":"mine"}]""", Layout(figure)["annotations"]!.ToJsonString());
        Assert.True((bool)figure.ToJsonObject()["config"]!["scrollZoom"]!);
    }

    [Fact]
    public void A_figure_does_not_change_when_another_is_made_from_it_or_its_data_changes()
    {
        var values = new[] { 1.0, 2 };
        var figure = new Figure("t").Line([1, 2], values, "a");
        var before = figure.ToJson();
        values[0] = 99;
        _ = figure.Line([1, 2], values, "b").Layout("height", 5).Trace("mode", "markers");
        Assert.Equal(before, figure.ToJson());
    }

    [Fact]
    public void No_button_sends_the_readers_data_away() =>
        Assert.Contains("sendChartToCloud", new Figure("t").ToJsonObject()["config"]!["modeBarButtonsToRemove"]!.ToJsonString());

    [Fact]
    public void Names_and_titles_are_shown_as_they_stand()
    {
        var figure = new Figure("a < b & c").Line([1], [1], "<b>x</b>");
        Assert.Equal("a &lt; b &amp; c", Text(figure, "title", "text"));
        Assert.Equal("&lt;b>x&lt;/b>", (string)Data(figure, 0)["name"]!);
    }

    internal static JsonNode Data(Figure figure, int trace) => figure.ToJsonObject()["data"]![trace]!;

    internal static JsonNode Layout(Figure figure) => figure.ToJsonObject()["layout"]!;

    private static string Trace(Figure figure, int at = 0) => Data(figure, at).ToJsonString();

    private static string Text(Figure figure, params string[] path) =>
        (string)path.Aggregate(Layout(figure), (node, name) => node[name] ?? throw new InvalidOperationException($"no {name}"))!;
}
