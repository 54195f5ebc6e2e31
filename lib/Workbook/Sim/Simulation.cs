namespace Workbook.Sim;

/// <summary>
/// A run of a distributed system: nodes, network, disks and clocks in virtual time, on one thread. It is a function of
/// the code, the configuration and the seed; the same three give the same trace, in this process and in another.
/// </summary>
/// <example><code>
/// var run = new Simulation(seed: 7);
/// run.Add("server", () => new EchoServer());
/// run.RunFor(2.Seconds());
/// run.Crash("server");
/// </code></example>
public sealed class Simulation
{
    private readonly EventQueue _queue = new();
    private readonly Dictionary<NodeId, Node> _nodesById = [];
    private readonly List<Node> _nodes = [];
    private readonly List<(Func<TraceRecord, bool> Condition, Action Action)> _watches = [];
    private readonly List<(string Name, Func<bool> Holds)> _properties = [];
    private SimulationException? _failure;

    /// <summary>Told of each event before it happens; for recording a run, never for steering it.</summary>
    internal Action<SimEvent>? BeforeEach { get; set; }

    /// <summary>Told when an event has happened and the properties have been looked at.</summary>
    internal Action? AfterEach { get; set; }

    /// <summary>What <see cref="Always"/> watches.</summary>
    internal IReadOnlyList<(string Name, Func<bool> Holds)> Properties => _properties;

    /// <summary>Why the run has ended, before that is thrown.</summary>
    internal SimulationException? Failure => _failure;

    /// <summary>Begins a run at virtual time 0.</summary>
    /// <param name="seed">Decides every draw of the run.</param>
    /// <param name="network">How the network treats messages; about 1 ms each and no losses when left out.</param>
    /// <param name="trace">How much of the run is kept; the whole of it when left out.</param>
    public Simulation(ulong seed, NetworkOptions? network = null, TraceLimit? trace = null)
    {
        Seed = seed;
        Random = new Rng(seed);
        Trace = new Trace(trace ?? TraceLimit.Whole);
        Network = new Network(this, network ?? new NetworkOptions());
    }

    /// <summary>The seed of the run.</summary>
    public ulong Seed { get; }

    /// <summary>True virtual time.</summary>
    public Instant Now { get; private set; }

    /// <summary>The network between the nodes.</summary>
    public Network Network { get; }

    /// <summary>What has happened so far.</summary>
    public Trace Trace { get; }

    /// <summary>The nodes, in the order they were added.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>How many events have happened.</summary>
    public long Events { get; private set; }

    /// <summary>The run's own stream of random numbers; fork it, so that parts do not disturb each other.</summary>
    public Rng Random { get; }

