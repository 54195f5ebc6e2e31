using System.Globalization;
using Workbook.Check;
using Workbook.Draw;
using Workbook.Parts;
using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>Raft's pictures. One colour a term, in all of them.</summary>
public static class RaftPictures
{
    /// <summary>Who said what to whom: votes, entries, snapshots; heartbeats that changed nothing and their answers are left out.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="heartbeats">Draws them too.</param>
    public static SpaceTimeDiagram SpaceTime(this RaftCluster cluster, bool heartbeats = false) => cluster.Run.SpaceTimeOfRaft("A Raft group", heartbeats);

    /// <summary>Any run with Raft servers in it, drawn from its beginning.</summary>
    public static SpaceTimeDiagram SpaceTimeOfRaft(this Simulation run, string title, bool heartbeats = false) =>
        run.SpaceTime(title, View with { Shows = message => heartbeats || IsWorthDrawing(message) });

    /// <summary>A run of a scene, drawn: its end, where it went wrong.</summary>
    /// <param name="run">The run; it is run again if its trace was not kept.</param>
    /// <param name="heartbeats">Draws heartbeats too.</param>
    public static SpaceTimeDiagram SpaceTime(this SceneRun run, bool heartbeats = false) => run.SpaceTime(heartbeats, MostEvents);

    /// <summary>The last few events of a run.</summary>
    internal static SpaceTimeDiagram Ending(SceneRun run) => run.SpaceTime(heartbeats: false, TracePictures.FewEvents);

    private static SpaceTimeDiagram SpaceTime(this SceneRun run, bool heartbeats, int events)
    {
        run = run.Traced();
        var title = run.Violation?.Split(": ")[0].TrimEnd('.') is { } broken ? $"Broken: {broken}" : "A Raft group";
        return run.Run.SpaceTimeOfRaft(title, heartbeats).Last(events, run.Run);
    }

    /// <summary>The smallest run that an exploration found, drawn.</summary>
    /// <exception cref="InvalidOperationException">Nothing went wrong.</exception>
    public static SpaceTimeDiagram SpaceTime(this Exploration exploration) => exploration.Smallest is { } smallest
        ? smallest.SpaceTime()
        : throw new InvalidOperationException("Nothing went wrong in any run, so there is none to draw.");

    /// <summary>Who was what, when: a row for each server, a bar for each time as candidate or leader.</summary>
    public static Figure Roles(this RaftCluster cluster)
    {
        var bars = new List<GanttBar>();
        var since = new Dictionary<NodeId, (TimeSpan From, string State)>();
        foreach (var record in cluster.Run.Trace.Records)
        {
            var isCrash = record is { Kind: TraceKind.Fault, Text: "crash" };
            if (record.Kind != TraceKind.State && !isCrash) continue;
            End(record.Node, record.Time.SinceStart);
            if (!isCrash) since[record.Node] = (record.Time.SinceStart, record.Text!);
        }

        foreach (var server in cluster.Servers) End(server, cluster.Run.Now.SinceStart);
        return new Figure("Roles").Gantt(bars, cluster.Servers.Select(server => server.Name)).XAxis("time", "s").Height(110 + 34 * cluster.Servers.Count);

        void End(NodeId server, TimeSpan now)
        {
            if (!since.Remove(server, out var old) || old.State.StartsWith("follower", StringComparison.Ordinal)) return;
            bars.Add(new GanttBar(server.Name, old.From, now, old.State.Split(' ')[0], old.State));
        }
    }

    /// <summary>
    /// The cluster's run so far, to step through: roles, terms, logs, votes, next and match indexes, messages in flight, Figure 3's properties.
    /// </summary>
    /// <exception cref="InvalidOperationException">The cluster was told to keep less than its whole run.</exception>
    public static Replay Replay(this RaftCluster cluster) => cluster.Recorder?.ToReplay("A Raft group")
        ?? throw new InvalidOperationException("This cluster does not keep its whole run; begin it without a trace limit.");

