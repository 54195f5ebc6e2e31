using Workbook.Draw;
using Workbook.Parts;
using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>
/// A group of Raft servers in virtual time: drive it step by step, break it, look at it. Figure 3's properties are watched after every step.
/// </summary>
/// <example><code>
/// var cluster = new RaftCluster(servers: 5, seed: 7);
/// cluster.RunFor(2.Seconds());
/// cluster.Leader                                   // s3, leader of term 1
/// cluster.Crash(cluster.Leader!).RunFor(1.Seconds());
/// </code></example>
[TypeFormatterSource]
public sealed class RaftCluster : IDisplay
{
    private readonly RaftOptions _options;
    private readonly Func<NodeId, ReplicatedService> _service;
    private readonly NodeId[] _group;
    private readonly List<Node> _servers = [];

    /// <summary>Boots servers s1, s2… at virtual time 0.</summary>
    /// <param name="servers">How many; an odd number is usual.</param>
    /// <param name="seed">Decides every draw of the run; a schedule may decide the order of its events, too. 1 when left out.</param>
    /// <param name="rules">The precautions; those of <paramref name="options"/> when left out.</param>
    /// <param name="options">Timing, reads, precautions.</param>
    /// <param name="network">How messages travel; about 1 ms each and no losses when left out.</param>
    /// <param name="service">What runs above Raft on each server; a <see cref="CommandList"/> when left out.</param>
    /// <param name="trace">How much of the run is kept; the whole of it, for drawing and stepping through, when left out.</param>
    public RaftCluster(
        int servers = 5, Schedule? seed = null, RaftRules? rules = null, RaftOptions? options = null, NetworkOptions? network = null,
        Func<NodeId, ReplicatedService>? service = null, TraceLimit? trace = null)
        : this([.. Enumerable.Repeat<RaftState?>(null, servers)], seed ?? 1UL, rules, options, network, service, trace)
    {
    }

    private RaftCluster(
        IReadOnlyList<RaftState?> disks, Schedule schedule, RaftRules? rules, RaftOptions? options, NetworkOptions? network,
        Func<NodeId, ReplicatedService>? service, TraceLimit? trace)
    {
        if (disks.Count < 1) throw new ArgumentException("A cluster needs at least one server; 3 survive one crash, 5 survive two.");
        _options = options ?? new RaftOptions();
        if (rules is not null) _options = _options with { Rules = rules };
        _service = service ?? (_ => new CommandList());
        _group = [.. Enumerable.Range(1, disks.Count).Select(number => new NodeId($"s{number}"))];
        schedule = schedule with { Trace = trace ?? schedule.Trace ?? TraceLimit.Whole };
        Run = new Simulation(schedule, network);
        Safety = new RaftSafety(_servers);
        for (var index = 0; index < disks.Count; index++) AddServer(_group[index], _group, disks[index]);
        Run.Always("Figure 3", Safety.Look);
        if (schedule.Trace == TraceLimit.Whole) Recorder = RaftPictures.Record(Run, Safety);
    }

    /// <summary>The run underneath: network, disks, clocks, trace.</summary>
    public Simulation Run { get; }

    /// <summary>The watch over Figure 3's properties.</summary>
    public RaftSafety Safety { get; }

    /// <summary>Remembers the run for stepping through it; null when it was told not to.</summary>
    internal ReplayRecorder? Recorder { get; }

    /// <summary>The names of the servers.</summary>
    public IReadOnlyList<NodeId> Servers => [.. _servers.Select(server => server.Id)];

    /// <summary>The servers that are up.</summary>
    public IEnumerable<RaftServer> Up
    {
        get
        {
            foreach (var server in _servers)
            {
                if (server.Process is Replica { Raft: RaftServer raft }) yield return raft;
            }
        }
    }

    /// <summary>The server that leads the latest term, of those that are up; null while there is none.</summary>
    public RaftServer? Leader
    {
        get
        {
            RaftServer? leader = null;
            foreach (var server in Up)
            {
                if (server.Role == Role.Leader && server.CurrentTerm > (leader?.CurrentTerm ?? 0)) leader = server;
            }

            return leader;
        }
    }

    /// <summary>The server of that name, which must be up.</summary>
    public RaftServer this[NodeId id] => (RaftServer)Run.Process<Replica>(id).Raft;

    /// <summary>
    /// Boots servers in the middle of a story, with the logs given, as the lecture writes them: <c>"3"</c>, <c>"3 3 4"</c>, <c>"3 3 5"</c>. Every server
    /// has seen the latest term of its own log, or <paramref name="term"/>.
    /// </summary>
    public static RaftCluster WithLogs(
        IReadOnlyList<string> logs, Schedule? seed = null, RaftRules? rules = null, RaftOptions? options = null, NetworkOptions? network = null,
        long? term = null, TraceLimit? trace = null) =>
        new([.. logs.Select(log => OnDisk(log, term))], seed ?? 1UL, rules, options, network, null, trace);

