using Workbook.Check;

namespace Workbook.KeyValue;

/// <summary>What can be said of a run from what its clients saw, and from nothing else.</summary>
public static class ClientView
{
    // Bounded in steps, not in seconds: the same verdict on every machine.
    private static readonly SearchLimits Limits = new() { Steps = 200_000, Memory = 100 << 20, Time = TimeSpan.FromHours(1), Workers = 1 };

    private const string Concurrent = "two operations on a key at the same time", Unknown = "an outcome that the client does not know",
        SentAgain = "a request sent again", Twice = "a command that stood in the log twice",
        SentAway = "a client sent away because another entry was applied at its index", FromSnapshot = "a server that started from a snapshot",
        SecondLeader = "a second leader";

    /// <summary>What a scene under faults must come across in some of its runs, or it has shown nothing.</summary>
    internal static IReadOnlyList<string> Wanted { get; } = [Concurrent, Unknown, SentAgain, Twice, SentAway, FromSnapshot, SecondLeader];

    /// <summary>What is wrong in one sentence; null when nothing is. An append that is there twice is said plainly, all else by the checker.</summary>
    public static string? Violation(History history) => Judge(history).Violation;

    /// <summary>What is wrong, and whether the checker reached its bounds before it knew.</summary>
    internal static (string? Violation, bool GaveUp) Judge(History history)
    {
        if (AppendedTwice(history) is { } twice) return (twice, false);
        var verdict = Verdict(history);
        return (verdict.Verdict == Check.Verdict.No ? $"Not linearizable: {verdict.Reason}" : null, verdict.Verdict == Check.Verdict.Unknown);
    }

    /// <summary>What kind of thing is wrong: what a violation's sentence begins with.</summary>
    internal static string KindOf(string violation) => violation.Split(':')[0];

    /// <summary>When clients had seen what is wrong: the end of the shortest part of the history that is judged alike; null when the whole is not.</summary>
    internal static TimeSpan? SeenBy(History history, string kind)
    {
        long[] ends = [.. history.Operations.Select(operation => operation.Returned).Where(time => time != Operation.Never).Order()];
        var (holds, broken) = (-1, ends.Length - 1);
        if (broken < 0 || !IsBroken(history)) return null;
        while (broken - holds > 1)
        {
            var middle = (holds + broken) / 2;
            if (IsBroken(history.Until(ends[middle]))) broken = middle;
            else holds = middle;
        }

        return TimeSpan.FromTicks(ends[broken]);

        bool IsBroken(History part) => Judge(part).Violation is { } violation && KindOf(violation) == kind;
    }

    /// <summary>Whether the history is linearizable, within bounds that are the same on every machine.</summary>
    public static Linearizability Verdict(History history) => history.IsLinearizable(Model.KeyValue, Limits);

    /// <summary>
    /// One sentence when a get found the same append in a value twice; null when none did. It holds for histories in which no two appends have the same value
    /// and no value is part of another, as those of <see cref="KeyValueWorkload"/>.
    /// </summary>
    public static string? AppendedTwice(History history)
    {
        var pieces = history.Operations.Where(operation => operation is { Function: "append", Argument.Length: > 0 })
            .GroupBy(operation => operation.Key ?? "").ToDictionary(key => key.Key, key => new Pieces(key));
        foreach (var get in history.Operations)
        {
            if (get is not { Function: "get", Outcome: Outcome.Ok, Result: { } value } || !pieces.TryGetValue(get.Key ?? "", out var known)) continue;
            if (known.Twice(value) is not { } append) continue;
            return $"Appended twice: {append.Client} appended “{append.Argument}” to {append.Key} once, and {get.Client} got “{Shortened(value, append.Argument!)}”.";
        }

        return null;
    }

    /// <summary>A client that waits for an answer, in one sentence; null when none does.</summary>
    public static string? Unanswered(this KeyValueCluster store)
    {
        foreach (var name in store.Clients)
        {
            if (store.Run[name].Process is KeyValueClient { IsWaiting: true } client)
            {
                return $"Nothing fails any more, and {name} has no answer to its request number {client.Begun}.";
            }
        }

        return null;
    }

    /// <summary>What a run came across, of all that a store has to cope with.</summary>
    internal static IEnumerable<string> Met(KeyValueCluster store, History history, bool gaveUp)
    {
        if (AreConcurrent(history)) yield return Concurrent;
        if (history.Operations.Any(operation => operation.Outcome == Outcome.Unknown)) yield return Unknown;
        if (store.Clients.Any(name => store.Run[name].Process is KeyValueClient client && client.Tries > client.Begun)) yield return SentAgain;
        if (gaveUp) yield return "the checker gave up";
        if (store.Up.Any(server => server.Repeats > 0)) yield return Twice;
        if (store.Up.Any(server => server.Displaced > 0)) yield return SentAway;
        if (store.Up.Any(server => server.Restores > 0)) yield return FromSnapshot;
        if (store.Raft.Safety.Leaders.Count > 1) yield return SecondLeader;
    }

    private static bool AreConcurrent(History history)
    {
        foreach (var key in history.Operations.GroupBy(operation => operation.Key))
        {
            var end = long.MinValue;
            foreach (var operation in key.OrderBy(operation => operation.Invoked))
            {
                if (operation.Invoked < end) return true;
                if (operation.Returned != Operation.Never) end = Math.Max(end, operation.Returned);
            }
        }

        return false;
    }

    /// <summary>The part of a long value from the first to the second time that something stands in it.</summary>
    private static string Shortened(string value, string part)
    {
        var first = value.IndexOf(part, StringComparison.Ordinal);
        var second = value.IndexOf(part, first + 1, StringComparison.Ordinal);
        var end = second + part.Length;
        return $"{(first > 0 ? "…" : "")}{(second - first > 40 ? part + "…" + part : value[first..end])}{(end < value.Length ? "…" : "")}";
    }

    /// <summary>
    /// What was appended to one key, once. A value is read piece by piece: to look each append up in it would take as many looks as there are appends.
    /// </summary>
    private sealed class Pieces
    {
        private readonly Dictionary<string, Operation> _appends = new(StringComparer.Ordinal);
        private readonly int[] _lengths;

        public Pieces(IEnumerable<Operation> appends)
        {
            var once = appends.GroupBy(append => append.Argument!).Where(same => same.Count() == 1);
            foreach (var append in once) _appends[append.Key] = append.Single();
            _lengths = [.. _appends.Keys.Select(value => value.Length).Distinct().Order()];
        }

        /// <summary>The append that stands in the value for a second time; null when none does.</summary>
        public Operation? Twice(string value)
        {
            var seen = new HashSet<Operation>(ReferenceEqualityComparer.Instance);
            for (var at = 0; at < value.Length;)
            {
                var piece = PieceAt(value, at);
                if (piece is not null && !seen.Add(piece)) return piece;
                at += piece?.Argument!.Length ?? 1;
            }

            return null;
        }

        private Operation? PieceAt(string value, int at)
        {
            var lookup = _appends.GetAlternateLookup<ReadOnlySpan<char>>();
            foreach (var length in _lengths)
            {
                if (at + length <= value.Length && lookup.TryGetValue(value.AsSpan(at, length), out var append)) return append;
            }

            return null;
        }
    }
}
