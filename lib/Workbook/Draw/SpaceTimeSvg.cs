using System.Xml.Linq;

namespace Workbook.Draw;

/// <summary>
/// Draws one space-time diagram, from the back to the front: shading, lines of the nodes, arrows, marks, and texts that are only set where
/// no other text stands. Widths of texts are estimated, since nothing here can measure them.
/// </summary>
internal sealed partial class SpaceTimeSvg
{
    private const double Left = 104;
    private const double Right = 176;
    private const double Narrowest = 600;
    private const double LineHeight = 13;
    private const double CharacterWidth = 6.3;
    private const double BoldWidth = 7.1;

    private readonly SpaceTimeDiagram diagram;
    private readonly SpaceTimeWindow window;
    private readonly SpaceTimeScale scale;
    private readonly LabelSpace labels = new();
    private readonly Dictionary<string, double> lanes = [];
    private readonly double spacing;
    private readonly double width;
    private double top;
    private int leftOut;

    public SpaceTimeSvg(SpaceTimeDiagram diagram)
    {
        this.diagram = diagram;
        window = SpaceTimeWindow.Of(diagram);
        scale = new(window);
        spacing = Math.Clamp((800 - Left - Right) / Math.Max(1, window.Nodes.Count - 1), 104, 300);
        foreach (var (at, node) in window.Nodes.Index())
            lanes[node] = Left + at * spacing;
        width = Math.Max(Narrowest, Left + Math.Max(0, window.Nodes.Count - 1) * spacing + Right);
    }

    private double Bottom => top + scale.Height;

    public override string ToString()
    {
        var header = Header();
        var body = new List<object?> { Shading(), Ruler(), Lives(), Cuts() };
        body.Add(Arrows());
        // The words of marks take their places before those of arrows: a crash without its word is worse than a message without its name.
        var marks = MarksAndChanges();
        body.Add(ArrowLabels());
        body.Add(Reminders());
        body.Add(marks);
        body.Add(Names(top - 12));
        body.Add(Names(Bottom + 20));
        if (leftOut > 0)
            body.Add(Svg.Text("wb-st-soft", Left - 92, Bottom + 42,
                $"{Words.Count(leftOut, "label")} left out for want of room; point at an arrow or a mark to read it."));
        return Whole([.. header, .. body], Bottom + (leftOut > 0 ? 54 : 34));
    }

    private string Whole(List<object?> content, double height)
    {
        var alt = SpaceTimeAlt.Of(diagram, window);
        var hash = FigureHtml.Hash(SpaceTimeAlt.Lines(diagram, window));
        FormattableString style = $"display:block;width:100%;min-width:{(int)(0.76 * width)}px;max-width:{(int)width}px;height:auto";
        var svg = Svg.Element("svg", new XAttribute("class", "wb-st"), new XAttribute("viewBox", $"0 0 {(int)width} {(int)height}"),
            new XAttribute("role", "img"), new XAttribute("aria-labelledby", $"st-{hash}-t st-{hash}-d"),
            new XAttribute("style", FormattableString.Invariant(style)),
            Svg.Element("title", new XAttribute("id", $"st-{hash}-t"), Svg.Printable(diagram.Title)),
            Svg.Element("desc", new XAttribute("id", $"st-{hash}-d"), Svg.Printable(alt)),
            Svg.Element("style", Resource.Text("space-time.css")),
            Svg.Rect("wb-st-paper", 0, 0, width, height), content);
        return svg.ToString(SaveOptions.DisableFormatting);
    }

    private List<object?> Header()
    {
        var header = new List<object?> { Svg.Text("wb-st-title", 12, 24, diagram.Title) };
        var y = 48.0;
        if (window.Note.Length > 0)
        {
            header.Add(Svg.Text("wb-st-soft", 12, y, window.Note));
            y += 20;
        }
        header.AddRange(Legend(ref y));
        top = y + 30;
        return header;
    }

