namespace Workbook.Sim;

/// <summary>What a crash does to writes that were not flushed.</summary>
public enum CrashLoss
{
    /// <summary>All of them are lost.</summary>
    All,

    /// <summary>The first few last, as the seed decides, and the one after may be torn: only a part of its bytes is there.</summary>
    Some,
}

/// <summary>A disk in memory with the faults of real ones. Appending costs what is appended, and a flush what was written since the last.</summary>
public sealed class SimulatedDisk : IDisk
{
    private readonly Node _node;
    private readonly Rng _random;
    private readonly Dictionary<string, FileBytes> _files = new(StringComparer.Ordinal);

    // What a crash may take back, oldest first: each change knows what was there before it.
    private readonly List<Change> _unflushed = [];

    internal SimulatedDisk(Node node, Rng random) => (_node, _random) = (node, random);

    /// <summary>One write, append, rename or removal, and how to take it back.</summary>
    /// <param name="File">The file that it changed.</param>
    /// <param name="Before">What the file held; null when there was none.</param>
    /// <param name="After">What it holds since; null when there is none.</param>
    /// <param name="Start">Where the bytes begin that this change brought.</param>
    /// <param name="RenamedTo">The file's new name, where it was renamed.</param>
    /// <param name="Replaced">What the file of that name held.</param>
    private readonly record struct Change(
        string File, FileBytes? Before, FileBytes? After, int Start = 0, string? RenamedTo = null, FileBytes? Replaced = null);

    /// <summary>What a crash does to unflushed writes.</summary>
    public CrashLoss CrashLoss { get; set; } = CrashLoss.Some;

    /// <summary>How many bytes fit; null is unbounded. What does not fit throws an <see cref="IOException"/>.</summary>
    public long? Capacity { get; set; }

    /// <summary>While set, every write and flush throws an <see cref="IOException"/>.</summary>
    public bool IsFailing { get; set; }

    /// <summary>Bytes in all files.</summary>
    public long Used { get; private set; }

    public byte[]? Read(string file) => _files.TryGetValue(file, out var bytes) ? bytes.Span.ToArray() : null;

    public void Write(string file, ReadOnlySpan<byte> bytes)
    {
        var before = Find(file);
        Guard(file, bytes.Length - (before?.Length ?? 0));
        Apply(new Change(file, before, FileBytes.Of(bytes)));
    }

    public void Append(string file, ReadOnlySpan<byte> bytes)
    {
        Guard(file, bytes.Length);
        var before = Find(file);
        Apply(new Change(file, before, before?.With(bytes) ?? FileBytes.Of(bytes), before?.Length ?? 0));
    }

    public void Rename(string file, string newName)
    {
        Guard(newName, 0);
        var bytes = Find(file) ?? throw new FileNotFoundException($"{_node.Id} has no file {file} to rename.");
        if (file != newName) Apply(new Change(file, bytes, null, RenamedTo: newName, Replaced: Find(newName)));
    }

    public void Delete(string file)
    {
        Guard(file, 0);
        if (Find(file) is { } bytes) Apply(new Change(file, bytes, null));
    }

    public IReadOnlyList<string> Files() => [.. _files.Keys.Order(StringComparer.Ordinal)];

    public void Flush()
    {
        Guard("", 0);
        _unflushed.Clear();
    }

    /// <summary>Flips one bit of a file, on the platter too, as cosmic rays and bad cables do.</summary>
    /// <param name="file">The file.</param>
    /// <param name="bit">Which bit, counted from the file's start.</param>
    public void FlipBit(string file, long bit)
    {
        if (Find(file) is not { } bytes || bit < 0 || bit >= bytes.Length * 8L)
        {
            throw new ArgumentException($"{_node.Id} has no bit {bit} in a file {file}; it has {string.Join(", ", Files())}.");
        }

        _node.Simulation.Fault(_node.Id, $"bit {bit} of {file} flipped");
        List<FileBytes> flipped = [];
        Flip(bytes);

        // What a crash would bring back under this name is on the same platter.
        foreach (var change in _unflushed)
        {
            if (change.File == file) Flip(change.Before);
            if (change.RenamedTo == file) Flip(change.Replaced);
        }

        void Flip(FileBytes? some)
        {
            if (some is not { } lot || bit >= lot.Length * 8L || flipped.Exists(lot.SharesBytesWith)) return;
            flipped.Add(lot);
            lot.Flip(bit);
        }
    }

    internal void Crash()
    {
        var survivors = CrashLoss == CrashLoss.Some && _unflushed.Count > 0 ? _random.Next(_unflushed.Count + 1) : 0;
        for (var index = _unflushed.Count - 1; index >= survivors; index--) TakeBack(_unflushed[index]);
        if (CrashLoss == CrashLoss.Some && survivors < _unflushed.Count) Tear(_unflushed[survivors]);
        _unflushed.Clear();
    }

    /// <summary>Half of the time, a part of the bytes of the first lost change reached the platter.</summary>
    private void Tear(in Change change)
    {
        if (change.After is not { } after || after.Length == change.Start || !_random.Chance(0.5)) return;
        SetFile(change.File, after.First(change.Start + _random.Next(after.Length - change.Start)));
    }

    private void Apply(in Change change)
    {
        _unflushed.Add(change);
        SetFile(change.File, change.After);
        if (change.RenamedTo is { } newName) SetFile(newName, change.Before);
    }

    private void TakeBack(in Change change)
    {
        if (change.RenamedTo is { } newName) SetFile(newName, change.Replaced);
        SetFile(change.File, change.Before);
    }

    private FileBytes? Find(string file) => _files.TryGetValue(file, out var bytes) ? bytes : null;

    private void SetFile(string file, FileBytes? bytes)
    {
        Used += (bytes?.Length ?? 0) - (Find(file)?.Length ?? 0);
        if (bytes is { } some) _files[file] = some;
        else _files.Remove(file);
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
