namespace Workbook.Check;

/// <summary>
/// Finds the few operations that make an order impossible. One after another, operations are let off: they may then have happened at
/// any time or never, with any result. Whoever finds an order of all operations has one of those as well; so as long as there is
/// none, none of what was let off matters (delta debugging, Zeller and Hildebrandt 2002, large groups first).
/// </summary>
/// <remarks>To leave operations out altogether would not do: without a write, its read has no order, which says nothing of the history.</remarks>
internal sealed class SmallestPart
{
    private const long MostWork = 3_000_000;
    private const long MostStepsOfOne = 30_000;
    private const long Memory = 256L << 20;

    private readonly Model _model;
    private readonly Func<bool>? _stop;
    private readonly Operation[] _part;
    private readonly Entry[] _entries;
    private readonly Entry[] _letOffEntries;
    private readonly bool[] _letOff;
    private long _work;

    /// <param name="part">The operations of an object.</param>
    /// <param name="stuck">
    /// The operation that no order gets past. What was invoked after its return does not matter, and what returned after it may have
    /// happened before it or not.
    /// </param>
    /// <param name="model">What the object does.</param>
    /// <param name="stop">Whether to leave it at what was found so far.</param>
    public SmallestPart(IReadOnlyList<Operation> part, Operation stuck, Model model, Func<bool>? stop)
    {
        (_model, _stop) = (model, stop);
        _part = [.. part.Where(operation => operation.Invoked <= stuck.Returned).OrderBy(operation => operation.Invoked)];
        _entries = [.. _part.Select(operation => Entry.Of(operation) with
        {
            IsRequired = operation.Outcome == Outcome.Ok && operation.Returned <= stuck.Returned,
        })];
        _letOffEntries = [.. _part.Select(operation => new Entry(operation with { Outcome = Outcome.Unknown, Result = null }, false, long.MinValue))];
        _letOff = new bool[_part.Length];
    }

    private List<int> Kept => [.. Enumerable.Range(0, _part.Length).Where(index => !_letOff[index])];

    /// <summary>The operations that could not be let off, by time; empty when already the question was too hard.</summary>
    public IReadOnlyList<Operation> Find()
    {
        if (!LetOff([])) return [];
        var seeing = Kept.Where(index => _model.AccessOf(_part[index]) is { Writes: false }).ToList();
        Shrink(seeing);
        Shrink([.. Kept.Except(seeing)]);
        return [.. Kept.Select(index => _part[index])];
    }

    private void Shrink(List<int> kept)
    {
        for (var size = kept.Count; size > 0 && _work < MostWork && _stop?.Invoke() != true; size = Math.Min(size / 2, kept.Count))
        {
            for (var from = 0; from < kept.Count && _work < MostWork;)
            {
                var group = kept.GetRange(from, Math.Min(size, kept.Count - from));
                if (LetOff(group)) kept.RemoveRange(from, group.Count);
                else from += group.Count;
            }
        }
    }

    /// <summary>Lets the operations off when there is still no order, for certain.</summary>
    private bool LetOff(List<int> group)
    {
        foreach (var index in group) _letOff[index] = true;
        if (HasNoOrder()) return true;
        foreach (var index in group) _letOff[index] = false;
        return false;
    }

    private bool HasNoOrder()
    {
        List<Entry> entries = [.. Enumerable.Range(0, _part.Length).Select(index => _letOff[index] ? _letOffEntries[index] : _entries[index])];
        var space = _model.Compile([.. entries.Select(entry => entry.Operation)]);
        var search = new Search(new Timeline(entries, space), space, Memory);
        var end = search.Run(MostStepsOfOne, _stop);
        _work += _part.Length + search.Steps;
        return end == SearchEnd.NoOrder;
    }
}