    /// <summary>Records a run for stepping through.</summary>
    /// <param name="run">The run.</param>
    /// <param name="safety">The watch over Figure 3's properties.</param>
    /// <param name="more">What else is shown of a process: of servers that are not the library's own, of services and clients; nothing when left out.</param>
    internal static ReplayRecorder Record(Simulation run, RaftSafety safety, Func<Process, IEnumerable<(string Field, ReplayView View)>>? more = null)
    {
        var recorder = new ReplayRecorder(run, process => more is null ? Fields(process) : [.. Fields(process), .. more(process)])
            .Landmark("election", "role", "candidate").Landmark("leader", "role", "leader").Landmark("commit", "commitIndex");
        foreach (var property in RaftSafety.Properties) recorder.Property(property, () => safety.Broken != property);
        return recorder;
    }

    /// <summary>What a replay shows of a server.</summary>
    private static IEnumerable<(string Field, ReplayView View)> Fields(Process process)
    {
        if (process is not Replica { Raft: RaftServer server }) yield break;
        yield return ("role", ReplayView.Text(server.Role.ToString().ToLowerInvariant(), server.Role == Role.Follower ? null : (int)server.CurrentTerm));
        yield return ("currentTerm", ReplayView.Text($"{server.CurrentTerm}", (int)server.CurrentTerm));
        yield return ("votedFor", server.VotedFor?.Name ?? "nobody");
        if (server.Role == Role.Candidate) yield return ("votes", ReplayView.List(server.Votes.Select(voter => voter.Name).Order()));
        yield return ("commitIndex", server.CommitIndex);
        yield return ("lastApplied", server.LastApplied);
        yield return ("log", ReplayView.Log(server.Log.Entries.Select(Cell), server.CommitIndex, server.Log.FirstIndex));
        if (server.Role != Role.Leader) yield break;
        yield return ("followers", ReplayView.Table(
            server.Followers.Select(follower => follower.Id.Name),
            ("nextIndex", server.Followers.Select(follower => follower.NextIndex)), ("matchIndex", server.Followers.Select(follower => follower.MatchIndex))));
    }

    private static LogCell Cell(LogEntry entry) => new(entry.Term, entry.Kind == EntryKind.NoOp ? "" : entry.Command);

    private const int MostEvents = 160;

    /// <summary>How Raft's messages and states are drawn; a system on Raft adds its own.</summary>
    internal static TraceView View { get; } = new()
    {
        Label = LabelOf,
        Hue = message => (int?)TermOf(message),
        State = StateOf,
        // What a follower's term is, its line says by colour.
        Mark = text => text.StartsWith("follower", StringComparison.Ordinal) ? null : text.Split(" of term ")[0],
    };

    private static string LabelOf(Message message) => message switch
    {
        RequestVote request => request.IsPreVote ? "PreVote?" : "RequestVote",
        RequestVoteReply reply => reply.VoteGranted ? "yes" : "no",
        AppendEntries { Entries.Count: 0 } => "heartbeat",
        AppendEntries { Entries.Count: 1 } append => $"entry {append.PrevLogIndex + 1}",
        AppendEntries append => $"entries {append.PrevLogIndex + 1} to {append.PrevLogIndex + append.Entries.Count}",
        AppendEntriesReply reply => reply.Success ? $"has {reply.MatchIndex}" : $"not {reply.PrevLogIndex}",
        InstallSnapshot install => $"snapshot to {install.LastIncludedIndex}",
        InstallSnapshotReply reply => $"has {reply.LastIncludedIndex}",
        _ => message.GetType().Name,
    };

    internal static bool IsWorthDrawing(Message message) => message switch
    {
        AppendEntries append => append.Entries.Count > 0,
        AppendEntriesReply reply => !reply.Success || reply.MatchIndex > reply.PrevLogIndex,
        _ => true,
    };

    private static long? TermOf(Message message) => message switch
    {
        RequestVote request => request.Term,
        RequestVoteReply reply => reply.Term,
        AppendEntries append => append.Term,
        AppendEntriesReply reply => reply.Term,
        InstallSnapshot install => install.Term,
        InstallSnapshotReply reply => reply.Term,
        TimeoutNow now => now.Term,
        _ => null,
    };

    /// <summary><c>leader of term 3</c> colours the line by its term.</summary>
    private static (string Label, int Hue)? StateOf(string state) =>
        state.LastIndexOf(" of term ", StringComparison.Ordinal) is > 0 and var at
        && int.TryParse(state.AsSpan(at + 9), CultureInfo.InvariantCulture, out var term)
            ? ($"term {term}", term)
            : null;
}
