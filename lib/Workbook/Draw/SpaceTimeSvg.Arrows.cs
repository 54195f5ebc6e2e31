using System.Xml.Linq;
using Point = Workbook.Draw.LineSpace.Point;

namespace Workbook.Draw;

/// <summary>The messages.</summary>
internal sealed partial class SpaceTimeSvg
{
    /// <summary>Where on its way a message without a known end stops.</summary>
    private const double HalfWay = 0.55;

    /// <summary>Labels that are set when all arrows are there, each with the number of its arrow's line.</summary>
    private readonly List<(string Label, Point Start, Point End, int Line)> waiting = [];

    private readonly LineSpace lines = new();

    private XElement Arrows() => Svg.Group("wb-st-arrows", window.Arrows.Select(arrow =>
        arrow.From == arrow.To ? Loop(arrow) : Flight(arrow)));

    private XElement Flight(Arrow arrow)
    {
        var (start, end) = Ends(arrow);
        var isLost = arrow.Fate is ArrowFate.LostAtReceiver or ArrowFate.LostOnTheWay;
        var isWhole = arrow.Fate == ArrowFate.Received && arrow.Ended <= window.To;
        var flight = Svg.Group("wb-st-hit", Hue(arrow.Hue), Svg.Title(SpaceTimeAlt.Of(arrow)),
            Svg.Line("wb-st-aim", start.X, start.Y, end.X, end.Y),
            Svg.Line(isWhole ? "wb-st-arrow" : "wb-st-lost", start.X, start.Y, end.X, end.Y));
        if (isWhole)
            flight.Add(Head(start, end));
        else if (isLost && (arrow.Ended ?? arrow.Sent) <= window.To)
            flight.Add(Cross(end.X, end.Y, 4.5));
        waiting.Add((arrow.Label, start, end, lines.Add(start, end)));
        return flight;
    }

    /// <summary>From lane to lane; a lost message ends on its way, and one that leaves the window ends at its edge.</summary>
    private (Point Start, Point End) Ends(Arrow arrow)
    {
        var (from, to) = (lanes[arrow.From], lanes[arrow.To]);
        var away = Math.Sign(to - from);
        var start = new Point(from + 5 * away, Y(arrow.Sent));
        var ended = arrow.Ended ?? (arrow.Fate == ArrowFate.UnderWay ? window.To : arrow.Sent + Usual() * HalfWay);
        var reach = arrow.Fate switch
        {
            ArrowFate.Received => to - 5 * away,
            ArrowFate.LostAtReceiver => to - 14 * away,
            _ => from + (to - from) * HalfWay,
        };
        var end = new Point(reach, Y(ended));
        if (ended > window.To && ended > arrow.Sent)
            end = new Point(start.X + (reach - start.X) * ((window.To - arrow.Sent) / (ended - arrow.Sent)), Bottom - 4);
        if (arrow.Sent < window.From && ended > arrow.Sent)
            start = new Point(end.X + (start.X - end.X) * ((ended - window.From) / (ended - arrow.Sent)), top);
        return (start, end);
    }

    /// <summary>The middle of all flights, for messages of which nobody knows how far they came.</summary>
    private TimeSpan Usual()
    {
        var flights = window.Arrows.Where(arrow => arrow.Fate == ArrowFate.Received).Select(arrow => arrow.Ended!.Value - arrow.Sent)
            .Order().ToList();
        return flights.Count > 0 ? flights[flights.Count / 2] : TimeSpan.Zero;
    }

    private static XElement Head(Point start, Point end)
    {
        var (dx, dy) = (end.X - start.X, end.Y - start.Y);
        var length = Math.Max(1e-9, Math.Sqrt(dx * dx + dy * dy));
        var back = new Point(end.X - 8 * dx / length, end.Y - 8 * dy / length);
        var (aside, along) = (3.6 * dy / length, 3.6 * dx / length);
        return Svg.Path("wb-st-head", $"M{end.X} {end.Y}L{back.X - aside} {back.Y + along}L{back.X + aside} {back.Y - along}Z");
    }

