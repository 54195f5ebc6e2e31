using Workbook.Parts;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>
/// The bench of lab 2: a group of Raft peers, a service above each that writes down what is applied, and the questions that the labs ask of them. Some
/// things are watched after every event: no term has two leaders, no index two commands, and commands come in order, each once.
/// </summary>
public sealed partial class RaftBench : Bench
{
    private readonly NodeId[] _servers;
    private readonly Func<IReadOnlyList<NodeId>, RaftPeer> _make;
    private readonly Func<RaftBench, Task> _script;
    private readonly Dictionary<NodeId, long> _leaderTerms = [];
    private readonly Dictionary<long, NodeId> _leaders = [];
    private readonly RaftSafety? _safety;
    private long _brokenAt;

    /// <summary>A bench whose servers have not booted yet.</summary>
    internal RaftBench(BenchSetting setting, int servers, Func<IReadOnlyList<NodeId>, RaftPeer> make, Func<RaftBench, Task> script, bool snapshots)
        : base(setting)
    {
        _servers = [.. Enumerable.Range(1, servers).Select(number => new NodeId($"s{number}"))];
        (_make, _script, Snapshots) = (make, script, snapshots);
        var keepsStates = setting.Trace == TraceLimit.Whole;
        if (setting.Figure3 != Figure3Watch.Off || keepsStates) _safety = new RaftSafety(() => _servers.Select(Peer).OfType<RaftServer>());
        if (keepsStates) Recorder = RaftPictures.Record(Run, _safety!, PeerFields.Of);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<NodeId> Servers => _servers;

    /// <summary>Whether the services take a snapshot after every tenth command (lab 2D).</summary>
    public bool Snapshots { get; }

    private protected override ReplayRecorder? Recorder { get; }

    private protected override (string? Property, long Events) Figure3 => (_safety?.Broken, _brokenAt);

    /// <summary>The server that comes so many after this one in the group, going round.</summary>
    public NodeId After(NodeId server, int places) => _servers[(Array.IndexOf(_servers, server) + places) % _servers.Length];

    /// <summary>One of the servers.</summary>
    public NodeId AnyServer() => Random.Pick(_servers);

    /// <summary>The peer on that server; null while it is down.</summary>
    internal RaftPeer? Peer(NodeId server) => (Run[server].Process as Replica)?.Raft;

    /// <summary>What the server says: its term, and whether it leads.</summary>
    public (long Term, bool IsLeader) GetState(NodeId server) => Ask(server, static peer => peer.GetState());

    /// <summary>Gives the server a command; not even asked when it is down.</summary>
    public (long Index, long Term, bool IsLeader) Start(NodeId server, string command)
    {
        _given.Add(command);
        return Ask(server, peer => peer.Start(command));
    }

    /// <inheritdoc/>
    protected override void Begin()
    {
        foreach (var server in _servers)
        {
            Run.Add(server, () =>
            {
                var peer = _make(_servers) ?? throw new InvalidOperationException("No peer was made: the function that makes them returned null.");
                if (Setting.GuardMessages && peer is not RaftServer) Traffic.Guard();
                return new Replica(peer, new LabService(this, server));
            });
        }
    }

    /// <inheritdoc/>
    protected override Task Script() => _script(this);

    /// <inheritdoc/>
    protected override void AfterEvent()
    {
        if (Run.LastRan is { } node) LookAtLeader(node.Id);
        if (_safety is null || _brokenAt > 0 || _safety.Look()) return;
        _brokenAt = Run.Events;
        if (Setting.Figure3 == Figure3Watch.Required) Report(_safety.Broken!, _safety.Violation!);
    }

    private void LookAtLeader(NodeId server)
    {
        var (term, isLeader) = GetState(server);
        if (!isLeader || _leaderTerms.GetValueOrDefault(server) == term) return;
        _leaderTerms[server] = term;
        if (_leaders.TryAdd(term, server))
        {
            if (_leaders.Count == 2) Came("a second leader");
            return;
        }

        if (_leaders[term] == server) return;
        Report("Two leaders", $"{server} says that it leads term {term}, which {_leaders[term]} has led already: a term has one leader at the most.");
    }

    /// <summary>Asks a peer as code of its own node, so that what it awaits and what it throws are its own.</summary>
    private T? Ask<T>(NodeId server, Func<RaftPeer, T> question)
    {
        T? answer = default;
        if (Peer(server) is { } peer) Run[server].Life!.Enter(() => answer = question(peer));
        return answer;
    }
}
