using Workbook.Draw;
using Workbook.Sim;
using Box = Workbook.Draw.LabelSpace.Box;

namespace Workbook.Tests.Draw;

/// <summary>What must hold of every drawing of a lineage, whatever the lineage.</summary>
public sealed class LineageLayoutTests
{
    private static readonly Lazy<List<(LineageGraph Graph, LineageWindow Window, LineageLayout Layout)>> All = new(() =>
        [.. LineageSamples.All().Select(graph => (graph, LineageWindow.Of(graph), new LineageLayout(graph, LineageWindow.Of(graph))))]);

    private static List<(LineageGraph Graph, LineageWindow Window, LineageLayout Layout)> Drawn() => All.Value;

    [Fact]
    public void No_two_boxes_and_no_two_regions_meet()
    {
        foreach (var (_, _, layout) in Drawn())
        {
            Apart(layout.Places);
            Apart([.. layout.Regions.Select(region => region.Box)]);
            Assert.All(layout.Places, box => Assert.True(Within(box, new(0, 0, layout.Width, layout.Height))));
        }
    }

    [Fact]
    public void A_region_holds_exactly_the_datasets_of_its_group_under_its_heading()
    {
        var regions = 0;
        foreach (var (_, window, layout) in Drawn())
        {
            foreach (var region in layout.Regions)
            {
                regions++;
                for (var node = 0; node < window.Nodes.Count; node++)
                {
                    if (window.Nodes[node].Group == region.Group)
                        Assert.True(Within(layout.Places[node], region.Box));
                    else
                        Assert.False(region.Box.Meets(layout.Places[node]));
                }
                var heading = new Box(region.Box.Left + LineageColumns.Padding, region.Box.Top, region.Heading.Length * 6.5, 20);
                Assert.True(heading.Left + heading.Width <= region.Box.Left + region.Box.Width);
                Assert.DoesNotContain(layout.Places, heading.Meets);
            }
        }
        Assert.True(regions > 60);
    }

    [Fact]
    public void Every_dependency_can_be_followed_from_the_foot_of_its_parent_down_to_the_head_of_its_child()
    {
        foreach (var (_, window, layout) in Drawn())
        {
            foreach (var line in window.Lines)
            {
                var own = layout.Lines.Where(part => part.Node == line.From && part.Kind == line.Kind).ToList();
                var at = Assert.Single(own, part => part.End == line.To);
                Assert.Equal(layout.Places[line.To].Top, at.Y2);
                Assert.InRange(at.X2, layout.Places[line.To].Left, layout.Places[line.To].Left + layout.Places[line.To].Width);
                while (Math.Abs(at.Y1 - layout.Places[line.From].Top - layout.Places[line.From].Height) > 1e-9)
                {
                    Assert.True(at.Y1 > layout.Places[line.From].Top);
                    at = own.First(part => part.End < 0 && (part.X2, part.Y2) == (at.X1, at.Y1));
                }
                Assert.InRange(at.X1, layout.Places[line.From].Left, layout.Places[line.From].Left + layout.Places[line.From].Width);
            }
        }
    }

    [Fact]
    public void No_line_runs_through_a_box_or_through_a_group_that_it_neither_comes_from_nor_leads_to()
    {
        foreach (var (_, window, layout) in Drawn())
        {
            foreach (var line in layout.Lines)
            {
                var ends = window.Lines.Where(one => one.From == line.Node && one.Kind == line.Kind).Select(one => one.To).Append(line.Node).ToHashSet();
                var own = ends.Select(node => window.Nodes[node].Group).ToHashSet();
                var strange = layout.Places.Concat(layout.Regions.Where(region => !own.Contains(region.Group)).Select(region => region.Box))
                    .Where(box => box.Top < line.Y2 && box.Top + box.Height > line.Y1).ToList();
                Assert.All(strange, box => Assert.DoesNotContain(Points(line), point => Holds(box, point.X, point.Y)));
            }
        }
    }

    [Fact]
    public void Children_stand_below_their_parents() => Assert.All(Drawn(), drawn => Assert.All(drawn.Window.Lines, line =>
        Assert.True(drawn.Layout.Places[line.To].Top > drawn.Layout.Places[line.From].Top + drawn.Layout.Places[line.From].Height)));

