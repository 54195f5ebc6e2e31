using System.Globalization;
using System.Text;

namespace Workbook.KeyValue;

/// <summary>
/// Snapshots (lab 3B): one line a key, an empty line, one line a client. A server that starts from one must know which requests are in it, so the
/// table of duplicates is part of the state.
/// </summary>
public sealed partial class KeyValueServer
{
    /// <inheritdoc/>
    protected internal override void Restored(long index, string state)
    {
        LastApplied = index;
        Restores++;
        var (data, sessions) = ParseState(state);
        _data.Clear();
        foreach (var (key, value) in data) _data.Add(key, value);
        if (Rules.DuplicateTableInSnapshot)
        {
            _sessions.Clear();
            foreach (var (client, session) in sessions) _sessions.Add(client, session);
        }

        // What was waited for may be in the snapshot; whoever asks again is told from the table.
        foreach (var (at, waiting) in _waiting.Where(one => one.Key <= index).OrderBy(one => one.Key).ToArray())
        {
            _waiting.Remove(at);
            waiting.From.Reply(WrongLeader());
        }
    }

    private void TakeSnapshotWhenLarge(long index)
    {
        if (_options.MaxRaftState is { } most && Raft.LogBytes >= most) Raft.Snapshot(index, State());
    }

    private string State()
    {
        var text = new StringBuilder();
        foreach (var (key, value) in _data)
        {
            Command.AppendWord(text, key);
            Command.AppendText(text.Append(' '), value);
            text.Append('\n');
        }

        text.Append('\n');
        if (!Rules.DuplicateTableInSnapshot) return text.ToString();
        foreach (var (client, session) in _sessions)
        {
            Command.AppendWord(text, client);
            text.Append(CultureInfo.InvariantCulture, $"#{session.Sequence} {session.Reply.Err}");
            if (session.Reply.Value is { } value) Command.AppendText(text.Append(' '), value);
            text.Append('\n');
        }

        return text.ToString();
    }

    private static (List<(string Key, string Value)> Data, List<(string Client, Session Session)> Sessions) ParseState(string state)
    {
        var data = new List<(string, string)>();
        var sessions = new List<(string, Session)>();
        var isData = true;
        foreach (var range in state.AsSpan().Split('\n'))
        {
            var line = state.AsSpan()[range];
            if (line.Length == 0)
            {
                isData = false;
            }
            else if (isData)
            {
                data.Add((Command.ReadWord(ref line, ' '), Command.ReadWord(ref line, ' ')));
            }
            else
            {
                var client = Command.ReadWord(ref line, '#');
                var sequence = long.Parse(Command.ReadWord(ref line, ' '), CultureInfo.InvariantCulture);
                var err = Enum.Parse<Err>(Command.ReadWord(ref line, ' '));
                sessions.Add((client, new Session(sequence, new KeyValueReply(err, line.Length > 0 ? Command.ReadWord(ref line, ' ') : null))));
            }
        }

        return (data, sessions);
    }
}
