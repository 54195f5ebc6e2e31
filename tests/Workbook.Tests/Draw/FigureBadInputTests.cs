using Workbook.Draw;

namespace Workbook.Tests.Draw;

public sealed class FigureBadInputTests
{
    private static readonly Figure Empty = new("t");

    [Fact]
    public void Series_of_different_lengths_are_refused_by_name() => Refused(
        "'rate' has 2 x values but 1 y value; give as many of the one as of the other.", () => Empty.Line([1, 2], [1], "rate"));

    [Fact]
    public void Categories_without_values_are_refused() => Refused(
        "There are 1 values for 2 categories; give one for each.", () => Empty.Bars(["a", "b"], [1]));

    [Fact]
    public void A_heat_map_with_too_few_names_is_refused() => Refused(
        "There are 1 names of rows for 2 rows; give one for each.", () => Empty.HeatMap(["a"], ["x"], new double[2, 1]));

    [Fact]
    public void A_figure_without_a_title_is_refused() => Refused(
        "A figure needs a title: it is the first thing its text alternative says. (Parameter 'title')", () => new Figure(" "));

    [Fact]
    public void A_logarithmic_axis_from_zero_is_refused() => Refused(
        "A logarithmic axis cannot run from 0 to 10; both ends must be above 0.", () => Empty.YAxis("y", log: true, range: (0, 10)));

    [Fact]
    public void A_line_at_no_place_is_refused() => Refused(
        "A line or a note cannot stand at NaN; give a finite number.", () => Empty.VerticalLine(double.NaN));

    [Fact]
    public void A_gantt_bar_that_ends_before_it_starts_is_refused() => Refused(
        "The bar 'map 3' of w1 runs from 5 s to 4 s; give it an end not before its start.",
        () => Empty.Gantt([new("w1", 5.0, 4.0, "map", "map 3")]));

    [Fact]
    public void A_gantt_bar_in_no_row_is_refused() => Refused(
        "The bar 'map' lies in row 'w2', which is not among the rows given; add that row.",
        () => Empty.Gantt([new("w2", 1.0, 2.0, "map")], rows: ["w1"]));

    [Fact]
    public void Frames_with_other_series_are_refused() => Refused(
        "Frame '2' has other series than frame '1'; give every frame the same ones in the same order.",
        () => Figure.Animate("t", "step", [("1", Empty.Line([1], [1])), ("2", Empty.Bars(["a"], [1]))]));

    [Fact]
    public void A_stack_of_nothing_or_of_stacks_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Figure.Stack("t"));
        Assert.Throws<ArgumentException>(() => Figure.Stack("t", Figure.Stack("u", Empty)));
        Assert.Throws<ArgumentException>(() => Figure.Columns("t", Figure.Columns("u", Empty, Empty)));
    }

    [Fact]
    public void A_line_added_to_a_stack_is_refused_with_what_to_do() =>
        Assert.Contains("before you put them together", Assert.Throws<InvalidOperationException>(() =>
            Figure.Stack("t", Empty).Line([1], [1])).Message);

    [Fact]
    public void A_path_that_is_none_is_refused() => Refused(
        "'marker..size' is no path of a member; write it as Plotly does, like \"marker.size\". (Parameter 'path')",
        () => Empty.Layout("marker..size", 1));

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { double.NaN, double.PositiveInfinity })]
    public void Without_a_single_number_each_kind_says_no_data(double[] values)
    {
        Figure[] figures =
        [
            Empty, Empty.Line(values, values, "a"), Empty.Scatter(values, values), Empty.Bars(values.Select(_ => "c"), values),
            Empty.Histogram(values), Empty.Distribution(values), Empty.Gantt([]),
            Empty.HeatMap(values.Select((_, i) => $"{i}"), ["c"], Column(values)),
        ];
        foreach (var figure in figures)
        {
            Assert.Contains("no data", FigureTests.Layout(figure)["annotations"]!.ToJsonString());
            Assert.Equal("t. No data.", figure.Alt);
        }
    }

    private static double[,] Column(double[] values)
    {
        var column = new double[values.Length, 1];
        for (var i = 0; i < values.Length; i++)
            column[i, 0] = values[i];
        return column;
    }

    private static void Refused(string message, Func<Figure> make) => Assert.Equal(message, Assert.Throws<ArgumentException>(make).Message);
}
