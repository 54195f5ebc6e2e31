using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Tests.Labs;

/// <summary>A Raft that does something else when a message comes; null goes on as it should.</summary>
internal sealed class Spoiled(IReadOnlyList<NodeId> servers, Action<Spoiled, Message, Sender> before) : SmallRaft(servers)
{
    public void SendTo(NodeId to, Message message) => Send(to, message);

    public void ApplyAt(long index, string command) => Apply(index, command);

    public Task Rest(TimeSpan length) => Sleep(length);

    public Task<TReply?> Ask<TReply>(NodeId to, Message message)
        where TReply : Message => Call<TReply>(to, message, 100.Milliseconds());

    public void Begin(Func<Task> code) => Spawn(code);

    protected override void Receive(Message message, Sender from)
    {
        before(this, message, from);
        base.Receive(message, from);
    }
}

/// <summary>Answers nothing, and never leads.</summary>
internal class Silent : RaftPeer
{
    public override (long Term, bool IsLeader) GetState() => (0, false);

    public override (long Index, long Term, bool IsLeader) Start(string command) => (0, 0, false);

    protected override void Receive(Message message, Sender from)
    {
    }
}

/// <summary>Every server leads, and applies what it is given at once.</summary>
internal sealed class Anarchist : Silent
{
    private long _last;

    public override (long Term, bool IsLeader) GetState() => (1, true);

    public override (long Index, long Term, bool IsLeader) Start(string command)
    {
        Apply(++_last, command);
        return (_last, 1, true);
    }
}

/// <summary>The first server leads, and applies a command at once; the others get it later.</summary>
internal sealed class Hasty(IReadOnlyList<NodeId> servers) : Silent
{
    private readonly List<LogEntry> _log = [];

    public override (long Term, bool IsLeader) GetState() => (1, Self == servers[0]);

    public override (long Index, long Term, bool IsLeader) Start(string command)
    {
        if (Self != servers[0]) return (0, 1, false);
        _log.Add(new LogEntry(1, command));
        Apply(_log.Count, command);
        foreach (var server in servers.Skip(1)) Send(server, new AppendEntries(1, Self, _log.Count - 1, 1, [_log[^1]], _log.Count));
        return (_log.Count, 1, true);
    }

    protected override void Receive(Message message, Sender from)
    {
        var asked = (AppendEntries)message;
        if (asked.PrevLogIndex == _log.Count) _log.AddRange(asked.Entries);
        if (asked.LeaderCommit == _log.Count) Apply(_log.Count, _log[^1].Command);
    }
}

/// <summary>Sends its own log in its messages, the list itself, and goes on with it.</summary>
internal sealed class Sharing(IReadOnlyList<NodeId> servers) : Silent
{
    private readonly List<LogEntry> _log = [];

    public override (long Term, bool IsLeader) GetState() => (1, Self == servers[0]);

    protected override void Start() => After(10.Milliseconds(), () =>
    {
        if (Self != servers[0]) return;
        Send(servers[1], new AppendEntries(1, Self, 0, 0, _log, 0));
        _log.Add(new LogEntry(1, "late"));
    });
}

/// <summary>What SmallRaft is without persistence.</summary>
internal sealed class Forgetful(IReadOnlyList<NodeId> servers) : SmallRaft(servers)
{
    protected override void Save()
    {
    }
}

/// <summary>Draws from somewhere else than the run.</summary>
internal sealed class Erratic(IReadOnlyList<NodeId> servers) : SmallRaft(servers)
{
    private static int s_boots;

    protected override void Start()
    {
        if (Interlocked.Increment(ref s_boots) == 2) throw new InvalidOperationException("not today");
        base.Start();
    }
}

/// <summary>A message that is no message of Raft.</summary>
internal sealed record Postcard(string Text) : Message;
