using System.Collections.Immutable;

namespace Workbook.Sim;

/// <summary>What a crash does to writes that were not flushed.</summary>
public enum CrashLoss
{
    /// <summary>All of them are lost.</summary>
    All,

    /// <summary>The first few last, as the seed decides, and the one after may be torn: only a part of its bytes is there.</summary>
    Some,
}

/// <summary>A disk in memory with the faults of real ones.</summary>
public sealed class SimulatedDisk : IDisk
{
    private readonly Node _node;
    private readonly Rng _random;
    private readonly List<Change> _unflushed = [];
    private ImmutableSortedDictionary<string, byte[]> _seen = ImmutableSortedDictionary.Create<string, byte[]>(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, byte[]> _durable = ImmutableSortedDictionary.Create<string, byte[]>(StringComparer.Ordinal);

    internal SimulatedDisk(Node node, Rng random) => (_node, _random) = (node, random);

    private sealed record Change(string File, byte[]? Bytes, string? RenamedTo = null, bool IsAppend = false);

    /// <summary>What a crash does to unflushed writes.</summary>
    public CrashLoss CrashLoss { get; set; } = CrashLoss.Some;

    /// <summary>How many bytes fit; null is unbounded. What does not fit throws an <see cref="IOException"/>.</summary>
    public long? Capacity { get; set; }

    /// <summary>While set, every write and flush throws an <see cref="IOException"/>.</summary>
    public bool IsFailing { get; set; }

    /// <summary>Bytes in all files.</summary>
    public long Used => _seen.Values.Sum(bytes => (long)bytes.Length);

    public byte[]? Read(string file) => _seen.TryGetValue(file, out var bytes) ? (byte[])bytes.Clone() : null;

    public void Write(string file, ReadOnlySpan<byte> bytes)
    {
        Guard(file, bytes.Length - (_seen.TryGetValue(file, out var old) ? old.Length : 0));
        Apply(new Change(file, bytes.ToArray()));
    }

    public void Append(string file, ReadOnlySpan<byte> bytes)
    {
        Guard(file, bytes.Length);
        Apply(new Change(file, bytes.ToArray(), IsAppend: true));
    }

    public void Rename(string file, string newName)
    {
        Guard(newName, 0);
        if (!_seen.ContainsKey(file)) throw new FileNotFoundException($"{_node.Id} has no file {file} to rename.");
        Apply(new Change(file, null, newName));
    }

    public void Delete(string file)
    {
        Guard(file, 0);
        if (_seen.ContainsKey(file)) Apply(new Change(file, null));
    }

    public IReadOnlyList<string> Files() => [.. _seen.Keys];

    public void Flush()
    {
        Guard("", 0);
        _unflushed.Clear();
        _durable = _seen;
    }

    /// <summary>Flips one bit of a file, on the platter too, as cosmic rays and bad cables do.</summary>
    /// <param name="file">The file.</param>
    /// <param name="bit">Which bit, counted from the file's start.</param>
    public void FlipBit(string file, long bit)
    {
        if (!_seen.TryGetValue(file, out var bytes) || bit < 0 || bit >= bytes.Length * 8L)
        {
            throw new ArgumentException($"{_node.Id} has no bit {bit} in a file {file}; it has {string.Join(", ", _seen.Keys)}.");
        }

        _node.Simulation.Fault(_node.Id, $"bit {bit} of {file} flipped");
        _seen = _seen.SetItem(file, Flipped(bytes));
        if (_durable.TryGetValue(file, out var durable) && bit < durable.Length * 8L) _durable = _durable.SetItem(file, Flipped(durable));

        byte[] Flipped(byte[] old)
        {
            var copy = (byte[])old.Clone();
            copy[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            return copy;
        }
    }

    internal void Crash()
    {
        var survivors = CrashLoss == CrashLoss.Some && _unflushed.Count > 0 ? _random.Next(_unflushed.Count + 1) : 0;
        var state = _durable;
        for (var index = 0; index < survivors; index++) state = Applied(state, _unflushed[index]);
        if (CrashLoss == CrashLoss.Some && survivors < _unflushed.Count) state = Torn(state, _unflushed[survivors]);
        _unflushed.Clear();
        _durable = _seen = state;
    }

    private ImmutableSortedDictionary<string, byte[]> Torn(ImmutableSortedDictionary<string, byte[]> state, Change change) =>
        change.Bytes is { Length: > 0 } bytes && _random.Chance(0.5)
            ? Applied(state, change with { Bytes = bytes[.._random.Next(bytes.Length)] })
            : state;

    private void Apply(Change change)
    {
        _unflushed.Add(change);
        _seen = Applied(_seen, change);
    }

    private static ImmutableSortedDictionary<string, byte[]> Applied(ImmutableSortedDictionary<string, byte[]> state, Change change)
    {
        var old = state.GetValueOrDefault(change.File);
        if (change.RenamedTo is { } newName) return old is null ? state : state.Remove(change.File).SetItem(newName, old);
        if (change.Bytes is null) return state.Remove(change.File);
        return state.SetItem(change.File, change.IsAppend && old is not null ? [.. old, .. change.Bytes] : change.Bytes);
    }

    private void Guard(string file, long more)
    {
        if (IsFailing) throw new IOException($"The disk of {_node.Id} is failing.");
        if (Capacity is { } capacity && more > 0 && Used + more > capacity)
        {
            throw new IOException($"The disk of {_node.Id} is full: {file} needs {more} bytes more and {capacity - Used} are free.");
        }
    }
}
