using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>
/// What the layer above may ask of a Raft server, and what it is told: the interface of lab 2 (lecture 5). <see cref="RaftServer"/> is one; a
/// reader's own class is another, and runs in every place where the library's does.
/// </summary>
/// <remarks>
/// A peer is a <see cref="Process"/>: <c>Start()</c> without arguments is its boot, messages derived from <see cref="RaftMessage"/> come to <c>Receive</c>,
/// and it may write handlers or <c>async</c> code.
/// </remarks>
public abstract class RaftPeer : Process
{
    private ReplicatedService? _service;
    private StateFile? _file;

    /// <summary>Whether it believes to lead, and the term: lab 2's <c>GetState()</c>.</summary>
    public abstract (long Term, bool IsLeader) GetState();

    /// <summary>
    /// Asks for agreement on a command; returns at once. The command is agreed on only when it is applied, which may be never.
    /// </summary>
    /// <returns>The index it will have if it is ever committed, the term, and whether this server leads; if not, nothing was begun.</returns>
    public abstract (long Index, long Term, bool IsLeader) Start(string command);

    /// <summary>
    /// The service above has put all commands up to <paramref name="index"/> into <paramref name="state"/>: the log up to there may go (lab 2D).
    /// </summary>
    public virtual void Snapshot(long index, string state) =>
        throw new NotSupportedException($"{GetType().Name} takes no snapshots: override Snapshot(index, state), lab 2D.");

    /// <summary>Bytes of log on the disk, for services that take snapshots by size (lab 3B); if the peer does not say, of what it has persisted.</summary>
    public virtual long LogBytes => File.StateBytes;

    /// <summary>Bytes of the snapshot on the disk (lab 3B); if the peer does not say, of the one it has persisted. 0 when there is none.</summary>
    public virtual long SnapshotBytes => File.SnapshotBytes;

    /// <summary>Tells the service above that the command at that index is committed: in the order of the log, each once.</summary>
    protected void Apply(long index, string command) => _service?.Applied(index, command);

    /// <summary>Tells the service above to take this state for all commands up to that index: after a boot, or from InstallSnapshot.</summary>
    protected void ApplySnapshot(long index, string state) => _service?.Restored(index, state);

    /// <summary>
    /// Puts a copy of the state on the disk, in one step: it outlasts a crash from the moment that this returns. A snapshot persisted earlier stays (lab 2C).
    /// </summary>
    /// <typeparam name="T">A record of public members, which is written as JSON.</typeparam>
    /// <exception cref="ArgumentException">Some member would not come back as it was.</exception>
    protected void Persist<T>(T state) => File.Write(state, null);

    /// <summary>Puts state and snapshot on the disk, both in one step (lab 2D).</summary>
    /// <typeparam name="T">A record of public members, which is written as JSON.</typeparam>
    /// <exception cref="ArgumentException">Some member would not come back as it was.</exception>
    protected void Persist<T>(T state, string snapshot) => File.Write(state, snapshot ?? throw new ArgumentNullException(nameof(snapshot)));

    /// <summary>The state persisted last, as it was then; null (0 for numbers) when there is none yet.</summary>
    protected T? ReadPersisted<T>() => File.State<T>();

    /// <summary>The snapshot persisted last; null when there is none yet.</summary>
    protected string? ReadSnapshot() => File.Snapshot();

    private StateFile File => _file ??= new StateFile(Disk);

    internal void Serve(ReplicatedService service) => _service = service;
}

/// <summary>The layer above Raft on each server: it executes committed commands, and talks to clients.</summary>
public abstract class ReplicatedService : Process
{
    /// <summary>The Raft server below.</summary>
    protected RaftPeer Raft { get; private set; } = null!;

    /// <summary>A command is committed: execute it.</summary>
    protected internal abstract void Applied(long index, string command);

    /// <summary>The state is what <paramref name="state"/> says, and stands for all commands up to that index.</summary>
    protected internal virtual void Restored(long index, string state) =>
        throw new NotSupportedException($"{GetType().Name} takes no snapshots: override Restored(index, state).");

    internal void StandOn(RaftPeer raft) => Raft = raft;
}

/// <summary>A server of a replicated service: the service, and Raft below it, on one node (lecture 5's picture).</summary>
public sealed class Replica(RaftPeer raft, ReplicatedService service) : Process
{
    /// <summary>The lower layer.</summary>
    public RaftPeer Raft => raft;

    /// <summary>The upper layer.</summary>
    public ReplicatedService Service => service;

    /// <inheritdoc/>
    protected override void Start()
    {
        raft.Serve(service);
        service.StandOn(raft);
        service.Boot(OwnHost);
        raft.Boot(OwnHost);
    }

    /// <inheritdoc/>
    protected override void Receive(Message message, Sender from)
    {
        if (message is RaftMessage) raft.Deliver(message, from);
        else service.Deliver(message, from);
    }
}
