using System.Text;

namespace Workbook.Draw;

/// <summary>
/// A recorded run to step through in a page, forward and back: the nodes' state, the messages in flight, what happened, which properties
/// hold and the code that ran. It is plain data; who records a run makes it. <see cref="Beside"/> puts two runs side by side.
/// </summary>
[TypeFormatterSource]
public sealed record Replay : IDisplay
{
    /// <summary>Of a longer run the last so many steps can be stepped through, and the replay says so.</summary>
    public const int MostSteps = 50_000;

    /// <param name="title">Stands above the replay.</param>
    /// <param name="nodes">The nodes, in the order they are shown.</param>
    /// <param name="steps">What happened, in order. The first is the state that the run begins with.</param>
    /// <exception cref="ArgumentException">There is no node or no step, a node is named twice, something happens on a node that is not
    /// among them, time goes back, or a message ends that nobody sent.</exception>
    public Replay(string title, IEnumerable<string> nodes, IEnumerable<ReplayStep> steps)
    {
        Title = Figure.Wanted(title, "a title");
        (Nodes, Steps) = ([.. nodes], [.. steps]);
        Id = Slug(title);
        ReplayCheck.Of(this);
    }

    /// <summary>Stands above the replay, and begins its text alternative.</summary>
    public string Title { get; private init; }

    /// <summary>The nodes, in the order they are shown.</summary>
    public IReadOnlyList<string> Nodes { get; }

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<ReplayStep> Steps { get; private init; }

    /// <summary>
    /// Names the replay in the page's address: <c>#replay-ID-120</c> leads to its step 120. Made from the title.
    /// </summary>
    public string Id { get; private init; }

    /// <summary>How many steps of the run lie before the first one kept.</summary>
    public int LeftOut { get; private init; }

    /// <summary>What the run shows, in words.</summary>
    public string Alt => ReplayAlt.Of(Last(MostSteps));

    /// <summary>The same replay under another name in the page's address: letters, digits and hyphens.</summary>
    /// <exception cref="ArgumentException">The name has none of these.</exception>
    public Replay Named(string id) => id.Any(char.IsAsciiLetterOrDigit)
        ? this with { Id = Slug(id) }
        : throw new ArgumentException($"'{id}' has no letter or digit to name a replay by.", nameof(id));

    /// <summary>The last steps only; the state before them is the one it begins with.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public Replay Last(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (steps >= Steps.Count)
            return this;
        var from = Steps.Count - steps;
        return this with { Steps = [ReplayState.Before(this, from), .. Steps.Skip(from + 1)], LeftOut = LeftOut + from };
    }

    /// <summary>
    /// Two runs side by side, stepped through by time in lock step, with the first difference marked: a rule on and off, say.
    /// </summary>
    /// <param name="title">Stands above both.</param>
    /// <param name="left">The run at the left and its name.</param>
    /// <param name="right">The run at the right and its name.</param>
    /// <exception cref="ArgumentException">A run has more than <see cref="MostSteps"/> steps.</exception>
    public static ReplayPair Beside(string title, (string Name, Replay Run) left, (string Name, Replay Run) right) => new(title, left, right);

    /// <summary>The replay as JSON, in which only what changes is told of each step; no <c>&lt;</c> stands in it.</summary>
    public string ToJson() => ReplayJson.Of(Title, Id, [("", Last(MostSteps))], null);

    /// <summary>The first and the last state of each node under the text alternative.</summary>
    public string ToText() => Alt + "\n" + ReplayAlt.States(Last(MostSteps)).ToText();

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => new(ReplayHtml.Of(Title, Id, Alt, [ReplayAlt.States(Last(MostSteps))], ToJson()), ToText());

    public override string ToString() => Alt;

    /// <summary><c>Figure 8, rule off</c> as <c>figure-8-rule-off</c>; a title without such letters by its hash.</summary>
    internal static string Slug(string title)
    {
        const int longest = 40;
        var words = new StringBuilder();
        foreach (var letter in title)
            words.Append(char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' ');
        var slug = string.Join('-', words.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length == 0 ? FigureHtml.Hash(title) : slug[..Math.Min(slug.Length, longest)].TrimEnd('-');
    }
}
