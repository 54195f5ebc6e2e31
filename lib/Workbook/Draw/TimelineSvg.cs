using System.Xml.Linq;

namespace Workbook.Draw;

/// <summary>Draws one client timeline, from the back to the front: rows, the chain of the order, bars, places, arrows and their words.</summary>
internal sealed partial class TimelineSvg
{
    private const double BarHeight = 26;
    private const double Margin = 12;
    private const double Narrowest = 300;
    private const double Wide = 1200;
    private const int MostChained = 24;

    private readonly ClientTimeline timeline;
    private readonly TimelineWindow window;
    private readonly TimelineLayout layout;
    private readonly LabelSpace words = new();
    private readonly Dictionary<int, int> rows = [];
    private readonly List<(string Client, int Row)> clients = [];
    private readonly double left;
    private readonly double width;
    private readonly double pitch;
    private readonly int rowCount;
    private double top;

    public TimelineSvg(ClientTimeline timeline)
    {
        this.timeline = timeline;
        window = TimelineWindow.Of(timeline);
        layout = new(timeline, window);
        rowCount = Arrange();
        left = Margin + Math.Clamp(clients.Select(client => Words.Cut(client.Client, 14).Length * 7.6).DefaultIfEmpty(0).Max() + 12, 30, 120);
        width = Math.Max(Narrowest, Math.Max(left + layout.Width + 2 * Margin, 2 * Margin + Words.Cut(timeline.Title, 60).Length * 8.6));
        pitch = window.Arrows.Count > 0 ? 66 : window.Bars.Any(bar => timeline.Bars[bar].Place is not null) ? 54 : 40;
    }

    private bool Steps => window.Bars.Any(bar => timeline.Bars[bar].StandsOut);

    public override string ToString()
    {
        var header = Header();
        foreach (var bar in window.Bars)
            words.Take(new(X(bar).Left + 6, Y(bar) - 8, TimelineLayout.Label(timeline.Bars[bar]).Length * TimelineLayout.CharacterWidth, 16));
        List<object?> body = [Rows(), Chain(), Bars(), Places(), Arrows()];
        var bottom = top + rowCount * pitch;
        body.AddRange(Legend(ref bottom));
        return Whole([.. header, .. body], bottom + 10);
    }

    private (double Left, double Right) X(int bar) => (left + layout[bar].Left, left + layout[bar].Right);

    /// <summary>The middle line of a bar.</summary>
    private double Y(int bar) => Middle(rows[bar]);

    private double Middle(int row) => top + row * pitch + pitch - BarHeight / 2 - 8;

