namespace Workbook.Sim;

/// <summary>
/// The way from one node to another. It draws from a stream of its own: what happens to the messages of one link does not move those of the
/// others.
/// </summary>
internal sealed class Link(Node from, Node to, Rng random)
{
    private Rng? _fate;

    public Node From => from;

    public Node To => to;

    /// <summary>Draws the delays, one for each message.</summary>
    public Rng Delays => random;

    /// <summary>Draws whether a message is lost, doubled or held up, and so leaves the delays of the others alone.</summary>
    public Rng Fate => _fate ??= random.Fork("fate");

    public Lane Lane { get; } = new();

    /// <summary>How many messages have been sent over it.</summary>
    public int Sent { get; set; }

    public bool IsCut { get; set; }

    /// <summary>A delay of its own; null takes the network's.</summary>
    public Delay? Delay { get; set; }

    /// <summary>How much longer each message takes than it would.</summary>
    public TimeSpan Slowness { get; set; }

    /// <summary>When the last message arrives of those that keep their order.</summary>
    public Instant LastArrival { get; set; }

    /// <summary>The messages that wait to be put on the wire.</summary>
    public ServiceQueue Wire { get; } = new();
}

/// <summary>The links from one node, found by their other end's name.</summary>
internal sealed class Links(Node from)
{
    private const int Slots = 8;

    private readonly Dictionary<NodeId, Link> _all = [];
    private readonly Link?[] _recent = new Link?[Slots];

    /// <summary>The link to a node; looking it up by the very string of its name, as processes do, costs next to nothing.</summary>
    public Link this[NodeId to]
    {
        get
        {
            var slot = string.IsNullOrEmpty(to.Name) ? 0 : to.Name[^1] % Slots;
            if (_recent[slot] is { } recent && ReferenceEquals(recent.To.Id.Name, to.Name)) return recent;
            if (!_all.TryGetValue(to, out var link)) _all[to] = link = Open(to);
            return _recent[slot] = link;
        }
    }

    private Link Open(NodeId to)
    {
        var simulation = from.Simulation;
        return new Link(from, simulation[to], simulation.Network.Random.Fork(from.Id.Name).Fork(to.Name));
    }
}
