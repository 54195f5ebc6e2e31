using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Workbook.Draw;

namespace Workbook.Tests.Draw;

public sealed class GanttTests
{
    [Fact]
    public void A_small_chart_is_one_bar_trace_a_kind_with_rows_in_natural_order()
    {
        var figure = new Figure("t").Gantt([new("w10", 0.0, 2.0, "map", "map 1"), new("w2", 1.0, 3.0, "map", "map 2"),
            new("w2", 3.0, 4.5, "reduce")]);
        Assert.Equal(
            """{"base":[0,1],"hoverinfo":"text","hovertext":["map 1 · w10, 0–2 s","map 2 · w2, 1–3 s"],"""
            + """
              "marker":{"color":"#2b62de"},"name":"map","orientation":"h","type":"bar","x":[2,2],"y":[1,0]}
              """,
            FigureTests.Data(figure, 0).ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal("""["w2","w10"]""", FigureTests.Layout(figure)["yaxis"]!["ticktext"]!.ToJsonString());
    }

    [Fact]
    public void The_rows_given_decide_order_and_idle_workers_keep_their_row()
    {
        var figure = new Figure("t").Gantt([new("b", TimeSpan.Zero, TimeSpan.FromSeconds(1))], rows: ["c", "b", "a"]);
        Assert.Equal("""["c","b","a"]""", FigureTests.Layout(figure)["yaxis"]!["ticktext"]!.ToJsonString());
        Assert.Equal("[1]", FigureTests.Data(figure, 0)["y"]!.ToJsonString());
    }

    [Fact]
    public void The_papers_sort_is_few_traces_and_stays_light()
    {
        var figure = new Figure("t").Gantt(Sort());
        var data = figure.ToJsonObject()["data"]!.AsArray();
        Assert.Equal(["map", "reduce", "backup", null], data.Select(trace => (string?)trace!["name"]));
        Assert.InRange(figure.ToJson().Length, 100_000, 2_500_000);
        Assert.InRange(FigureTests.Layout(figure)["yaxis"]!["ticktext"]!.AsArray().Count, 10, 30);
    }

    /// <summary>The area under the pen's way, by the shoelace formula: what is drawn twice must cancel out exactly.</summary>
    [Fact]
    public void The_outline_of_many_bars_encloses_exactly_the_bars()
    {
        var bars = Sort().Where(bar => bar.Kind == "map").ToList();
        var trace = FigureTests.Data(new Figure("t").Gantt(bars), 0);
        var (x, y) = (Numbers(trace["x"]!), Numbers(trace["y"]!));
        var area = 0.0;
        for (var i = 0; i < x.Count; i++)
            area += x[i] * y[(i + 1) % x.Count] - x[(i + 1) % x.Count] * y[i];
        Assert.Equal(bars.Sum(bar => bar.End - bar.Start), Math.Abs(area) / 2, 0.001 * bars.Count);
        Assert.False((bool)trace["line"]!["simplify"]!);
    }

    private static List<double> Numbers(JsonNode array) => [.. array.AsArray().Select(number => (double)number!)];

    /// <summary>15,000 maps and 4,000 reduces on 1,746 workers, and 1,000 backup tasks.</summary>
    private static List<GanttBar> Sort() => [.. Enumerable.Range(0, 20_000).Select(i =>
        new GanttBar($"worker {i % 1746}", i / 1746 * 80.0 + i % 7, i / 1746 * 80.0 + 60 + i % 13,
            i < 15_000 ? "map" : i < 19_000 ? "reduce" : "backup", $"task {i}"))];

    [Fact]
    public void A_kind_that_came_to_nothing_is_hatched()
    {
        var bars = new[] { new GanttBar("w1", 0.0, 1.0, "map"), new GanttBar("w1", 1.0, 2.0, "in vain") { IsHatched = true } };
        var json = new Figure("t").Gantt(bars).ToJson();
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(json, "\"pattern\":\\{\"shape\":\"/\"\\}"));
        Assert.DoesNotContain("shape", new Figure("t").Gantt(bars.Take(1)).ToJson());
    }
}
