using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>What a server finds on its disk when it boots.</summary>
/// <param name="CurrentTerm">The latest term it has seen.</param>
/// <param name="VotedFor">Its vote in that term.</param>
/// <param name="Log">Its log.</param>
/// <param name="Snapshot">The state of the service as of the log's <see cref="RaftLog.SnapshotIndex"/>; null without one.</param>
/// <param name="SnapshotConfiguration">The group as of there.</param>
public sealed record RaftState(long CurrentTerm, NodeId? VotedFor, RaftLog Log, string? Snapshot = null, string SnapshotConfiguration = "");

/// <summary>
/// Figure 2's persistent state as a journal: each change is one record at the end of one file, with a checksum of its length and one of the rest. A file that
/// ends before its last record does was torn by a crash, and what was torn had been promised to nobody. A record that is all there and does not match its
/// checksums is damaged: a server that goes on without it may vote twice, or forget what it has acknowledged, so it halts. It halts as well when the disk
/// refuses a write.
/// A snapshot begins the journal anew, under another name first and then renamed.
/// </summary>
/// <param name="disk">The disk.</param>
/// <param name="halt">Stops the server, and says why; never returns.</param>
internal sealed class RaftDisk(IDisk disk, Action<string> halt)
{
    private const string Journal = "raft";
    private const string NextJournal = "raft-next";
    private const int Header = 12;

    private readonly ArrayBufferWriter<byte> _record = new(256);

    private enum Tag : byte
    {
        Vote = 1,
        Entry,
        Truncate,
        Snapshot,
    }

    /// <summary>Bytes in the journal: what lab 3B compares with <c>maxraftstate</c>, without the snapshot.</summary>
    public long LogBytes { get; private set; }

    public void Vote(long term, NodeId? votedFor) => Append(Record(Tag.Vote, term, 0, votedFor?.Name ?? ""));

    public void Entry(LogEntry entry)
    {
        var record = Record(Tag.Entry, entry.Term, (long)entry.Kind, entry.Command);
        LogBytes += record.Length;
        Append(record);
    }

    public void TruncateFrom(long index) => Append(Record(Tag.Truncate, index, 0, ""));

    public void Flush() => Try(0, static (disk, _) => disk.Flush());

    /// <summary>Replaces snapshot and log in one step.</summary>
    /// <param name="state">What the journal is to say.</param>
    /// <param name="inOneStep">Off: the old journal is cut first, and the snapshot follows without being flushed.</param>
    public void Replace(RaftState state, bool inOneStep)
    {
        var journal = Written(state);
        if (inOneStep) Rewrite(journal);
        else Try(journal, WriteInPlace);
    }

    public RaftState Read()
    {
        var log = new RaftLog();
        var (term, configuration) = (0L, "");
        NodeId? votedFor = null;
        string? snapshot = null;
        LogBytes = 0;
        var bytes = disk.Read(Journal) ?? [];
        var at = 0;
        for (var start = 0; !IsTorn(bytes, at); start = at)
        {
            if (!TryRead(bytes, ref at, out var tag, out var a, out var b, out var text)) halt($"the journal is damaged at byte {at}");
            switch (tag)
            {
                case Tag.Vote:
                    (term, votedFor) = (a, text.Length > 0 ? new NodeId(text) : (NodeId?)null);
                    break;
                case Tag.Entry:
                    log.Append(new LogEntry(a, text, (EntryKind)b));
                    LogBytes += at - start;
                    break;
                case Tag.Truncate:
                    log.TruncateFrom(a);
                    break;
                case Tag.Snapshot:
                    log.DiscardTo(a, b);
                    var end = text.IndexOf('\n', StringComparison.Ordinal);
                    (configuration, snapshot) = (text[..end], text[(end + 1)..]);
                    break;
            }
        }

        // What was torn at the end must not stand between what is written next and what came before. The rest outlasts a crash at any point.
        if (at < bytes.Length) Rewrite(bytes[..at]);
        return new RaftState(term, votedFor, log, snapshot, configuration);
    }

    /// <summary>The old journal stays until the new one is whole.</summary>
    private void Rewrite(byte[] journal) => Try(journal, static (disk, journal) =>
    {
        disk.Write(NextJournal, journal);
        disk.Flush();
        disk.Rename(NextJournal, Journal);
        disk.Flush();
    });

