using System.Runtime.CompilerServices;

namespace Workbook.Check;

/// <summary>The steps of a model, remembered: a search takes the same few of them millions of times.</summary>
internal sealed class Transitions(StateSpace space)
{
    private const int MostEntries = 1 << 24;
    private const int NotAsked = 0, Impossible = 1, FirstState = 2;

    private readonly int _meanings = Math.Max(1, space.Meanings);
    private int[] _table = [];

    /// <summary>The state after an operation of that meaning; <see cref="StateSpace.Impossible"/> when it is not possible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(int state, int meaning)
    {
        var at = ((long)state * _meanings) + meaning;
        var table = _table;
        var entry = (ulong)at < (ulong)table.Length ? table[at] : NotAsked;
        return entry != NotAsked ? entry - FirstState : Ask(state, meaning, at);
    }

    /// <summary>Beyond so many entries the model is asked each time: a history of many states and many meanings takes few steps twice.</summary>
    private int Ask(int state, int meaning, long at)
    {
        var next = space.Step(state, meaning);
        if (at >= MostEntries) return next;
        if (at >= _table.Length) Array.Resize(ref _table, (int)Math.Min(MostEntries, Math.Max(2 * _table.Length, ((state + 4L) * _meanings) + 64)));
        _table[at] = next == StateSpace.Impossible ? Impossible : next + FirstState;
        return next;
    }
}