    [Fact]
    public void The_same_lineage_is_drawn_the_same_in_whatever_order_its_edges_are_told()
    {
        foreach (var (graph, _, layout) in Drawn().Where(drawn => drawn.Graph.Kept is null))
        {
            var edges = graph.Edges.ToArray();
            new Rng(1).Shuffle(edges.AsSpan());
            var told = new LineageGraph(graph.Title, graph.Nodes, edges, graph.Groups);
            var again = new LineageLayout(told, LineageWindow.Of(told));
            Assert.Equal(layout.Places, again.Places);
            Assert.Equal(layout.Lines, again.Lines);
            Assert.Equal(graph.ToSvg(), new LineageGraph(graph.Title, graph.Nodes, graph.Edges, graph.Groups).ToSvg());
        }
    }

    [Fact]
    public void What_can_be_drawn_without_crossings_is()
    {
        List<LineageNode> nodes = [.. "abcdefgh".Select(name => new LineageNode($"{name}"))];
        var graph = new LineageGraph("t", nodes, [new("a", "h"), new("b", "g"), new("c", "f"), new("d", "e")]);
        Assert.Equal(0, LineageSweeps.Sort(new(LineageWindow.Of(graph), _ => 60, _ => 60)));
        Assert.Equal(0, LineageSweeps.Sort(new(LineageWindow.Of(LineageSamples.PageRank(10)), _ => 60, _ => 60)));
        Assert.Equal(0, LineageSweeps.Sort(new(LineageWindow.Of(LineageSamples.Figure5()), _ => 60, _ => 60)));
    }

    [Fact]
    public void Ten_iterations_fit_the_width_of_a_phone()
    {
        var graph = LineageSamples.PageRank(10);
        Assert.InRange(new LineageLayout(graph, LineageWindow.Of(graph)).Width, 100, 366);
    }

    [Fact]
    public void What_is_made_from_nothing_stands_right_above_what_needs_it() => Assert.Equal([0, 1, 2, 1, 3],
        LineageOrder.Levels(5, [(0, 1), (1, 2), (3, 2), (2, 4)]));

    [Theory]
    [InlineData(new double[] { 0, 50, 100 }, new double[] { 0, 50, 100 })]
    [InlineData(new double[] { 10, 10 }, new double[] { 0, 20 })]
    [InlineData(new double[] { 100, 0, 80 }, new double[] { 40, 60, 80 })]
    public void Neighbours_stand_as_near_to_where_they_want_as_their_distance_lets_them(double[] wanted, double[] placed) =>
        Assert.Equal(placed, RowSpacing.Place(wanted, [.. wanted.Select(_ => 1.0)], [.. wanted.Select(_ => 20.0)]).Select(x => Math.Round(x, 6)));

    private static void Apart(IReadOnlyList<Box> boxes)
    {
        for (var i = 0; i < boxes.Count; i++)
        {
            for (var j = 0; j < i; j++)
                Assert.False(boxes[i].Meets(boxes[j]), $"{boxes[i]} and {boxes[j]}");
        }
    }

    private static bool Within(Box inner, Box outer) => inner.Left >= outer.Left - 1e-6 && inner.Top >= outer.Top - 1e-6
        && inner.Left + inner.Width <= outer.Left + outer.Width + 1e-6 && inner.Top + inner.Height <= outer.Top + outer.Height + 1e-6;

    private static bool Holds(Box box, double x, double y) =>
        x > box.Left + 1e-6 && x < box.Left + box.Width - 1e-6 && y > box.Top + 1e-6 && y < box.Top + box.Height - 1e-6;

    /// <summary>Points along the two straight ends and along the bend, which is a cubic curve with level control points.</summary>
    private static IEnumerable<(double X, double Y)> Points(LineageLayout.Line line)
    {
        for (var t = 0.0; t <= 1; t += 0.1)
        {
            yield return (line.X1, line.Y1 + t * (line.Bend1 - line.Y1));
            yield return (line.X2, line.Bend2 + t * (line.Y2 - line.Bend2));
            var (a, b, c, d) = ((1 - t) * (1 - t) * (1 - t), 3 * t * (1 - t) * (1 - t), 3 * t * t * (1 - t), t * t * t);
            var middle = (line.Bend1 + line.Bend2) / 2;
            yield return ((a + b) * line.X1 + (c + d) * line.X2, a * line.Bend1 + (b + c) * middle + d * line.Bend2);
        }
    }
}
