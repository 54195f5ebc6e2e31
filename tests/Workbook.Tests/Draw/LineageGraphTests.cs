using System.Xml.Linq;
using Workbook.Draw;

namespace Workbook.Tests.Draw;

public sealed class LineageGraphTests
{
    [Fact]
    public void The_text_tells_each_dataset_under_its_group_with_what_it_is_made_from() => Assert.Equal("""
        Figure 5. Lineage graph of 7 datasets in 3 groups (Stage 1, Stage 2 and Stage 3): 4 narrow and 2 wide dependencies. Wide: A to B (3 MB) and F to G (18 MB). Cached: B. Computed more than once: F (3 times). Skipped: Stage 1.
        Stage 1 (skipped)
          A: textFile
        Stage 2
          C: textFile
          D: map; from C
          E: textFile
          F: union, 4 partitions, computed 3 times; from D and E
        Stage 3
          B: groupBy, cached; from A (wide, 3 MB)
          G: join; from F (wide, 18 MB) and B
        """.ReplaceLineEndings("\n"), LineageSamples.Figure5().ToText());

    [Fact]
    public void Wide_dependencies_are_double_lines_with_a_bar_and_narrow_ones_are_not()
    {
        var lines = Drawing(LineageSamples.Figure5()).Descendants().Single(part => Class(part) == "wb-ln-lines").Elements().ToList();
        var wide = lines.Where(line => Class(line).Contains("wb-ln-wide")).ToList();
        Assert.Equal(["A to B (3 MB), wide", "F to G (18 MB), wide"], wide.Select(line => line.Elements().First().Value));
        Assert.All(wide, line => Assert.Equal(1, line.Elements().Count(part => Class(part) == "wb-ln-bar")));
        Assert.All(wide, line => Assert.Equal((string)Part(line, "wb-ln-line").Attribute("d")!, (string)Part(line, "wb-ln-core").Attribute("d")!));
        var narrow = lines.Except(wide).ToList();
        Assert.Equal(4, narrow.Count);
        Assert.All(narrow, line => Assert.DoesNotContain(line.Elements(), part => Class(part) is "wb-ln-bar" or "wb-ln-core"));
        Assert.Equal(["3 MB", "18 MB"], Drawing(LineageSamples.Figure5()).Descendants().Where(part => Class(part) == "wb-ln-word").Select(part => part.Value));
    }

    [Fact]
    public void A_dataset_that_many_use_costs_one_line_that_parts()
    {
        var lines = Drawing(LineageSamples.PageRank(8)).Descendants().Single(part => Class(part) == "wb-ln-lines").Elements().ToList();
        var links = Assert.Single(lines, line => line.Elements().First().Value.StartsWith("links to ", StringComparison.Ordinal));
        Assert.Equal(9, links.Elements().Count(part => Class(part) == "wb-ln-head"));
    }

    [Fact]
    public void What_is_kept_is_filled_and_says_so_and_so_does_what_was_computed_again()
    {
        var graph = new LineageGraph("t",
            [new("a") { Mark = DatasetMark.Cached, Times = 2 }, new("b") { Mark = DatasetMark.Checkpointed }, new("c") { Times = 0 }], []);
        var boxes = Drawing(graph).Descendants().Single(part => Class(part) == "wb-ln-boxes").Elements().ToList();
        Assert.Equal(["wb-ln-cached", "wb-ln-checkpointed", "wb-ln-usual"], boxes.Select(Class));
        Assert.Equal(["cached · computed twice", "checkpointed", "not computed"], boxes.Select(box => Part(box, "wb-ln-mark").Value));
        Assert.NotNull(Part(boxes[1], "wb-ln-inner"));
        Assert.Equal(["cached", "checkpointed"], Legend(graph));
    }

