using System.Xml.Linq;
using Workbook.Draw;

namespace Workbook.Tests.Draw;

public sealed class PartitionGraphTests
{
    private const PartitionState Kept = PartitionState.Kept;
    private const PartitionState Lost = PartitionState.Lost;
    private const PartitionState Again = PartitionState.ComputedAgain;

    private static PartitionGraph Loss() => new("A worker is lost",
        [new("lines", [Kept, Kept, Kept]) { Detail = "textFile" }, new("links", [Kept, Lost, Again]), new("ranks", 3), new("joined", 3)],
        [
            .. PartitionEdge.AllToAll("lines", 3, "links", 3), .. PartitionEdge.OneToOne("links", "ranks", 3), .. PartitionEdge.OneToOne("links", "joined", 3),
            .. PartitionEdge.OneToOne("ranks", "joined", 3),
        ]);

    [Fact]
    public void The_text_tells_what_became_of_which_partitions() => Assert.Equal("""
        A worker is lost. Partitions of 4 datasets (lines, links, ranks and joined), 18 dependencies: 6 partitions; 4 partitions kept; 1 partition lost; 1 partition computed again.
        lines (textFile): partitions 0–2 kept
        links: partitions 0 kept; 1 lost; 2 computed again; from lines
        ranks: partitions 0–2; from links
        joined: partitions 0–2; from links and ranks
        """.ReplaceLineEndings("\n"), Loss().ToText());

    [Fact]
    public void Each_state_has_a_word_and_a_look()
    {
        var boxes = Boxes(Loss());
        Assert.Equal(12, boxes.Count);
        Assert.Equal(["wb-ln-cached", "wb-ln-lost", "wb-ln-again", "wb-ln-usual"], boxes.Skip(3).Take(4).Select(Class));
        Assert.Equal(["0kept", "1lost", "2again", "0"], boxes.Skip(3).Take(4)
            .Select(box => string.Concat(box.Elements().Where(part => part.Name.LocalName == "text").Select(part => part.Value))));
        Assert.Single(boxes, box => box.Elements().Any(part => Class(part) == "wb-ln-cross"));
    }

    [Fact]
    public void What_was_read_to_compute_again_stands_out()
    {
        var arrows = Arrows(Loss());
        Assert.Equal(18, arrows.Count);
        var strong = arrows.Where(arrow => Class(arrow).Contains("wb-ln-strong")).Select(arrow => arrow.Elements().First().Value);
        Assert.Equal(["lines 0 to links 2", "lines 1 to links 2", "lines 2 to links 2"], strong);
        Assert.Contains("read to compute a partition again", Loss().ToSvg());
        Assert.DoesNotContain("read to compute", new PartitionGraph("t", [new("a", 2)], []).ToSvg());
    }

    [Fact]
    public void Frames_are_apart_and_children_stand_below_their_parents()
    {
        var frames = new PartitionSvg(Loss()).Frames;
        Assert.Equal(4, frames.Select(frame => frame.Top).Distinct().Count());
        var beside = new PartitionSvg(new("t", [new("a", 4), new("b", 3), new("joined", 4)],
            [.. PartitionEdge.OneToOne("a", "joined", 4), .. PartitionEdge.OneToOne("b", "joined", 3)])).Frames;
        Assert.Equal(beside[0].Top, beside[1].Top);
        Assert.True(beside[2].Top > beside[0].Top + beside[0].Height);
        Assert.False(beside[0].Meets(beside[1]));
    }

