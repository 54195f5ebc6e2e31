namespace Workbook.Check;

/// <summary>What clients did and saw: the operations of all of them, in any order. It can be checked against a model.</summary>
public sealed partial class History
{
    /// <summary>A history of the operations given.</summary>
    /// <exception cref="ArgumentException">No clients could have seen these operations; one sentence says which of them is wrong.</exception>
    public History(IEnumerable<Operation> operations)
    {
        Operations = [.. operations];
        if (Flaw(Operations) is { } flaw) throw new ArgumentException(flaw.Sentence, nameof(operations));
    }

    /// <summary>The operations, in the order in which they were given.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>The names of the clients, in the order of their first operation.</summary>
    public IReadOnlyList<string> Clients => [.. Operations.Select(operation => operation.Client).Distinct()];

    /// <summary>What clients had done and seen by that time: a call that was open then is one that never returned.</summary>
    internal History Until(long time) => new(Operations.Where(operation => operation.Invoked <= time).Select(operation =>
        operation.Returned <= time ? operation : operation with { Returned = Operation.Never, Outcome = Outcome.Unknown, Result = null }));

    /// <summary>
    /// Why no clients could have seen these operations, or null when all is well: each returns after it was invoked, and a client
    /// has one call open at a time. Readers of files use this to name the line.
    /// </summary>
    public static HistoryFlaw? Flaw(IReadOnlyList<Operation> operations)
    {
        for (var index = 0; index < operations.Count; index++)
        {
            if (FlawOf(operations[index]) is { } sentence) return new(index, sentence);
        }

        // Indices sorted by client and time: whatever is wrong between two calls of a client is wrong between two neighbours.
        var order = Enumerable.Range(0, operations.Count).ToArray();
        Array.Sort(order, (left, right) => (operations[left], operations[right]) switch
        {
            var (a, b) when a.Client != b.Client => string.CompareOrdinal(a.Client, b.Client),
            var (a, b) when a.Invoked != b.Invoked => a.Invoked.CompareTo(b.Invoked),
            var (a, b) when a.Returned != b.Returned => a.Returned.CompareTo(b.Returned),
            _ => left.CompareTo(right),
        });
        HistoryFlaw? first = null;
        for (var at = 1; at < order.Length; at++)
        {
            var (before, after) = (operations[order[at - 1]], operations[order[at]]);
            if (before.Client != after.Client || before.Returned <= after.Invoked) continue;
            if (first is { } found && found.Index <= order[at]) continue;
            first = new(order[at], $"Client {after.Client} calls {after} at {after.Invoked} while its {before}, called at {before.Invoked}, is still open: "
                + "a client has one call at a time, so give each thread a name of its own, or say when the client gave up.");
        }

        return first;
    }

    private static string? FlawOf(Operation operation) => operation switch
    {
        { Client: null or "" } => $"The operation {operation} has no client: name who called it.",
        { Function: null or "" } => $"An operation of client {operation.Client} at {operation.Invoked} has no function: name what was called.",
        { Returned: var returned, Invoked: var invoked } when returned < invoked =>
            $"Client {operation.Client}'s {operation} returns at {returned}, before it is invoked at {invoked}.",
        { Outcome: Outcome.Ok, Returned: Operation.Never } =>
            $"Client {operation.Client}'s {operation}, invoked at {operation.Invoked}, never returns, so its outcome cannot be Ok: make it Unknown.",
        _ => null,
    };

    public override string ToString() => string.Join(' ', Operations.OrderBy(operation => operation.Invoked));
}

/// <summary>What is wrong with a list of operations.</summary>
/// <param name="Index">The place of the operation in the list.</param>
/// <param name="Sentence">What is wrong, and what to do.</param>
public readonly record struct HistoryFlaw(int Index, string Sentence);
