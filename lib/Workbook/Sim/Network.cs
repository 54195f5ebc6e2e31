namespace Workbook.Sim;

/// <summary>How the network treats messages. Rates are probabilities for each message, from 0 to 1.</summary>
public sealed record NetworkOptions
{
    /// <summary>How long messages are under way.</summary>
    public Delay Delay { get; init; } = Delay.Uniform(0.5.Milliseconds(), 1.5.Milliseconds());

    /// <summary>The share of messages that are lost.</summary>
    public double Loss { get; init; }

    /// <summary>The share of messages that arrive twice.</summary>
    public double Duplication { get; init; }

    /// <summary>The share of messages that are held up by <see cref="Straggling"/> on top, and so overtaken.</summary>
    public double Reordering { get; init; }

    /// <summary>The share of answers, sent by <see cref="Sender.Reply"/>, that are held up in the same way, besides.</summary>
    public double AnswerReordering { get; init; }

    /// <summary>How long messages that are held up wait on top.</summary>
    public Delay Straggling { get; init; } = Delay.Uniform(TimeSpan.Zero, 200.Milliseconds());

    /// <summary>Keeps messages from one node to another in the order they were sent, as one TCP connection does.</summary>
    public bool InOrder { get; init; }

    /// <summary>Bytes a second on each link; null is unbounded.</summary>
    public double? LinkBytesPerSecond { get; init; }

    /// <summary>Bytes a second through each node's network card, each way; null is unbounded.</summary>
    public double? CardBytesPerSecond { get; init; }
}

/// <summary>A message that the network holds back until it is released.</summary>
/// <param name="From">Who sent it.</param>
/// <param name="To">Whom it is for.</param>
/// <param name="Message">The message.</param>
public sealed record HeldMessage(NodeId From, NodeId To, Message Message)
{
    internal Delivery Delivery { get; init; } = null!;

    public override string ToString() => $"{From} → {To} {Message}";
}

/// <summary>
/// Carries messages between nodes, and loses, doubles, delays, reorders and cuts them as it is told. What was sent
/// before a cut still arrives; what is sent over it does not.
/// </summary>
public sealed class Network
{
    /// <summary>Why a message was dropped that a smaller run does without.</summary>
    internal const string LeftOut = "left out";

    private readonly Simulation _simulation;
    private readonly List<Link> _cuts = [];
    private readonly Dictionary<string, Dictionary<NodeId, int>> _partitions = [];
    private readonly List<HeldMessage> _held = [];
    private readonly List<double> _bursts = [];
    private readonly MessageSet? _only;
    private Func<HeldMessage, bool>? _hold;

    internal Network(Simulation simulation, NetworkOptions options, MessageSet? only)
    {
        _only = only;
        _simulation = simulation;
        Random = simulation.Random.Fork("network");
        Options = options;
    }

    /// <summary>How messages are treated; may be changed in the middle of a run.</summary>
    public NetworkOptions Options { get; set; }

    /// <summary>The messages held back, oldest first.</summary>
    public IReadOnlyList<HeldMessage> Held => _held;

    /// <summary>How many messages have been sent.</summary>
    public long Sent { get; private set; }

    /// <summary>How many messages have reached a process.</summary>
    public long Delivered { get; internal set; }

    /// <summary>Told of each message when it is sent.</summary>
    internal Action<Delivery>? Sending { get; set; }

    /// <summary>Told of each message right before its receiver gets it.</summary>
    internal Action<Delivery>? Arriving { get; set; }

    internal Rng Random { get; }

    /// <summary>Gives one link, one way, a delay of its own; null gives it back the network's.</summary>
    public void SetDelay(NodeId from, NodeId to, Delay? delay) => Link(from, to).Delay = delay;

    /// <summary>Makes each message of one link, one way, take that much longer than it would, on top of what it was slowed before.</summary>
    public void Slow(NodeId from, NodeId to, TimeSpan by)
    {
        var link = Link(from, to);
        link.Slowness = link.Slowness + by > TimeSpan.Zero ? link.Slowness + by : TimeSpan.Zero;
        _simulation.Fault(from, FormattableString.Invariant($"{link.Slowness.TotalMilliseconds:0.###}ms slower to {to}"));
    }

    /// <summary>Cuts one link, one way: nothing sent from now on gets across.</summary>
    public void Cut(NodeId from, NodeId to)
    {
        var link = Link(from, to);
        if (link.IsCut) return;
        link.IsCut = true;
        _cuts.Add(link);
        _simulation.Fault(from, $"cut to {to}");
    }

    /// <summary>Mends one link, one way.</summary>
    public void Mend(NodeId from, NodeId to)
    {
        var link = Link(from, to);
        link.IsCut = false;
        if (_cuts.Remove(link)) _simulation.Fault(from, $"mended to {to}");
    }

    /// <summary>Cuts all links of a node, both ways.</summary>
    public void Isolate(NodeId node) => Partition($"{node} alone", [node]);

    /// <summary>
    /// Divides the nodes into groups that cannot reach each other, until it is healed by its name. Nodes that are in no
    /// group form one more. Several partitions may hold at once.
    /// </summary>
    public void Partition(string name, params NodeId[][] groups)
    {
        var group = new Dictionary<NodeId, int>();
        for (var index = 0; index < groups.Length; index++)
        {
            foreach (var node in groups[index]) group[Known(node)] = index;
        }

        _partitions[name] = group;
        var sides = string.Join(" | ", groups.Select(side => string.Join(" ", side)));
        _simulation.Fault(default, $"partition “{name}”: {sides} | the rest");
    }

