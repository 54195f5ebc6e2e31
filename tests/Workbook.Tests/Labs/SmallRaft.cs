using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Tests.Labs;

/// <summary>What it must not forget.</summary>
internal sealed record SmallState(long Term, NodeId? VotedFor, long SnapshotIndex, long SnapshotTerm, List<LogEntry> Log);

/// <summary>
/// A Raft as a reader would write it: <c>async</c> calls, one class, nothing but the public surface. It shares no code with the library's own and passes the
/// same tests, so that these do not ask for more than Raft.
/// </summary>
internal class SmallRaft(IReadOnlyList<NodeId> servers) : RaftPeer
{
    private readonly Dictionary<NodeId, long> _next = [];
    private readonly Dictionary<NodeId, long> _match = [];
    private readonly HashSet<NodeId> _busy = [];
    private long _term, _commit, _applied, _snapshotIndex, _snapshotTerm;
    private NodeId? _vote;
    private bool _isLeader;
    private string _snapshot = "";
    private List<LogEntry> _log = [];
    private Instant _heard;

    private long Last => _snapshotIndex + _log.Count;

    public override (long Term, bool IsLeader) GetState() => (_term, _isLeader);

    public override (long Index, long Term, bool IsLeader) Start(string command)
    {
        if (!_isLeader) return (0, _term, false);
        _log.Add(new LogEntry(_term, command));
        Save();
        foreach (var server in Others) Spawn(() => Replicate(server));
        return (Last, _term, true);
    }

    public override void Snapshot(long index, string state)
    {
        if (index <= _snapshotIndex) return;
        Forget(index, TermAt(index), state);
    }

    protected override void Start()
    {
        if (ReadPersisted<SmallState>() is { } state)
        {
            (_term, _vote, _snapshotIndex, _snapshotTerm, _log) = (state.Term, state.VotedFor, state.SnapshotIndex, state.SnapshotTerm, state.Log);
            _snapshot = ReadSnapshot() ?? "";
            _commit = _applied = _snapshotIndex;
            if (_snapshotIndex > 0) ApplySnapshot(_snapshotIndex, _snapshot);
        }

        _heard = Now;
        Spawn(WatchElections);
    }

    protected override void Receive(Message message, Sender from)
    {
        if (message is RequestVote vote) from.Reply(Vote(vote));
        else if (message is AppendEntries entries) from.Reply(Append(entries));
        else if (message is InstallSnapshot snapshot) from.Reply(Install(snapshot));
    }

    private IEnumerable<NodeId> Others => servers.Where(server => server != Self);

    private RequestVoteReply Vote(RequestVote asked)
    {
        See(asked.Term);
        var isUpToDate = asked.LastLogTerm > TermAt(Last) || (asked.LastLogTerm == TermAt(Last) && asked.LastLogIndex >= Last);
        var isGranted = asked.Term == _term && (_vote is null || _vote == asked.CandidateId) && isUpToDate;
        if (isGranted)
        {
            (_vote, _heard) = (asked.CandidateId, Now);
            Save();
        }

        return new RequestVoteReply(_term, isGranted);
    }

    private AppendEntriesReply Append(AppendEntries asked)
    {
        See(asked.Term);
        if (asked.Term < _term) return new AppendEntriesReply(_term, false, asked.PrevLogIndex, 0);
        _isLeader = false;
        _heard = Now;
        if (asked.PrevLogIndex > Last) return new AppendEntriesReply(_term, false, asked.PrevLogIndex, 0, XLen: Last);
        if (asked.PrevLogIndex > _snapshotIndex && TermAt(asked.PrevLogIndex) is var term && term != asked.PrevLogTerm)
        {
            var first = asked.PrevLogIndex;
            while (first - 1 > _snapshotIndex && TermAt(first - 1) == term) first--;
            return new AppendEntriesReply(_term, false, asked.PrevLogIndex, 0, XLen: first - 1);
        }

        var index = asked.PrevLogIndex;
        foreach (var entry in asked.Entries)
        {
            index++;
            if (index <= _snapshotIndex || (index <= Last && TermAt(index) == entry.Term)) continue;
            if (index <= Last) _log.RemoveRange((int)(index - _snapshotIndex - 1), (int)(Last - index + 1));
            _log.Add(entry);
        }

        Save();
        Commit(Math.Min(asked.LeaderCommit, index));
        return new AppendEntriesReply(_term, true, asked.PrevLogIndex, index);
    }

