using System.Net;

namespace Workbook.Draw;

/// <summary>
/// What was made from what: a box for each dataset, under those it is made from; thin lines for narrow dependencies, double lines with a
/// bar across for wide ones; regions for the groups (stages) in which datasets are made together. After Figures 3 and 5 of M. Zaharia and
/// others, <i>Resilient Distributed Datasets</i>, NSDI 2012. Of a long lineage the beginning and the end are drawn, and all between is
/// one box that says how much it is; <see cref="Ends"/> says how many stay on either side.
/// </summary>
[TypeFormatterSource]
public sealed record LineageGraph : IDisplay
{
    /// <summary>Of more datasets than these those in the middle are one box, unless <see cref="Ends"/> says otherwise.</summary>
    public const int UsuallyShown = 48;

    /// <summary>At most this many datasets are drawn.</summary>
    public const int MostShown = 400;

    /// <param name="title">Stands above the drawing.</param>
    /// <param name="nodes">The datasets, in any order; those given first stand further left where nothing else decides.</param>
    /// <param name="edges">What is made from what.</param>
    /// <param name="groups">The groups that <see cref="LineageNode.Group"/> counts, the first being 0.</param>
    /// <exception cref="ArgumentException">A dataset is named twice, an edge or a group is not among those given, or datasets or groups
    /// depend on each other in a circle.</exception>
    public LineageGraph(string title, IEnumerable<LineageNode> nodes, IEnumerable<LineageEdge> edges,
        IEnumerable<LineageGroup>? groups = null)
    {
        Title = Figure.Wanted(title, "a title");
        (Nodes, Edges, Groups) = ([.. nodes], [.. edges], [.. groups ?? []]);
        LineageCheck.Check(this);
    }

    /// <summary>Stands above the drawing, and begins its text alternative.</summary>
    public string Title { get; }

    /// <summary>All datasets, also those that are not drawn.</summary>
    public IReadOnlyList<LineageNode> Nodes { get; }

    /// <summary>All dependencies.</summary>
    public IReadOnlyList<LineageEdge> Edges { get; }

    /// <summary>All groups; one without a dataset is not drawn.</summary>
    public IReadOnlyList<LineageGroup> Groups { get; }

    /// <summary>One or two sentences under the drawing.</summary>
    public string Note { get; init; } = "";

    /// <summary>How many datasets are drawn at the beginning and at the end; null to choose so that groups stay whole.</summary>
    internal (int First, int Last)? Kept { get; private init; }

    /// <summary>What the drawing shows, in words.</summary>
    public string Alt => LineageAlt.Of(this, LineageWindow.Of(this));

    /// <summary>
    /// The same lineage with its <paramref name="first"/> and its <paramref name="last"/> datasets drawn one by one (parents come before
    /// their children) and one box for all between.
    /// </summary>
    /// <exception cref="ArgumentException">A number is below 0, or both together are not from 1 to <see cref="MostShown"/>.</exception>
    public LineageGraph Ends(int first, int last) => first >= 0 && last >= 0 && (long)first + last is >= 1 and <= MostShown
        ? this with { Kept = (first, last) }
        : throw new ArgumentException($"Cannot draw the first {first} and the last {last} datasets; "
            + $"give two numbers of at least 0 that are together 1 to {MostShown}.");

    /// <summary>The drawing as one SVG element that stands by itself, light or dark as the page or the reader's system is.</summary>
    public string ToSvg() => new LineageSvg(this).ToString();

    /// <summary>The datasets shown, one readable line each, parents before children, under the text alternative.</summary>
    public string ToText() => LineageAlt.Lines(this, LineageWindow.Of(this));

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle()
    {
        var note = Note.Length == 0 ? "" : $"\n<p class=\"wb-note\" style=\"margin:4px 12px\">{WebUtility.HtmlEncode(Svg.Printable(Note))}</p>";
        return new($"""
            <div class="wb-scroll" style="overflow-x:auto" tabindex="0" role="group" aria-label="{WebUtility.HtmlEncode(Title)}">{ToSvg()}</div>{note}
            """, ToText());
    }

    public override string ToString() => Alt;
}
