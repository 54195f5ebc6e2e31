namespace Workbook.Draw;

/// <summary>What became of a message.</summary>
public enum ArrowFate
{
    /// <summary>It arrived.</summary>
    Received,

    /// <summary>The network lost it.</summary>
    LostOnTheWay,

    /// <summary>It came to a node that was down, or that took nothing.</summary>
    LostAtReceiver,

    /// <summary>It was still in flight when the record ended.</summary>
    UnderWay,
}

/// <summary>A message in a <see cref="SpaceTimeDiagram"/>. Times are lengths since the start of the run.</summary>
/// <param name="From">The node that sent it.</param>
/// <param name="To">The node it was sent to; the same node for one to itself.</param>
/// <param name="Sent">When it was sent.</param>
/// <param name="Ended">When it arrived or was lost; null while under way, or when nobody knows when it was lost.</param>
/// <param name="Label">A few words on the arrow, such as the message's name; left out where there is no room.</param>
/// <param name="Fate">What became of it.</param>
public sealed record Arrow(string From, string To, TimeSpan Sent, TimeSpan? Ended, string Label = "", ArrowFate Fate = ArrowFate.Received)
{
    /// <summary>What the pointer says of it besides its label, nodes and times: the message's content, say.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Its colour, by <see cref="Palette"/>; null for the colour of text. One kind of message or one term, one colour.</summary>
    public int? Hue { get; init; }

    /// <summary>A message that was lost.</summary>
    /// <param name="from">The node that sent it.</param>
    /// <param name="to">The node it was meant for.</param>
    /// <param name="sent">When it was sent.</param>
    /// <param name="at">When it was lost, if known.</param>
    /// <param name="label">A few words on the arrow.</param>
    /// <param name="atReceiver">Whether it did arrive, but at a node that was down.</param>
    public static Arrow Lost(string from, string to, TimeSpan sent, TimeSpan? at = null, string label = "", bool atReceiver = false) =>
        new(from, to, sent, at, label, atReceiver ? ArrowFate.LostAtReceiver : ArrowFate.LostOnTheWay);

    /// <summary>A message that had not arrived when the record ended.</summary>
    public static Arrow UnderWay(string from, string to, TimeSpan sent, string label = "") =>
        new(from, to, sent, null, label, ArrowFate.UnderWay);
}