    [Fact]
    public void A_skipped_group_is_faint_and_says_so()
    {
        var svg = Drawing(LineageSamples.Figure5());
        var region = Assert.Single(svg.Descendants(), part => Class(part) == "wb-ln-region wb-ln-skipped" && part.Parent!.Attribute("transform") is null);
        Assert.Equal("wb-ln-regions", Class(region.Parent!));
        Assert.Equal("wb-ln-usual wb-ln-faint", Class(svg.Descendants().Single(part => Class(part) == "wb-ln-name" && part.Value == "A").Parent!));
        Assert.Equal(["Stage 1 (skipped)", "Stage 2", "Stage 3"], svg.Descendants().Where(part => Class(part) == "wb-ln-heading")
            .Select(part => part.Nodes().OfType<XText>().Single().Value).Order(StringComparer.Ordinal));
        Assert.Equal(["narrow: partition to partition", "wide: from all to all", "cached", "skipped: not run"], Legend(LineageSamples.Figure5()));
    }

    [Fact]
    public void The_middle_of_a_long_lineage_is_one_box_that_says_how_much_it_is()
    {
        var graph = LineageSamples.PageRank(100);
        var svg = Drawing(graph);
        var names = svg.Descendants().Where(part => Class(part) == "wb-ln-name").Select(part => part.Value).ToList();
        Assert.InRange(names.Count, 30, LineageGraph.UsuallyShown + 1);
        Assert.Equal(("lines", "ranks100"), (names[0], names[^1]));
        var fold = Assert.Single(svg.Descendants(), part => Class(part) == "wb-ln-fold" && part.Parent!.Attribute("transform") is null);
        Assert.Equal($"{404 - names.Count} datasets", Part(fold, "wb-ln-name").Value);
        Assert.EndsWith(" Shown: datasets 1–21 and 382–403 of 403.", graph.Alt);
        Assert.Contains("datasets 1–21 and 382–403 of 403", svg.Value);
        Assert.DoesNotContain("in part", svg.Value);
    }

    [Fact]
    public void The_reader_says_how_many_are_drawn_at_either_end()
    {
        Assert.EndsWith("Shown: datasets 1–3 and 402–403 of 403.", LineageSamples.PageRank(100).Ends(3, 2).Alt);
        Assert.EndsWith("Shown: datasets 1–10 of 403.", LineageSamples.PageRank(100).Ends(10, 0).Alt);
        Assert.Contains("(in part)", LineageSamples.PageRank(100).Ends(4, 4).ToSvg());
        Assert.DoesNotContain("Shown", LineageSamples.PageRank(10).Ends(40, 40).Alt);
        Assert.Contains("at least 0", Assert.Throws<ArgumentException>(() => LineageSamples.PageRank(1).Ends(-1, 2)).Message);
        Assert.Throws<ArgumentException>(() => LineageSamples.PageRank(1).Ends(0, 0));
        Assert.Throws<ArgumentException>(() => LineageSamples.PageRank(1).Ends(int.MaxValue, 1));
    }

    [Fact]
    public void Labels_lie_on_no_box_and_on_no_other_label_and_those_left_out_are_counted()
    {
        foreach (var graph in LineageSamples.All())
        {
            var svg = Drawing(graph);
            var boxes = svg.Descendants().Where(part => Class(part) == "wb-ln-box" && part.Ancestors().All(above => above.Attribute("transform") is null))
                .Select(part => new LabelSpace.Box(Number(part, "x"), Number(part, "y"), Number(part, "width"), Number(part, "height"))).ToList();
            var words = svg.Descendants().Where(part => Class(part) == "wb-ln-word").ToList();
            foreach (var box in words.Select(word => new LabelSpace.Box(Number(word, "x"), Number(word, "y") - 9, word.Value.Length * 6, 10)))
            {
                Assert.DoesNotContain(boxes, box.Meets);
                boxes.Add(box);
            }
            var missing = LineageWindow.Of(graph).Lines.Count(line => line.Label.Length > 0) - words.Count;
            Assert.Equal(missing > 0, svg.Value.Contains("left out for want of room"));
        }
    }

