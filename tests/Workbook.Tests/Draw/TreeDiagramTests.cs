using System.Xml.Linq;
using Workbook.Draw;

namespace Workbook.Tests.Draw;

public sealed class TreeDiagramTests
{
    private static TreeDiagram Fork() => new("Two at once",
        [
            new("a", 0, 0), new("b", 1, 0) { From = ["a"], Look = TreeLook.Filled, Label = "p1", Detail = "5 min" },
            new("c", 1, 1) { From = ["a"], Look = TreeLook.Left, Hint = "left by p2" },
        ])
    { Legend = [(TreeLook.Filled, "in the chain"), (TreeLook.Left, "given up")] };

    [Fact]
    public void The_text_tells_of_every_box() => Assert.Equal("""
        Two at once. 3 boxes: 1 in the chain, 1 given up.
        a
        p1: 5 min; in the chain; on a
        c: left by p2; given up; on a
        """.ReplaceLineEndings("\n"), Fork().ToText());

    [Fact]
    public void The_drawing_has_a_box_for_each_a_line_for_each_link_and_what_the_looks_mean()
    {
        var svg = XElement.Parse(Fork().ToSvg());
        var classes = svg.Descendants().Select(element => (string?)element.Attribute("class")).ToList();

        Assert.Equal(3 + 2, classes.Count(name => name == "wb-ln-box"));
        Assert.Equal(2, classes.Count(name => name == "wb-ln-line"));
        Assert.Contains("given up", svg.Value);
    }

    [Fact]
    public void What_cannot_be_drawn_is_said_in_a_sentence()
    {
        Complains("name each box once", [new("a", 0, 0), new("a", 1, 0)]);
        Complains("linked to 'x'", [new("a", 0, 0) { From = ["x"] }]);
        Complains("stands outside", [new("a", -1, 0)]);
        Complains("give at most 400", [.. Enumerable.Range(0, 401).Select(at => new TreeBox($"{at}", 0, 0))]);
        Assert.Contains("Nothing to draw", new TreeDiagram("t", []).ToSvg());

        static void Complains(string words, TreeBox[] boxes) => Assert.Contains(
            words, Assert.Throws<ArgumentException>(() => new TreeDiagram("t", boxes)).Message);
    }
}
