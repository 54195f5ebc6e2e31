using System.Net;

namespace Workbook.Draw;

/// <summary>
/// Boxes at places that are given, and links between them: a chain with its forks, which grows to the right, or a tree that stands on its leaves.
/// </summary>
[TypeFormatterSource]
public sealed record TreeDiagram : IDisplay
{
    /// <summary>At most this many boxes are drawn.</summary>
    public const int MostShown = 400;

    /// <param name="title">Stands above the drawing.</param>
    /// <param name="boxes">The boxes.</param>
    /// <exception cref="ArgumentException">There are too many boxes, one is named twice or stands outside, or a link leads to none.</exception>
    public TreeDiagram(string title, IEnumerable<TreeBox> boxes)
    {
        Title = Figure.Wanted(title, "a title");
        Boxes = [.. boxes];
        if (Boxes.Count > MostShown) throw new ArgumentException($"A tree of {Boxes.Count} boxes cannot be read; give at most {MostShown}.");
        if (Boxes.GroupBy(box => box.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The box '{twice.Key}' is named twice; name each box once.");
        if (Boxes.FirstOrDefault(box => box.Column is not (>= 0 and <= MostShown) || box.Row is not (>= 0 and <= MostShown)) is { } outside)
            throw new ArgumentException($"The box '{outside.Name}' stands outside; columns and rows are 0 to {MostShown}.");
        var names = Boxes.Select(box => box.Name).ToHashSet();
        if (Boxes.SelectMany(box => box.From).FirstOrDefault(name => !names.Contains(name)) is { } missing)
            throw new ArgumentException($"A box is linked to '{missing}', which is not among those given; add it to them.");
    }

    /// <summary>Stands above the drawing, and begins its text alternative.</summary>
    public string Title { get; }

    /// <summary>All boxes.</summary>
    public IReadOnlyList<TreeBox> Boxes { get; }

    /// <summary>Whether links run from below to above, not from left to right.</summary>
    public bool IsUpright { get; init; }

    /// <summary>What the looks mean, in a few words each.</summary>
    public IReadOnlyList<(TreeLook Look, string Meaning)> Legend { get; init; } = [];

    /// <summary>One or two sentences under the drawing.</summary>
    public string Note { get; init; } = "";

    /// <summary>What the drawing shows, in words.</summary>
    public string Alt
    {
        get
        {
            var looks = Legend.Select(entry => (entry.Meaning, Count: Boxes.Count(box => box.Look == entry.Look))).Where(entry => entry.Count > 0)
                .Select(entry => $"{entry.Count} {entry.Meaning}");
            return $"{(Title[^1] is '.' or '?' or '!' ? Title : Title + ".")} {Words.Count(Boxes.Count, "box", "boxes")}"
                + (Legend.Count > 0 ? $": {string.Join(", ", looks)}." : ".") + (Note.Length > 0 ? $" {Note}" : "");
        }
    }

    /// <summary>The drawing as one SVG element that stands by itself, light or dark as the page or the reader's system is.</summary>
    public string ToSvg() => new TreeSvg(this).ToString();

    /// <summary>The boxes, one line each, under the text alternative.</summary>
    public string ToText() => string.Join('\n', Boxes.Select(Line).Prepend(Alt));

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle()
    {
        var note = Note.Length == 0 ? "" : $"\n<p class=\"wb-note\" style=\"margin:4px 12px\">{WebUtility.HtmlEncode(Svg.Printable(Note))}</p>";
        return new($"""
            <div class="wb-scroll" style="overflow-x:auto" tabindex="0" role="group" aria-label="{WebUtility.HtmlEncode(Title)}">{ToSvg()}</div>{note}
            """, ToText());
    }

    public override string ToString() => Alt;

    /// <summary>What is told of a box in one line.</summary>
    internal string Line(TreeBox box)
    {
        var meaning = Legend.FirstOrDefault(entry => entry.Look == box.Look).Meaning;
        string[] said = [box.Detail, box.Hint, meaning ?? "", box.From.Count > 0 ? $"on {Words.List(box.From.Select(LabelOf))}" : ""];
        var text = string.Join("; ", said.Where(part => part.Length > 0));
        return text.Length == 0 ? Named(box) : $"{Named(box)}: {text}";
    }

    private string LabelOf(string name) => Named(Boxes.First(box => box.Name == name));

    private static string Named(TreeBox box) => box.Label.Length > 0 ? box.Label : box.Name;
}
