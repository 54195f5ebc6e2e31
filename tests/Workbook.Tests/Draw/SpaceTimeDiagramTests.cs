using System.Xml.Linq;
using Workbook.Draw;

namespace Workbook.Tests.Draw;

public sealed class SpaceTimeDiagramTests
{
    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static SpaceTimeDiagram Story() => new("At most once", ["client", "server", "backup"],
        [
            new("client", "server", Ms(0), Ms(12), "Put"), Arrow.Lost("server", "client", Ms(12), Ms(18), "reply"),
            Arrow.Lost("server", "backup", Ms(13), Ms(20), "copy", atReceiver: true),
            Arrow.UnderWay("client", "server", Ms(110), "Put again"),
        ],
        [
            new("backup", Ms(5), Ms(100), StretchKind.Crashed), new("server", Ms(0), null, StretchKind.State, "primary") { Hue = 1 },
            new(["client", "server"], Ms(60), Ms(80), StretchKind.Partitioned, "cut off from backup"),
        ],
        [new("client", Ms(100), "timeout"), new(null, Ms(80), "healed"), new("server", Ms(105), "broken", MarkKind.Fault)]);

    [Fact]
    public void The_text_tells_the_story_line_by_line() => Assert.Equal("""
        At most once. Space-time diagram of 3 nodes (client, server and backup) from 0 s to 110 ms: 4 messages, 2 of them lost. backup down from 5 ms to 100 ms. client and server cut off (cut off from backup) from 60 ms to 80 ms. States: server primary from 0 s.
               0 s  Put: client → server, sent 0 s, received 12 ms (12 ms)
               0 s  server primary from 0 s on
              5 ms  backup down from 5 ms to 100 ms
             12 ms  reply: server → client, sent 12 ms, lost on the way 18 ms
             13 ms  copy: server → backup, sent 13 ms, lost at backup 20 ms
             60 ms  client and server cut off (cut off from backup) from 60 ms to 80 ms
             80 ms  healed
            100 ms  client: timeout
            105 ms  server: broken
            110 ms  Put again: client → server, sent 110 ms, still under way
        """.ReplaceLineEndings("\n"), Story().ToText());

    [Fact]
    public void The_picture_is_named_and_described_for_those_who_cannot_see_it()
    {
        var svg = XElement.Parse(Story().ToSvg());
        Assert.Equal("img", (string)svg.Attribute("role")!);
        var ids = ((string)svg.Attribute("aria-labelledby")!).Split(' ');
        Assert.Equal(["At most once", Story().Alt], ids.Select(id =>
            svg.Descendants().Single(part => (string?)part.Attribute("id") == id).Value));
    }

    [Fact]
    public void Each_fate_of_a_message_has_its_own_look()
    {
        var svg = XElement.Parse(Story().ToSvg());
        var arrows = svg.Descendants().Single(part => Class(part) == "wb-st-arrows").Elements().ToList();
        Assert.Equal(["wb-st-head", "wb-st-cross", "wb-st-cross", "wb-st-lost"], arrows.Select(arrow => Class(arrow.Elements().Last())));
        Assert.Equal(["message", "lost", "still under way", "down", "cut off", "primary"],
            svg.Descendants().Where(part => Class(part) == "wb-st-legend").Select(entry => entry.Value));
    }

    [Fact]
    public void Every_arrow_falls_and_ends_on_the_lane_it_is_sent_to()
    {
        var svg = XElement.Parse(Ring(6, 60).ToSvg());
        var lanes = svg.Descendants().Where(part => Class(part) == "wb-st-life").Select(life => Number(life, "x1")).ToList();
        foreach (var line in svg.Descendants().Where(part => Class(part) == "wb-st-arrow" && part.Parent!.Attribute("transform") is null))
        {
            Assert.True(Number(line, "y2") > Number(line, "y1"));
            Assert.Contains(lanes, lane => Math.Abs(lane - Number(line, "x2")) < 6);
        }
    }

    [Theory]
    [InlineData(3, 30)]
    [InlineData(5, 300)]
    [InlineData(12, 300)]
    [InlineData(40, 300)]
    public void No_two_texts_lie_on_each_other(int nodes, int messages)
    {
        var texts = XElement.Parse(Ring(nodes, messages).ToSvg()).Descendants(Name("text"))
            .Where(text => text.Parent!.Attribute("transform") is null && Class(text) is not "wb-st-title").Select(Box).ToList();
        Assert.True(texts.Count > messages / 3);
        for (var i = 0; i < texts.Count; i++)
        {
            for (var j = 0; j < i; j++)
                Assert.False(texts[i].Meets(texts[j]), $"{texts[i]} and {texts[j]}");
        }
    }

