using Workbook.Draw;

namespace Workbook.Check;

/// <summary>A verdict as a timeline of the clients: for a yes the order, for a no what makes it impossible and how far an order got.</summary>
internal static class LinearizabilityPicture
{
    /// <summary>Operations before and after those that make it impossible.</summary>
    private const int Around = 4;

    /// <summary>Of a longer history only so many operations are handed on, of which a window is drawn.</summary>
    private const int MostTaken = 20_000;

    public static ClientTimeline Of(Linearizability verdict)
    {
        var shown = Shown(verdict).OrderBy(operation => operation.Invoked).ToList();
        var clients = Clients(verdict.History, shown);
        var bars = shown.OrderBy(operation => clients[operation.Client]).ToList();
        var numbers = new Dictionary<Operation, int>(ReferenceEqualityComparer.Instance);
        foreach (var (number, operation) in bars.Index()) numbers.TryAdd(operation, number);
        var places = new Dictionary<Operation, int>(ReferenceEqualityComparer.Instance);
        foreach (var (place, operation) in (verdict.Verdict == Verdict.No ? verdict.Longest : verdict.Order).Index()) places.TryAdd(operation, place + 1);
        var core = Core(verdict).ToHashSet(ReferenceEqualityComparer.Instance);
        var origin = Origin(shown);
        var arrows = verdict.Cycle.Where(constraint => numbers.ContainsKey(constraint.First) && numbers.ContainsKey(constraint.Second))
            .Select(constraint => new TimelineArrow(numbers[constraint.First], numbers[constraint.Second],
                constraint.Because == Because.Time ? TimelineArrowKind.Time : TimelineArrowKind.Value));
        return new(Title(verdict), bars.Select(operation => Bar(operation, origin, places, core)), arrows) { Note = Note(verdict, shown.Count) };
    }

    private static TimelineBar Bar(Operation operation, Int128 origin, Dictionary<Operation, int> places, HashSet<object?> core) =>
        new(operation.Client, (double)(operation.Invoked - origin), operation.Returned == Operation.Never ? null : (double)(operation.Returned - origin),
            operation.ToString())
        {
            Place = places.TryGetValue(operation, out var place) ? place : null,
            StandsOut = core.Contains(operation),
            GaveUp = operation.Outcome == Outcome.Unknown,
        };

    /// <summary>
    /// What is taken from all times. Nothing, usually; but nanoseconds since 1970 are longer than a floating-point number is exact, and two of
    /// them that differ by a little must not become one.
    /// </summary>
    private static Int128 Origin(List<Operation> shown) =>
        shown.Count > 0 && shown.Max(operation => Int128.Abs(operation.Invoked)) > 1L << 50 ? shown[0].Invoked : 0;

    /// <summary>
    /// Of a no the operations of the one object that has no order, from shortly before those that make it impossible to shortly after
    /// them; where these lie far apart they alone.
    /// </summary>
    private static IEnumerable<Operation> Shown(Linearizability verdict)
    {
        var operations = verdict.History.Operations;
        var core = Core(verdict);
        if (core.Count == 0) return operations.Count <= MostTaken ? operations : operations.OrderBy(operation => operation.Invoked).Take(MostTaken);
        var part = operations.Where(operation => operation.Key == core[0].Key).OrderBy(operation => operation.Invoked).ToList();
        if (part.Count <= ClientTimeline.UsuallyShown) return part;
        var known = core.ToHashSet(ReferenceEqualityComparer.Instance);
        var (first, last) = (Math.Max(0, part.FindIndex(known.Contains) - Around), part.FindLastIndex(known.Contains) + Around);
        return last - first < ClientTimeline.UsuallyShown ? part.Skip(first).Take(last - first + 1) : core;
    }

    /// <summary>What makes it impossible, or, where that is not known, the operation that no order could get past.</summary>
    private static IReadOnlyList<Operation> Core(Linearizability verdict) =>
        verdict.Verdict != Verdict.No ? [] : verdict.Core.Count > 0 ? verdict.Core : verdict.Stuck is { } stuck ? [stuck] : [];

    /// <summary>
    /// The row of each client: as they stand in the history, or by number where they have nothing but numbers to tell them apart.
    /// </summary>
    private static Dictionary<string, int> Clients(History history, List<Operation> shown)
    {
        var known = shown.Select(operation => operation.Client).ToHashSet();
        var clients = history.Clients.Where(known.Contains).ToList();
        if (clients.Select(client => client.TrimEnd([.. "0123456789"])).Distinct().Count() == 1) clients.Sort(Words.CompareNaturally);
        return clients.Index().ToDictionary(client => client.Item, client => client.Index);
    }

    private static string Title(Linearizability verdict)
    {
        var word = verdict.Verdict switch { Verdict.Yes => "yes: linearizable", Verdict.No => "no: not linearizable", _ => "unknown: not decided" };
        return $"{word}{(verdict.Model is { } model ? $" ({model})" : "")}";
    }

    private static string Note(Linearizability verdict, int shown)
    {
        var all = verdict.History.Operations.Count;
        var said = verdict.ToString();
        var text = said.Split(": ", 2) is [_, var rest] ? (verdict.Verdict == Verdict.Yes ? $"Order: {rest}" : rest) : said;
        if (text.Length > 0 && text[^1] is not ('.' or ')')) text += ".";
        return shown == all ? text : $"{text} Drawn: {Words.Number(shown)} of {Words.Count(all, "operation")}{(verdict.Key is { } key ? $", those of key {key}" : "")}.";
    }
}