    /// <summary>
    /// A client has as many rows as it has drawn bars above each other: one, unless it went on after a call that never returned.
    /// Clients stand in the order of the bars given.
    /// </summary>
    private int Arrange()
    {
        var count = 0;
        var shown = window.Bars.ToHashSet();
        var ofClient = window.Bars.GroupBy(bar => timeline.Bars[bar].Client).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var client in timeline.Bars.Where((_, bar) => shown.Contains(bar)).Select(bar => bar.Client).Distinct())
        {
            var ends = new List<double>();
            foreach (var bar in ofClient[client].OrderBy(bar => layout[bar].Left).ThenBy(bar => bar))
            {
                var row = ends.FindIndex(end => end < layout[bar].Left);
                if (row < 0)
                {
                    row = ends.Count;
                    ends.Add(0);
                }
                ends[row] = layout[bar].Right;
                rows[bar] = count + row;
            }
            clients.Add((client, count));
            count += ends.Count;
        }
        return count;
    }

    private string Whole(List<object?> content, double height)
    {
        var hash = FigureHtml.Hash(TimelineAlt.Lines(timeline, window));
        // What must be scrolled anyway need not be made smaller.
        FormattableString style = $"display:block;width:100%;min-width:{(int)(width > Wide ? width : 0.8 * width)}px;max-width:{(int)width}px;height:auto";
        var svg = Svg.Element("svg", new XAttribute("class", "wb-tl"), new XAttribute("viewBox", $"0 0 {(int)width} {(int)height}"),
            new XAttribute("role", "img"), new XAttribute("aria-labelledby", $"tl-{hash}-t tl-{hash}-d"),
            new XAttribute("style", FormattableString.Invariant(style)),
            Svg.Element("title", new XAttribute("id", $"tl-{hash}-t"), Svg.Printable(timeline.Title)),
            Svg.Element("desc", new XAttribute("id", $"tl-{hash}-d"), Svg.Printable(TimelineAlt.Of(timeline, window))),
            Svg.Element("style", Resource.Text("client-timeline.css")),
            Svg.Rect("wb-tl-paper", 0, 0, width, height), content);
        return svg.ToString(SaveOptions.DisableFormatting);
    }

    private List<object?> Header()
    {
        var header = new List<object?> { Svg.Text("wb-tl-title", Margin, 24, Words.Cut(timeline.Title, 60)) };
        top = 34;
        if (window.Note.Length > 0)
        {
            header.Add(Svg.Text("wb-tl-soft", Margin, 42, window.Note));
            top = 48;
        }
        return header;
    }

    private XElement Rows()
    {
        var parts = new List<object?>();
        for (var row = 0; row < rowCount; row++)
            parts.Add(Svg.Line("wb-tl-row", left, Middle(row), width - Margin, Middle(row)));
        foreach (var (client, row) in clients)
        {
            var name = Svg.Text("wb-tl-client", Margin, Middle(row) + 4, Words.Cut(client, 14));
            name.Add(Svg.Title(client));
            parts.Add(name);
        }
        return Svg.Group("wb-tl-rows", parts, Reminders());
    }

    /// <summary>In a wide drawing the clients' names come again and again where their rows are free, so that a reader in its middle need not scroll.</summary>
    private IEnumerable<XElement> Reminders()
    {
        var ofRow = rows.ToLookup(bar => bar.Value, bar => X(bar.Key));
        for (var x = left + Wide / 2; x < width - Wide / 4; x += Wide / 2)
        {
            foreach (var (client, row) in clients)
            {
                var (text, places) = (Words.Cut(client, 14), Enumerable.Range(0, 10).Select(step => x + 40 * step));
                var wide = text.Length * TimelineLayout.CharacterWidth + 8;
                var free = places.FirstOrDefault(place => place + wide < width
                    && ofRow[row].All(bar => bar.Left > place + wide || bar.Right < place - 8));
                if (free > 0)
                    yield return Svg.Text("wb-tl-soft", free, Middle(row) - 4, text);
            }
        }
    }

    /// <summary>A dotted line from each place of the order to the next; where arrows are drawn, or very many places, the numbers must do.</summary>
    private XElement? Chain()
    {
        var placed = window.Bars.Where(bar => layout.Point(bar) is not null).OrderBy(bar => timeline.Bars[bar].Place).ToList();
        if (placed.Count is < 2 or > MostChained || window.Arrows.Count > 0)
            return null;
        var path = string.Join('L', placed.Select(bar => FormattableString.Invariant($"{left + layout.Point(bar)!.Value:0.#} {Badge(bar):0.#}")));
        return Svg.Path("wb-tl-chain", $"M{path}");
    }

    private double Badge(int bar) => Y(bar) - BarHeight / 2 - 7;

    private XElement Bars() => Svg.Group("wb-tl-bars", window.Bars.Select(DrawBar));

    private XElement DrawBar(int number)
    {
        var bar = timeline.Bars[number];
        var ((from, to), y) = (X(number), Y(number));
        var look = bar.StandsOut ? "wb-tl-wrong" : Steps ? "wb-tl-aside" : "wb-tl-usual";
        var group = Svg.Group(look, Svg.Title(TimelineAlt.Of(timeline, bar)));
        if (!bar.IsOpen)
        {
            var rect = Svg.Rect("wb-tl-bar", from, y - BarHeight / 2, to - from, BarHeight);
            rect.Add(new XAttribute("rx", "4"));
            group.Add(rect);
        }
        else
        {
            var solid = Math.Min(to - 14, from + TimelineLayout.Label(bar).Length * TimelineLayout.CharacterWidth + 16);
            var (over, under) = (y - BarHeight / 2, y + BarHeight / 2);
            group.Add(Svg.Path("wb-tl-bar", $"M{solid} {over}L{from + 4} {over}Q{from} {over} {from} {over + 4}L{from} {under - 4}Q{from} {under} {from + 4} {under}L{solid} {under}"));
            group.Add(Svg.Path("wb-tl-tail", $"M{solid} {over}L{to} {over}M{solid} {under}L{to} {under}"));
        }
        group.Add(Svg.Text("wb-tl-label", from + 8, y + 4, TimelineLayout.Label(bar)));
        return group;
    }

    private XElement Places() => Svg.Group("wb-tl-places", window.Bars.Where(bar => layout.Point(bar) is not null).Select(bar =>
    {
        var x = left + layout.Point(bar)!.Value;
        return Svg.Group("wb-tl-at", Svg.Title(TimelineAlt.Of(timeline, timeline.Bars[bar])),
            Svg.Line("wb-tl-tick", x, Badge(bar), x, Y(bar) - BarHeight / 2 + 6), Svg.Line("wb-tl-tick", x, Y(bar) + BarHeight / 2 - 3, x, Y(bar) + BarHeight / 2 + 4),
            Numbered(x, Badge(bar), timeline.Bars[bar].Place!.Value));
    }));

    private static XElement Numbered(double x, double y, int number)
    {
        var text = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var wide = Math.Max(18, text.Length * 6.8 + 8);
        var plate = Svg.Rect("wb-tl-place", x - wide / 2, y - 9, wide, 18);
        plate.Add(new XAttribute("rx", "9"));
        return Svg.Group("wb-tl-numbered", plate, Svg.Text("wb-tl-number", x, y + 4, text, "middle"));
    }

    /// <summary>Only what occurs is explained. Arrows have their words on them.</summary>
    private List<object?> Legend(ref double y)
    {
        var entries = new List<(object Sample, string Text)>();
        if (window.Bars.Any(bar => layout.Point(bar) is not null))
            entries.Add((Numbered(12, -4, 1), "place in the order"));
        if (window.Bars.Any(bar => timeline.Bars[bar].IsOpen))
            entries.Add((Svg.Group("wb-tl-usual", Svg.Path("wb-tl-tail", $"M0 -10L24 -10M0 2L24 2")), "no reply"));
        entries.Add((Svg.Path("wb-tl-time", $"M0 -4L24 -4M19 -8L24 -4L19 0"), timeline.IsInSeconds ? "time, roughly to scale" : "time"));
        var items = new List<object?>();
        var x = Margin + 2;
        y += 26;
        foreach (var (sample, text) in entries)
        {
            var needed = 32 + text.Length * 6 + 18;
            if (x + needed > width && x > Margin + 2)
                (x, y) = (Margin + 2, y + 22);
            items.Add(Svg.Group("wb-tl-legend", new XAttribute("transform", FormattableString.Invariant($"translate({x:0.#} {y:0.#})")),
                sample, Svg.Text("wb-tl-soft", 32, 0, text)));
            x += needed;
        }
        return items;
    }
}
