using System.Xml.Linq;

namespace Workbook.Draw;

/// <summary>The nodes' lines, what held on them, the ruler and the cuts.</summary>
internal sealed partial class SpaceTimeSvg
{
    private double Y(TimeSpan time) => top + scale[time < window.From ? window.From : time > window.To ? window.To : time];

    private double Lower(Stretch stretch) => stretch.To is { } to && to <= window.To ? Y(to) : Bottom;

    private XElement Shading() => Svg.Group("wb-st-shading", window.Stretches.Where(stretch => stretch.Kind != StretchKind.State)
        .SelectMany(stretch => stretch.Nodes.Where(lanes.ContainsKey).Select(node => Shade(stretch, node))));

    private XElement Shade(Stretch stretch, string node)
    {
        var (from, to) = (Y(stretch.From), Lower(stretch));
        var half = stretch.Kind == StretchKind.Crashed ? 13 : spacing / 2;
        var (left, right) = (Math.Max(Left - 30, lanes[node] - half), Math.Min(width - 20, lanes[node] + half));
        var rect = Svg.Rect(stretch.Kind == StretchKind.Crashed ? "wb-st-dead" : "wb-st-apart", left, from, right - left, to - from);
        rect.Add(Svg.Title(SpaceTimeAlt.Held(stretch)));
        return rect;
    }

    private XElement Ruler()
    {
        var lines = new List<object?>();
        foreach (var (at, label) in scale.Ticks(window))
        {
            lines.Add(Svg.Line("wb-st-grid", Left - 30, Y(at), width - 20, Y(at)));
            lines.Add(Svg.Text("wb-st-soft", Left - 38, Y(at) + 4, label, "end"));
            labels.Take(new(0, Y(at) - 8, Left - 36, LineHeight));
        }
        return Svg.Group("wb-st-ruler", lines);
    }

    private XElement Lives()
    {
        var lives = new List<object?>();
        foreach (var node in window.Nodes)
        {
            var x = lanes[node];
            lives.Add(Svg.Line("wb-st-life", x, top, x, Bottom));
            foreach (var state in Held(node, StretchKind.State))
            {
                var life = Life(x, Y(state.From), Lower(state), state.Hue);
                life.Add(Svg.Title(SpaceTimeAlt.Held(state)));
                lives.Add(life);
            }
            foreach (var crash in Held(node, StretchKind.Crashed))
            {
                var (from, to) = (Y(crash.From), Lower(crash));
                lives.Add(Svg.Rect("wb-st-paper", x - 6, from, 12, to - from));
                lives.Add(Svg.Rect("wb-st-dead", x - 6, from, 12, to - from));
                lives.Add(Svg.Line("wb-st-down", x, from, x, to));
            }
        }
        return Svg.Group("wb-st-lives", lives);
    }

    private IEnumerable<Stretch> Held(string node, StretchKind kind) =>
        window.Stretches.Where(stretch => stretch.Kind == kind && stretch.Nodes.Contains(node));

    private static XElement Life(double x, double from, double to, int hue)
    {
        var life = Svg.Rect("wb-st-state", x - 4, from, 8, to - from);
        life.Add(new XAttribute("fill", Palette.Colour(hue)), new XAttribute("rx", "3"));
        return life;
    }

    /// <summary>Where time was cut out, the lines break off and the ruler says how much is missing.</summary>
    private XElement Cuts()
    {
        var parts = new List<object?>();
        foreach (var cut in scale.Cuts)
        {
            var y = (Y(cut.From) + Y(cut.To)) / 2;
            foreach (var x in lanes.Values)
            {
                parts.Add(Svg.Rect("wb-st-cut", x - 14, y - 4, 28, 8));
                parts.Add(Svg.Path("wb-st-zigzag", $"M{x - 9} {y - 1}L{x + 9} {y - 7}M{x - 9} {y + 7}L{x + 9} {y + 1}"));
                labels.Take(new(x - 14, y - 8, 28, 16));
            }
            var missing = cut.To - cut.From;
            var digits = Math.Pow(10, Math.Floor(Math.Log10(missing.TotalSeconds)) - 1);
            var about = TimeSpan.FromSeconds(Math.Round(missing.TotalSeconds / digits) * digits);
            parts.Add(Svg.Text("wb-st-soft", Left - 38, y + 4, $"+ {Words.Time(about)}", "end"));
        }
        return Svg.Group("wb-st-cuts", parts);
    }

