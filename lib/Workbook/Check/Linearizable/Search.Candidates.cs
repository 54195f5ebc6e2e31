using System.Numerics;

namespace Workbook.Check;

/// <summary>The ways that are still open: for each situation on the way to the present one, what could be done next in it.</summary>
internal sealed partial class Search
{
    private readonly record struct Fork(int Moment, int State, int Length, int Candidate, int End);

    private readonly record struct Candidate(int Operation, int State);

    /// <summary>Of so many operations that need a certain state is asked whether they can still have it; later ones are asked about later.</summary>
    private const int MostNeeds = 8;

    private readonly Hope? _hope;
    private Fork[] _forks = new Fork[16];
    private ulong[] _doneAtFork = [];
    private Candidate[] _candidates = new Candidate[64];
    private readonly long _mostForks;
    private int _depth;

    /// <summary>Takes the next way of the newest fork, and goes back to where that fork was.</summary>
    private (int Operation, int After, int From) TakeCandidate()
    {
        var fork = _forks[_depth - 1];
        var candidate = _candidates[fork.Candidate];
        GoBack(fork.Moment);
        _doneAtFork.AsSpan((_depth - 1) * _words, _words).CopyTo(_done);
        _length = fork.Length;
        _sharedWithLongest = Math.Min(_sharedWithLongest, _length);
        if (fork.Candidate + 1 == fork.End) _depth--;
        else _forks[_depth - 1] = fork with { Candidate = fork.Candidate + 1 };
        return (candidate.Operation, candidate.State, fork.State);
    }

    /// <summary>The search is in a new situation: notes what could be done in it.</summary>
    /// <param name="last">The operation done last, or none.</param>
    /// <param name="from">The state before it.</param>
    /// <param name="idle">Whether it made no return and no operation that changes nothing possible.</param>
    /// <returns>False when there is no room for it.</returns>
    private bool Arrive(int last, int from, bool idle)
    {
        NoteLongest();
        _look++;
        var first = _depth == 0 ? 0 : _forks[_depth - 1].End;
        var end = first;
        var returning = _returning[_now];
        Consider(returning, last, idle ? from : None, first, ref end);
        for (var word = 0; word < _words; word++)
        {
            for (var left = _open[word] & ~_done[word]; left != 0; left &= left - 1)
            {
                var operation = _holder[(word << 6) + BitOperations.TrailingZeroCount(left)];
                if (operation != returning) Consider(operation, last, idle ? from : None, first, ref end);
            }
        }

        if (end == first) return true;
        if (_hope is not null) HopelessLast(_candidates.AsSpan(first, end - first));
        if (_depth >= _mostForks) return false;
        if (_depth == _forks.Length) Array.Resize(ref _forks, 2 * _depth);
        if ((_depth + 1) * _words > _doneAtFork.Length) Array.Resize(ref _doneAtFork, (int)Math.Min(_mostForks, Math.Max(64, 2 * (_depth + 1))) * _words);
        _done.CopyTo(_doneAtFork.AsSpan(_depth * _words));
        _forks[_depth++] = new(_now, _state, _length, first, end);
        return true;
    }

    /// <summary>What was lost to everybody's eyes cannot be done again where it is seen; so that is tried only when nothing else will do.</summary>
    private void HopelessLast(Span<Candidate> candidates)
    {
        var hopeful = 0;
        for (var at = 0; at < candidates.Length; at++)
        {
            if (candidates[at].State == _hope!.Hopeless) continue;
            var moved = candidates[at];
            candidates[hopeful..at].CopyTo(candidates[(hopeful + 1)..]);
            candidates[hopeful++] = moved;
        }
    }

