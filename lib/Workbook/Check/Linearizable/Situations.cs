namespace Workbook.Check;

/// <summary>
/// The situations that a search came to: the moment, the state, and which open operations are done. One flat table with open
/// addressing, a few words for each, so that a look-up touches one or two lines of the processor's cache and makes no object.
/// </summary>
internal sealed class Situations
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
    private const int MostProbesWhenFull = 16;

    private readonly int _words;
    private readonly int _stride;
    private readonly long _mostWords;
    private ulong[] _table;
    private int _shift;
    private long _count;

    /// <param name="words">Words of bits that say what is done.</param>
    /// <param name="bytes">How much memory to take at most.</param>
    public Situations(int words, long bytes)
    {
        (_words, _stride, _mostWords) = (words, words + 1, Math.Min(bytes / sizeof(ulong), Array.MaxLength));
        _shift = 64 - 6;
        _table = new ulong[_stride << 6];
    }

    /// <summary>How many different ones were added, counting again those that were forgotten and came back.</summary>
    public long Count { get; private set; }

    /// <summary>
    /// Whether memory is used up, so that new situations take the places of old ones. What is forgotten is searched again when the
    /// search comes back to it: that takes time, and changes no verdict.
    /// </summary>
    public bool IsFull { get; private set; }

    /// <summary>Adds a situation; false when the search came to it before.</summary>
    public bool Add(int moment, int state, ReadOnlySpan<ulong> done)
    {
        // No situation has the key 0, which marks an empty place.
        var key = (((ulong)moment + 1) << 32) | (uint)state;
        var hash = Hash(key, done);
        var table = _table;
        var mask = (1L << (64 - _shift)) - 1;
        var place = (long)(hash >> _shift);
        for (var probe = 0; ; probe++, place = (place + 1) & mask)
        {
            var at = place * _stride;
            if (table[at] == 0) break;
            if (table[at] == key && done.SequenceEqual(table.AsSpan((int)at + 1, _words))) return false;
            if (!IsFull || probe < MostProbesWhenFull) continue;
            place = (long)(hash >> _shift);
            _count--;
            break;
        }

        table[place * _stride] = key;
        done.CopyTo(table.AsSpan((int)(place * _stride) + 1, _words));
        Count++;
        if (++_count * 2 > mask) Grow();
        return true;
    }

    /// <summary>The state of every situation of that moment which is not forgotten; some more than once.</summary>
    public IEnumerable<int> StatesAt(int moment)
    {
        for (var at = 0; at < _table.Length; at += _stride)
        {
            if (_table[at] >> 32 == (ulong)moment + 1) yield return (int)_table[at];
        }
    }

    private ulong Hash(ulong key, ReadOnlySpan<ulong> done)
    {
        var hash = key * Multiplier;
        foreach (var word in done) hash = ((hash ^ (hash >> 29)) + word) * Multiplier;
        return (hash ^ (hash >> 32)) * Multiplier;
    }

    private void Grow()
    {
        // While growing, the old table and the new one are both there.
        if (IsFull || _table.LongLength * 3 > _mostWords)
        {
            IsFull = true;
            return;
        }

        var old = _table;
        _table = new ulong[old.LongLength * 2];
        _shift--;
        var mask = (1L << (64 - _shift)) - 1;
        for (var from = 0; from < old.Length; from += _stride)
        {
            if (old[from] == 0) continue;
            var entry = old.AsSpan(from, _stride);
            var place = (long)(Hash(entry[0], entry[1..]) >> _shift);
            while (_table[place * _stride] != 0) place = (place + 1) & mask;
            entry.CopyTo(_table.AsSpan((int)(place * _stride), _stride));
        }
    }
}
