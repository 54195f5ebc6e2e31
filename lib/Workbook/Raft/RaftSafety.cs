using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>
/// Figure 3's five properties, watched from outside after every step of a run, and two that show a mistake before it has done harm. It compares only what
/// has changed since it last looked, so that it costs little.
/// </summary>
public sealed class RaftSafety
{
    private readonly IReadOnlyList<Node> _nodes;
    private readonly List<Seen> _seen = [];
    private readonly Dictionary<long, NodeId> _leaders = [];
    private readonly Dictionary<(long Index, long Term), (long PreviousTerm, LogEntry Entry)> _entries = [];
    private readonly List<(LogEntry Entry, long InTerm)> _committed = [];
    private readonly List<LogEntry?> _applied = [];

    /// <summary>Watches those of the nodes on which a <see cref="RaftServer"/> is up at each look; nodes may be added to the list later.</summary>
    public RaftSafety(IReadOnlyList<Node> nodes) => _nodes = nodes;

    private sealed class Seen
    {
        private Process? _process;

        /// <summary>The server that is up now; null when none is.</summary>
        public RaftServer? Up;
        public RaftServer? Server;
        public long Term;
        public Role Role;
        public long LastIndex;
        public LogEntry? Last;
        public int Rewrites;
        public long CommitIndex;
        public long LastApplied;
        public long Matches;

        /// <summary>Looks what is up on the node; says whether it has changed, in what properties speak of, since it was looked at last.</summary>
        public bool HasMoved(Node node)
        {
            if (!ReferenceEquals(_process, node.Process))
            {
                _process = node.Process;
                Up = _process is Replica { Raft: RaftServer raft } ? raft : null;
            }

            return Up is { } server && HasMoved(server);
        }

        private bool HasMoved(RaftServer server) => !ReferenceEquals(Server, server) || Term != server.CurrentTerm || Role != server.Role
            || Rewrites != server.Log.Rewrites || LastIndex != server.Log.LastIndex || CommitIndex != server.CommitIndex
            || LastApplied != server.LastApplied || (Role == Role.Leader && Matches != server.Matches);
    }

    /// <summary>The names of the properties, in the order of Figure 3; then the two of our own.</summary>
    public static IReadOnlyList<string> Properties { get; } =
        ["Election Safety", "Leader Append-Only", "Log Matching", "Leader Completeness", "State Machine Safety", "Match Index", "Commit Index"];

    /// <summary>The property that was broken first; null while all hold.</summary>
    public string? Broken { get; private set; }

    /// <summary>How it was broken, in one sentence; null while all hold.</summary>
    public string? Violation { get; private set; }

    /// <summary>Who led in which term.</summary>
    public IReadOnlyDictionary<long, NodeId> Leaders => _leaders;

    /// <summary>The highest index that any server has taken for committed.</summary>
    public long Committed => _committed.Count;

    /// <summary>The entry that was committed at that index first; null when none was.</summary>
    public LogEntry? CommittedAt(long index) => index >= 1 && index <= _committed.Count ? _committed[(int)index - 1].Entry : null;

    /// <summary>Looks at all servers; false once a property is broken.</summary>
    public bool Look()
    {
        // Most events change nothing that a property speaks of.
        if (!HasMoved()) return Violation is null;
        foreach (var seen in _seen)
        {
            if (seen.Up is not { } server) continue;
            if (!ReferenceEquals(seen.Server, server)) Reboot(seen, server);
            if (seen.Term != server.CurrentTerm || seen.Role != server.Role) LookAtRole(seen, server);
            if (seen.Rewrites != server.Log.Rewrites || seen.LastIndex != server.Log.LastIndex) LookAtLog(seen, server);
            if (seen.CommitIndex != server.CommitIndex) LookAtCommitted(seen, server);
            if (seen.LastApplied != server.LastApplied) LookAtApplied(seen, server);
            if (server.Role == Role.Leader) LookAtMatches(seen, server);
        }

        return Violation is null;
    }

    private bool HasMoved()
    {
        var hasMoved = false;
        for (var index = 0; index < _nodes.Count; index++)
        {
            if (index == _seen.Count) _seen.Add(new Seen());
            hasMoved |= _seen[index].HasMoved(_nodes[index]);
        }

        return hasMoved;
    }

    private static void Reboot(Seen seen, RaftServer server) =>
        (seen.Server, seen.Term, seen.Role, seen.LastIndex, seen.Last, seen.Rewrites, seen.CommitIndex, seen.LastApplied) =
        (server, server.CurrentTerm, Role.Follower, server.Log.SnapshotIndex, null, -1, server.Log.SnapshotIndex, server.Log.SnapshotIndex);

    private void LookAtRole(Seen seen, RaftServer server)
    {
        (seen.Term, seen.Role) = (server.CurrentTerm, server.Role);
        if (server.Role != Role.Leader) return;
        if (!_leaders.TryAdd(server.CurrentTerm, server.Self) && _leaders[server.CurrentTerm] != server.Self)
        {
            Break("Election Safety", $"{_leaders[server.CurrentTerm]} and {server.Self} both lead term {server.CurrentTerm}.");
        }

        for (var index = 1L; index <= _committed.Count; index++) LookAtCompleteness(server, index);
        seen.Rewrites = server.Log.Rewrites;
    }

    /// <summary>An entry committed in a term is in the log of the leaders of all later terms.</summary>
    private void LookAtCompleteness(RaftServer leader, long index)
    {
        var (entry, inTerm) = _committed[(int)index - 1];
        if (inTerm >= leader.CurrentTerm || index <= leader.Log.SnapshotIndex) return;
        if (leader.Log.Has(index) && leader.Log[index] == entry) return;
        Break("Leader Completeness", $"{entry} was committed at index {index} in term {inTerm}, and {leader.Self}, which leads term {leader.CurrentTerm}, "
            + (leader.Log.Has(index) ? $"has {leader.Log[index]} there." : "does not have it."));
    }

