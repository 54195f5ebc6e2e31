using System.Xml.Linq;

namespace Workbook.Draw;

/// <summary>Draws one tree: links, boxes, legend.</summary>
internal sealed class TreeSvg(TreeDiagram tree)
{
    private const double Margin = 12;
    private const double Top = 44;
    private const double BoxWidth = 84;
    private const double BoxHeight = 40;
    private const double ColumnWidth = 106;
    private const double RowHeight = 64;
    private const double Narrowest = 300;
    private const int LongestLabel = 11;
    private const int LongestTitle = 80;

    /// <summary>Where a box stands.</summary>
    public static LabelSpace.Box Place(TreeBox box) => new(Margin + (box.Column * ColumnWidth), Top + (box.Row * RowHeight), BoxWidth, BoxHeight);

    public override string ToString()
    {
        var parts = new List<object?> { Svg.Text("wb-ln-title", Margin, 24, Words.Cut(tree.Title, LongestTitle)) };
        if (tree.Boxes.Count == 0)
        {
            parts.Add(Svg.Text("wb-ln-label", Margin, 52, "Nothing to draw."));
            return Whole(parts, 70);
        }

        var byName = tree.Boxes.ToDictionary(box => box.Name);
        parts.Add(Svg.Group("wb-ln-lines", tree.Boxes.SelectMany(box => box.From.Select(from => Link(byName[from], box)))));
        parts.Add(Svg.Group("wb-ln-boxes", tree.Boxes.Select(Draw)));
        var y = tree.Boxes.Max(box => Place(box).Top) + BoxHeight + 26;
        foreach (var (look, meaning) in tree.Legend.Where(entry => tree.Boxes.Any(box => box.Look == entry.Look)))
        {
            var rect = Svg.Rect("wb-ln-box", Margin, y - 11, 22, 14);
            parts.Add(Svg.Group(Class(look), rect, Svg.Text("wb-ln-label", Margin + 30, y, meaning)));
            y += 20;
        }

        return Whole(parts, y);
    }

    /// <summary>To the right from the middle of a side to the middle of a side; or up from the top of what a box is made of.</summary>
    private XElement Link(TreeBox from, TreeBox to)
    {
        var (a, b) = (Place(from), Place(to));
        var strength = to.Look is TreeLook.Marked && from.Look is TreeLook.Marked or TreeLook.Filled ? "wb-ln-strong" : to.Look == TreeLook.Left ? "wb-ln-faint" : "wb-ln-edge";
        if (tree.IsUpright)
        {
            var (x, y, endX, endY) = (a.Left + (BoxWidth / 2), a.Top, b.Left + (BoxWidth / 2), b.Top + BoxHeight);
            return Svg.Group(strength, Svg.Path("wb-ln-line", $"M{x} {y}C{x} {y - 14} {endX} {endY + 14} {endX} {endY}"));
        }

        var (left, top, right, bottom) = (a.Left + BoxWidth, a.Top + (BoxHeight / 2), b.Left, b.Top + (BoxHeight / 2));
        var middle = Math.Min(20, (right - left) / 2);
        return Svg.Group(strength, Svg.Path("wb-ln-line", $"M{left} {top}C{left + middle} {top} {left} {bottom} {left + middle} {bottom}L{right} {bottom}"));
    }

    private XElement Draw(TreeBox box)
    {
        var place = Place(box);
        var rect = Svg.Rect("wb-ln-box", place.Left, place.Top, place.Width, place.Height);
        rect.Add(Svg.Attribute("rx", 5));
        var middle = place.Left + (BoxWidth / 2);
        var group = Svg.Group(Class(box.Look), Svg.Title(tree.Line(box)), rect,
            Svg.Text("wb-ln-name", middle, place.Top + (box.Detail.Length > 0 ? 17 : 25), Words.Cut(box.Label.Length > 0 ? box.Label : box.Name, LongestLabel), "middle"));
        if (box.Detail.Length > 0) group.Add(Svg.Text("wb-ln-soft", middle, place.Top + 32, Words.Cut(box.Detail, LongestLabel + 3), "middle"));
        return group;
    }

    private static string Class(TreeLook look) => look switch
    {
        TreeLook.Filled => "wb-ln-cached",
        TreeLook.Marked => "wb-ln-again",
        TreeLook.Left => "wb-ln-lost",
        TreeLook.Faint => "wb-ln-fold",
        _ => "wb-ln-usual",
    };

    private string Whole(List<object?> parts, double height)
    {
        var columns = tree.Boxes.Select(box => Place(box).Left + BoxWidth).DefaultIfEmpty().Max();
        var legend = tree.Legend.Select(entry => 60 + (entry.Meaning.Length * 6.6)).DefaultIfEmpty().Max();
        var width = new[] { Narrowest, columns + Margin, legend, (2 * Margin) + (Words.Cut(tree.Title, LongestTitle).Length * 8.6) }.Max();
        return Svg.Drawing("wb-ln", $"td-{FigureHtml.Hash(tree.ToText())}", "lineage.css", (width, height, 0.8 * width), tree.Title, tree.Alt, parts);
    }
}
