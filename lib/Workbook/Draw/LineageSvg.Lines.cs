using System.Xml.Linq;

namespace Workbook.Draw;

/// <summary>Dependencies: narrow ones thin, wide ones double with a bar across, each with its label beside it where there is room.</summary>
internal sealed partial class LineageSvg
{
    private const double HeadLength = 7;

    /// <summary>Labels that found no room.</summary>
    private int unlabelled;

    private XElement Lines(LineageLayout layout)
    {
        var together = layout.Lines.GroupBy(line => (line.Node, line.Kind)).Select(lines =>
        {
            var look = lines.Key.Kind == DependencyKind.Wide ? "wb-ln-wide" : "wb-ln-narrow";
            var faint = lines.All(line => line.End >= 0 && IsSkipped(window.Nodes[line.End].Group)) ? $"{look} wb-ln-faint" : look;
            var group = Svg.Group(faint, Svg.Title(LineageAlt.Of(window, lines.Key.Node, lines.Key.Kind)));
            var path = string.Concat(lines.Select(Course));
            group.Add(Svg.Path("wb-ln-line", $"{path}"));
            if (lines.Key.Kind == DependencyKind.Wide)
                group.Add(Svg.Path("wb-ln-core", $"{path}"), lines.Where(line => line.End >= 0).Select(Bar));
            group.Add(lines.Where(line => line.End >= 0).Select(line => Head(left + line.X2, top + line.Y2)));
            return group;
        });
        return Svg.Group("wb-ln-lines", together);
    }

    private string Course(LineageLayout.Line line)
    {
        var (x1, x2, bend1, bend2) = (left + line.X1, left + line.X2, top + line.Bend1, top + line.Bend2);
        var end = top + line.Y2 - (line.End >= 0 ? HeadLength - 1 : 0);
        bend2 = Math.Min(bend2, end);
        var middle = (bend1 + bend2) / 2;
        return Math.Abs(x1 - x2) < 0.5
            ? FormattableString.Invariant($"M{x1:0.#} {top + line.Y1:0.#}V{end:0.#}")
            : FormattableString.Invariant($"M{x1:0.#} {top + line.Y1:0.#}V{bend1:0.#}C{x1:0.#} {middle:0.#} {x2:0.#} {middle:0.#} {x2:0.#} {bend2:0.#}V{end:0.#}");
    }

    private static XElement Head(double x, double y) => Svg.Path("wb-ln-head", $"M{x} {y}L{x - 4.5} {y - HeadLength}L{x + 4.5} {y - HeadLength}Z");

    /// <summary>Across the middle of the bend: the mark of a barrier, behind which all must have arrived.</summary>
    private XElement Bar(LineageLayout.Line line)
    {
        var (x, y) = Middle(line);
        var (dx, dy) = (1.5 * (line.X2 - line.X1), 0.75 * (line.Bend2 - line.Bend1));
        var length = Math.Max(1, Math.Sqrt(dx * dx + dy * dy));
        (dx, dy) = (8 * dx / length, 8 * dy / length);
        return length <= 1 ? Svg.Line("wb-ln-bar", x - 8, y, x + 8, y) : Svg.Line("wb-ln-bar", x + dy, y - dx, x - dy, y + dx);
    }

    private (double X, double Y) Middle(LineageLayout.Line line) =>
        (left + (line.X1 + line.X2) / 2, top + (line.Bend1 + Math.Min(line.Bend2, line.Y2 - HeadLength)) / 2);

    /// <summary>Beside the end of its line, where no box, heading, line or other label is.</summary>
    private XElement Labels(LineageLayout layout)
    {
        var space = new LabelSpace();
        foreach (var box in layout.Places)
            space.Take(new(left + box.Left, top + box.Top, box.Width, box.Height));
        foreach (var region in layout.Regions)
            space.Take(new(left + region.Box.Left, top + region.Box.Top, region.Heading.Length * 6.9 + LineageColumns.Padding, 22));
        var lines = new LineSpace();
        foreach (var line in layout.Lines)
        {
            lines.Add(new(left + line.X1, top + line.Y1), new(left + line.X1, top + line.Bend1));
            lines.Add(new(left + line.X1, top + line.Bend1), new(left + line.X2, top + line.Bend2));
            lines.Add(new(left + line.X2, top + line.Bend2), new(left + line.X2, top + line.Y2));
        }
        var labels = new List<XElement>();
        foreach (var line in window.Lines.Where(line => line.Label.Length > 0))
        {
            var end = layout.Lines.First(part => part.Node == line.From && part.End == line.To && part.Kind == line.Kind);
            if (Label(end, Words.Cut(line.Label, 24), space, lines) is { } label)
                labels.Add(label);
            else
                unlabelled++;
        }
        return Svg.Group("wb-ln-labels", labels);
    }

    private XElement? Label(LineageLayout.Line end, string text, LabelSpace space, LineSpace lines)
    {
        var (x, y) = Middle(end);
        var wide = text.Length * 6.2;
        List<LabelSpace.Box> places = [.. from down in (double[])[0, 6, -6, 10, -10]
                                          from box in (LabelSpace.Box[])[new(x + 12, y + down - 7, wide, 13), new(x - 12 - wide, y + down - 7, wide, 13)]
                                          select box];
        foreach (var place in places.OrderBy(place => lines.Through(place, -1)))
        {
            if (place.Left > 0 && place.Left + wide < width && space.Take(place))
                return Svg.Text("wb-ln-word", place.Left, place.Top + 11, text);
        }
        return null;
    }

    private static XElement Sample(DependencyKind kind) => kind == DependencyKind.Narrow
        ? Svg.Group("wb-ln-narrow", Svg.Path("wb-ln-line", $"M0 -4H18"), Svg.Path("wb-ln-head", $"M24 -4L17 -8.5L17 0.5Z"))
        : Svg.Group("wb-ln-wide", Svg.Path("wb-ln-line", $"M0 -4H18"), Svg.Path("wb-ln-core", $"M0 -4H18"), Svg.Line("wb-ln-bar", 9, -11, 9, 3),
            Svg.Path("wb-ln-head", $"M24 -4L17 -8.5L17 0.5Z"));
}
