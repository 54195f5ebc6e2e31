using System.Xml.Linq;

namespace Workbook.Draw;

/// <summary>What must come before what: grey and whole for time, red and dashed for values, with the word beside the line.</summary>
internal sealed partial class TimelineSvg
{
    private readonly record struct Curve(double X1, double Y1, double Cx, double Cy, double X2, double Y2)
    {
        public (double X, double Y) At(double t) => (
            (1 - t) * (1 - t) * X1 + 2 * t * (1 - t) * Cx + t * t * X2,
            (1 - t) * (1 - t) * Y1 + 2 * t * (1 - t) * Cy + t * t * Y2);
    }

    private XElement Arrows()
    {
        var lines = new List<object?>();
        var texts = new List<object?>();
        foreach (var arrow in window.Arrows)
        {
            var curve = arrow.Kind == TimelineArrowKind.Time ? AfterReturn(arrow) : BetweenBars(arrow);
            var line = arrow.Kind == TimelineArrowKind.Time ? "wb-tl-time" : "wb-tl-value";
            lines.Add(Svg.Group("wb-tl-arrow", Svg.Title(TimelineAlt.Of(timeline, arrow)),
                Svg.Path(line, $"M{curve.X1} {curve.Y1}Q{curve.Cx} {curve.Cy} {curve.X2} {curve.Y2}"), Head(curve, line)));
            texts.Add(Word(curve, arrow));
        }
        return Svg.Group("wb-tl-arrows", lines, texts);
    }

    /// <summary>From the end of the one bar to the beginning of the other; in one row round below, since the gap may be small.</summary>
    private Curve AfterReturn(TimelineArrow arrow)
    {
        var (from, to) = (X(arrow.From).Right, X(arrow.To).Left);
        var (y1, y2) = (Y(arrow.From), Y(arrow.To));
        if (rows[arrow.From] == rows[arrow.To])
        {
            var (start, end, under) = (from - 10, to + 10, y1 + BarHeight / 2);
            return new(start, under, (start + end) / 2, under + 26, end, under);
        }
        var side = Math.Sign(y2 - y1);
        return new(from - 3, y1 + side * BarHeight / 2, from - 3, y2 - side * (BarHeight / 2 + 16), to + 8, y2 - side * BarHeight / 2);
    }

    /// <summary>From the side of the one bar that faces the other to the side of the other that faces it, out left of in.</summary>
    private Curve BetweenBars(TimelineArrow arrow)
    {
        var ((a, b), (c, d)) = (X(arrow.From), X(arrow.To));
        var (x1, x2) = (a + 0.6 * (b - a), c + 0.35 * (d - c));
        var (y1, y2) = (Y(arrow.From), Y(arrow.To));
        if (rows[arrow.From] == rows[arrow.To])
            return new(x1, y1 + BarHeight / 2, (x1 + x2) / 2, y1 + BarHeight / 2 + 34, x2, y1 + BarHeight / 2);
        var side = Math.Sign(y2 - y1);
        (y1, y2) = (y1 + side * BarHeight / 2, y2 - side * BarHeight / 2);
        // Over several rows the arrow swings out, so as not to run along the tick of a place.
        return new(x1, y1, (x1 + x2) / 2 + (Math.Abs(y2 - y1) > pitch ? 26 : 10), (y1 + y2) / 2, x2, y2);
    }

    private static XElement Head(Curve curve, string line)
    {
        var (dx, dy) = (curve.X2 - curve.Cx, curve.Y2 - curve.Cy);
        var length = Math.Max(1e-6, Math.Sqrt(dx * dx + dy * dy));
        (dx, dy) = (dx / length, dy / length);
        var (x, y) = (curve.X2, curve.Y2);
        return Svg.Path($"{line}-head", $"M{x} {y}L{x - 9 * dx + 4.5 * dy} {y - 9 * dy - 4.5 * dx}L{x - 9 * dx - 4.5 * dy} {y - 9 * dy + 4.5 * dx}Z");
    }

    /// <summary>Beside the line where no other word stands; the line alone when there is no room.</summary>
    private XElement? Word(Curve curve, TimelineArrow arrow)
    {
        var text = TimelineAlt.Kind(arrow);
        var wide = text.Length * 6.4;
        foreach (var at in (double[])[0.5, 0.4, 0.6, 0.3, 0.7, 0.8])
        {
            var (x, y) = curve.At(at);
            foreach (var start in (double[])[x + 4, x - 4 - wide])
            {
                if (start > left && start + wide < width && words.Take(new(start, y - 7, wide, 14)))
                    return Svg.Text(arrow.Kind == TimelineArrowKind.Time ? "wb-tl-word wb-tl-of-time" : "wb-tl-word wb-tl-of-value", start, y + 4, text);
            }
        }
        return null;
    }
}
