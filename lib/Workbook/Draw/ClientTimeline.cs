using System.Net;

namespace Workbook.Draw;

/// <summary>
/// Who called what, and from when to when the answer took: a row for each client, a bar for each operation from its call to its return,
/// open where none came. Bars may carry their places in one order of all operations, and arrows may say what must come before what. Time
/// runs to the right; its lengths are only roughly to scale, since what counts is what came before what. Of a long record the first
/// operations are shown; <see cref="Operations"/> chooses others.
/// </summary>
[TypeFormatterSource]
public sealed record ClientTimeline : IDisplay
{
    /// <summary>Of a longer record this many operations are drawn, unless <see cref="Operations"/> says otherwise.</summary>
    public const int UsuallyShown = 60;

    /// <summary>At most this many operations are drawn.</summary>
    public const int MostShown = 500;

    /// <param name="title">Stands above the drawing.</param>
    /// <param name="bars">The operations, in any order; a client has its row where its first operation stands among them.</param>
    /// <param name="arrows">What must come before what, by the numbers of the bars, the first being 0.</param>
    /// <exception cref="ArgumentException">A bar ends before it begins or has no finite time, or an arrow names a bar that is not there.
    /// </exception>
    public ClientTimeline(string title, IEnumerable<TimelineBar> bars, IEnumerable<TimelineArrow>? arrows = null)
    {
        Title = Figure.Wanted(title, "a title");
        (Bars, Arrows) = ([.. bars], [.. arrows ?? []]);
        Check();
    }

    /// <summary>Stands above the drawing, and begins its text alternative.</summary>
    public string Title { get; }

    /// <summary>All operations, also those outside the window.</summary>
    public IReadOnlyList<TimelineBar> Bars { get; }

    /// <summary>What must come before what; an arrow is drawn when both its operations are.</summary>
    public IReadOnlyList<TimelineArrow> Arrows { get; }

    /// <summary>One or two sentences under the drawing.</summary>
    public string Note { get; init; } = "";

    /// <summary>Whether times are seconds; otherwise they are columns or counts, which say only what came first.</summary>
    public bool IsInSeconds { get; init; }

    internal (int First, int Count) Shown { get; private init; } = (0, UsuallyShown);

    /// <summary>What the drawing shows, in words.</summary>
    public string Alt => TimelineAlt.Of(this, TimelineWindow.Of(this));

    /// <summary>
    /// The same record from its <paramref name="first"/>-th operation on (by the time of the call; the first is 1), <paramref name="count"/>
    /// of them, at most <see cref="MostShown"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The first is below 1, or the count is not from 1 to <see cref="MostShown"/>.</exception>
    public ClientTimeline Operations(int first, int count) => first >= 1 && count is >= 1 and <= MostShown
        ? this with { Shown = (first - 1, count) }
        : throw new ArgumentException($"Cannot show {count} operations from number {first} on; "
            + $"the first operation is number 1, and at most {MostShown} can be drawn.");

    /// <summary>The drawing as one SVG element that stands by itself, light or dark as the page or the reader's system is.</summary>
    public string ToSvg() => new TimelineSvg(this).ToString();

    /// <summary>The operations shown, one readable line each, under the text alternative.</summary>
    public string ToText() => TimelineAlt.Lines(this, TimelineWindow.Of(this));

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle()
    {
        var note = Note.Length == 0 ? "" : $"\n<p class=\"wb-note\" style=\"margin:4px 12px\">{WebUtility.HtmlEncode(Svg.Printable(Note))}</p>";
        return new($"""
            <div class="wb-scroll" style="overflow-x:auto" tabindex="0" role="group" aria-label="{WebUtility.HtmlEncode(Title)}">{ToSvg()}</div>{note}
            """, ToText());
    }

    public override string ToString() => Alt;

    private void Check()
    {
        foreach (var bar in Bars)
        {
            if (!double.IsFinite(bar.From) || !double.IsFinite(bar.To ?? 0))
                throw new ArgumentException($"'{bar.Label}' of {bar.Client} has a time that is no finite number.");
            if (bar.To < bar.From)
                throw new ArgumentException($"'{bar.Label}' of {bar.Client} returns at {Words.Number(bar.To.Value)}, "
                    + $"before it is called at {Words.Number(bar.From)}.");
        }
        if (Arrows.FirstOrDefault(arrow => Math.Min(arrow.From, arrow.To) < 0 || Math.Max(arrow.From, arrow.To) >= Bars.Count) is { } loose)
            throw new ArgumentException($"An arrow runs from bar {loose.From} to bar {loose.To}, but the bars are 0 to {Bars.Count - 1}.");
    }
}

/// <summary>An operation in a <see cref="ClientTimeline"/>.</summary>
/// <param name="Client">Who called it.</param>
/// <param name="From">When it was called.</param>
/// <param name="To">When it returned; null when it never did.</param>
/// <param name="Label">A few characters in the bar; a longer label is cut, and stands whole under the pointer.</param>
public sealed record TimelineBar(string Client, double From, double? To, string Label)
{
    /// <summary>Its place in one order of all operations, the first being 1; null when it has none.</summary>
    public int? Place { get; init; }

    /// <summary>Whether it is among those that the reader must look at. If any is, the others step back.</summary>
    public bool StandsOut { get; init; }

    /// <summary>Whether no reply came and the client stopped waiting at the end of the bar: it may still have taken effect later.</summary>
    public bool GaveUp { get; init; }

    /// <summary>What the pointer says of it besides.</summary>
    public string Detail { get; init; } = "";

    internal bool IsOpen => GaveUp || To is null;
}

/// <summary>Why one operation must come before another.</summary>
public enum TimelineArrowKind
{
    /// <summary>The one had returned before the other was called.</summary>
    Time,

    /// <summary>The values returned leave no other way.</summary>
    Value,
}

/// <summary>One operation must come before another, in a <see cref="ClientTimeline"/>.</summary>
/// <param name="From">The number of the bar that comes first; the first bar is 0.</param>
/// <param name="To">The number of the bar that comes later.</param>
/// <param name="Kind">Why.</param>
public sealed record TimelineArrow(int From, int To, TimelineArrowKind Kind);
