namespace Workbook.Check;

/// <summary>
/// When the operations come that a state must lead to, and those that could lead elsewhere; so that a search sees early what must go
/// wrong later: a text that was put over while a get still has to see it, or one in which two appends stand the wrong way round.
/// </summary>
internal sealed class Hope
{
    private readonly StateSpace _space;
    private readonly int[] _meaning;
    private readonly Turns _rescues, _replaces;
    private readonly int[] _nextNeed;

    public Hope(Timeline line, StateSpace space)
    {
        (_space, _meaning) = (space, line.Meaning);
        (_rescues, _replaces) = (new(line, space.Rescues), new(line, space.Replaces));
        _nextNeed = new int[line.Moments + 1];
        _nextNeed[line.Moments] = line.Moments;
        for (var moment = line.Moments - 1; moment >= 0; moment--)
            _nextNeed[moment] = space.NeedsHope(line.Meaning[line.Returning[moment]]) ? moment : _nextNeed[moment + 1];
    }

    /// <summary>The hopeless state.</summary>
    public int Hopeless => _space.Hopeless;

    /// <summary>The first moment from that one on at which an operation returns that needs a certain state; the number of moments when there is none.</summary>
    public int NextNeed(int moment) => _nextNeed[moment];

    /// <summary>Whether the state may become one in which the operation is possible, without any operation that turns away from it.</summary>
    public bool MayReach(int state, int operation) => _space.MayReach(state, _meaning[operation]);

    /// <summary>The operations that lead from that state to such as <see cref="MayReach"/> knows nothing of.</summary>
    public Turns From(int state) => state == Hopeless ? _rescues : _replaces;

    /// <summary>Which operations turn away, and how many do up to each.</summary>
    internal sealed class Turns
    {
        private readonly int[] _before;

        public Turns(Timeline line, Func<int, bool> turns)
        {
            _before = new int[line.Count + 1];
            for (var operation = 0; operation < line.Count; operation++) _before[operation + 1] = _before[operation] + (turns(line.Meaning[operation]) ? 1 : 0);
        }

        /// <summary>Whether the operation is one of them.</summary>
        public bool Has(int operation) => AreBetween(operation, operation + 1);

        /// <summary>Whether one of them is among the operations from one number up to another.</summary>
        public bool AreBetween(int from, int to) => _before[to] > _before[from];
    }
}