    /// <summary>Notes the operation as one that could be done now, unless that is impossible or of no use.</summary>
    private void Consider(int operation, int last, int from, int first, ref int end)
    {
        if (_isPure[operation]) return;
        var meaning = _meaning[operation];
        Steps++;
        var after = _next.Next(_state, meaning);
        if (after == StateSpace.Impossible || (from != None && IsIdle(operation, after, last, from))) return;
        if (_moment[operation] == Timeline.NoMoment && !IsOptionUseful(operation, after)) return;
        if (_hope is not null && IsHopeless(operation, after)) return;
        if (_met[meaning] == _look)
        {
            ref var same = ref _candidates[_candidateOf[meaning]];
            if (_moment[operation] < _moment[same.Operation]) same = new(operation, after);
            return;
        }

        (_met[meaning], _candidateOf[meaning]) = (_look, end);
        if (end == _candidates.Length) Array.Resize(ref _candidates, 2 * end);
        _candidates[end++] = new(operation, after);
    }

    /// <summary>
    /// Whether the operation done last was done too early: it is optional and this one does the same without it; or this one is the
    /// one that returns now, and the other could as well come after it.
    /// </summary>
    private bool IsIdle(int operation, int after, int last, int from)
    {
        var isOptional = _moment[last] == Timeline.NoMoment;
        if (!isOptional && operation != _returning[_now]) return false;
        var without = _next.Next(from, _meaning[operation]);
        if (without == StateSpace.Impossible) return false;
        return (isOptional && without == after) || (operation == _returning[_now] && _next.Next(without, _meaning[last]) == after);
    }

    /// <summary>
    /// Whether, after this operation, one of the next to return that need a certain state cannot find it any more: nothing that turns to
    /// another state is open, nor will be before that return.
    /// </summary>
    private bool IsHopeless(int operation, int after)
    {
        var turns = _hope!.From(after);
        var asked = 0;
        for (var moment = _hope.NextNeed(_now); moment < _line.Moments && asked < MostNeeds; moment = _hope.NextNeed(moment + 1))
        {
            var need = _returning[moment];
            if (IsDoneAfter(need, operation)) continue;
            if (turns.AreBetween(_invokedBefore[_now], _invokedBefore[moment])) return false;
            if (!_hope.MayReach(after, need)) return !IsAnyOpen(turns, operation);
            asked++;
        }

        return false;
    }

    private bool IsAnyOpen(Hope.Turns turns, int but)
    {
        for (var word = 0; word < _words; word++)
        {
            for (var left = _open[word] & ~_done[word]; left != 0; left &= left - 1)
            {
                var open = _holder[(word << 6) + BitOperations.TrailingZeroCount(left)];
                if (open != but && turns.Has(open)) return true;
            }
        }

        return false;
    }

    private bool IsDoneAfter(int operation, int next) => operation == next || (operation < _invokedBefore[_now] && IsDone(operation));

    /// <summary>An optional operation that changes nothing now may as well not be done, and of equal ones the first goes first.</summary>
    private bool IsOptionUseful(int operation, int after)
    {
        if (after == _state) return false;
        var same = _line.SameBefore[operation];
        return same == None || IsDone(same);
    }

    /// <summary>The longest order up to the latest moment that the search came to; kept in step with the present one by its shared beginning.</summary>
    private int[] _longest = [];
    private int _longestLength;
    private int _longestMoment = None;
    private int _sharedWithLongest;

    /// <summary>The longest order up to the latest moment that the search came to.</summary>
    public ReadOnlySpan<int> Longest => _longest.AsSpan(0, _longestLength);

    /// <summary>The latest moment that the search came to.</summary>
    public int LatestMoment => _longestMoment;

    private void NoteLongest()
    {
        if (_now < _longestMoment || (_now == _longestMoment && _length <= _longestLength)) return;
        if (_longest.Length == 0) _longest = new int[_order.Length];
        _order.AsSpan(_sharedWithLongest, _length - _sharedWithLongest).CopyTo(_longest.AsSpan(_sharedWithLongest));
        (_longestMoment, _longestLength, _sharedWithLongest) = (_now, _length, _length);
    }
}
