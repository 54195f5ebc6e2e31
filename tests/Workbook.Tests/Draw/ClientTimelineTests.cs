using System.Globalization;
using System.Xml.Linq;
using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Tests.Draw;

public sealed class ClientTimelineTests
{
    /// <summary>The lecture's second example history, and a client that never got a reply.</summary>
    private static ClientTimeline Story() => new("no order",
        [
            new("C1", 2, 8, "Wx1") { Place = 1 }, new("C1", 10, 16, "Wx2") { StandsOut = true }, new("C2", 4, 12, "Rx2") { StandsOut = true },
            new("C3", 14, 20, "Rx1") { StandsOut = true, Detail = "from a cache" }, new("C4", 3, null, "Wx3?"), new("C5", 3, 5, "Wx4?") { GaveUp = true },
        ],
        [new(1, 2, TimelineArrowKind.Value), new(2, 3, TimelineArrowKind.Time), new(3, 1, TimelineArrowKind.Value)])
    { Note = "A circle." };

    [Fact]
    public void The_text_tells_the_story_line_by_line() => Assert.Equal("""
        no order. Timeline of 5 clients (C1, C2, C3, C4 and C5), 6 operations, 2 of them without a reply. Order: Wx1. Standing out: Rx2, Wx2, Rx1. Wx2 before Rx2 (value). Rx2 before Rx1 (time). Rx1 before Wx2 (value). A circle.
            1.  C1: Wx1, 2 to 8
                C4: Wx3?, from 3 on, no reply
                C5: Wx4?, 3 to 5, no reply
                C2: Rx2, 4 to 12 (stands out)
                C1: Wx2, 10 to 16 (stands out)
                C3: Rx1, 14 to 20 (stands out); from a cache
        """.ReplaceLineEndings("\n"), Story().ToText());

    [Fact]
    public void The_picture_is_named_and_described_for_those_who_cannot_see_it()
    {
        var svg = XElement.Parse(Story().ToSvg());
        Assert.Equal("img", (string)svg.Attribute("role")!);
        var ids = ((string)svg.Attribute("aria-labelledby")!).Split(' ');
        Assert.Equal(["no order", Story().Alt], ids.Select(id => svg.Descendants().Single(part => (string?)part.Attribute("id") == id).Value));
        Assert.EndsWith("<p class=\"wb-note\" style=\"margin:4px 12px\">A circle.</p>", Story().ToMimeBundle().Html);
    }

    [Fact]
    public void What_stands_out_what_steps_back_and_what_got_no_reply_have_looks_of_their_own()
    {
        var svg = XElement.Parse(Story().ToSvg());
        Assert.Equal(3, svg.Descendants().Count(part => Class(part) == "wb-tl-wrong"));
        Assert.Equal(3, svg.Descendants().Count(part => Class(part) == "wb-tl-aside"));
        Assert.Equal(2, svg.Descendants().Count(part => Class(part) == "wb-tl-tail" && Class(part.Parent!) == "wb-tl-aside"));
        Assert.Equal(["place in the order", "no reply", "time"], svg.Descendants().Where(part => Class(part) == "wb-tl-legend").Select(entry => entry.Elements().Last().Value));
        Assert.Equal(["value", "time", "value"], svg.Descendants().Where(part => Class(part).StartsWith("wb-tl-word", StringComparison.Ordinal)).Select(word => word.Value));
    }

    [Fact]
    public void What_came_first_stands_further_left_and_what_overlapped_is_seen_to_overlap()
    {
        for (var seed = 0UL; seed < (ulong)Seeds.Count(40); seed++)
        {
            var (timeline, layout) = ByChance(seed, clients: 5, operations: 60);
            foreach (var (i, one) in timeline.Bars.Index())
            {
                foreach (var (j, other) in timeline.Bars.Index().Where(bar => bar.Index != i))
                {
                    if (!one.GaveUp && !other.GaveUp)
                        Assert.True(one.To < other.From == layout[i].Right < layout[j].Left, $"seed {seed}: {one} and {other}");
                }
            }
        }
    }

    [Fact]
    public void Places_stand_in_their_bars_in_their_order_with_room_for_their_numbers()
    {
        for (var seed = 0UL; seed < (ulong)Seeds.Count(40); seed++)
        {
            var (timeline, layout) = ByChance(seed, clients: 5, operations: 60);
            var last = double.NegativeInfinity;
            foreach (var (bar, _) in timeline.Bars.Index().OrderBy(bar => bar.Item.Place))
            {
                var point = Assert.NotNull(layout.Point(bar));
                Assert.InRange(point, layout[bar].Left, layout[bar].Right);
                Assert.True(point >= last + 18, $"seed {seed}: {timeline.Bars[bar]} at {point}, after {last}");
                last = point;
            }
        }
    }

