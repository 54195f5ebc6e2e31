using System.Text;

namespace Workbook.Raft;

/// <summary>
/// A server's log: entries numbered from 1, of which the first may have been replaced by a snapshot (§7).
/// </summary>
public sealed class RaftLog
{
    private readonly List<LogEntry> _entries = [];

    /// <summary>The last index that the snapshot stands for; 0 without one.</summary>
    public long SnapshotIndex { get; private set; }

    /// <summary>The term of the entry at that index.</summary>
    public long SnapshotTerm { get; private set; }

    /// <summary>The index of the first entry that is still here.</summary>
    public long FirstIndex => SnapshotIndex + 1;

    /// <summary>The index of the last entry; 0 when there was never one.</summary>
    public long LastIndex => SnapshotIndex + _entries.Count;

    /// <summary>The term of the last entry; 0 when there was never one.</summary>
    public long LastTerm => _entries.Count > 0 ? _entries[^1].Term : SnapshotTerm;

    /// <summary>How many times entries at the end were taken away; whoever watches the log compares all of it anew then.</summary>
    public int Rewrites { get; private set; }

    /// <summary>The entries that are here, the one at <see cref="FirstIndex"/> first.</summary>
    public IReadOnlyList<LogEntry> Entries => _entries;

    /// <summary>The entry at that index, which must be here.</summary>
    public LogEntry this[long index] => _entries[(int)(index - FirstIndex)];

    /// <summary>Whether the entry itself is here: not beyond the end, and not replaced by the snapshot.</summary>
    public bool Has(long index) => index >= FirstIndex && index <= LastIndex;

    /// <summary>The term at that index; 0 at index 0, and null where it is not known.</summary>
    public long? TermAt(long index) =>
        index == SnapshotIndex ? SnapshotTerm : Has(index) ? this[index].Term : null;

    /// <summary>Adds an entry at the end.</summary>
    public void Append(LogEntry entry) => _entries.Add(entry);

    /// <summary>Takes away the entry at that index and all after it.</summary>
    public void TruncateFrom(long index)
    {
        _entries.RemoveRange((int)(index - FirstIndex), (int)(LastIndex - index + 1));
        Rewrites++;
    }

    /// <summary>Forgets the entries that a snapshot up to <paramref name="index"/> stands for, and all of them where the log has another term there.</summary>
    public void DiscardTo(long index, long term)
    {
        if (TermAt(index) == term)
        {
            _entries.RemoveRange(0, (int)(index - SnapshotIndex));
        }
        else
        {
            _entries.Clear();
            Rewrites++;
        }

        (SnapshotIndex, SnapshotTerm) = (index, term);
    }

    /// <summary>The entries from that index on, <paramref name="most"/> at the most.</summary>
    public IReadOnlyList<LogEntry> From(long index, int most)
    {
        var count = (int)Math.Min(most, LastIndex - index + 1);
        return count <= 0 ? [] : _entries.GetRange((int)(index - FirstIndex), count);
    }

    /// <summary>The first index that has the term of the entry at <paramref name="index"/>.</summary>
    public long FirstOfSameTerm(long index)
    {
        var term = this[index].Term;
        while (index > FirstIndex && this[index - 1].Term == term) index--;
        return index;
    }

    /// <summary>The last index with that term; null when no entry here has it.</summary>
    public long? LastOfTerm(long term)
    {
        for (var index = LastIndex; index >= FirstIndex && this[index].Term >= term; index--)
        {
            if (this[index].Term == term) return index;
        }

        return null;
    }

    /// <summary>The terms, as the lecture writes a log: <c>3 3 5</c>, after a snapshot <c>[10] 3 5</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (SnapshotIndex > 0) text.Append('[').Append(SnapshotIndex).Append(']');
        foreach (var entry in _entries)
        {
            if (text.Length > 0) text.Append(' ');
            text.Append(entry.Term);
        }

        return text.ToString();
    }
}
