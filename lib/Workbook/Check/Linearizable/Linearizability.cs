using Workbook.Draw;

namespace Workbook.Check;

/// <summary>What a checker found. Unknown is never yes.</summary>
public enum Verdict
{
    /// <summary>It holds, and there is a witness.</summary>
    Yes,

    /// <summary>It does not hold, and there is a reason.</summary>
    No,

    /// <summary>A limit was reached, or the history cannot be checked against the model; a sentence says which.</summary>
    Unknown,
}

/// <summary>Why one operation must come before another.</summary>
public enum Because
{
    /// <summary>The one had returned before the other was invoked.</summary>
    Time,

    /// <summary>The values say so: what was read had been written before, and not yet been overwritten.</summary>
    Value,
}

/// <summary>One operation must come before another in every order.</summary>
/// <param name="First">The earlier one.</param>
/// <param name="Second">The later one.</param>
/// <param name="Because">Why.</param>
public sealed record Constraint(Operation First, Operation Second, Because Because)
{
    /// <summary><c>Wx1 before Wx2 (time)</c>.</summary>
    public override string ToString() => $"{First} before {Second} ({(Because == Because.Time ? "time" : "value")})";
}

/// <summary>
/// Whether a history is linearizable: whether its operations can be put into one order that keeps every operation that was over before
/// another began before it, and in which each returns what the model says (Herlihy and Wing 1990).
/// </summary>
[TypeFormatterSource]
public sealed record Linearizability : IDisplay
{
    internal Linearizability(Verdict verdict, History history, Model? model) => (Verdict, History, Model) = (verdict, history, model);

    /// <summary>Yes, no or unknown.</summary>
    public Verdict Verdict { get; }

    /// <summary>The history that was checked.</summary>
    public History History { get; }

    /// <summary>The model it was checked against; null when none was given and none could be guessed.</summary>
    public Model? Model { get; }

    /// <summary>One English sentence: for a no, why there is no order; for an unknown, which limit was reached or what is not understood.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Yes: an order of all operations that took effect. What failed is left out, and what is unknown where it need not have happened.</summary>
    public IReadOnlyList<Operation> Order { get; init; } = [];

    /// <summary>No: the key of the object that has no order; null when the history has only one object.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// No: the operations that make it impossible: those that the reason names, or so few that all others could have happened at any time
    /// or never, with any result, and there would still be no order. Not the very fewest where finding them takes too long; empty where
    /// none could be found.
    /// </summary>
    public IReadOnlyList<Operation> Core { get; init; } = [];

    /// <summary>No: the longest order that the search found before it got stuck, of the one object that has none.</summary>
    public IReadOnlyList<Operation> Longest { get; init; } = [];

    /// <summary>No: the operation that no order could get past, the first to return of those that were left.</summary>
    public Operation? Stuck { get; init; }

    /// <summary>No: what must come before what, going round in a circle; empty when the reason is not a circle.</summary>
    public IReadOnlyList<Constraint> Cycle { get; init; } = [];

    /// <summary>Unknown because the model does not have the operations of the history, or none fits; not because of a limit.</summary>
    public bool IsRefused { get; init; }

    /// <summary>How many times the search asked the model whether an operation could come next.</summary>
    public long Steps { get; init; }

    /// <summary>How many different situations (what is done, and the state it left) the search came to.</summary>
    public long Situations { get; init; }

    /// <summary>The clients' operations over time: with their order for a yes, with what makes it impossible for a no.</summary>
    public ClientTimeline Drawing() => LinearizabilityPicture.Of(this);

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => Drawing().ToMimeBundle();

    /// <summary><c>yes: Wx1 Rx1 Wx2 Rx2</c>; <c>no: Wx2 before Rx1 (time), Rx1 before Wx2 (value)</c>; <c>unknown: …</c>.</summary>
    public override string ToString() => Verdict switch
    {
        Verdict.Yes => $"yes: {Shortened(Order)}",
        Verdict.No => $"no: {Reason}",
        _ => $"unknown: {Reason}",
    };

    private static string Shortened(IReadOnlyList<Operation> order)
    {
        const int most = 40;
        var texts = order.Take(most).Select(operation => operation.ToString()).ToList();
        // Wx1 Rx1 reads best as it is; calls have blanks of their own.
        var text = string.Join(texts.Exists(text => text.Contains(' ')) ? ", " : " ", texts);
        return order.Count <= most ? text : $"{text} … ({Words.Count(order.Count, "operation")})";
    }
}

/// <summary>How much a search may take before it says <em>unknown</em>.</summary>
public sealed record SearchLimits
{
    /// <summary>Real time; 30 seconds when not set. It bounds the search for an order; the reason for a no takes at most as long again.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Steps of each object's search: the same verdict on every machine, however slow. No limit when not set.</summary>
    public long Steps { get; init; } = long.MaxValue;

    /// <summary>Bytes that the situations seen may take, of all objects that are searched at the same time; 2 GB when not set.</summary>
    public long Memory { get; init; } = 2L << 30;

    /// <summary>How many cores search, each an object; all of this machine when not set.</summary>
    public int? Workers { get; init; }
}