    private void LookAtLog(Seen seen, RaftServer server)
    {
        var log = server.Log;
        var isRewritten = seen.Rewrites != log.Rewrites;
        if (isRewritten && seen.Role == Role.Leader && seen.Rewrites >= 0)
        {
            Break("Leader Append-Only", $"{server.Self} leads term {server.CurrentTerm} and has taken entries away from its own log.");
        }

        for (var index = isRewritten ? log.FirstIndex : Math.Max(seen.LastIndex + 1, log.FirstIndex); index <= log.LastIndex; index++)
        {
            LookAtEntry(server, index);
        }

        if (isRewritten && seen.Rewrites >= 0) LookAtWhatIsKept(seen, server);
        (seen.LastIndex, seen.Rewrites) = (log.LastIndex, log.Rewrites);
    }

    /// <summary>Two logs with the same term at an index have the same entry there and the same one before it; by induction all before are the same.</summary>
    private void LookAtEntry(RaftServer server, long index)
    {
        var (log, entry) = (server.Log, server.Log[index]);
        if (log.TermAt(index - 1) is not { } previousTerm) return;
        if (_entries.TryAdd((index, entry.Term), (previousTerm, entry))) return;
        var (knownPrevious, known) = _entries[(index, entry.Term)];
        if (known == entry && knownPrevious == previousTerm) return;
        Break("Log Matching", known == entry
            ? $"Two logs have {entry} at index {index}, one after an entry of term {knownPrevious}, that of {server.Self} after one of term {previousTerm}."
            : $"Index {index} has {known} in one log, and {entry} in that of {server.Self}: same index, same term, another command.");
    }

    /// <summary>What a server has taken for committed stays in its log.</summary>
    private void LookAtWhatIsKept(Seen seen, RaftServer server)
    {
        for (var index = server.Log.FirstIndex; index <= Math.Min(seen.CommitIndex, _committed.Count); index++)
        {
            if (server.Log.Has(index) && server.Log[index] == CommittedAt(index)) continue;
            Break("Commit Index", $"{server.Self} had {CommittedAt(index)} committed at index {index}, and has "
                + (server.Log.Has(index) ? $"{server.Log[index]} there now." : "taken it away again."));
        }
    }

    private void LookAtCommitted(Seen seen, RaftServer server)
    {
        if (server.CommitIndex < seen.CommitIndex)
        {
            Break("Commit Index", $"The commit index of {server.Self} went back from {seen.CommitIndex} to {server.CommitIndex}.");
        }

        for (var index = seen.CommitIndex + 1; index <= server.CommitIndex; index++)
        {
            if (!server.Log.Has(index)) continue;
            if (index == _committed.Count + 1) Commit(server, index);
            else if (index <= _committed.Count && CommittedAt(index) != server.Log[index])
            {
                Break("State Machine Safety", $"Index {index} was committed as {CommittedAt(index)}, and {server.Self} takes {server.Log[index]} for committed there.");
            }
        }

        seen.CommitIndex = server.CommitIndex;
    }

    private void Commit(RaftServer server, long index)
    {
        _committed.Add((server.Log[index], server.CurrentTerm));
        foreach (var seen in _seen)
        {
            if (seen.Up is { Role: Role.Leader } leader) LookAtCompleteness(leader, index);
        }
    }

    private void LookAtApplied(Seen seen, RaftServer server)
    {
        if (server.LastApplied < seen.LastApplied)
        {
            Break("State Machine Safety", $"{server.Self} had applied entries up to {seen.LastApplied} and went back to {server.LastApplied}.");
        }

        for (var index = seen.LastApplied + 1; index <= server.LastApplied; index++)
        {
            if (!server.Log.Has(index)) continue;
            while (_applied.Count < index) _applied.Add(null);
            var known = _applied[(int)index - 1] ??= server.Log[index];
            if (known != server.Log[index])
            {
                Break("State Machine Safety", $"Index {index} was applied as {known}, and {server.Self} applies {server.Log[index]} there.");
            }
        }

        seen.LastApplied = server.LastApplied;
    }

    /// <summary>A leader does not think that a server has more of its log than it has.</summary>
    private void LookAtMatches(Seen ofLeader, RaftServer leader)
    {
        ofLeader.Matches = leader.Matches;
        foreach (var follower in leader.Followers)
        {
            if (follower.MatchIndex == 0 || SeenOf(follower.Id)?.Server is not { } server) continue;
            if (server.CurrentTerm > leader.CurrentTerm || !leader.Log.Has(follower.MatchIndex) || follower.MatchIndex <= server.Log.SnapshotIndex) continue;
            if (server.Log.TermAt(follower.MatchIndex) == leader.Log.TermAt(follower.MatchIndex)) continue;
            Break("Match Index", $"{leader.Self} leads term {leader.CurrentTerm} and believes that {follower.Id} has its entries up to {follower.MatchIndex}; "
                + $"its log is “{server.Log}”.");
        }
    }

    private Seen? SeenOf(NodeId id)
    {
        for (var index = 0; index < _seen.Count; index++)
        {
            if (_nodes[index].Id == id) return _seen[index];
        }

        return null;
    }

    private void Break(string property, string sentence)
    {
        if (Violation is not null) return;
        (Broken, Violation) = (property, $"{property}: {sentence}");
    }
}
