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
public sealed partial class Simulation
{
    private readonly EventQueue _queue = new();
    private readonly Dictionary<NodeId, Node> _nodesById = [];
    private readonly List<Node> _nodes = [];
    private readonly List<(Func<TraceRecord, bool> Condition, Action Action)> _watches = [];
    private readonly List<PlannedFault> _faults = [];
    private readonly Properties _properties;
    private readonly Schedule _schedule;
    private readonly EventOrder? _order;
    private readonly Instant _until = new(long.MaxValue);
    private Rng? _choices;

    /// <summary>Told of each event before it happens; for recording a run, never for steering it.</summary>
    internal Action<SimEvent>? BeforeEach { get; set; }

    /// <summary>Told when an event has happened and the properties have been looked at.</summary>
    internal Action? AfterEach { get; set; }

    /// <summary>What <see cref="Always"/> watches.</summary>
    internal IReadOnlyList<(string Name, Func<bool> Holds)> Watched => _properties.Always;

    /// <summary>Begins a run at virtual time 0.</summary>
    /// <param name="seed">Decides every draw of the run.</param>
    /// <param name="network">How the network treats messages; about 1 ms each and no losses when left out.</param>
    /// <param name="trace">How much of the run is kept; the whole of it when left out.</param>
    public Simulation(ulong seed, NetworkOptions? network = null, TraceLimit? trace = null)
        : this(Schedule.Times(seed) with { Trace = trace }, network)
    {
    }

    /// <summary>Begins a run at virtual time 0 in which the schedule decides what comes next.</summary>
    /// <param name="schedule">The seed, and the order of events where it is not their times alone that decide.</param>
    /// <param name="network">How the network treats messages; about 1 ms each and no losses when left out.</param>
    public Simulation(Schedule schedule, NetworkOptions? network = null)
    {
        _schedule = schedule;
        _properties = new Properties(this);
        Seed = schedule.Seed;
        Random = new Rng(Seed);
        Trace = new Trace(schedule.Trace ?? TraceLimit.Whole);
        Network = new Network(this, network ?? new NetworkOptions(), schedule.Messages);
        if (schedule.Until is { } until) _until = Instant.Start + until;
        if (schedule.Priority is { } priority) _order = new PriorityOrder(priority, Random.Fork("priorities"));
        if (schedule.Choice is { } choice) _order = Chosen = new ChosenOrder(this, choice);
    }

    /// <summary>The seed of the run.</summary>
    public ulong Seed { get; }

    /// <summary>What decided the run so far, every choice included: the same schedule repeats it.</summary>
    public Schedule Schedule => Chosen is null
        ? _schedule
        : _schedule with { Choice = Schedule.Choices(Chosen.Made.Select(made => made.Chosen), _schedule.Choice!.Bounds).Choice };

    /// <summary>The faults that are planned, in the order they were, without those that the schedule leaves out.</summary>
    public IReadOnlyList<PlannedFault> Faults => _faults;

    /// <summary>How many faults were planned, those that the schedule leaves out included.</summary>
    public int FaultsPlanned { get; private set; }

    /// <summary>How many operations were scripted, those that the schedule leaves out included.</summary>
    public int OperationsScripted { get; private set; }

    /// <summary>What ended the run; null while nothing did.</summary>
    public SimulationException? Failure { get; private set; }

    /// <summary>The <em>sometimes</em> properties, in the order they were stated.</summary>
    public IReadOnlyList<string> Wanted => _properties.Wanted;

    /// <summary>Those of them that came true, in the order they did.</summary>
    public IReadOnlyList<string> Met => _properties.Met;

    /// <summary>True virtual time.</summary>
    public Instant Now { get; private set; }

    /// <summary>The network between the nodes.</summary>
    public Network Network { get; }

    /// <summary>What has happened so far.</summary>
    public Trace Trace { get; }

