namespace Workbook.Sim;

/// <summary>Finds the next event where its time alone does not decide.</summary>
internal abstract class EventOrder
{
    private readonly List<SimEvent> _ready = [];

    /// <summary>Takes out the next event that is not later than the end; null when there is none.</summary>
    public abstract SimEvent? Take(EventQueue queue, Instant end);

    /// <summary>
    /// All that may happen next, in the order of their times: what is due within the slack of the first. Code that goes on inside a node
    /// is a part of the step before it, so it comes alone.
    /// </summary>
    protected List<SimEvent> Ready(EventQueue queue, Instant end, TimeSpan slack)
    {
        _ready.Clear();
        if (queue.Peek() is not { } first || first.Due > end) return _ready;
        var latest = first.Due + slack;
        queue.Collect(latest < end ? latest : end, _ready);
        if (_ready.Find(happening => happening is Continuation) is not { } inside) return _ready;
        _ready.Clear();
        _ready.Add(inside);
        return _ready;
    }
}

/// <summary>Something that has a priority of its own: a link, a node's timers, the script.</summary>
internal sealed class Lane
{
    /// <summary>The highest goes first; 0 is none yet.</summary>
    public ulong Priority { get; set; }
}

/// <summary>See <see cref="Schedule.Priorities"/>.</summary>
internal sealed class PriorityOrder : EventOrder
{
    // Priorities drawn at the start are above all those that lanes fall to.
    private const ulong Drawn = 1UL << 63;

    private readonly TimeSpan _slack;
    private readonly Rng _random;
    private readonly Lane _script = new();
    private readonly Dictionary<long, ulong> _falls = [];
    private long _step;

    public PriorityOrder(PriorityRule rule, Rng random)
    {
        (_slack, _random) = (rule.Slack, random);
        for (var fall = 1; fall < rule.Depth; fall++) _falls[(long)(random.NextDouble() * rule.Steps)] = (ulong)fall;
    }

    public override SimEvent? Take(EventQueue queue, Instant end)
    {
        var ready = Ready(queue, end, _slack);
        if (ready.Count == 0) return null;
        var next = Highest(ready);
        if (_falls.TryGetValue(_step++, out var fallen) && ready.Count > 1)
        {
            LaneOf(next).Priority = fallen;
            next = Highest(ready);
        }

        queue.Remove(next);
        return next;
    }

    /// <summary>The first event of the lane with the highest priority.</summary>
    private SimEvent Highest(List<SimEvent> ready)
    {
        var best = ready[0];
        foreach (var one in ready)
        {
            if (PriorityOf(one) > PriorityOf(best)) best = one;
        }

        return best;
    }

    private ulong PriorityOf(SimEvent happening)
    {
        var lane = LaneOf(happening);
        if (lane.Priority == 0) lane.Priority = Drawn | _random.NextUInt64();
        return lane.Priority;
    }

    private Lane LaneOf(SimEvent happening) => happening.Lane ?? _script;
}
