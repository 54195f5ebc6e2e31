using System.Buffers;
using System.Buffers.Binary;
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
/// Figure 2's persistent state as a journal: each change is one record at the end of one file, with a checksum, so that a torn write at
/// the end is told from a whole one. A snapshot begins the journal anew, under another name first and then renamed.
/// </summary>
internal sealed class RaftDisk(IDisk disk)
{
    private const string Journal = "raft";
    private const string NextJournal = "raft-next";
    private const int Header = 8;

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

    public void Flush() => disk.Flush();

    /// <summary>Replaces snapshot and log in one step.</summary>
    /// <param name="state">What the journal is to say.</param>
    /// <param name="inOneStep">Off: the old journal is cut first, and the snapshot follows without being flushed.</param>
    public void Replace(RaftState state, bool inOneStep)
    {
        var (snapshot, log) = Written(state);
        if (inOneStep)
        {
            disk.Write(NextJournal, [.. snapshot, .. log]);
            disk.Flush();
            disk.Rename(NextJournal, Journal);
        }
        else
        {
            disk.Write(Journal, []);
            disk.Flush();
            disk.Write(Journal, [.. snapshot, .. log]);
            return;
        }

        disk.Flush();
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
        for (var start = 0; TryRead(bytes, ref at, out var tag, out var a, out var b, out var text); start = at)
        {
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

        // What was torn at the end must not stand between what is written next and what came before.
        if (at < bytes.Length) disk.Write(Journal, bytes.AsSpan(0, at));
        return new RaftState(term, votedFor, log, snapshot, configuration);
    }

    private (byte[] Snapshot, byte[] Log) Written(RaftState state)
    {
        var log = new MemoryStream();
        foreach (var entry in state.Log.Entries) log.Write(Record(Tag.Entry, entry.Term, (long)entry.Kind, entry.Command));
        LogBytes = log.Length;
        var snapshot = new MemoryStream();
        snapshot.Write(Record(Tag.Vote, state.CurrentTerm, 0, state.VotedFor?.Name ?? ""));
        if (state.Snapshot is not null)
        {
            snapshot.Write(Record(Tag.Snapshot, state.Log.SnapshotIndex, state.Log.SnapshotTerm, state.SnapshotConfiguration + "\n" + state.Snapshot));
        }

        return (snapshot.ToArray(), log.ToArray());
    }

    private void Append(ReadOnlySpan<byte> record) => disk.Append(Journal, record);

    /// <summary>Length, checksum, tag, two numbers, text.</summary>
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
        BinaryPrimitives.WriteUInt32LittleEndian(span[4..], Checksum(body));
        return span;
    }

    private static bool TryRead(byte[] bytes, ref int at, out Tag tag, out long a, out long b, out string text)
    {
        (tag, a, b, text) = (default, 0, 0, "");
        if (bytes.Length - at < Header + 17) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
        if (length < 17 || length > bytes.Length - at - Header) return false;
        var body = bytes.AsSpan(at + Header, length);
        if (Checksum(body) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 4))) return false;
        tag = (Tag)body[0];
        a = BinaryPrimitives.ReadInt64LittleEndian(body[1..]);
        b = BinaryPrimitives.ReadInt64LittleEndian(body[9..]);
        text = Encoding.UTF8.GetString(body[17..]);
        at += Header + length;
        return true;
    }

    private static uint Checksum(ReadOnlySpan<byte> body)
    {
        var hash = 2166136261u;
        foreach (var one in body) hash = (hash ^ one) * 16777619u;
        return hash;
    }
}