    /// <summary>A message of a node to itself: a small bow to the right of its line.</summary>
    private XElement Loop(Arrow arrow)
    {
        var (x, from, to) = (lanes[arrow.From], Y(arrow.Sent), Y(arrow.Ended ?? arrow.Sent));
        var (start, end) = (new Point(x + 5, from), new Point(x + 5, Math.Max(to, from + 14)));
        return Svg.Group("wb-st-hit", Hue(arrow.Hue), Svg.Title(SpaceTimeAlt.Of(arrow)),
            Svg.Path(arrow.Fate == ArrowFate.Received ? "wb-st-arrow" : "wb-st-lost",
                $"M{start.X} {start.Y}C{x + 34} {start.Y} {x + 34} {end.Y} {end.X} {end.Y}"),
            arrow.Fate == ArrowFate.Received ? Head(new(x + 20, end.Y - 3), end) : Cross(end.X + 8, end.Y, 4.5),
            Beside(x + 22, (start.Y + end.Y) / 2, arrow.Label, "wb-st-label"));
    }

    /// <summary>Labels lie over all arrows, so that no line runs through a word.</summary>
    private XElement ArrowLabels()
    {
        var texts = new List<object?>();
        foreach (var arrow in waiting.Where(arrow => arrow.Label.Length > 0))
        {
            var text = Cut(arrow.Label, spacing - 20);
            if (Place(Places(arrow.Start, arrow.End, Wide(text)), arrow.Line) is { } box)
                texts.Add(Svg.Text("wb-st-label", box.Left + box.Width / 2, box.Top + 10, text, "middle"));
            else
                leftOut++;
        }
        return Svg.Group("wb-st-labels", texts);
    }

    /// <summary>Takes the first free place that nothing runs through, or else the free place that the least runs through.</summary>
    private LabelSpace.Box? Place(IEnumerable<LabelSpace.Box> places, int line)
    {
        var crossed = new List<(LabelSpace.Box Box, double Cost)>();
        foreach (var box in places)
        {
            var cost = Crossed(box, line);
            if (cost == 0 && labels.Take(box))
                return box;
            if (cost > 0)
                crossed.Add((box, cost + 0.05 * crossed.Count));
        }
        foreach (var (box, _) in crossed.OrderBy(place => place.Cost))
        {
            if (labels.Take(box))
                return box;
        }
        return null;
    }

    /// <summary>
    /// Where the label of an arrow may stand, clear of its line: above or below a flat one, beside a steep one. The receiver's end comes
    /// first, because messages that were sent together have come apart there.
    /// </summary>
    private IEnumerable<LabelSpace.Box> Places(Point start, Point end, double wide)
    {
        var (across, down) = (Math.Abs(end.X - start.X), Math.Abs(end.Y - start.Y));
        var slope = down / Math.Max(1, across);
        var (half, low) = (wide / 2 + 2, LineHeight / 2);
        var isFlat = low + slope * half < 24;
        var rises = (end.Y < start.Y) == (end.X > start.X);
        var gap = Math.Min(1, spacing / Math.Max(1, across));
        double[] within = [0.5, 0.35, 0.65, 0.25, 0.75];
        var gaps = Enumerable.Range(0, Math.Max(1, (int)Math.Round(1 / gap))).Select(i => 1 - (i + 1) * gap);
        foreach (var from in gaps.OrderByDescending(from => Math.Abs(from + gap / 2 - 0.45)).Take(6))
        {
            foreach (var share in within.Select(share => Math.Clamp(from + share * gap, 0, 1)))
            {
                var at = start.Towards(end, share);
                foreach (var side in (int[])[-1, 1])
                {
                    var (x, y) = isFlat ? (at.X, at.Y + side * (low + slope * half))
                        : (at.X + (rises ? side : -side) * (half + low / slope), at.Y);
                    yield return new(x - half, y - low, 2 * half, LineHeight);
                }
            }
        }
    }

    /// <summary>How much runs through a place; a lane weighs more than an arrow.</summary>
    private double Crossed(LabelSpace.Box box, int own = -1)
    {
        var (first, last) = ((box.Left - 5 - Left) / spacing, (box.Left + box.Width + 5 - Left) / spacing);
        var crossing = Math.Floor(Math.Min(last, window.Nodes.Count - 1)) - Math.Ceiling(Math.Max(first, 0)) + 1;
        return 4 * Math.Max(0, crossing) + lines.Through(box, own);
    }
}