    /// <summary>What <see cref="RaftRules.PersistSnapshotWithLog"/> is there to prevent.</summary>
    private static void WriteInPlace(IDisk disk, byte[] journal)
    {
        disk.Write(Journal, []);
        disk.Flush();
        disk.Write(Journal, journal);
    }

    private byte[] Written(RaftState state)
    {
        var journal = new MemoryStream();
        journal.Write(Record(Tag.Vote, state.CurrentTerm, 0, state.VotedFor?.Name ?? ""));
        if (state.Snapshot is not null)
        {
            journal.Write(Record(Tag.Snapshot, state.Log.SnapshotIndex, state.Log.SnapshotTerm, state.SnapshotConfiguration + "\n" + state.Snapshot));
        }

        var beforeLog = journal.Length;
        foreach (var entry in state.Log.Entries) journal.Write(Record(Tag.Entry, entry.Term, (long)entry.Kind, entry.Command));
        LogBytes = journal.Length - beforeLog;
        return journal.ToArray();
    }

    private void Append(ReadOnlySpan<byte> record)
    {
        try
        {
            disk.Append(Journal, record);
        }
        catch (IOException failure)
        {
            halt(failure.Message);
        }
    }

    /// <summary>What the disk does not take, it may not take later either, and in memory it has happened already.</summary>
    private void Try<T>(T with, Action<IDisk, T> what)
    {
        try
        {
            what(disk, with);
        }
        catch (IOException failure)
        {
            halt(failure.Message);
        }
    }

    /// <summary>Length and its checksum, checksum of the rest, tag, two numbers, text.</summary>
    private ReadOnlySpan<byte> Record(Tag tag, long a, long b, string text)
    {
        var textLength = Encoding.UTF8.GetByteCount(text);
        var length = 17 + textLength;
        _record.ResetWrittenCount();
        var span = _record.GetSpan(Header + length)[..(Header + length)];
        var body = span[Header..];
        body[0] = (byte)tag;
        BinaryPrimitives.WriteInt64LittleEndian(body[1..], a);
        BinaryPrimitives.WriteInt64LittleEndian(body[9..], b);
        Encoding.UTF8.GetBytes(text, body[17..]);
        BinaryPrimitives.WriteInt32LittleEndian(span, length);
        BinaryPrimitives.WriteUInt32LittleEndian(span[4..], Checksum(span[..4]));
        BinaryPrimitives.WriteUInt32LittleEndian(span[8..], Checksum(body));
        return span;
    }

    /// <summary>Whether the file ends here, or before the record does that begins here. A length that is damaged is none to go by.</summary>
    private static bool IsTorn(byte[] bytes, int at) =>
        bytes.Length - at < Header || (TryReadLength(bytes, at, out var length) && length > bytes.Length - at - Header);

    private static bool TryReadLength(byte[] bytes, int at, out int length)
    {
        var text = bytes.AsSpan(at);
        length = BinaryPrimitives.ReadInt32LittleEndian(text);
        return Checksum(text[..4]) == BinaryPrimitives.ReadUInt32LittleEndian(text[4..]) && length >= 17;
    }

    private static bool TryRead(byte[] bytes, ref int at, out Tag tag, out long a, out long b, out string text)
    {
        (tag, a, b, text) = (default, 0, 0, "");
        if (!TryReadLength(bytes, at, out var length)) return false;
        var body = bytes.AsSpan(at + Header, length);
        if (Checksum(body) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8))) return false;
        tag = (Tag)body[0];
        a = BinaryPrimitives.ReadInt64LittleEndian(body[1..]);
        b = BinaryPrimitives.ReadInt64LittleEndian(body[9..]);
        text = Encoding.UTF8.GetString(body[17..]);
        at += Header + length;
        return true;
    }

    /// <summary>CRC-32C, for which processors have an instruction.</summary>
    private static uint Checksum(ReadOnlySpan<byte> body)
    {
        var sum = uint.MaxValue;
        for (; body.Length >= sizeof(ulong); body = body[sizeof(ulong)..])
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(body));
        }

        foreach (var one in body) sum = BitOperations.Crc32C(sum, one);
        return ~sum;
    }
}
