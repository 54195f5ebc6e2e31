namespace Workbook.Check;

/// <summary>When the operations come that the hopeless state of a model makes impossible, and those that lead out of it.</summary>
internal sealed class Hope
{
    private readonly bool[] _rescues;
    private readonly int[] _rescuesBefore;
    private readonly int[] _nextNeed;

    public Hope(Timeline line, StateSpace space)
    {
        Hopeless = space.Hopeless;
        _rescues = [.. line.Meaning.Select(space.Rescues)];
        _rescuesBefore = new int[line.Count + 1];
        for (var operation = 0; operation < line.Count; operation++) _rescuesBefore[operation + 1] = _rescuesBefore[operation] + (_rescues[operation] ? 1 : 0);
        _nextNeed = new int[line.Moments + 1];
        _nextNeed[line.Moments] = line.Moments;
        for (var moment = line.Moments - 1; moment >= 0; moment--)
            _nextNeed[moment] = space.NeedsHope(line.Meaning[line.Returning[moment]]) ? moment : _nextNeed[moment + 1];
    }

    /// <summary>The state.</summary>
    public int Hopeless { get; }

    /// <summary>The first moment from that one on at which an operation returns that is impossible there; the number of moments when there is none.</summary>
    public int NextNeed(int moment) => _nextNeed[moment];

    /// <summary>Whether the operation leads out of it.</summary>
    public bool Rescues(int operation) => _rescues[operation];

    /// <summary>Whether one that leads out is among the operations from one number up to another.</summary>
    public bool IsRescuedBetween(int from, int to) => _rescuesBefore[to] > _rescuesBefore[from];
}
