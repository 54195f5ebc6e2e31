using System.Globalization;
using System.Xml.Linq;

namespace Workbook.Draw;

/// <summary>The few SVG elements that diagrams are made of. The XML library escapes whatever stands in names and labels.</summary>
internal static class Svg
{
    public static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    public static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    public static XAttribute Attribute(string name, double value) => new(name, Number(value));

    public static XElement Group(string cssClass, params object?[] content) => Element("g", new XAttribute("class", cssClass), content);

    public static XElement Line(string cssClass, double x1, double y1, double x2, double y2) =>
        Element("line", new XAttribute("class", cssClass),
        Attribute("x1", x1), Attribute("y1", y1), Attribute("x2", x2), Attribute("y2", y2));

    public static XElement Rect(string cssClass, double x, double y, double width, double height) =>
        Element("rect", new XAttribute("class", cssClass),
        Attribute("x", x), Attribute("y", y), Attribute("width", Math.Max(0, width)), Attribute("height", Math.Max(0, height)));

    public static XElement Path(string cssClass, FormattableString path) =>
        Element("path", new XAttribute("class", cssClass), new XAttribute("d", Text(path)));

    public static XElement Text(string cssClass, double x, double y, string text, string anchor = "start") => Element("text",
        new XAttribute("class", cssClass), Attribute("x", x), Attribute("y", y),
        anchor == "start" ? null : new XAttribute("text-anchor", anchor), Printable(text));

    /// <summary>What browsers show under the pointer and read aloud.</summary>
    public static XElement Title(string text) => Element("title", Printable(text));

    /// <summary>A whole drawing: a picture with a name and a description, on its paper, that may shrink to a least width and then scrolls.</summary>
    /// <param name="cssClass">The class of its kind of drawing; its paper's is this with <c>-paper</c>.</param>
    /// <param name="id">What its name and description are known by in a page: another one for each drawing.</param>
    /// <param name="sheet">The style sheet of its kind, a resource.</param>
    /// <param name="size">How large it is, and how narrow it may become.</param>
    /// <param name="title">Its name.</param>
    /// <param name="alt">Its description.</param>
    /// <param name="content">What is drawn.</param>
    public static string Drawing(
        string cssClass, string id, string sheet, (double Width, double Height, double Least) size, string title, string alt, List<object?> content)
    {
        var (width, height) = ((int)size.Width, (int)size.Height);
        var style = string.Create(CultureInfo.InvariantCulture, $"display:block;width:100%;min-width:{(int)size.Least}px;max-width:{width}px;height:auto");
        return Element("svg", new XAttribute("class", cssClass), new XAttribute("viewBox", $"0 0 {width} {height}"),
            new XAttribute("role", "img"), new XAttribute("aria-labelledby", $"{id}-t {id}-d"), new XAttribute("style", style),
            Element("title", new XAttribute("id", $"{id}-t"), Printable(title)),
            Element("desc", new XAttribute("id", $"{id}-d"), Printable(alt)),
            Element("style", Resource.Text(sheet)),
            Rect($"{cssClass}-paper", 0, 0, size.Width, size.Height), content).ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>XML has no way to write most control characters; they become a visible sign.</summary>
    public static string Printable(string text)
    {
        var clean = text.ToCharArray();
        for (var i = 0; i < clean.Length; i++)
        {
            var paired = char.IsSurrogate(clean[i])
                && ((char.IsHighSurrogate(clean[i]) && i + 1 < clean.Length && char.IsLowSurrogate(text[i + 1]))
                || (char.IsLowSurrogate(clean[i]) && i > 0 && char.IsHighSurrogate(text[i - 1])));
            if (char.IsControl(clean[i]) || clean[i] is '\uFFFE' or '\uFFFF' || (char.IsSurrogate(clean[i]) && !paired))
                clean[i] = clean[i] is '\n' or '\t' or '\r' ? ' ' : '\uFFFD';
        }
        return new(clean);
    }

    private static string Text(FormattableString path) =>
        string.Format(CultureInfo.InvariantCulture, path.Format,
            [.. path.GetArguments().Select(argument => argument is double number ? Number(number) : argument)]);

    private static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);
}
