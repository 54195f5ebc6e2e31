using Workbook.Check;
using Workbook.KeyValue;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>
/// The bench of lab 3: the servers of a key/value store, and as many clerks as a test wants. Servers can be divided among themselves while clerks still reach
/// them. What all clerks saw is recorded, and must be linearizable in the end.
/// </summary>
public sealed partial class StoreBench : GroupBench
{
    /// <summary>How long any one request may take; by then whatever a test has broken is mended again.</summary>
    public static readonly TimeSpan LongestRequest = 15.Seconds();

    private readonly LabStore _store;
    private readonly Func<StoreBench, Task> _script;
    private readonly HistoryRecorder _history;
    private readonly List<StoreClerk> _clerks = [];
    private readonly Queue<StoreRequest> _open = [];

    /// <summary>A bench whose servers have not booted yet.</summary>
    internal StoreBench(BenchSetting setting, int servers, LabStore store, long? maxRaftState, Func<StoreBench, Task> script)
        : base(setting, servers)
    {
        (_store, MaxRaftState, _script) = (store, maxRaftState, script);
        _history = new HistoryRecorder(() => Run.Now);
    }

    /// <summary>How many bytes of log Raft may hold before the servers take a snapshot; null in part 3A, where they take none.</summary>
    public long? MaxRaftState { get; }

    /// <summary>What the clerks did and saw so far.</summary>
    public History History => _history.ToHistory();

    /// <summary>The server that says it leads, of the latest term; the first one when none does.</summary>
    public NodeId Leader() => Servers.Where(server => GetState(server).IsLeader).OrderByDescending(server => GetState(server).Term).FirstOrDefault(Servers[0]);

    /// <summary>A new clerk, which reaches these servers; all of them when left out.</summary>
    public StoreClerk NewClerk(params IReadOnlyList<NodeId> reached)
    {
        var clerk = new StoreClerk(this, new NodeId($"c{_clerks.Count + 1}"));
        _clerks.Add(clerk);
        Run.Add(clerk.Name, () => Guarded(Made(_store.Clerk(Servers), "clerk")));
        if (reached.Count > 0) Reach(clerk, reached);
        return clerk;
    }

    /// <summary>The clerk reaches these servers from now on, and no others.</summary>
    public void Reach(StoreClerk clerk, IReadOnlyList<NodeId> reached)
    {
        foreach (var server in Servers) Link(clerk.Name, server, reached.Contains(server));
    }

    /// <summary>The largest snapshot on any server's disk, in bytes; 0 when there is none.</summary>
    public long SnapshotBytes() => Servers.Max(server => Ask(server, static peer => peer.SnapshotBytes));

    /// <summary>Clerks' and servers' requests of the reader's own are looked at for changes after they were sent.</summary>
    private T Guarded<T>(T process)
        where T : Process
    {
        if (Setting.GuardMessages && process is not (RaftServer or KeyValueServer or LibraryClerk)) Traffic.Guard();
        return process;
    }

    private protected override Replica Make(NodeId server) =>
        new(Guarded(Made(_store.Raft(Servers), "Raft peer")), Guarded(Made(_store.Server(MaxRaftState), "server")));

    private protected override History? Seen => History;

    /// <inheritdoc/>
    protected override async Task Script()
    {
        await _script(this);
        if (LookAtHistory() is { } seen) Fail(seen.Kind, seen.Sentence, isCertain: true);
    }

    /// <inheritdoc/>
    protected override void AfterEvent()
    {
        base.AfterEvent();
        while (_open.TryPeek(out var oldest) && oldest.IsAnswered) _open.Dequeue();
        if (!_open.TryPeek(out var waiting) || Run.Now - waiting.Since < LongestRequest) return;
        var leader = Connected.Where(server => GetState(server).IsLeader).Select(server => $"{server} leads").DefaultIfEmpty("no server leads").First();
        Report("No answer", $"{waiting} has been open for {LongestRequest.TotalSeconds:0} s, longer than anything was broken; {leader}.", isCertain: false);
    }

    /// <inheritdoc/>
    protected override void AtTheEnd()
    {
        if (LookAtHistory() is { } seen) Report(seen.Kind, seen.Sentence);
    }

    /// <summary>Whatever clerks saw must have been possible at a single machine that does one thing at a time; the labs ask Porcupine.</summary>
    private (string Kind, string Sentence)? LookAtHistory()
    {
        var (violation, gaveUp) = ClientView.Judge(History);
        if (gaveUp) Came("the checker gave up");
        return violation is null ? null : (ClientView.KindOf(violation), violation);
    }
}