    [Fact]
    public void A_long_record_is_windowed_and_says_so()
    {
        var all = Ring(4, 12_000);
        Assert.Contains("events 1–300 of 12,000", all.ToSvg());
        Assert.EndsWith("Shown: events 1–300 of 12,000.", all.Alt);
        Assert.Contains("events 5,001–5,020 of 12,000", all.Events(5001, 20).Alt);
        Assert.Contains("from 1 s to 1.01 s", all.Between(Ms(1000), Ms(1010)).Alt);
        Assert.InRange(all.ToSvg().Length, 10_000, 400_000);
    }

    [Fact]
    public void A_window_with_nothing_in_it_is_an_empty_diagram()
    {
        Assert.Contains("none of 10 events", Ring(3, 10).Between(TimeSpan.FromHours(1), TimeSpan.FromHours(2)).Alt);
        Assert.Contains("none of 10 events", Ring(3, 10).Events(100, 5).Alt);
        Assert.Contains("0 messages", new SpaceTimeDiagram("t", [], []).Alt);
        Assert.NotEmpty(new SpaceTimeDiagram("t", [], []).ToSvg());
    }

    [Fact]
    public void Of_very_many_nodes_the_first_are_drawn_and_the_diagram_says_so()
    {
        var svg = Ring(1746, 2000).ToSvg();
        Assert.Contains("nodes 1–40 of 1,746", svg);
        Assert.InRange(svg.Length, 5_000, 400_000);
    }

    [Fact]
    public void A_long_silence_is_cut_out_and_its_length_given()
    {
        var svg = XElement.Parse(new SpaceTimeDiagram("t", ["a", "b"],
            [new("a", "b", Ms(0), Ms(10)), new("a", "b", Ms(60_000), Ms(60_010))]).ToSvg());
        Assert.Contains("+ 60 s", svg.Value);
        Assert.InRange(Number(svg, "viewBox", 3), 100, 500);
    }

    [Fact]
    public void Names_and_labels_are_text_whatever_they_contain()
    {
        const string evil = "</text><script>alert(1)</script>&\u0001\ud800";
        var html = new SpaceTimeDiagram(evil, [evil, "b"], [new(evil, "b", Ms(0), Ms(1), evil) { Detail = evil }],
            [new(evil, Ms(0), Ms(1), StretchKind.State, evil)], [new(evil, Ms(0), evil)]).ToMimeBundle().Html;
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain('\u0001', html[html.IndexOf("<svg", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void The_same_record_gives_the_same_picture_in_whatever_order_it_is_told()
    {
        var story = Story();
        var again = new SpaceTimeDiagram(story.Title, story.Nodes, story.Arrows.Reverse(), story.Stretches, story.Marks);
        Assert.Equal(story.ToSvg(), again.ToSvg());
    }

    [Fact]
    public void Bad_input_is_refused_with_what_to_do()
    {
        Refused("The node 'a' is named twice; name each node once.", () => new("t", ["a", "a"], []));
        Refused("Something happens on the node 'c', which is not among the nodes given; add it to them.", () =>
            new("t", ["a"], [new("a", "c", Ms(0), Ms(1))]));
        Refused("'Put' from a to b ends at 1 ms, before it was sent at 2 ms.", () =>
            new("t", ["a", "b"], [new("a", "b", Ms(2), Ms(1), "Put")]));
        Refused("'Put' from a to b was received, but not when; give the time, or make it lost or under way.", () =>
            new("t", ["a", "b"], [new("a", "b", Ms(2), null, "Put")]));
        Refused("A window cannot run from 2 ms to 1 ms; give an end after its beginning.", () => Ring(3, 3).Between(Ms(2), Ms(1)));
        Assert.Throws<ArgumentException>(() => Ring(3, 3).Events(0, 10));
    }

    private static void Refused(string message, Func<SpaceTimeDiagram> make) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(make).Message);

    /// <summary>Messages round a ring and across it, of ever different lengths; some nodes note what they got.</summary>
    private static SpaceTimeDiagram Ring(int nodes, int messages)
    {
        var names = Enumerable.Range(1, nodes).Select(i => $"node {i}").ToArray();
        return new("Ring", names, Enumerable.Range(0, messages).Select(i =>
            new Arrow(names[i % nodes], names[(i + 1 + i * i % (nodes - 1)) % nodes], Ms(i), Ms(i + 3 + i * 7 % 11),
                i % 3 == 0 ? "AppendEntries" : "ok")));
    }

    private static XName Name(string name) => XName.Get(name, "http://www.w3.org/2000/svg");

    private static string Class(XElement part) => (string?)part.Attribute("class") ?? "";

    private static double Number(XElement part, string attribute, int at = 0) =>
        double.Parse(((string)part.Attribute(attribute)!).Split(' ')[at], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A little smaller than the room the diagram gives a text: 6 pixels a character, 10 high.</summary>
    private static LabelSpace.Box Box(XElement text)
    {
        var (width, anchor) = (text.Value.Length * 6.0, (string?)text.Attribute("text-anchor"));
        var left = Number(text, "x") - (anchor == "middle" ? width / 2 : anchor == "end" ? width : 0);
        return new(left, Number(text, "y") - 9, width, 10);
    }
}