    private List<object?> Legend(ref double y)
    {
        var entries = LegendEntries();
        var items = new List<object?>();
        var x = 14.0;
        foreach (var (sample, text) in entries)
        {
            var needed = 34 + text.Length * CharacterWidth + 16;
            if (x + needed > width && x > 14)
                (x, y) = (14, y + 20);
            items.Add(Svg.Group("wb-st-legend", new XAttribute("transform", FormattableString.Invariant($"translate({x:0.#} {y:0.#})")),
                sample, Svg.Text("wb-st-label", 32, 0, text)));
            x += needed;
        }
        if (items.Count > 0)
            y += 8;
        return items;
    }

    /// <summary>Only what occurs is explained.</summary>
    private List<(object Sample, string Text)> LegendEntries()
    {
        var entries = new List<(object, string)>();
        if (window.Arrows.Any(arrow => arrow.Fate == ArrowFate.Received))
        {
            object[] arrow = [Svg.Line("wb-st-arrow", 0, -4, 20, -4), Svg.Path("wb-st-head", $"M27 -4L19 -8L19 0Z")];
            entries.Add((arrow, "message"));
        }
        if (window.Arrows.Any(arrow => arrow.Fate is ArrowFate.LostOnTheWay or ArrowFate.LostAtReceiver))
            entries.Add((new object[] { Svg.Line("wb-st-lost", 0, -4, 18, -4), Cross(23, -4, 4) }, "lost"));
        if (window.Arrows.Any(arrow => arrow.Fate == ArrowFate.UnderWay))
            entries.Add((Svg.Line("wb-st-lost", 0, -4, 26, -4), "still under way"));
        if (window.Stretches.Any(stretch => stretch.Kind == StretchKind.Crashed))
            entries.Add((new object[] { Svg.Rect("wb-st-dead", 0, -11, 26, 14), Svg.Line("wb-st-down", 13, -11, 13, 3) }, "down"));
        if (window.Stretches.Any(stretch => stretch.Kind == StretchKind.Partitioned))
            entries.Add((Svg.Rect("wb-st-apart", 0, -11, 26, 14), "cut off"));
        foreach (var state in window.Stretches.Where(stretch => stretch.Kind == StretchKind.State && stretch.Label.Length > 0)
            .DistinctBy(stretch => (stretch.Label, stretch.Hue)).OrderBy(stretch => stretch.Hue).Take(10))
            entries.Add((Life(13, -11, 3, state.Hue), state.Label));
        return entries;
    }

    private XElement Names(double y) => Svg.Group("wb-st-names", window.Nodes.Select(node =>
        Svg.Text("wb-st-node", lanes[node], y, Cut(node, spacing - 8), "middle")));

    /// <summary>In a tall diagram the nodes' names come again and again, so that a reader in its middle need not scroll.</summary>
    private XElement Reminders()
    {
        var names = new List<object?>();
        for (var y = top + 520; y < Bottom - 300; y += 520)
        {
            foreach (var node in window.Nodes)
            {
                var text = Cut(node, spacing - 20);
                var places = new[] { 0.0, -16, 16, -32, 32 }.Select(shift =>
                    new LabelSpace.Box(lanes[node] + 8, y + shift - 10, Wide(text), LineHeight));
                if (Place(places, line: -1) is { } box)
                    names.Add(Svg.Text("wb-st-soft", box.Left, box.Top + 10, text));
            }
        }
        return Svg.Group("wb-st-names", names);
    }

    /// <summary>The text as far as it fits; the rest is read under the pointer.</summary>
    private static string Cut(string text, double room, double character = CharacterWidth)
    {
        var fits = Math.Max(1, (int)(room / character));
        return text.Length <= fits ? text : text[..Math.Max(1, fits - 1)].TrimEnd() + "…";
    }

    private static double Wide(string text) => text.Length * CharacterWidth;

    private static XElement Cross(double x, double y, double size) => Svg.Path("wb-st-cross",
        $"M{x - size} {y - size}L{x + size} {y + size}M{x - size} {y + size}L{x + size} {y - size}");

    private static XAttribute? Hue(int? hue) => hue is { } index ? new("style", $"--hue:{Palette.Colour(index)}") : null;
}