    /// <summary>The node of that name.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public Node this[NodeId id] => _nodesById.TryGetValue(id, out var node) ? node : throw new ArgumentException(
        $"There is no node {id} in this run; there are {string.Join(", ", _nodes.Select(known => known.Id))}.");

    /// <summary>Adds a node and boots it now.</summary>
    /// <param name="id">Its name, new to the run.</param>
    /// <param name="program">Builds its process, at every boot anew.</param>
    public Node Add(NodeId id, Func<Process> program)
    {
        if (string.IsNullOrEmpty(id.Name)) throw new ArgumentException("A node needs a name, such as s1.");
        var node = new Node(this, id, program);
        if (!_nodesById.TryAdd(id, node)) throw new ArgumentException($"There is a node {id} already; give this one another name.");
        _nodes.Add(node);
        node.Boot();
        ThrowIfFailed();
        return node;
    }

    /// <summary>The process that runs on a node, for looking at.</summary>
    /// <exception cref="InvalidOperationException">The node is down, or runs something else.</exception>
    public T Process<T>(NodeId id) where T : Process => this[id].Process as T ?? throw new InvalidOperationException(
        this[id].IsUp ? $"{id} runs {this[id].Process!.GetType().Name}, not {typeof(T).Name}." : $"{id} is down; restart it first.");

    /// <summary>Stops a node's process between one instruction and the next; a node that is down stays so.</summary>
    public Simulation Crash(NodeId id)
    {
        var node = this[id];
        if (!node.IsUp) return this;
        node.Crash();
        Fault(id, "crash");
        return this;
    }

    /// <summary>Boots a node that is down; one that is up stays so.</summary>
    public Simulation Restart(NodeId id)
    {
        var node = this[id];
        if (node.IsUp) return this;
        Fault(id, "restart");
        node.Boot();
        return this;
    }

    /// <summary>Plans a step of the script at a point in time, counted from the start of the run.</summary>
    public Simulation At(TimeSpan sinceStart, Action action)
    {
        var time = Instant.Start + sinceStart;
        if (time < Now) throw new ArgumentException($"It is {Now} already; {time} is past. Plan the step for later.");
        _queue.Add(time, new ScriptStep(action));
        return this;
    }

    /// <summary>Plans a step of the script for the first record of the trace that the condition picks, at that very moment.</summary>
    public Simulation When(Func<TraceRecord, bool> condition, Action action)
    {
        _watches.Add((condition, action));
        return this;
    }

    /// <summary>Watches a property after every event; the run ends, with an exception that names it, when it does not hold.</summary>
    public Simulation Always(string name, Func<bool> holds)
    {
        _properties.Add((name, holds));
        return this;
    }

    /// <summary>Lets the run go on for that much virtual time.</summary>
    /// <exception cref="SimulationException">A process threw, or a property did not hold.</exception>
    public Simulation RunFor(TimeSpan length)
    {
        ThrowIfFailed();
        var end = Now + length;
        while (StepBy(end)) { }
        Now = end;
        return this;
    }

    /// <summary>Lets the run go on until the condition holds, or that much virtual time has passed; says whether it came to hold.</summary>
    /// <exception cref="SimulationException">A process threw, or a property did not hold.</exception>
    public bool RunUntil(Func<bool> condition, TimeSpan atMost)
    {
        var end = Now + atMost;
        while (!condition())
        {
            ThrowIfFailed();
            if (StepBy(end)) continue;
            Now = end;
            return condition();
        }

        return true;
    }

    /// <summary>Lets the next event happen; false when there is none.</summary>
    /// <exception cref="SimulationException">A process threw, or a property did not hold.</exception>
    public bool Step()
    {
        ThrowIfFailed();
        return StepBy(new Instant(long.MaxValue));
    }

    /// <summary>The node whose code ran last, or runs now.</summary>
    internal Node? LastRan { get; set; }

    /// <summary>The thread that the run keeps to, where somebody sees to it; 0 otherwise.</summary>
    internal int OwnThread { get; set; }

    internal bool IsOnForeignThread => OwnThread != 0 && OwnThread != Environment.CurrentManagedThreadId;

    internal void Schedule(Instant time, SimEvent happening) => _queue.Add(time, happening);

    internal void Replan(Instant time, SimEvent happening) => _queue.Replan(time, happening);

    internal void Cancel(SimEvent happening) => _queue.Cancel(happening);

    /// <summary>What is timed by the node's clock comes sooner or later, by the factor given.</summary>
    internal void Stretch(Node node, double factor) => _queue.Stretch(node, Now, factor);

    /// <summary>Whether anybody reads what is recorded.</summary>
    internal bool IsRecording => Trace.IsOn || _watches.Count > 0;

    internal void Fault(NodeId node, string what) => Record(TraceKind.Fault, node, what);

    internal void Record(TraceKind kind, NodeId node, string text)
    {
        if (IsRecording) Watch(Trace.Add(Now, kind, node, default, 0, null, text));
    }

    internal void Record(TraceKind kind, Delivery delivery, string? text = null)
    {
        if (!IsRecording) return;
        var (node, peer) = kind == TraceKind.Sent ? (delivery.From.Id, delivery.To.Id) : (delivery.To.Id, delivery.From.Id);
        Watch(Trace.Add(Now, kind, node, peer, delivery.MessageId, delivery.Message, text));
    }

    internal void Fail(NodeId node, Exception exception) =>
        _failure ??= new SimulationException(Seed, Now, node, exception.Message, exception);

    private void Watch(in TraceRecord record)
    {
        for (var index = 0; index < _watches.Count; index++)
        {
            if (!_watches[index].Condition(record)) continue;
            var action = _watches[index].Action;
            _watches.RemoveAt(index--);
            action();
        }
    }

    private void CheckProperties()
    {
        foreach (var (name, holds) in _properties)
        {
            if (!holds()) _failure ??= new SimulationException(Seed, Now, default, $"“{name}” no longer holds", null);
        }
    }

    /// <summary>Lets the next event happen, unless it is later than the end.</summary>
    private bool StepBy(Instant end)
    {
        if (_queue.Peek() is not { } next || next.Due > end) return false;
        _queue.TakeFirst();
        Now = next.Due;
        Events++;
        BeforeEach?.Invoke(next);
        next.Happen();
        if (_properties.Count > 0) CheckProperties();
        AfterEach?.Invoke();
        ThrowIfFailed();
        return true;
    }

    private void ThrowIfFailed()
    {
        if (_failure is not null) throw _failure;
    }
}

/// <summary>A run that ended because a process threw or a property did not hold. The same seed repeats it.</summary>
public sealed class SimulationException(ulong seed, Instant time, NodeId node, string what, Exception? inner)
    : Exception($"Seed {seed}, at {time}{(node.Name is null ? "" : $", on {node}")}: {what}", inner)
{
    /// <summary>The run's seed.</summary>
    public ulong Seed { get; } = seed;

    /// <summary>When it ended.</summary>
    public Instant Time { get; } = time;

    /// <summary>The node whose process threw; none when a property did not hold.</summary>
    public NodeId Node { get; } = node;
}