    private InstallSnapshotReply Install(InstallSnapshot asked)
    {
        See(asked.Term);
        if (asked.Term < _term) return new InstallSnapshotReply(_term, 0);
        _isLeader = false;
        _heard = Now;
        if (asked.LastIncludedIndex <= _applied) return new InstallSnapshotReply(_term, asked.LastIncludedIndex);
        Forget(asked.LastIncludedIndex, asked.LastIncludedTerm, asked.Data);
        _commit = _applied = asked.LastIncludedIndex;
        ApplySnapshot(asked.LastIncludedIndex, asked.Data);
        return new InstallSnapshotReply(_term, asked.LastIncludedIndex);
    }

    private async Task WatchElections()
    {
        while (true)
        {
            var timeout = Random.Next(300.Milliseconds(), 600.Milliseconds());
            await Sleep(timeout);
            if (!_isLeader && Now - _heard >= timeout) Spawn(Campaign);
        }
    }

    private async Task Campaign()
    {
        (_term, _vote, _heard) = (_term + 1, Self, Now);
        Save();
        var (term, votes) = (_term, 1);
        await Task.WhenAll(Others.Select(async server =>
        {
            var reply = await Call<RequestVoteReply>(server, new RequestVote(term, Self, Last, TermAt(Last)), 300.Milliseconds());
            if (reply is null) return;
            See(reply.Term);
            if (term == _term && reply.VoteGranted && ++votes == servers.Count / 2 + 1) Spawn(Lead);
        }));
    }

    private async Task Lead()
    {
        _isLeader = true;
        Became($"leader of term {_term}");
        var term = _term;
        foreach (var server in Others) (_next[server], _match[server]) = (Last + 1, 0);
        for (_busy.Clear(); _isLeader && _term == term; await Sleep(100.Milliseconds()))
        {
            foreach (var server in Others)
            {
                _busy.Remove(server);
                Spawn(() => Replicate(server));
            }
        }
    }

    /// <summary>One request a server at a time, so that none crosses twice; the next takes all that has come meanwhile.</summary>
    private async Task Replicate(NodeId server)
    {
        if (!_busy.Add(server)) return;
        var term = _term;
        while (_isLeader && _term == term)
        {
            if (_next[server] <= _snapshotIndex)
            {
                var index = _snapshotIndex;
                var installed = await Call<InstallSnapshotReply>(
                    server, new InstallSnapshot(term, Self, index, _snapshotTerm, "", _snapshot), 100.Milliseconds());
                if (!IsOf(term, installed?.Term)) break;
                Matched(server, index);
            }
            else
            {
                var previous = _next[server] - 1;
                LogEntry[] entries = [.. _log.Skip((int)(previous - _snapshotIndex))];
                var asked = new AppendEntries(term, Self, previous, TermAt(previous), entries, _commit);
                var reply = await Call<AppendEntriesReply>(server, asked, 100.Milliseconds());
                if (!IsOf(term, reply?.Term)) break;
                if (reply!.Success) Matched(server, previous + entries.Length);
                else _next[server] = Math.Max(_match[server] + 1, Math.Min(reply.XLen + 1, previous));
            }

            if (_next[server] > Last) break;
        }

        if (_term == term) _busy.Remove(server);
    }

    private bool IsOf(long term, long? replied)
    {
        if (replied is null) return false;
        See(replied.Value);
        return _isLeader && _term == term;
    }

    private void Matched(NodeId server, long index)
    {
        _match[server] = Math.Max(_match[server], index);
        _next[server] = _match[server] + 1;
        var reached = Others.Select(one => _match[one]).Append(Last).Order().ElementAt((servers.Count - 1) / 2);
        if (reached > _commit && TermAt(reached) == _term) Commit(reached);
    }

    private void Commit(long index)
    {
        _commit = Math.Max(_commit, index);
        while (_applied < _commit)
        {
            _applied++;
            Apply(_applied, _log[(int)(_applied - _snapshotIndex - 1)].Command);
        }
    }

    private void Forget(long index, long term, string state)
    {
        _log = index < Last && TermAt(index) == term ? _log[(int)(index - _snapshotIndex)..] : [];
        (_snapshotIndex, _snapshotTerm, _snapshot) = (index, term, state);
        Persist(State, state);
    }

    private void See(long term)
    {
        if (term <= _term) return;
        (_term, _vote, _isLeader) = (term, null, false);
        Save();
    }

    private SmallState State => new(_term, _vote, _snapshotIndex, _snapshotTerm, _log);

    protected virtual void Save() => Persist(State);

    private long TermAt(long index) => index == _snapshotIndex ? _snapshotTerm : _log[(int)(index - _snapshotIndex - 1)].Term;
}
