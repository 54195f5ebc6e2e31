using System.Numerics;
using System.Runtime.CompilerServices;

namespace Workbook.Check;

/// <summary>How a search ended.</summary>
internal enum SearchEnd
{
    Found,
    NoOrder,
    Stopped,
    OutOfSteps,
    OutOfMemory,
}

/// <summary>
/// Looks for an order of one object's operations, depth first: at each moment the operation that returns then must be done, so the
/// search does open operations until it is, and tries others when it gets stuck. A situation that it came to before is not looked at
/// again (Wing and Gong 1993; Lowe 2017). Four observations keep it from trying what cannot help:
/// <list type="number">
/// <item>An operation is done only when some return asks for it (Lowe's just-in-time linearization).</item>
/// <item>One that changes nothing is done as soon as it is possible.</item>
/// <item>Of open operations that mean the same, the one that returns first goes first.</item>
/// <item>What could as well be done later, or never, is not done now; see <see cref="IsIdle"/>.</item>
/// </list>
/// Each of them turns an order that it leaves out into another one that it finds, in which fewer optional operations are done, or
/// operations are done at a later moment; so the search finds an order when there is one.
/// </summary>
internal sealed partial class Search
{
    private const int None = -1;
    private const int StepsBetweenLooks = 1 << 14;

    private readonly Timeline _line;
    private readonly Transitions _next;
    private readonly Situations _seen;
    private readonly int _words;
    private readonly int[] _slot, _meaning, _returning, _invokedBefore, _moment;
    private readonly bool[] _isPure;

    /// <summary>Where the search is: the moment, the state, which open operations are done, which are open, and who has each slot.</summary>
    private int _now;
    private int _state;
    private int _firstMoment, _firstState;
    private readonly ulong[] _done;
    private readonly ulong[] _open;
    private readonly int[] _holder;

    /// <summary>The operations done so far, in their order.</summary>
    private readonly int[] _order;
    private int _length;

    /// <summary>For the first of those that mean the same: the look in which each meaning was last met, and where its candidate is.</summary>
    private readonly int[] _met, _candidateOf;
    private int _look;

    /// <param name="line">The operations.</param>
    /// <param name="space">What they mean.</param>
    /// <param name="bytes">Memory for the situations.</param>
    /// <param name="looksAhead">Whether to leave out what must go wrong later; without, a search that finds no order gets as far as one can get.</param>
    public Search(Timeline line, StateSpace space, long bytes, bool looksAhead = true)
    {
        (_line, _next) = (line, new Transitions(space));
        _words = Math.Max(1, (line.Slots + 63) >> 6);
        _seen = new Situations(_words, bytes);
        _mostForks = Math.Min(bytes / sizeof(ulong), Array.MaxLength) / 2 / _words;
        (_slot, _meaning, _returning, _invokedBefore, _moment) = (line.Slot, line.Meaning, line.Returning, line.InvokedBefore, line.Moment);
        _isPure = line.IsPure;
        (_done, _open, _holder) = (new ulong[_words], new ulong[_words], new int[line.Slots]);
        _order = new int[line.Count];
        (_met, _candidateOf) = (new int[space.Meanings], new int[space.Meanings]);
        _state = space.Initial;
        _hope = !looksAhead || space.Hopeless == StateSpace.Impossible ? null : new Hope(line, space);
    }

    /// <summary>How many times the model was asked, from memory or not.</summary>
    public long Steps { get; private set; }

    /// <summary>How many situations the search came to.</summary>
    public long Count => _seen.Count;

    /// <summary>Whether situations had to be forgotten.</summary>
    public bool WasFull => _seen.IsFull;

    /// <summary>The order found, or as far as the search has come.</summary>
    public ReadOnlySpan<int> Order => _order.AsSpan(0, _length);

    /// <summary>The states in which the search was at a moment, as far as it remembers.</summary>
    public IEnumerable<int> StatesAt(int moment) => _seen.StatesAt(moment).Concat(moment == _firstMoment ? [_firstState] : []).Distinct().Order();

