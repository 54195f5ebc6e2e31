namespace Workbook.Draw;

/// <summary>What kind of event a step of a <see cref="Replay"/> is.</summary>
public enum ReplayKind
{
    /// <summary>Anything else: code that goes on, a step of the script.</summary>
    Other,

    /// <summary>The state that the replay begins with.</summary>
    Start,

    /// <summary>A message reached a node.</summary>
    Delivery,

    /// <summary>A message was lost.</summary>
    Loss,

    /// <summary>A timer went off.</summary>
    Timer,

    /// <summary>Something broke or was mended.</summary>
    Fault,
}

/// <summary>One event of a run: what happened, and what was different after it.</summary>
/// <param name="Time">When, since the start of the run; not before the step before it.</param>
/// <param name="Text">What happened, in one line.</param>
/// <param name="Node">The node on which it happened; null for the run as a whole.</param>
/// <param name="Kind">What kind of event it was.</param>
public sealed record ReplayStep(TimeSpan Time, string Text, string? Node = null, ReplayKind Kind = ReplayKind.Other)
{
    /// <summary>The fields that have another value now.</summary>
    public IReadOnlyList<ReplayChange> Changes { get; init; } = [];

    /// <summary>The messages sent in it.</summary>
    public IReadOnlyList<ReplayMessage> Sent { get; init; } = [];

    /// <summary>The messages that arrived in it or were lost.</summary>
    public IReadOnlyList<ReplayEnd> Ended { get; init; } = [];

    /// <summary>The nodes that went down, in the order they did.</summary>
    public IReadOnlyList<string> Crashed { get; init; } = [];

    /// <summary>The nodes that came up again. A node that is in both lists crashed first.</summary>
    public IReadOnlyList<string> Restarted { get; init; } = [];

    /// <summary>The properties that hold now and did not before, or the other way round; at first, all of them.</summary>
    public IReadOnlyList<ReplayVerdict> Verdicts { get; init; } = [];

    /// <summary>The one-way links over which nothing gets any more, when they are others than before; otherwise null.</summary>
    public IReadOnlyList<(string From, string To)>? Cuts { get; init; }

    /// <summary>Names under which a reader can look for it: <c>election</c>, <c>commit</c>.</summary>
    public IReadOnlyList<string> Landmarks { get; init; } = [];

    /// <summary>What else was said: states in the process's own words, remarks.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The code that ran; null when it is not known.</summary>
    public ReplaySource? Source { get; init; }

    public override string ToString() => $"{Words.Time(Time)} {Text}";
}

/// <summary>A field of a node that has a new value.</summary>
/// <param name="Node">The node.</param>
/// <param name="Field">The field's name, in the paper's spelling: <c>currentTerm</c>.</param>
/// <param name="View">Its value from now on; null when the field is gone.</param>
public sealed record ReplayChange(string Node, string Field, ReplayView? View);

/// <summary>A message that was sent.</summary>
/// <param name="Id">Its number, which no other message of the run has.</param>
/// <param name="From">Its sender.</param>
/// <param name="To">Its receiver.</param>
/// <param name="Label">Its name: <c>AppendEntries</c>.</param>
/// <param name="Detail">The whole of it in one line.</param>
public sealed record ReplayMessage(long Id, string From, string To, string Label, string Detail = "");

/// <summary>The end of a message's way. One that was doubled on the way ends twice.</summary>
/// <param name="Id">The message's number.</param>
/// <param name="Lost">Why it was lost; null when it arrived.</param>
public sealed record ReplayEnd(long Id, string? Lost = null);

/// <summary>Whether a property of the run holds.</summary>
/// <param name="Property">Its name: <c>Election Safety</c>.</param>
/// <param name="Holds">Whether it holds from now on.</param>
public sealed record ReplayVerdict(string Property, bool Holds);

/// <summary>A place in a source.</summary>
/// <param name="File">The file, as seen from the top of the repository.</param>
/// <param name="Line">The line at which the code begins, from 1.</param>
public sealed record ReplaySource(string File, int Line)
{
    /// <summary>The code itself; empty when it is not at hand.</summary>
    public string Excerpt { get; init; } = "";

    public override string ToString() => FormattableString.Invariant($"{File}:{Line}");
}
