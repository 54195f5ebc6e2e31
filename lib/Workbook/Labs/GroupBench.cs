using System.Diagnostics.CodeAnalysis;
using Workbook.Parts;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>
/// A bench whose servers are one group: Raft peers, s1, s2…, and a service above each. After every event it looks whether a term has got a second leader.
/// </summary>
public abstract class GroupBench : Bench
{
    private readonly NodeId[] _servers;
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<NodeId, long> _leaderTerms = [];
    private readonly Dictionary<long, NodeId> _leaders = [];
    private readonly RaftSafety? _safety;
    private long _brokenAt;

    /// <summary>A bench whose servers have not booted yet.</summary>
    internal GroupBench(BenchSetting setting, int servers)
        : base(setting)
    {
        _servers = [.. Enumerable.Range(1, servers).Select(number => new NodeId($"s{number}"))];
        var keepsStates = setting.Trace == TraceLimit.Whole;
        if (setting.Figure3 != Figure3Watch.Off || keepsStates) _safety = new RaftSafety(_nodes);
        if (keepsStates) Recorder = RaftPictures.Record(Run, _safety!, ProcessFields.Of);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<NodeId> Servers => _servers;

    /// <summary>The servers that are up and can reach others.</summary>
    public IEnumerable<NodeId> Connected => _servers.Where(IsConnected);

    private protected override ReplayRecorder? Recorder { get; }

    private protected override (string? Property, long Events) Figure3 => (_safety?.Broken, _brokenAt);

    /// <summary>The server that comes so many after this one in the group, going round.</summary>
    public NodeId After(NodeId server, int places) => _servers[(Array.IndexOf(_servers, server) + places) % _servers.Length];

    /// <summary>One of the servers.</summary>
    public NodeId AnyServer() => Random.Pick(_servers);

    /// <summary>What the server says: its term, and whether it leads.</summary>
    public (long Term, bool IsLeader) GetState(NodeId server) => Ask(server, static peer => peer.GetState());

    /// <summary>Waits until one of the connected servers leads, up to about 5 s as in the labs; the leader of the latest term.</summary>
    public async Task<NodeId> CheckOneLeader()
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await Sleep(Random.Next(450.Milliseconds(), 550.Milliseconds()));
            var leaders = Connected.Select(server => (Server: server, State: GetState(server))).Where(one => one.State.IsLeader).ToList();
            if (leaders.Count > 0) return leaders.MaxBy(one => one.State.Term).Server;
        }

        Fail("No leader", $"none of {Names(Connected)} has led for 5 s, although they are {(Connected.Count() == _servers.Length ? "all" : "a majority, and")} connected ({Terms()}).");
        return default;
    }

    /// <summary>The largest log on any server's disk, in bytes.</summary>
    public long LogBytes() => _servers.Max(server => Ask(server, static peer => peer.LogBytes));

    /// <summary>The peer on that server; null while it is down.</summary>
    internal RaftPeer? Peer(NodeId server) => (Run[server].Process as Replica)?.Raft;

    /// <summary>A server: its peer, and the service above it.</summary>
    private protected abstract Replica Make(NodeId server);

    /// <inheritdoc/>
    protected override void Begin()
    {
        foreach (var server in _servers) _nodes.Add(Run.Add(server, () => Make(server)));
    }

    /// <inheritdoc/>
    protected override void AfterEvent()
    {
        if (Run.LastRan is { Process: Replica { Raft: var peer } } node) LookAtLeader(node.Id, peer);
        if (_safety is null || _brokenAt > 0 || _safety.Look()) return;
        _brokenAt = Run.Events;
        if (Setting.Figure3 == Figure3Watch.Required) Report(_safety.Broken!, _safety.Violation!);
    }

    /// <summary>Asks a peer as code of its own node, so that what it awaits and what it throws are its own.</summary>
    private protected T? Ask<T>(NodeId server, Func<RaftPeer, T> question)
    {
        T? answer = default;
        if (Peer(server) is { } peer) Run[server].Life!.Enter(() => answer = question(peer));
        return answer;
    }

    /// <summary>The term of each connected server, for a sentence.</summary>
    private protected string Terms() => string.Join(", ", Connected.Select(server => $"{server} in term {GetState(server).Term}"));

    /// <summary><c>s1, s2 and s3</c></summary>
    private protected static string Names(IEnumerable<NodeId> servers)
    {
        var names = servers.Select(server => server.Name).ToList();
        return names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
    }

    /// <summary>What the reader's function has made, which may be nothing.</summary>
    private protected static T Made<T>([NotNull] T? one, string what) =>
        one ?? throw new InvalidOperationException($"No {what} was made: the function that makes them returned null.");

    private void LookAtLeader(NodeId server, RaftPeer peer)
    {
        // Asked after every event, the library's own peer does nothing that would have to be its node's.
        var (term, isLeader) = peer is RaftServer ? peer.GetState() : GetState(server);
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
}
