using Workbook.Check;
using Workbook.Draw;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.KeyValue;

/// <summary>
/// A key/value store on Raft, and clients, in virtual time: drive it step by step, break it, look at what the clients saw.
/// </summary>
/// <example><code>
/// var store = new KeyValueCluster(servers: 5, clients: 3, seed: 7);
/// store.Put("x", "1");                             // by client c1; runs until it is answered
/// store.Crash(store.Leader!.Self);
/// store.Do("c2", client => client.Append("x", "2")).RunFor(1.Seconds());
/// store.Get("x")                                   // 12
/// </code></example>
[TypeFormatterSource]
public sealed class KeyValueCluster : IDisplay
{
    private readonly HistoryRecorder _recorder;

    /// <summary>Boots servers s1, s2… and clients c1, c2… at virtual time 0.</summary>
    /// <param name="servers">How many servers; 3 survive one crash, 5 survive two.</param>
    /// <param name="clients">How many clients.</param>
    /// <param name="seed">Decides every draw of the run; a schedule may decide the order of its events, too. 1 when left out.</param>
    /// <param name="options">Timing, reads, snapshots, precautions.</param>
    /// <param name="rules">The store's precautions; those of <paramref name="options"/> when left out.</param>
    /// <param name="network">How messages travel; about 1 ms each and no losses when left out.</param>
    /// <param name="script">What each client does on its own; nothing when left out.</param>
    /// <param name="trace">How much of the run is kept; the whole of it when left out.</param>
    public KeyValueCluster(
        int servers = 5, int clients = 3, Schedule? seed = null, KeyValueOptions? options = null, KeyValueRules? rules = null, NetworkOptions? network = null,
        Func<KeyValueClient, Task>? script = null, TraceLimit? trace = null)
    {
        Options = (options ?? new KeyValueOptions()).Checked();
        if (rules is not null) Options = Options with { Rules = rules };
        Raft = new RaftCluster(servers, seed, options: Options.Raft, network: network, service: _ => new KeyValueServer(Options), trace: trace);
        _recorder = new HistoryRecorder(() => Run.Now);
        NodeId[] names = [.. Raft.Servers];
        Clients = [.. Enumerable.Range(1, clients).Select(number => new NodeId($"c{number}"))];
        foreach (var client in Clients) Run.Add(client, () => new KeyValueClient(names, Options, script, _recorder));
    }

    /// <summary>How it is set.</summary>
    public KeyValueOptions Options { get; }

    /// <summary>The servers' lower layer.</summary>
    public RaftCluster Raft { get; }

    /// <summary>The run underneath: network, disks, clocks, trace.</summary>
    public Simulation Run => Raft.Run;

    /// <summary>The names of the servers.</summary>
    public IReadOnlyList<NodeId> Servers => Raft.Servers;

    /// <summary>The names of the clients.</summary>
    public IReadOnlyList<NodeId> Clients { get; }

    /// <summary>The Raft server that leads the latest term, of those that are up; null while there is none.</summary>
    public RaftServer? Leader => Raft.Leader;

    /// <summary>What the clients did and saw so far.</summary>
    public History History => _recorder.ToHistory();

    /// <summary>The server of that name, which must be up.</summary>
    public KeyValueServer this[NodeId server] => (KeyValueServer)Run.Process<Replica>(server).Service;

    /// <summary>The servers that are up.</summary>
    public IEnumerable<KeyValueServer> Up =>
        Run.Nodes.Select(node => node.Process).OfType<Replica>().Select(replica => replica.Service).OfType<KeyValueServer>();

    /// <summary>The client of that name, which must be up.</summary>
    public KeyValueClient Client(NodeId name) => Run.Process<KeyValueClient>(name);

    /// <summary>Lets the run go on for that much virtual time.</summary>
    /// <exception cref="SimulationException">A process threw, or one of Figure 3's properties was broken.</exception>
    public KeyValueCluster RunFor(TimeSpan length)
    {
        Run.RunFor(length);
        return this;
    }

    /// <summary>Lets the run go on until there is a leader that a majority follows, or for that much virtual time (10 s when left out).</summary>
    public KeyValueCluster RunUntilLeader(TimeSpan? atMost = null)
    {
        Raft.RunUntilLeader(atMost);
        return this;
    }

    /// <summary>Begins something in a client's name; it goes on while the run goes on.</summary>
    public KeyValueCluster Do(NodeId client, Func<KeyValueClient, Task> script)
    {
        Client(client).Do(script);
        return this;
    }

    /// <summary>Reads a key in a client's name (c1 when left out), and runs until there is an answer.</summary>
    /// <returns>The value; null where there is nothing under the key.</returns>
    /// <exception cref="TimeoutException">There was no answer in 10 s of virtual time.</exception>
    public string? Get(string key, NodeId? client = null) => Await(client, one => one.Get(key)).Value;

    /// <summary>Puts a value under a key in a client's name (c1 when left out), and runs until there is an answer.</summary>
    /// <exception cref="TimeoutException">There was no answer in 10 s of virtual time.</exception>
    public KeyValueCluster Put(string key, string value, NodeId? client = null)
    {
        Await(client, one => one.Put(key, value));
        return this;
    }

    /// <summary>Appends to a key in a client's name (c1 when left out), and runs until there is an answer.</summary>
    /// <exception cref="TimeoutException">There was no answer in 10 s of virtual time.</exception>
    public KeyValueCluster Append(string key, string value, NodeId? client = null)
    {
        Await(client, one => one.Append(key, value));
        return this;
    }

    /// <summary>Puts a value where the expected one stands, in a client's name (c1 when left out), and runs until there is an answer.</summary>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="TimeoutException">There was no answer in 10 s of virtual time.</exception>
    public bool CompareAndSet(string key, string expected, string value, NodeId? client = null) =>
        Await(client, one => one.CompareAndSet(key, expected, value)).Value == "true";

    /// <summary>Stops a server or client between one instruction and the next.</summary>
    public KeyValueCluster Crash(NodeId node)
    {
        Run.Crash(node);
        return this;
    }

    /// <summary>Boots a server or client that is down, from its disk.</summary>
    public KeyValueCluster Restart(NodeId node)
    {
        Run.Restart(node);
        return this;
    }

    /// <summary>Cuts nodes (servers, and the clients that are to stay with them) off from the others, until <see cref="Heal"/>.</summary>
    public KeyValueCluster Partition(params NodeId[] nodes)
    {
        Raft.Partition(nodes);
        return this;
    }

    /// <summary>Ends all cuts and partitions.</summary>
    public KeyValueCluster Heal()
    {
        Raft.Heal();
        return this;
    }

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>One line a server: role, log, and what stands under each key.</summary>
    public override string ToString() => string.Join("\n", Servers.Select(server => Run[server].IsUp
        ? $"{Raft[server],-26} {Words(this[server].Data)}"
        : $"{server}, down"));

    private static string Words(IReadOnlyDictionary<string, string> data) =>
        data.Count == 0 ? "(nothing)" : string.Join("  ", data.Select(one => $"{one.Key}=“{one.Value}”"));

    private KeyValueReply Await(NodeId? client, Func<KeyValueClient, Task<KeyValueReply>> request)
    {
        KeyValueReply? reply = null;
        var name = client ?? Clients[0];
        Do(name, async one => reply = await request(one));
        if (!Run.RunUntil(() => reply is not null, 10.Seconds()))
        {
            throw new TimeoutException($"{name} had no answer in 10 s: is there a leader that it can reach? Its request is still open.");
        }

        return reply!;
    }
}
