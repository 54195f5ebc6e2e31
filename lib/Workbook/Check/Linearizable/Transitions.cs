using System.Runtime.CompilerServices;

namespace Workbook.Check;

/// <summary>
/// The steps of a model, remembered: a search takes the same few of them millions of times. Where there are few states and meanings a
/// table holds all steps. Beyond it each has one place in a small cache, which the next step that has the same place takes over: a
/// table of thousands of states by thousands of meanings would take longer to clear than the search takes.
/// </summary>
internal sealed class Transitions(StateSpace space)
{
    private const int MostEntries = 1 << 14;
    private const int PlaceBits = 12;
    private const int NotAsked = 0, Impossible = 1, FirstState = 2;
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private readonly int _meanings = Math.Max(1, space.Meanings);
    private int[] _table = [];
    private (long Step, int Next)[] _cache = [];

    /// <summary>The state after an operation of that meaning; <see cref="StateSpace.Impossible"/> when it is not possible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(int state, int meaning)
    {
        var step = ((long)state * _meanings) + meaning;
        var table = _table;
        var entry = (ulong)step < (ulong)table.Length ? table[step] : NotAsked;
        return entry != NotAsked ? entry - FirstState : Ask(state, meaning, step);
    }

    private int Ask(int state, int meaning, long step)
    {
        if (step >= MostEntries) return AskBeyond(state, meaning, step);
        var next = space.Step(state, meaning);
        if (step >= _table.Length) Array.Resize(ref _table, (int)Math.Min(MostEntries, Math.Max(2 * _table.Length, ((state + 4L) * _meanings) + 64)));
        _table[step] = next == StateSpace.Impossible ? Impossible : next + FirstState;
        return next;
    }

    private int AskBeyond(int state, int meaning, long step)
    {
        if (_cache.Length == 0) _cache = new (long, int)[1 << PlaceBits];
        // No step beyond the table has the number 0, which marks a place that was never taken.
        ref var place = ref _cache[(int)(((ulong)step * Multiplier) >> (64 - PlaceBits))];
        if (place.Step != step) place = (step, space.Step(state, meaning));
        return place.Next;
    }
}
