namespace Workbook.Draw;

/// <summary>Two runs side by side, stepped through by time in lock step. Where they first differ is marked.</summary>
[TypeFormatterSource]
public sealed record ReplayPair : IDisplay
{
    internal ReplayPair(string title, (string Name, Replay Run) left, (string Name, Replay Run) right)
    {
        Title = Figure.Wanted(title, "a title");
        Figure.Wanted(left.Name, "the name of the left run");
        Figure.Wanted(right.Name, "the name of the right run");
        if (Math.Max(left.Run.Steps.Count, right.Run.Steps.Count) is var most and > Replay.MostSteps)
            throw new ArgumentException($"One of the runs has {most:N0} steps; side by side each may have {Replay.MostSteps:N0}: end them earlier.");
        (Left, Right, Id, FirstDifference) = (left, right, Replay.Slug(title), Compare(left.Run, right.Run));
    }

    /// <summary>Stands above both runs.</summary>
    public string Title { get; }

    /// <summary>The run at the left and its name.</summary>
    public (string Name, Replay Run) Left { get; }

    /// <summary>The run at the right and its name.</summary>
    public (string Name, Replay Run) Right { get; }

    /// <summary>Names the pair in the page's address, as <see cref="Replay.Id"/> does.</summary>
    public string Id { get; private init; }

    /// <summary>
    /// The index, from 0, of the first step in which something else happened or came of it; where one run ends first, the index after its
    /// end. Null when the runs are the same.
    /// </summary>
    public int? FirstDifference { get; }

    /// <summary>What the runs show, in words.</summary>
    public string Alt => ReplayAlt.Of(this);

    /// <summary>The same pair under another name in the page's address: letters, digits and hyphens.</summary>
    public ReplayPair Named(string id) => this with { Id = Left.Run.Named(id).Id };

    /// <summary>Both runs as JSON, as <see cref="Replay.ToJson"/> gives one.</summary>
    public string ToJson() => ReplayJson.Of(Title, Id, [Left, Right], FirstDifference);

    /// <summary>The first and the last state of each node in both runs, under the text alternative.</summary>
    public string ToText() => string.Join('\n', Alt, States(Left).ToText(), "", States(Right).ToText());

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => new(ReplayHtml.Of(Title, Id, Alt, [States(Left), States(Right)], ToJson()), ToText());

    public override string ToString() => Alt;

    private static Table States((string Name, Replay Run) side) => ReplayAlt.States(side.Run, side.Name);

    private static int? Compare(Replay left, Replay right)
    {
        var both = Math.Min(left.Steps.Count, right.Steps.Count);
        for (var at = 0; at < both; at++)
        {
            if (!IsSame(left.Steps[at], right.Steps[at]))
                return at;
        }
        return left.Steps.Count == right.Steps.Count ? null : both;
    }

    private static bool IsSame(ReplayStep left, ReplayStep right) =>
        left.Time == right.Time && left.Node == right.Node && left.Text == right.Text
        && left.Changes.SequenceEqual(right.Changes) && left.Sent.SequenceEqual(right.Sent) && left.Ended.SequenceEqual(right.Ended)
        && left.Remarks.SequenceEqual(right.Remarks) && left.Verdicts.SequenceEqual(right.Verdicts);
}