    /// <summary>Ends the partition of that name, if there is one.</summary>
    public void Heal(string name)
    {
        if (_partitions.Remove(name)) _simulation.Fault(default, $"healed “{name}”");
    }

    /// <summary>Ends all cuts and partitions.</summary>
    public void HealAll()
    {
        if (_cuts.Count + _partitions.Count == 0) return;
        foreach (var link in _cuts) link.IsCut = false;
        _cuts.Clear();
        _partitions.Clear();
        _simulation.Fault(default, "all cuts and partitions healed");
    }

    /// <summary>Whether a message sent now from one node could reach the other.</summary>
    public bool Connects(NodeId from, NodeId to) => !Link(from, to).IsCut && !IsDivided(from, to);

    /// <summary>From now on holds back the messages that the condition picks, until they are released; null holds none.</summary>
    public void Hold(Func<HeldMessage, bool>? condition) => _hold = condition;

    /// <summary>Lets one held message go; it is delivered after the usual delay.</summary>
    public void Release(HeldMessage message)
    {
        if (!_held.Remove(message)) throw new ArgumentException($"{message} is not held; look in Network.Held.");
        Dispatch(message.Delivery);
    }

    /// <summary>Lets all held messages go, oldest first, and holds no more.</summary>
    public void ReleaseAll()
    {
        _hold = null;
        foreach (var message in _held.ToArray()) Release(message);
    }

    internal void BeginLoss(double share)
    {
        _bursts.Add(share);
        _simulation.Fault(default, FormattableString.Invariant($"{Loss * 100:0.#} % of all messages are lost"));
    }

    internal void EndLoss(double share)
    {
        _bursts.Remove(share);
        _simulation.Fault(default, FormattableString.Invariant($"{Loss * 100:0.#} % of all messages are lost"));
    }

    internal void Send(Delivery delivery)
    {
        Sent++;
        var place = ++delivery.Link.Sent;
        delivery.MessageId = Sent;
        Sending?.Invoke(delivery);
        _simulation.Record(TraceKind.Sent, delivery);
        if (delivery.From == delivery.To)
        {
            _simulation.Plan(_simulation.Now, delivery);
            return;
        }

        if (_only is not null && !_only.Contains(delivery.From.Id, delivery.To.Id, place))
        {
            _simulation.Record(TraceKind.Dropped, delivery, LeftOut);
            return;
        }

        if (_hold is not null)
        {
            var held = new HeldMessage(delivery.From.Id, delivery.To.Id, delivery.Message) { Delivery = delivery };
            if (_hold(held))
            {
                _held.Add(held);
                return;
            }
        }

        Dispatch(delivery);
    }

    private void Dispatch(Delivery delivery)
    {
        var link = delivery.Link;

        // Drawn for what is lost as well, so that a loss leaves the delays of the other messages as they are.
        var delay = DrawDelay(link, link.Delays);
        if (link.IsCut || (_partitions.Count > 0 && IsDivided(delivery.From.Id, delivery.To.Id)))
        {
            _simulation.Record(TraceKind.Dropped, delivery, "cut off");
            return;
        }

        if (_simulation.Chosen?.Loses() ?? (Loss > 0 && link.Fate.Chance(Loss)))
        {
            _simulation.Record(TraceKind.Dropped, delivery, "lost");
            return;
        }

        if (_simulation.Chosen is not null)
        {
            _simulation.Plan(_simulation.Now, delivery);
            return;
        }

        _simulation.Plan(Arrival(delivery, delay), delivery);
        if (Options.Duplication <= 0 || !link.Fate.Chance(Options.Duplication)) return;
        _simulation.Plan(Arrival(delivery, DrawDelay(link, link.Fate)), delivery.Again());
    }

    private double Loss => _bursts.Count == 0 ? Options.Loss : Math.Max(Options.Loss, _bursts.Max());

    private TimeSpan DrawDelay(Link link, Rng random) => (link.Delay ?? Options.Delay).Draw(random) + link.Slowness;

    private Instant Arrival(Delivery delivery, TimeSpan delay)
    {
        var link = delivery.Link;
        var depart = _simulation.Now;
        if (Options.CardBytesPerSecond is { } card)
        {
            delivery.CardTime = ServiceQueue.Length(delivery.Message.WireBytes(), card);
            depart = delivery.From.CardOut.Serve(depart, delivery.CardTime);
        }

        if (Options.LinkBytesPerSecond is { } rate)
        {
            depart = link.Wire.Serve(depart, ServiceQueue.Length(delivery.Message.WireBytes(), rate));
        }

        var arrival = depart + delay;
        if (IsHeldUp(delivery)) arrival += Options.Straggling.Draw(link.Fate);
        if (!Options.InOrder) return arrival;
        if (link.LastArrival > arrival) arrival = link.LastArrival;
        return link.LastArrival = arrival;
    }

    private bool IsHeldUp(Delivery delivery)
    {
        var fate = delivery.Link.Fate;
        return (Options.Reordering > 0 && fate.Chance(Options.Reordering))
            || (delivery.IsAnswer && Options.AnswerReordering > 0 && fate.Chance(Options.AnswerReordering));
    }

    private bool IsDivided(NodeId from, NodeId to)
    {
        foreach (var groups in _partitions.Values)
        {
            if (groups.GetValueOrDefault(from, -1) != groups.GetValueOrDefault(to, -1)) return true;
        }

        return false;
    }

    private Link Link(NodeId from, NodeId to) => _simulation[from].Links[to];

    private NodeId Known(NodeId node) => _simulation[node].Id;
}
