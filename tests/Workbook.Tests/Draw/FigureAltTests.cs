using Workbook.Draw;

namespace Workbook.Tests.Draw;

public sealed class FigureAltTests
{
    [Fact]
    public void A_line_chart_says_its_axes_its_course_and_what_is_marked() => Assert.Equal(
        "Input rate. Line chart with 2 series. Horizontal axis: time, 0 to 891 s. Vertical axis: rate, 0 to 12,900 MB/s. "
        + "normal: from 0 to 10, highest 12,900 at 130; no backup: from 5 to 6. Marked: maps done at 400 s.",
        new Figure("Input rate").Line([0, 130, 891], [0, 12_900, 10], "normal").Line([0, 891], [5, 6], "no backup")
            .XAxis("time", "s").YAxis("rate", "MB/s").VerticalLine(400, "maps done").Alt);

    [Fact]
    public void Bars_say_their_values() => Assert.Equal(
        "Runs. Bar chart. Vertical axis: time, 0 to 1,283 s. Normal 891, no backup 1,283.",
        new Figure("Runs").Bars(["normal", "no backup"], [891, 1283]).YAxis("time", "s").Alt);

    [Fact]
    public void A_distribution_says_median_and_tail() => Assert.Equal(
        "Elections. Empirical distribution. Horizontal axis: time, 1 to 1,000 ms. Vertical axis: share of values, 0 to 1.02. "
        + "1,000 values, median 500, 99 % at most 990.",
        new Figure("Elections").Distribution(Enumerable.Range(1, 1000)).XAxis("time", "ms").Alt);

    [Fact]
    public void A_gantt_chart_says_each_kind() => Assert.Equal(
        "Tasks. Gantt chart. Horizontal axis: time, 0 to 30 s. map: 2 bars in 2 rows, from 0 to 12 s, 11 s on average; "
        + "reduce: 1 bar in 1 row, from 12 to 30 s, 18 s on average.",
        new Figure("Tasks").Gantt([new("w1", 0.0, 10.0, "map"), new("w2", 0.0, 12.0, "map"), new("w1", 12.0, 30.0, "reduce")]).Alt);

    [Fact]
    public void A_grid_says_each_panel_under_its_column()
    {
        var input = new Figure("Input").Line([0, 1], [2, 3]);
        Assert.Equal("Rates. 2 panels. (1) Normal: Input. Line chart. Horizontal axis: 0 to 1. Vertical axis: 2 to 3. From 2 to 3. "
            + "(2) Killed: Input. Line chart. Horizontal axis: 0 to 1. Vertical axis: 2 to 3. From 2 to 3.",
            Figure.Columns("Rates", Figure.Stack("Normal", input), Figure.Stack("Killed", input)).Alt);
    }

    [Fact]
    public void The_authors_words_win() => Assert.Equal("Mine.", new Figure("t").Line([1], [1]).Describe("Mine.").ToMimeBundle().Plain);

    [Fact]
    public void What_is_nothing_beside_the_rest_is_said_as_zero() =>
        Assert.Contains("from 100 to 0.", new Figure("t").Line([0, 1], [100, 3.6e-49]).Alt, StringComparison.OrdinalIgnoreCase);
}