    [Fact]
    public void The_picture_is_named_and_described_and_scrolls_in_a_box_of_its_own()
    {
        var graph = LineageSamples.Figure5() with { Note = "F <was> read twice." };
        var svg = Drawing(graph);
        var ids = ((string)svg.Attribute("aria-labelledby")!).Split(' ');
        Assert.Equal([graph.Title, graph.Alt], ids.Select(id => svg.Descendants().Single(part => (string?)part.Attribute("id") == id).Value));
        Assert.EndsWith("F <was> read twice.", graph.Alt);
        var html = graph.ToMimeBundle().Html;
        Assert.StartsWith("<div class=\"wb-scroll\" style=\"overflow-x:auto\" tabindex=\"0\" role=\"group\" aria-label=\"Figure 5\">", html);
        Assert.Contains("F &lt;was&gt; read twice.</p>", html);
    }

    [Fact]
    public void Names_and_labels_are_text_whatever_they_contain()
    {
        const string evil = "</text><script>alert(1)</script>&\u0001\ud800";
        var graph = new LineageGraph(evil, [new(evil, evil) { Detail = evil, Group = 0 }, new("b")], [new(evil, "b") { Label = evil }], [evil]);
        var html = (graph with { Note = evil }).ToMimeBundle().Html;
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain('\u0001', html[html.IndexOf("<svg", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void Without_datasets_the_picture_says_so()
    {
        Assert.Contains("No datasets.", new LineageGraph("t", [], []).ToSvg());
        Assert.Equal("t. No datasets.", new LineageGraph("t", [], [], ["Stage 0"]).Alt);
        Assert.Contains("Without a dataset: Stage 1.", new LineageGraph("t", [new("a") { Group = 0 }], [], ["Stage 0", "Stage 1"]).Alt);
    }

    [Fact]
    public void What_is_wrong_is_refused_with_a_sentence()
    {
        Refused("The dataset 'a' is named twice; name each dataset once.", () => new("t", [new("a"), new("a")], []));
        Refused("A dataset has no name; give each one of its own.", () => new("t", [new(" ")], []));
        Refused("'b' is made from 'a', but 'b' is not among the datasets given; add it to them.", () => new("t", [new("a")], [new("a", "b")]));
        Refused("'a' is in group 1, but there is 1 group, counted from 0.", () => new("t", [new("a") { Group = 1 }], [], ["Stage 0"]));
        Refused("'a' cannot have been computed -1 times; give 0 or more.", () => new("t", [new("a") { Times = -1 }], []));
        Refused("Datasets depend on each other in a circle: 'a' → 'b' → 'c' → 'a'; one of them must be made without the others.",
            () => new("t", [new("x"), new("a"), new("b"), new("c")], [new("x", "a"), new("a", "b"), new("b", "c"), new("c", "a")]));
        Refused("Datasets depend on each other in a circle: 'a' → 'a'; one of them must be made without the others.", () => new("t", [new("a")], [new("a", "a")]));
        Refused("Groups need each other in a circle: 'One' → 'Two' → 'One'; put each dataset into the group that makes it first.",
            () => new("t", [new("a") { Group = 0 }, new("b") { Group = 1 }, new("c") { Group = 0 }], [new("a", "b"), new("b", "c")], ["One", "Two"]));
    }

    private static void Refused(string message, Func<LineageGraph> make) => Assert.Equal(message, Assert.Throws<ArgumentException>(make).Message);

    private static XElement Drawing(LineageGraph graph) => XElement.Parse(graph.ToSvg());

    private static string[] Legend(LineageGraph graph) =>
        [.. Drawing(graph).Descendants().Where(part => Class(part) == "wb-ln-legend").Select(part => part.Value)];

    private static XElement Part(XElement whole, string cssClass) => whole.Descendants().Single(part => Class(part) == cssClass);

    private static string Class(XElement part) => (string?)part.Attribute("class") ?? "";

    private static double Number(XElement part, string attribute) =>
        double.Parse((string)part.Attribute(attribute)!, System.Globalization.CultureInfo.InvariantCulture);
}
