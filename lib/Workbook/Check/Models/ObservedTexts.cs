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
    private readonly List<(int First, int End, int Length)> _states = [(0, 0, 0)];

    public ObservedTexts(IEnumerable<string> seen)
    {
        _sorted = [.. seen.Distinct(StringComparer.Ordinal)];
        Array.Sort(_sorted, StringComparer.Ordinal);
    }

    /// <summary>The state of a text.</summary>
    public int Of(string text) => Longer(0, _sorted.Length, 0, text);

    /// <summary>The state after something is appended.</summary>
    public int Append(int state, string piece)
    {
        var (first, end, length) = _states[state];
        return state == Unseen ? Unseen : Longer(first, end, length, piece);
    }

    /// <summary>The text of a state; of a long one the end. Null when it is not known.</summary>
    public string? Text(int state)
    {
        const int most = 60;
        if (state == Unseen) return null;
        var (first, _, length) = _states[state];
        return length <= most ? _sorted[first][..length] : $"…{_sorted[first][(length - most)..length]}";
    }

    private int Longer(int first, int end, int length, string piece)
    {
        first = Bound(first, end, length, piece, orEqual: false);
        end = Bound(first, end, length, piece, orEqual: true);
        if (first == end) return Unseen;
        length += piece.Length;
        if (_numbers.TryGetValue((first, length), out var number)) return number;
        _numbers.Add((first, length), number = _states.Count);
        _states.Add((first, end, length));
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
