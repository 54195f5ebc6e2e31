namespace Workbook.Check;

/// <summary>
/// What is wrong with a text that a get returned, where every piece that was put or appended is different from all others: one look at
/// the text then tells what happened to which piece.
/// </summary>
internal static class TextReasons
{
    /// <summary>In a longer history looking each piece up among all others would take too long.</summary>
    private const int MostOperations = 20_000;

    /// <summary>A sentence and the operations that it names, which alone make an order impossible.</summary>
    public sealed record Finding(string Sentence, params IReadOnlyList<Operation> Operations);

    private sealed record Pieces(Dictionary<string, Operation> ByText, List<int> Lengths);

    /// <summary>What is wrong with what a get returned; null when the text alone does not tell.</summary>
    public static Finding? Of(Operation get, IReadOnlyList<Operation> part)
    {
        if (part.Count > MostOperations || FunctionNames.Name(get) != FunctionNames.Get || PiecesOf(part) is not { } pieces) return null;
        var who = $"get({get.Key}) of client {get.Client}";
        var found = new List<Operation>();
        for (var (text, at) = (get.Result ?? "", 0); at < text.Length;)
        {
            if (PieceAt(text, at, pieces) is not { } piece)
                return new($"What {who} returned has “{Shortened(text[at..])}” in it, which nothing put or appended there.", get);
            if (found.Contains(piece)) return new($"{Name(piece)} was called once, but what {who} returned has it twice.", piece, get);
            if (get.Precedes(piece)) return new($"{Name(piece)} was called only after {who} had returned it.", get, piece);
            found.Add(piece);
            at += piece.Argument!.Length;
        }

        return OutOfOrder(found, get, who) ?? Missing(get, found, part, pieces, who);
    }

    private static Finding? OutOfOrder(List<Operation> found, Operation get, string who)
    {
        for (var later = 1; later < found.Count; later++)
        {
            if (found.Take(later).FirstOrDefault(found[later].Precedes) is not { } earlier) continue;
            return new($"{Name(found[later])} had returned before {Name(earlier)} was called, but what {who} returned has them the other way round.",
                found[later], earlier, get);
        }

        return null;
    }

    /// <summary>A piece that was surely there, and over which nothing can have been put since.</summary>
    private static Finding? Missing(Operation get, List<Operation> found, IReadOnlyList<Operation> part, Pieces pieces, string who)
    {
        var inText = found.ToHashSet();
        var puts = part.Where(put => FunctionNames.Name(put) is FunctionNames.Put or FunctionNames.Delete or FunctionNames.CompareAndSet
            && !get.Precedes(put)).ToList();
        foreach (var change in pieces.ByText.Values.Where(change => change.Precedes(get) && !inText.Contains(change)))
        {
            if (!IsPutOver(change)) return new($"{Name(change)} had returned before {who} was called, but is not in what that returned.", change, get);
        }

        foreach (var other in part.Where(other => FunctionNames.Name(other) == FunctionNames.Get && other.Outcome == Outcome.Ok && other.Precedes(get)))
        {
            for (var (text, at) = (other.Result ?? "", 0); at < text.Length && PieceAt(text, at, pieces) is { } piece; at += piece.Argument!.Length)
            {
                if (inText.Contains(piece) || IsPutOver(piece)) continue;
                return new($"{Name(piece)} is in what client {other.Client}'s get returned before {who} was called, but not in what that returned.", piece, other, get);
            }
        }

        return null;

        bool IsPutOver(Operation piece) => puts.Any(put => put != piece && !put.Precedes(piece));
    }

    private static Pieces? PiecesOf(IReadOnlyList<Operation> part)
    {
        var pieces = new Dictionary<string, Operation>();
        foreach (var change in part.Where(operation =>
            FunctionNames.Name(operation) is FunctionNames.Put or FunctionNames.Append or FunctionNames.CompareAndSet))
        {
            if (string.IsNullOrEmpty(change.Argument) || !pieces.TryAdd(change.Argument, change)) return null;
        }

        // Where one piece begins with another, a text could be taken apart in two ways.
        var sorted = pieces.Keys.Order(StringComparer.Ordinal).ToList();
        for (var next = 1; next < sorted.Count; next++)
            if (sorted[next].StartsWith(sorted[next - 1], StringComparison.Ordinal)) return null;
        return new(pieces, [.. pieces.Keys.Select(text => text.Length).Distinct().Order()]);
    }

    private static Operation? PieceAt(string text, int at, Pieces pieces)
    {
        foreach (var length in pieces.Lengths.TakeWhile(length => at + length <= text.Length))
            if (pieces.ByText.TryGetValue(text.Substring(at, length), out var piece)) return piece;
        return null;
    }

    private static string Name(Operation change) => $"{change} of client {change.Client}";

    private static string Shortened(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
