namespace Workbook.Check;

/// <summary>
/// The texts that some operation of a history saw, and the beginnings of them. A text that grows by appending can be told from another
/// only by an operation that sees it, or what it grew to: so all texts that begin none of those seen are one and the same state.
/// </summary>
/// <remarks>
/// That is what keeps the search of a history of thousands of appends short: two appends in the wrong order make a text that nobody saw,
/// and there is only one of those. Sorted, the texts with the same beginning stand next to each other, so a state is the first of them
/// and the length of the beginning, and neither a text is built nor a hash taken.
/// </remarks>
internal sealed class ObservedTexts
{
    /// <summary>The state of all texts that begin none of those seen.</summary>
    public const int Unseen = 0;

    private readonly string[] _sorted;
    private readonly Dictionary<(int First, int Length), int> _numbers = [];
    private readonly List<State> _states = [default];

    public ObservedTexts(IEnumerable<string> seen)
    {
        _sorted = [.. seen];
        Array.Sort(_sorted, StringComparer.Ordinal);
        var different = 0;
        foreach (var text in _sorted)
            if (different == 0 || _sorted[different - 1] != text) _sorted[different++] = text;
        Array.Resize(ref _sorted, different);
    }

    /// <summary>A beginning: how long it is, and between which places stand the texts that begin with it.</summary>
    /// <param name="First">The first of the texts that begin with it.</param>
    /// <param name="End">Behind the last of them.</param>
    /// <param name="Length">Its length.</param>
    /// <param name="Common">How far those of them that are longer agree.</param>
    private readonly record struct State(int First, int End, int Length, int Common);

    /// <summary>The state of a text.</summary>
    public int Of(string text) => Among(0, _sorted.Length, 0, text);

    /// <summary>The state after something is appended.</summary>
    public int Append(int state, string piece)
    {
        var (first, end, length, common) = _states[state];
        if (piece.Length == 0 || state == Unseen) return state;
        // Mostly all longer texts go on alike, and one look at the last of them tells.
        var known = Math.Min(piece.Length, common - length);
        if (!_sorted[end - 1].AsSpan(length, known).SequenceEqual(piece.AsSpan(0, known))) return Unseen;
        return known < piece.Length ? Among(first, end, length, piece) : Number(_sorted[first].Length == length ? first + 1 : first, end, length + known);
    }

    /// <summary>Whether the text of the one state is that of the other, or its beginning.</summary>
    public bool MayGrow(int state, int to)
    {
        var (from, into) = (_states[state], _states[to]);
        return from.First <= into.First && into.First < from.End && from.Length <= into.Length;
    }

    /// <summary>The text of a state; of a long one the end. Null when it is not known.</summary>
    public string? Text(int state)
    {
        const int most = 60;
        if (state == Unseen) return null;
        var (first, _, length, _) = _states[state];
        return length <= most ? _sorted[first][..length] : $"…{_sorted[first][(length - most)..length]}";
    }

    private int Among(int first, int end, int length, string piece)
    {
        first = Bound(first, end, length, piece, orEqual: false);
        end = Bound(first, end, length, piece, orEqual: true);
        return first == end ? Unseen : Number(first, end, length + piece.Length);
    }

    private int Number(int first, int end, int length)
    {
        if (_numbers.TryGetValue((first, length), out var number)) return number;
        _numbers.Add((first, length), number = _states.Count);
        var longer = _sorted[first].Length == length ? first + 1 : first;
        _states.Add(new(first, end, length, longer == end ? length : _sorted[longer].AsSpan().CommonPrefixLength(_sorted[end - 1])));
        return number;
    }

    /// <summary>The first text whose part behind that length comes not before the piece, or comes after all that begin with it.</summary>
    private int Bound(int first, int end, int length, string piece, bool orEqual)
    {
        while (first < end)
        {
            var middle = first + ((end - first) >> 1);
            var rest = _sorted[middle].AsSpan(length);
            var order = rest[..Math.Min(piece.Length, rest.Length)].SequenceCompareTo(piece);
            if (order < 0 || (orEqual && order == 0)) first = middle + 1;
            else end = middle;
        }

        return first;
    }
}