    [Fact]
    public void Arrows_run_from_box_to_box_and_through_no_other()
    {
        var boxes = Boxes(Loss()).Select(box => box.Elements().Single(part => Class(part) == "wb-ln-box"))
            .Select(box => new LabelSpace.Box(Number(box, "x"), Number(box, "y"), Number(box, "width"), Number(box, "height"))).ToList();
        foreach (var arrow in Arrows(Loss()))
        {
            var numbers = ((string)arrow.Elements().Single(part => Class(part) == "wb-ln-head").Attribute("d")!)[1..].Split('L')[0].Split(' ');
            var (x, y) = (double.Parse(numbers[0]), double.Parse(numbers[1]));
            Assert.Single(boxes, box => Math.Abs(box.Top - y) < 0.1 && Math.Abs(box.Left + box.Width / 2 - x) < 0.1);
        }
        // Two rows down, past the row between: the line turns upright beside a box.
        var past = Arrows(Loss()).Single(arrow => arrow.Elements().First().Value == "links 1 to joined 1")
            .Elements().Single(part => Class(part) == "wb-ln-line");
        var upright = ((string)past.Attribute("d")!).Split('L', 'V');
        Assert.Equal(4, upright.Length);
        Assert.DoesNotContain(boxes, box => Math.Abs(box.Left + box.Width / 2 - double.Parse(upright[1].Split(' ')[0])) <= box.Width / 2);
    }

    [Fact]
    public void Of_many_partitions_the_first_are_drawn_and_the_drawing_says_so()
    {
        var svg = XElement.Parse(new PartitionGraph("t", [new("a", 64), new("b", 2)], PartitionEdge.AllToAll("a", 64, "b", 2)).ToSvg());
        Assert.Contains("0–11 of 64", svg.Value);
        Assert.Contains("104 arrows from or to partitions that are not drawn", svg.Value);
    }

    [Fact]
    public void Names_are_text_and_the_picture_is_described()
    {
        const string evil = "</text><script>alert(1)</script>&\u0001";
        var graph = new PartitionGraph(evil, [new(evil, 1) { Detail = evil }], []) { Note = evil };
        Assert.DoesNotContain("<script", graph.ToMimeBundle().Html);
        var svg = XElement.Parse(Loss().ToSvg());
        var ids = ((string)svg.Attribute("aria-labelledby")!).Split(' ');
        Assert.Equal([Loss().Title, Loss().Alt], ids.Select(id => svg.Descendants().Single(part => (string?)part.Attribute("id") == id).Value));
    }

    [Fact]
    public void What_is_wrong_is_refused_with_a_sentence_and_nothing_is_a_picture_too()
    {
        Assert.Contains("No datasets.", new PartitionGraph("t", [], []).ToSvg());
        Refused("The dataset 'a' is named twice; name each dataset once.", () => new("t", [new("a", 1), new("a", 2)], []));
        Refused("The dataset 'a' has no partition; give it at least one.", () => new("t", [new("a", -3)], []));
        Refused("A partition of 'b' is in a dependency, but 'b' is not among the datasets given; add it to them.", () => new("t", [new("a", 1)], [new("a", 0, "b", 0)]));
        Refused("'b' has no partition 2; its partitions are 0 to 1.", () => new("t", [new("a", 3), new("b", 2)], PartitionEdge.OneToOne("a", "b", 3)));
        Refused("Datasets depend on each other in a circle: 'a' → 'b' → 'a'; one of them must be made without the others.",
            () => new("t", [new("a", 1), new("b", 1)], [new("a", 0, "b", 0), new("b", 0, "a", 0)]));
    }

    private static void Refused(string message, Func<PartitionGraph> make) => Assert.Equal(message, Assert.Throws<ArgumentException>(make).Message);

    private static List<XElement> Boxes(PartitionGraph graph) => Layer(graph, "wb-ln-boxes");

    private static List<XElement> Arrows(PartitionGraph graph) => Layer(graph, "wb-ln-lines");

    private static List<XElement> Layer(PartitionGraph graph, string cssClass) =>
        [.. XElement.Parse(graph.ToSvg()).Descendants().Single(part => Class(part) == cssClass).Elements()];

    private static string Class(XElement part) => (string?)part.Attribute("class") ?? "";

    private static double Number(XElement part, string attribute) =>
        double.Parse((string)part.Attribute(attribute)!, System.Globalization.CultureInfo.InvariantCulture);
}
