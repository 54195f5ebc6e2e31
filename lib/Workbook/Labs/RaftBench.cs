using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>
/// The bench of lab 2: a group of Raft peers, a service above each that writes down what is applied, and the questions that the labs ask of them. Some
/// things are watched after every event: no index has two commands, and commands come in order, each once.
/// </summary>
public sealed partial class RaftBench : GroupBench
{
    private readonly Func<IReadOnlyList<NodeId>, RaftPeer> _make;
    private readonly Func<RaftBench, Task> _script;

    /// <summary>A bench whose servers have not booted yet.</summary>
    internal RaftBench(BenchSetting setting, int servers, Func<IReadOnlyList<NodeId>, RaftPeer> make, Func<RaftBench, Task> script, bool snapshots)
        : base(setting, servers) => (_make, _script, Snapshots) = (make, script, snapshots);

    /// <summary>Whether the services take a snapshot after every tenth command (lab 2D).</summary>
    public bool Snapshots { get; }

    /// <summary>Gives the server a command; not even asked when it is down.</summary>
    public (long Index, long Term, bool IsLeader) Start(NodeId server, string command)
    {
        _given.Add(command);
        return Ask(server, peer => peer.Start(command));
    }

    private protected override Replica Make(NodeId server)
    {
        var peer = Made(_make(Servers), "peer");
        if (Setting.GuardMessages && peer is not RaftServer) Traffic.Guard();
        return new Replica(peer, new LabService(this, server));
    }

    /// <inheritdoc/>
    protected override Task Script() => _script(this);
}