    /// <summary>Lets the run go on for that much virtual time.</summary>
    /// <exception cref="SimulationException">A server threw, or one of Figure 3's properties was broken; <see cref="RaftSafety.Violation"/> says
    /// how.</exception>
    public RaftCluster RunFor(TimeSpan length)
    {
        Run.RunFor(length);
        return this;
    }

    /// <summary>Lets the run go on until there is a leader that a majority follows, or for that much virtual time (10 s when left out).</summary>
    public RaftCluster RunUntilLeader(TimeSpan? atMost = null)
    {
        Run.RunUntil(() => Leader is { } leader && leader.Followers.Count(follower => follower.AnsweredRound > 0) >= _group.Length / 2, atMost ?? 10.Seconds());
        return this;
    }

    /// <summary>Gives the leader a command.</summary>
    /// <exception cref="InvalidOperationException">There is no leader.</exception>
    public RaftCluster Start(string command)
    {
        var leader = Leader ?? throw new InvalidOperationException("There is no leader to take the command; run on until there is one.");
        Run.At(Run.Now.SinceStart, () => leader.Start(command));
        return RunFor(TimeSpan.Zero);
    }

    /// <summary>Lets a server stand for election now, as if its election timeout had elapsed.</summary>
    public RaftCluster Stand(NodeId server)
    {
        Run.At(Run.Now.SinceStart, () => this[server].StandForElection());
        return RunFor(TimeSpan.Zero);
    }

    /// <summary>Stops a server between one instruction and the next.</summary>
    public RaftCluster Crash(NodeId server)
    {
        Run.Crash(server);
        return this;
    }

    /// <summary>Stops a server between one instruction and the next.</summary>
    public RaftCluster Crash(RaftServer server) => Crash(server.Self);

    /// <summary>Boots a server that is down, from its disk.</summary>
    public RaftCluster Restart(NodeId server)
    {
        Run.Restart(server);
        return this;
    }

    /// <summary>Cuts servers off from the others, until <see cref="Heal"/>.</summary>
    public RaftCluster Partition(params NodeId[] servers)
    {
        Run.Network.Partition(string.Join(" ", servers), servers);
        return this;
    }

    /// <summary>Asks something of a server that is up, as the service above it would; one that is down hears nothing.</summary>
    internal RaftCluster Tell(NodeId server, Action<RaftServer> what)
    {
        if (Run[server].Life is { Process: Replica { Raft: RaftServer raft } } life) life.Enter(() => what(raft));
        return this;
    }

    /// <summary>Plays a story, and says what was broken: one of Figure 3's properties, a process, or what the story says in the end.</summary>
    internal string? Play(Func<string?> story)
    {
        try
        {
            return story();
        }
        catch (SimulationException exception)
        {
            return Safety.Violation ?? exception.Message;
        }
        catch (TimeoutException) when (Run.Schedule is { Until: not null } or { Messages: not null })
        {
            // A run that is cut off, or robbed of messages, to make it smaller: it shows nothing more.
            return null;
        }
    }

    /// <summary>Ends all cuts and partitions.</summary>
    public RaftCluster Heal()
    {
        Run.Network.HealAll();
        return this;
    }

    /// <summary>Boots a server that is not in the group yet; the leader's <see cref="RaftServer.ChangeServers"/> takes it in.</summary>
    public RaftCluster Add(NodeId server)
    {
        AddServer(server, [], null);
        return this;
    }

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>One line a server: name, role, term, log, how far it is committed.</summary>
    public override string ToString() => string.Join("\n", _servers.Select(server => server.Process is Replica { Raft: RaftServer raft }
        ? $"{raft,-26} log {(raft.Log.LastIndex == 0 ? "empty" : raft.Log)}, committed up to {raft.CommitIndex}"
        : $"{server.Id}, down"));

    private static RaftState OnDisk(string terms, long? term)
    {
        var log = new RaftLog();
        foreach (var word in terms.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(word, out var number) || number < 1)
            {
                throw new ArgumentException($"“{word}” in the log “{terms}” is no term; write a log as its terms: 3 3 5.");
            }

            log.Append(new LogEntry(number, $"c{log.LastIndex + 1}.{number}"));
        }

        return new RaftState(Math.Max(term ?? 0, log.LastTerm), null, log);
    }

    private void AddServer(NodeId id, NodeId[] group, RaftState? disk) =>
        _servers.Add(Run.Add(id, () => new Replica(new RaftServer(group, _options, disk), _service(id))));
}
