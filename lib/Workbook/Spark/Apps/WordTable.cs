using System.Runtime.InteropServices;
using Workbook.Parts;

namespace Workbook.Spark.Apps;

/// <summary>
/// Words with how often they have come, in the order in which they first came. A word is looked up where it stands in its line, and becomes a text of its own
/// only when it is new.
/// </summary>
internal sealed class WordTable
{
    private const int LongestInSlot = sizeof(ulong);

    /// <summary>
    /// A word of up to eight narrow letters lies in its slot, where looking it up touches no other memory: most words of most languages are that short. Any
    /// other word is known there by its hash, and by the complement of its length; its text is compared only if both are the same.
    /// </summary>
    private record struct Slot(ulong LettersOrHash, int Length, int NumberPlusOne);

    /// <summary>A word of a line, and how it would be known in its slot.</summary>
    private record struct Cut(int Start, int Length, ulong LettersOrHash, ulong Hash)
    {
        public readonly bool IsInSlot => Length >= 0;

        public readonly ReadOnlySpan<char> Of(ReadOnlySpan<char> line) => line.Slice(Start, IsInSlot ? Length : ~Length);
    }

    private readonly Cut[] _cuts = new Cut[64];
    private Slot[] _slots = new Slot[1024];
    private ulong[] _hashes = new ulong[512];
    private string[] _words = new string[512];
    private long[] _counts = new long[512];
    private int _count;

    /// <summary>Something of the slots that were read ahead: for nobody, but while it could be asked for, reading them cannot be left out.</summary>
    public int Touched { get; private set; }

    /// <summary>The words so far.</summary>
    public IEnumerable<(string Key, long Value)> Words()
    {
        for (var word = 0; word < _count; word++) yield return (_words[word], _counts[word]);
    }

    /// <summary>Counts the words of a line: what stands between blanks.</summary>
    public void Count(ReadOnlySpan<char> line)
    {
        for (var at = 0; at < line.Length;)
        {
            var cuts = CutWords(line, ref at);
            Touch(cuts);
            foreach (ref readonly var cut in cuts)
            {
                // A new word may move the counts, so its number comes first.
                var number = NumberOf(cut, line);
                _counts[number]++;
            }
        }
    }

    /// <summary>The next words of a line, as many as there is room for.</summary>
    private ReadOnlySpan<Cut> CutWords(ReadOnlySpan<char> line, ref int at)
    {
        var cuts = 0;
        while (at < line.Length && cuts < _cuts.Length)
        {
            var (start, letters, all) = (at, 0UL, 0);
            for (; at < line.Length && line[at] is var letter && letter is not (' ' or '\t'); at++)
            {
                letters = (letters << 8) | letter;
                all |= letter;
            }

            var length = at++ - start;
            if (length > 0) _cuts[cuts++] = CutOf(line.Slice(start, length), start, letters, isNarrow: all <= byte.MaxValue);
        }

        return _cuts.AsSpan(0, cuts);
    }

    private static Cut CutOf(ReadOnlySpan<char> word, int start, ulong letters, bool isNarrow)
    {
        if (isNarrow && word.Length <= LongestInSlot) return new Cut(start, word.Length, letters, StableHash.OfWord(letters, word.Length, 0));
        var hash = StableHash.Of(MemoryMarshal.AsBytes(word));
        return new Cut(start, ~word.Length, hash, hash);
    }

    /// <summary>Reads the slots of all words, one after the other without a decision between them, to have them in the cache.</summary>
    private void Touch(ReadOnlySpan<Cut> cuts)
    {
        var (slots, mask, all) = (_slots, _slots.Length - 1, 0);
        foreach (ref readonly var cut in cuts) all |= slots[(int)cut.Hash & mask].Length;
        Touched = all;
    }

    private int NumberOf(in Cut cut, ReadOnlySpan<char> line)
    {
        var (slots, mask) = (_slots, _slots.Length - 1);
        for (var at = (int)cut.Hash & mask; ; at = (at + 1) & mask)
        {
            ref var slot = ref slots[at];
            if (slot.NumberPlusOne == 0) return Add(cut, cut.Of(line).ToString(), ref slot);
            if (slot.LettersOrHash == cut.LettersOrHash && slot.Length == cut.Length
                && (cut.IsInSlot || cut.Of(line).SequenceEqual(_words[slot.NumberPlusOne - 1])))
                return slot.NumberPlusOne - 1;
        }
    }

    private int Add(in Cut cut, string word, ref Slot slot)
    {
        var number = _count++;
        slot = new Slot(cut.LettersOrHash, cut.Length, number + 1);
        (_words[number], _hashes[number]) = (word, cut.Hash);
        if (_count == _words.Length) Grow();
        return number;
    }

    private void Grow()
    {
        Array.Resize(ref _words, 2 * _count);
        Array.Resize(ref _hashes, 2 * _count);
        Array.Resize(ref _counts, 2 * _count);
        var (before, mask) = (_slots, (2 * _slots.Length) - 1);
        _slots = new Slot[2 * before.Length];
        foreach (var slot in before)
        {
            if (slot.NumberPlusOne == 0) continue;
            var at = (int)_hashes[slot.NumberPlusOne - 1] & mask;
            while (_slots[at].NumberPlusOne != 0) at = (at + 1) & mask;
            _slots[at] = slot;
        }
    }
}