    /// <summary>When the last fault that was planned is over; the start of the run when none was.</summary>
    public Instant FaultsEnd { get; private set; }

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
        _properties.AddAlways(name, holds);
        return this;
    }

    /// <summary>Watches, after every event, for something that ought to come true in some runs; where it never does, they have shown nothing.</summary>
    public Simulation Sometimes(string name, Func<bool> holds)
    {
        _properties.AddSometimes(name, holds);
        return this;
    }

    /// <summary>
    /// Demands that something comes true once, within that much time after the last planned fault is over, or after now where that is later.
    /// The run ends, with an exception that names it, when time passes beyond that and it did not.
    /// </summary>
    public Simulation Eventually(string name, Func<bool> holds, TimeSpan within)
    {
        _properties.AddEventually(name, holds, within);
        return this;
    }

    /// <summary>The operations of a script, without those that the schedule leaves out: what clients do, as data, can be thinned out as faults can.</summary>
    public IReadOnlyList<T> Script<T>(IEnumerable<T> operations)
    {
        var kept = new List<T>();
        foreach (var operation in operations)
        {
            OperationsScripted++;
            if (_schedule.Operations?.Contains(OperationsScripted) != false) kept.Add(operation);
        }

        return kept;
    }

    /// <summary>Ends the run as one that broke a property, unless there is no sentence about what went wrong: for what is judged as a whole.</summary>
    /// <param name="property">What was to hold of whatever happened so far, however early the run is cut off: a history is linearizable.</param>
    /// <param name="violation">One sentence about what went wrong; null when nothing did.</param>
    /// <exception cref="SimulationException">There is such a sentence.</exception>
    public Simulation Judge(string property, string? violation)
    {
        if (violation is not null) Break(property, $"does not hold: {violation}");
        ThrowIfFailed();
        return this;
    }

    /// <summary>The node whose code ran last, or runs now.</summary>
    internal Node? LastRan { get; set; }

    /// <summary>The thread that the run keeps to, where somebody sees to it; 0 otherwise.</summary>
    internal int OwnThread { get; set; }

    internal bool IsOnForeignThread => OwnThread != 0 && OwnThread != Environment.CurrentManagedThreadId;

    /// <summary>
    /// One of so many options, counted from 0, as the schedule has it: drawn from the seed, or each of them in turn where every order of a scene
    /// is explored. For what a scene leaves open: which server a client asks, how many there are.
    /// </summary>
    public int Choose(int options)
    {
        if (options < 1) throw new ArgumentOutOfRangeException(nameof(options), options, "There has to be something to choose from: 1 or more.");
        return Chosen?.Decide(options) ?? (_choices ??= Random.Fork("choices")).Next(options);
    }

    internal ChosenOrder? Chosen { get; }

    internal bool HasWatches => _watches.Count > 0;

    internal void Plan(Instant time, SimEvent happening) => _queue.Add(time, happening);

    internal void Replan(Instant time, SimEvent happening) => _queue.Replan(time, happening);

    internal void Cancel(SimEvent happening) => _queue.Cancel(happening);

    /// <summary>What is timed by the node's clock comes sooner or later, by the factor given.</summary>
    internal void Stretch(Node node, double factor) => _queue.Stretch(node, Now, factor);

    /// <summary>Whether anybody reads what is recorded.</summary>
    internal bool IsRecording => Trace.IsOn || _watches.Count > 0;

    internal void Plan(PlannedFault fault)
    {
        FaultsPlanned++;
        if (_schedule.Faults?.Contains(FaultsPlanned) == false) return;
        _faults.Add(fault);
        var end = Instant.Start + fault.Ends;
        if (end > FaultsEnd) FaultsEnd = end;
        At(fault.At, () => fault.Apply(this));
    }

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
        Failure ??= new SimulationException(Seed, Now, node, exception.Message, exception) { Run = this };

    /// <summary>A property is broken: by what happened just now, or by what did not happen up to the deadline.</summary>
    internal void Break(string property, string how, Instant? deadline = null) => Failure ??= new SimulationException(
        Seed, deadline ?? Now, default, $"“{property}” {how}", null)
    { Run = this, Property = property, IsLiveness = deadline is not null };

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
}
