using System.Net;

namespace Workbook.Draw;

/// <summary>
/// Who sent what to whom, when: a line for each node with time running down, arrows for messages, crosses where they were lost, shading for
/// crashes and partitions. Long quiet stretches are cut out, and the cut says how long it was. Of a long record the first events are shown;
/// <see cref="Between"/> and <see cref="Events"/> choose others.
/// </summary>
[TypeFormatterSource]
public sealed record SpaceTimeDiagram : IDisplay
{
    /// <summary>Of more nodes than these only the first are drawn, and the diagram says so.</summary>
    public const int MostNodes = 40;

    /// <param name="title">Stands above the diagram.</param>
    /// <param name="nodes">The nodes, from left to right.</param>
    /// <param name="arrows">The messages, in any order.</param>
    /// <param name="stretches">What held for a while.</param>
    /// <param name="marks">What happened at one moment.</param>
    /// <exception cref="ArgumentException">A node is named twice, or something happens on a node that is not among them, or ends before it
    /// begins.</exception>
    public SpaceTimeDiagram(string title, IEnumerable<string> nodes, IEnumerable<Arrow> arrows, IEnumerable<Stretch>? stretches = null,
        IEnumerable<Mark>? marks = null)
    {
        Title = Figure.Wanted(title, "a title");
        (Nodes, Arrows, Stretches, Marks) = ([.. nodes], [.. arrows], [.. stretches ?? []], [.. marks ?? []]);
        Check();
    }

    /// <summary>Stands above the diagram, and begins its text alternative.</summary>
    public string Title { get; }

    /// <summary>The nodes, from left to right.</summary>
    public IReadOnlyList<string> Nodes { get; }

    /// <summary>All messages, also those outside the window.</summary>
    public IReadOnlyList<Arrow> Arrows { get; }

    /// <summary>All that held for a while.</summary>
    public IReadOnlyList<Stretch> Stretches { get; }

    /// <summary>All that happened at one moment.</summary>
    public IReadOnlyList<Mark> Marks { get; }

    internal (int First, int Count) Shown { get; private init; } = (0, 300);

    internal (TimeSpan From, TimeSpan To)? Times { get; private init; }

    /// <summary>What the diagram shows, in words.</summary>
    public string Alt => SpaceTimeAlt.Of(this, SpaceTimeWindow.Of(this));

    /// <summary>The same record from one time to another. At most the first 300 events of it are drawn.</summary>
    /// <exception cref="ArgumentException">The end is not after the beginning.</exception>
    public SpaceTimeDiagram Between(TimeSpan from, TimeSpan to) => to > from
        ? this with { Times = (from, to) }
        : throw new ArgumentException($"A window cannot run from {Words.Time(from)} to {Words.Time(to)}; give an end after its beginning.");

    /// <summary>
    /// The same record from its <paramref name="first"/>-th event on (the first is 1), <paramref name="count"/> of them, at most 2,000.
    /// </summary>
    /// <exception cref="ArgumentException">The first is below 1, or the count is not from 1 to 2,000.</exception>
    public SpaceTimeDiagram Events(int first, int count) => first >= 1 && count is >= 1 and <= 2000
        ? this with { Shown = (first - 1, count) }
        : throw new ArgumentException($"Cannot show {count} events from number {first} on; "
            + "the first event is number 1, and at most 2,000 can be drawn.");

    /// <summary>The diagram as one SVG element that stands by itself, light or dark as the page or the reader's system is.</summary>
    public string ToSvg() => new SpaceTimeSvg(this).ToString();

    /// <summary>The events shown, one readable line each, under the text alternative.</summary>
    public string ToText() => SpaceTimeAlt.Lines(this, SpaceTimeWindow.Of(this));

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => new(
        $"""
        <div class="wb-scroll" style="overflow-x:auto" tabindex="0" role="group" aria-label="{WebUtility.HtmlEncode(Title)}">{ToSvg()}</div>
        """,
        ToText());

    public override string ToString() => Alt;

    private void Check()
    {
        if (Nodes.GroupBy(node => node).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The node '{twice.Key}' is named twice; name each node once.");
        var known = Nodes.ToHashSet();
        foreach (var node in Arrows.SelectMany(arrow => new[] { arrow.From, arrow.To })
            .Concat(Stretches.SelectMany(stretch => stretch.Nodes))
            .Concat(Marks.Select(mark => mark.Node).OfType<string>()))
        {
            if (!known.Contains(node))
                throw new ArgumentException($"Something happens on the node '{node}', which is not among the nodes given; add it to them.");
        }
        if (Arrows.FirstOrDefault(arrow => arrow.Ended < arrow.Sent) is { } early)
        {
            throw new ArgumentException($"'{early.Label}' from {early.From} to {early.To} ends at {Words.Time(early.Ended!.Value)}, "
                + $"before it was sent at {Words.Time(early.Sent)}.");
        }
        if (Arrows.FirstOrDefault(arrow => arrow.Fate == ArrowFate.Received && arrow.Ended is null) is { } timeless)
        {
            throw new ArgumentException($"'{timeless.Label}' from {timeless.From} to {timeless.To} was received, but not when; "
                + "give the time, or make it lost or under way.");
        }
        if (Stretches.FirstOrDefault(stretch => stretch.To < stretch.From) is { } backward)
        {
            throw new ArgumentException($"The stretch '{backward.Label}' ends at {Words.Time(backward.To!.Value)}, "
                + $"before it begins at {Words.Time(backward.From)}.");
        }
    }
}
