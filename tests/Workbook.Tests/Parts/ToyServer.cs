using Workbook.Draw;
using Workbook.Parts;
using Workbook.Sim;

namespace Workbook.Tests.Parts;

internal sealed record AskVote(long Term, int Length) : Message;

internal sealed record Vote(long Term, bool IsGranted) : Message;

internal sealed record Copy(long Term, int From, IReadOnlyList<LogCell> Entries, int Commit) : Message;

internal sealed record Copied(long Term, int Length) : Message;

internal enum ToyRole
{
    Follower,
    Candidate,
    Leader,
}

/// <summary>
/// An election and a log, enough of each to have something to step through, and wrong in many ways. One rule can be switched off: that a
/// server votes once a term.
/// </summary>
internal sealed class ToyServer(IReadOnlyList<NodeId> servers, bool votesOnce) : Process
{
    private readonly Dictionary<NodeId, int> _match = [];
    private readonly SortedSet<string> _votes = new(StringComparer.Ordinal);
    private Alarm? _patience;
    private int _beats;

    public long Term { get; private set; }

    public string? VotedFor { get; private set; }

    public ToyRole Role { get; private set; }

    public int Commit { get; private set; }

    public List<LogCell> Log { get; } = [];

    /// <summary>What a replay shows of a server: all that the author of a system writes.</summary>
    public static IEnumerable<(string, ReplayView)> Fields(Process process)
    {
        if (process is not ToyServer server) yield break;
        yield return ("role", ReplayView.Text($"{server.Role}", (int)server.Role));
        yield return ("term", server.Term);
        yield return ("votedFor", server.VotedFor ?? "nobody");
        yield return ("commitIndex", server.Commit);
        if (server.Role == ToyRole.Candidate) yield return ("votes", ReplayView.List(server._votes));
        var match = server._match.Values.Select(length => (long)length);
        if (server.Role == ToyRole.Leader) yield return ("match", ReplayView.Table(server._match.Keys.Select(id => id.Name), ("matchIndex", match)));
        yield return ("log", ReplayView.Log(server.Log, server.Commit));
    }

    /// <summary>A run of such servers, with a partition and a crash in it, and its recorder.</summary>
    public static (Simulation Run, ReplayRecorder Recorder) Cluster(ulong seed, bool votesOnce = true, int servers = 3, double loss = 0.02)
    {
        var run = new Simulation(seed, new NetworkOptions { Delay = Delay.Uniform(5.Milliseconds(), 25.Milliseconds()), Loss = loss, Duplication = 0.01 });
        NodeId[] names = [.. Enumerable.Range(1, servers).Select(number => new NodeId($"s{number}"))];
        foreach (var name in names) run.Add(name, () => new ToyServer(names, votesOnce));
        run.At(1.Seconds(), () => run.Network.Isolate("s1")).At(2.Seconds(), run.Network.HealAll);
        run.At(2500.Milliseconds(), () => run.Crash("s2")).At(3.Seconds(), () => run.Restart("s2"));
        var recorder = new ReplayRecorder(run, Fields)
            .Landmark("election", "role", "Candidate").Landmark("leader", "role", "Leader").Landmark("commit", "commitIndex")
            .Property("One leader a term", () => Up().Where(server => server.Role == ToyRole.Leader).GroupBy(server => server.Term).All(term => term.Count() == 1))
            .Property("Committed entries agree", () => Up().All(one => Up().All(other => AgreeOnCommitted(one, other))));
        IEnumerable<ToyServer> Up() => run.Nodes.Select(node => node.Process).OfType<ToyServer>();
        return (run, recorder);
    }

    protected override void Start() => Wait();

    protected override void Receive(Message message, Sender from)
    {
        switch (message)
        {
            case AskVote ask: Receive(ask, from); break;
            case Vote vote: Receive(vote, from); break;
            case Copy copy: Receive(copy, from); break;
            case Copied copied: Receive(copied, from); break;
        }
    }

    private void Receive(AskVote ask, Sender from)
    {
        Meet(ask.Term);
        var isFree = VotedFor is null || VotedFor == from.Node.Name || !votesOnce;
        var isGranted = ask.Term == Term && isFree && ask.Length >= Log.Count;
        if (isGranted) VotedFor = from.Node.Name;
        from.Reply(new Vote(Term, isGranted));
    }

    private void Receive(Vote vote, Sender from)
    {
        Meet(vote.Term);
        if (Role != ToyRole.Candidate || vote.Term != Term || !vote.IsGranted) return;
        _votes.Add(from.Node.Name);
        if (2 * _votes.Count > servers.Count) Lead();
    }

    private void Receive(Copy copy, Sender from)
    {
        Meet(copy.Term);
        if (copy.Term < Term || copy.From > Log.Count) return;
        Wait();
        Log.RemoveRange(copy.From, Log.Count - copy.From);
        Log.AddRange(copy.Entries);
        Commit = Math.Max(Commit, Math.Min(copy.Commit, Log.Count));
        from.Reply(new Copied(Term, Log.Count));
    }

    private void Receive(Copied copied, Sender from)
    {
        Meet(copied.Term);
        if (Role != ToyRole.Leader || copied.Term != Term) return;
        _match[from.Node] = copied.Length;
        var lengths = _match.Values.Append(Log.Count).OrderDescending().ToList();
        Commit = Math.Max(Commit, lengths[servers.Count / 2]);
    }

    private void Meet(long term)
    {
        if (term <= Term) return;
        (Term, VotedFor, Role) = (term, null, ToyRole.Follower);
        Wait();
    }

    private void Wait()
    {
        _patience?.Cancel();
        _patience = After(Random.Next(150.Milliseconds(), 300.Milliseconds()), Stand, "election");
    }

    private void Stand()
    {
        (Term, VotedFor, Role) = (Term + 1, Self.Name, ToyRole.Candidate);
        Became($"candidate in term {Term}");
        _votes.Clear();
        _votes.Add(Self.Name);
        foreach (var other in Others()) Send(other, new AskVote(Term, Log.Count));
        Wait();
    }

    private void Lead()
    {
        Role = ToyRole.Leader;
        Became($"leader of term {Term}");
        _patience?.Cancel();
        foreach (var other in Others()) _match[other] = Math.Min(Commit, Log.Count);
        Beat(Term);
    }

    private void Beat(long term)
    {
        if (Role != ToyRole.Leader || Term != term) return;
        if (_beats++ % 3 == 0) Log.Add(new LogCell(Term, $"x={_beats}"));
        foreach (var other in Others()) Send(other, new Copy(Term, _match[other], Log[_match[other]..], Commit));
        After(40.Milliseconds(), () => Beat(term));
    }

    private static bool AgreeOnCommitted(ToyServer one, ToyServer other)
    {
        var both = Math.Min(one.Commit, other.Commit);
        return one.Log.Take(both).SequenceEqual(other.Log.Take(both));
    }

    private IEnumerable<NodeId> Others() => servers.Where(server => server != Self);
}
