using Workbook.Draw;

namespace Workbook.Check;

/// <summary>Why the operations of one object have no order: the smallest part that has none, and a sentence about it.</summary>
internal sealed record Explanation(string Reason)
{
    private const long MostSteps = 4_000_000;
    private const long Memory = 512L << 20;
    private const int MostStates = 5;
    private const int FewOperations = 20;

    public IReadOnlyList<Operation> Core { get; init; } = [];

    public IReadOnlyList<Constraint> Cycle { get; init; } = [];

    public IReadOnlyList<Operation> Longest { get; init; } = [];

    public required Operation Stuck { get; init; }

    /// <summary>Explains what the search found, with bounded effort: where it is too much, with the operation that the search got stuck at.</summary>
    public static Explanation Of(IReadOnlyList<Operation> part, Model model, PartVerdict verdict, Func<bool> stop)
    {
        try
        {
            return Found(part, model, verdict, stop);
        }
        catch (Exception failed) when (failed is ModelFailedException or OutOfMemoryException)
        {
            return new(Told(verdict.Stuck!, part, [], model)) { Stuck = verdict.Stuck!, Longest = verdict.Order };
        }
    }

    private static Explanation Found(IReadOnlyList<Operation> part, Model model, PartVerdict verdict, Func<bool> stop)
    {
        // The search that decided looks ahead, and so gives up before it gets stuck; this one goes as far as one can.
        var space = model.Compile(part, exact: true);
        var line = new Timeline(part.Select(Entry.Of), space);
        var search = new Search(line, space, Memory, looksAhead: false);
        var isTold = search.Run(MostSteps, stop) == SearchEnd.NoOrder;
        var stuck = isTold ? line.Entries[line.Returning[search.LatestMoment]].Operation : verdict.Stuck!;
        var longest = isTold ? search.Longest.ToArray().Select(operation => line.Entries[operation].Operation).ToList() : verdict.Order;
        var states = isTold ? search.StatesAt(search.LatestMoment).Select(space.Describe).Distinct().ToList() : [];

        if ((OutOfNothing([stuck], part, model) ?? TextReasons.Of(stuck, part)) is { } finding)
            return new(finding.Sentence) { Stuck = stuck, Longest = longest, Core = finding.Operations };

        var last = isTold ? stuck : part.Where(one => one.Outcome == Outcome.Ok).MaxBy(one => one.Returned)!;
        if (part.Count > FewOperations && ValueOrder.Circle(Recent(part, last), part, model) is { Count: > 0 } recent)
            return new(Told(recent)) { Stuck = stuck, Longest = longest, Cycle = recent, Core = Named(recent) };

        var core = new SmallestPart(part, last, model, stop).Find();
        var circle = ValueOrder.Circle(core, part, model);
        return new(OutOfNothing(core, part, model)?.Sentence ?? (circle.Count > 0 ? Told(circle) : Told(stuck, part, states, model)))
        {
            Stuck = stuck,
            Longest = longest,
            Cycle = circle,
            Core = [.. core.Concat(Named(circle)).Distinct(ReferenceEqualityComparer.Instance).Cast<Operation>().OrderBy(operation => operation.Invoked)],
        };
    }

    /// <summary>The operations that returned last before that one did: in a long history it is mostly one of these that it does not agree with.</summary>
    private static List<Operation> Recent(IReadOnlyList<Operation> part, Operation last) =>
        [.. part.Where(operation => operation.Outcome == Outcome.Ok && operation.Returned <= last.Returned)
            .OrderByDescending(operation => operation.Returned).Take(FewOperations)];

    private static List<Operation> Named(IReadOnlyList<Constraint> circle) =>
        [.. circle.SelectMany(constraint => new[] { constraint.First, constraint.Second }).Distinct(ReferenceEqualityComparer.Instance).Cast<Operation>()
            .OrderBy(operation => operation.Invoked)];

    /// <summary>A value was read that nothing wrote.</summary>
    private static TextReasons.Finding? OutOfNothing(IReadOnlyList<Operation> core, IReadOnlyList<Operation> part, Model model)
    {
        if (core.Count > ValueOrder.MostOperations || part.Any(operation => FunctionNames.Name(operation) == FunctionNames.Append)) return null;
        foreach (var operation in core)
        {
            if (model.AccessOf(operation) is not { Reads: true } access || operation.Outcome != Outcome.Ok || access.Seen == model.InitialValue) continue;
            if (!ValueOrder.Writers(access.Seen, part, model).Any())
                return new($"{operation} of client {operation.Client} saw {access.Seen ?? "nothing"}, which nothing writes{To(operation)}.", operation);
        }

        return null;
    }

    private static string To(Operation operation) => operation.Key is { } key ? $" to {key}" : "";

    private static string Told(IReadOnlyList<Constraint> circle)
    {
        var named = Named(circle);
        return $"{string.Join(", ", circle.Select(constraint =>
            $"{Name(constraint.First)} before {Name(constraint.Second)} ({(constraint.Because == Because.Time ? "time" : "value")})"))}: that goes round in a circle.";

        string Name(Operation operation) => named.Count(other => other.ToString() == operation.ToString()) > 1 ? $"{operation} of {operation.Client}" : operation.ToString();
    }

    private static string Told(Operation stuck, IReadOnlyList<Operation> part, List<string> states, Model model)
    {
        var who = $"{stuck} of client {stuck.Client}";
        if (states.Count == 0) return $"No order gets past {who}.";
        var before = part.Any(operation => operation.Precedes(stuck)) ? "whatever the order of what came before" : "at first";
        var noun = stuck.Key is { } key ? $"{model.Noun} {key}" : model.Noun;
        return states.Count <= MostStates
            ? $"No order has a place for {who}: {before}, the {noun} {string.Join(" or ", states)} by then."
            : $"No order has a place for {who}: whatever the order of what came before, the {noun} is in one of {Words.Number(states.Count)} states by then, "
                + $"and none of them allows it; for one, it {states[0]}.";
    }
}