    private XElement MarksAndChanges()
    {
        var parts = new List<object?>();
        foreach (var stretch in window.Stretches.Where(stretch => stretch.From >= window.From && stretch.From <= window.To))
            parts.AddRange(Edges(stretch));
        foreach (var mark in window.Marks.OrderByDescending(mark => mark.Kind))
            parts.Add(Draw(mark));
        return Svg.Group("wb-st-marks", parts);
    }

    private IEnumerable<object?> Edges(Stretch stretch)
    {
        foreach (var node in stretch.Nodes.Where(lanes.ContainsKey))
        {
            var x = lanes[node];
            if (stretch.Kind == StretchKind.Crashed)
            {
                yield return Cross(x, Y(stretch.From), 6);
                yield return Beside(x, Y(stretch.From), stretch.Label.Length > 0 ? stretch.Label : "crash", "wb-st-alarm");
                if (stretch.To is not { } to || to > window.To)
                    continue;
                yield return Again(x, Y(to));
                yield return Beside(x, Y(to), "restart", "wb-st-bold");
            }
            else if (stretch.Kind == StretchKind.State && stretch.Label.Length > 0)
                yield return Beside(x, Y(stretch.From) + 5, stretch.Label, "wb-st-bold");
        }
        var isNamedPartition = stretch.Kind == StretchKind.Partitioned && stretch.Label.Length > 0;
        if (isNamedPartition && stretch.Nodes.FirstOrDefault(lanes.ContainsKey) is { } first)
            yield return Beside(lanes[first], Y(stretch.From) + 10, stretch.Label, "wb-st-bold");
    }

    private XElement Draw(Mark mark)
    {
        var y = Y(mark.At);
        var text = mark.Kind switch { MarkKind.Fault => "wb-st-alarm", MarkKind.Change => "wb-st-bold", _ => "wb-st-label" };
        var hit = Svg.Group("wb-st-hit", Hue(mark.Hue), Svg.Title($"{SpaceTimeAlt.Of(mark)}, {Words.Time(mark.At)}"));
        if (mark.Node is not { } node)
        {
            hit.Add(Svg.Line("wb-st-moment", Left - 30, y, width - 20, y),
                Beside(width - 32 - mark.Label.Length * BoldWidth, y - 8, mark.Label, text));
            return hit;
        }
        var x = lanes[node];
        hit.Add(mark.Kind switch
        {
            MarkKind.Fault => Cross(x, y, 5),
            MarkKind.Change => Svg.Path("wb-st-mark", $"M{x} {y - 6}L{x + 6} {y}L{x} {y + 6}L{x - 6} {y}Z"),
            _ => Svg.Element("circle", new XAttribute("class", "wb-st-mark"), Svg.Attribute("cx", x), Svg.Attribute("cy", y),
                Svg.Attribute("r", 4)),
        });
        hit.Add(Beside(x, y, mark.Label, text));
        return hit;
    }

    /// <summary>An open circle with a point: it runs again.</summary>
    private static XElement Again(double x, double y) => Svg.Path("wb-st-again",
        $"M{x + 5} {y - 2}A5.5 5.5 0 1 0 {x + 5} {y + 3}M{x + 5.5} {y - 6.5}L{x + 5.5} {y - 1.5}L{x + 0.5} {y - 1.5}");

    /// <summary>
    /// A text to the right or left of a place, a little higher or lower if need be, where the fewest arrows run; nothing when there is no
    /// room.
    /// </summary>
    private XElement? Beside(double x, double y, string text, string cssClass)
    {
        if (text.Length == 0)
            return null;
        var character = cssClass == "wb-st-label" ? CharacterWidth : BoldWidth;
        var cut = Cut(text, x >= lanes.Values.Max() ? Right - 16 : spacing - 22, character);
        var wide = cut.Length * character;
        var places = from shift in (double[])[0, -LineHeight, LineHeight]
                     from start in (double[])[x + 10, x - 10 - wide]
                     where start > 2 && start + wide < width
                     select new LabelSpace.Box(start, y + shift - 8, wide, LineHeight);
        if (Place(places, line: -1) is { } box)
            return box.Left > x ? Svg.Text(cssClass, x + 10, box.Top + 12, cut) : Svg.Text(cssClass, x - 10, box.Top + 12, cut, "end");
        leftOut++;
        return null;
    }
}