    [Fact]
    public void No_two_bars_lie_on_each_other()
    {
        var (timeline, _) = ByChance(7, clients: 4, operations: 60);
        var bars = XElement.Parse(timeline.ToSvg()).Descendants().Where(part => Class(part) == "wb-tl-bar" && part.Name.LocalName == "rect")
            .Select(bar => (Row: Number(bar, "y"), Left: Number(bar, "x"), Right: Number(bar, "x") + Number(bar, "width"))).ToList();
        Assert.True(bars.Count > 30);
        Assert.All(bars.Index(), bar => Assert.DoesNotContain(bars.Take(bar.Index),
            other => other.Row == bar.Item.Row && other.Left < bar.Item.Right && bar.Item.Left < other.Right));
    }

    [Fact]
    public void Places_that_no_order_can_have_are_drawn_in_their_bars_all_the_same()
    {
        var timeline = new ClientTimeline("t", [new("a", 0, 1, "first") { Place = 2 }, new("b", 5, 6, "second") { Place = 1 }]);
        var layout = new TimelineLayout(timeline, TimelineWindow.Of(timeline));
        Assert.All([0, 1], bar => Assert.InRange(layout.Point(bar)!.Value, layout[bar].Left, layout[bar].Right));
    }

    [Fact]
    public void A_long_record_is_windowed_and_says_so()
    {
        var (all, _) = ByChance(1, clients: 9, operations: 5_000);
        Assert.Contains("operations 1–60 of 5,000", all.ToSvg());
        Assert.Contains("Shown: operations 1–60 of 5,000.", all.Alt);
        Assert.Contains("operations 4,001–4,020 of 5,000", all.Operations(4001, 20).Alt);
        Assert.Contains("none of 5,000 operations", all.Operations(5001, 20).Alt);
        Assert.InRange(all.ToSvg().Length, 10_000, 200_000);
        Assert.Contains("0 operations", new ClientTimeline("t", []).Alt);
        Assert.NotEmpty(new ClientTimeline("t", []).ToSvg());
    }

    [Fact]
    public void Names_and_labels_are_text_whatever_they_contain()
    {
        const string evil = "</text><script>alert(1)</script>&\u0001\ud800";
        var html = new ClientTimeline(evil, [new(evil, 0, 1, evil) { Detail = evil }]) { Note = evil }.ToMimeBundle().Html;
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain('\u0001', html[html.IndexOf("<svg", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void Times_of_any_size_give_a_picture_of_a_size_that_can_be_seen()
    {
        var svg = XElement.Parse(new ClientTimeline("t", [new("a", -9e18, 9e18, "Wx1"), new("b", 0, 1e-9, "Rx1"), new("c", 5, 5, "Rx2"), new("d", 9e18, null, "Rx3")]).ToSvg());
        Assert.InRange(Number(svg, "viewBox", 2), 300, 2_000);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_to_do()
    {
        Refused("'Wx1' of a returns at 1, before it is called at 2.", () => new("t", [new("a", 2, 1, "Wx1")]));
        Refused("'Wx1' of a has a time that is no finite number.", () => new("t", [new("a", double.NaN, 1, "Wx1")]));
        Refused("An arrow runs from bar 0 to bar 1, but the bars are 0 to 0.", () => new("t", [new("a", 0, 1, "Wx1")], [new(0, 1, TimelineArrowKind.Time)]));
        Assert.Throws<ArgumentException>(() => Story().Operations(0, 10));
        Assert.Throws<ArgumentException>(() => Story().Operations(1, 501));
    }

    private static void Refused(string message, Func<ClientTimeline> make) => Assert.Equal(message, Assert.Throws<ArgumentException>(make).Message);

    /// <summary>A history by chance with an order that it can have: each operation takes effect at one moment of its own.</summary>
    private static (ClientTimeline Timeline, TimelineLayout Layout) ByChance(ulong seed, int clients, int operations)
    {
        var rng = new Rng(seed);
        var free = new int[clients];
        var bars = new List<(TimelineBar Bar, double Effect)>();
        for (var i = 0; i < operations; i++)
        {
            var client = rng.Next(clients);
            var from = free[client] + rng.Next(1, 12);
            var to = free[client] = from + rng.Next(1, 16);
            var gaveUp = rng.Chance(0.1);
            var effect = from + rng.NextDouble() * (gaveUp ? 40 : to - from);
            bars.Add((new($"client {client}", from, to, rng.Chance(0.5) ? $"Rx{i}" : $"put(k, {i})") { GaveUp = gaveUp }, effect));
        }

        var places = bars.Select(bar => bar.Effect).Order().Index().ToDictionary(effect => effect.Item, effect => effect.Index + 1);
        var timeline = new ClientTimeline("by chance", bars.Select(bar => bar.Bar with { Place = places[bar.Effect] }));
        return (timeline, operations <= ClientTimeline.UsuallyShown ? new(timeline, TimelineWindow.Of(timeline)) : null!);
    }

    private static string Class(XElement part) => (string?)part.Attribute("class") ?? "";

    private static double Number(XElement part, string attribute, int at = 0) =>
        double.Parse(((string)part.Attribute(attribute)!).Split(' ')[at], CultureInfo.InvariantCulture);
}