    /// <summary>Looks for an order until there is one, there can be none, or the limits are reached.</summary>
    /// <param name="mostSteps">When to give up.</param>
    /// <param name="stop">Asked every now and then: whether to give up.</param>
    public SearchEnd Run(long mostSteps, Func<bool>? stop = null)
    {
        if (_line.Moments == 0) return SearchEnd.Found;
        Open(0, _invokedBefore[0]);
        Settle();
        if (_now == _line.Moments) return SearchEnd.Found;
        (_firstMoment, _firstState) = (_now, _state);
        if (!Arrive(None, None, false)) return SearchEnd.OutOfMemory;
        for (var nextLook = Math.Min(mostSteps, StepsBetweenLooks); _depth > 0;)
        {
            if (Steps >= nextLook)
            {
                if (Steps >= mostSteps) return SearchEnd.OutOfSteps;
                if (stop?.Invoke() == true) return SearchEnd.Stopped;
                nextLook = Math.Min(mostSteps, Steps + StepsBetweenLooks);
            }

            var (operation, after, from) = TakeCandidate();
            Do(operation);
            _state = after;
            var idle = !Settle();
            if (_now == _line.Moments) return SearchEnd.Found;
            if (_seen.Add(_now, _state, _done) && !Arrive(operation, from, idle)) return SearchEnd.OutOfMemory;
        }

        return SearchEnd.NoOrder;
    }

    private void Do(int operation)
    {
        var slot = _slot[operation];
        _done[slot >> 6] |= 1UL << slot;
        _order[_length++] = operation;
    }

    /// <summary>
    /// Does what is possible and changes nothing, and goes past all returns of operations that are done. False when the operation
    /// done last made neither possible.
    /// </summary>
    private bool Settle()
    {
        var settled = false;
        for (var word = 0; word < _words; word++)
        {
            for (var left = _open[word] & ~_done[word]; left != 0; left &= left - 1)
            {
                var slot = (word << 6) + BitOperations.TrailingZeroCount(left);
                if (slot >= _line.RequiredSlots) break;
                settled |= DoIfPure(_holder[slot]);
            }
        }

        while (IsDone(_returning[_now]))
        {
            settled = true;
            Close(_returning[_now]);
            if (++_now == _line.Moments) return true;
            Open(_invokedBefore[_now - 1], _invokedBefore[_now]);
            for (var invoked = _invokedBefore[_now - 1]; invoked < _invokedBefore[_now]; invoked++) DoIfPure(invoked);
        }

        return settled;
    }

    private bool DoIfPure(int operation)
    {
        if (!_isPure[operation]) return false;
        Steps++;
        if (_next.Next(_state, _meaning[operation]) != _state) return false;
        Do(operation);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsDone(int operation) => (_done[_slot[operation] >> 6] >> _slot[operation] & 1) != 0;

    /// <summary>The operations from one number up to another are invoked.</summary>
    private void Open(int from, int to)
    {
        for (var operation = from; operation < to; operation++)
        {
            var slot = _slot[operation];
            _open[slot >> 6] |= 1UL << slot;
            _holder[slot] = operation;
        }
    }

    /// <summary>The operation returns, and its slot is free.</summary>
    private void Close(int operation)
    {
        var slot = _slot[operation];
        _open[slot >> 6] &= ~(1UL << slot);
        _done[slot >> 6] &= ~(1UL << slot);
    }

    /// <summary>Back to an earlier moment; what was done then is restored by the caller.</summary>
    private void GoBack(int moment)
    {
        while (_now > moment)
        {
            if (_now < _line.Moments)
            {
                for (var operation = _invokedBefore[_now] - 1; operation >= _invokedBefore[_now - 1]; operation--)
                {
                    var slot = _slot[operation];
                    _open[slot >> 6] &= ~(1UL << slot);
                    _holder[slot] = _line.SlotBefore[operation];
                }
            }

            var returning = _returning[--_now];
            _open[_slot[returning] >> 6] |= 1UL << _slot[returning];
            _holder[_slot[returning]] = returning;
        }
    }
}
