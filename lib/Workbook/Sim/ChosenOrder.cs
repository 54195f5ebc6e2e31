namespace Workbook.Sim;

/// <summary>A point of a run at which several things could come next.</summary>
/// <param name="Chosen">Which did, counted from 0.</param>
/// <param name="Others">Those after it that would lead to runs of another kind.</param>
internal readonly record struct Decision(int Chosen, IReadOnlyList<int> Others);

/// <summary>See <see cref="Schedule.Choices"/>. Every decision of the run comes from here, and is written down.</summary>
internal sealed class ChosenOrder(Simulation run, ChoiceRule rule) : EventOrder
{
    private readonly Bounds _bounds = rule.Bounds;
    private readonly List<Decision> _made = [];
    private readonly Dictionary<NodeId, CrashOrRestart> _crashes = [];
    private readonly HashSet<Node> _timed = [];
    private readonly HashSet<Link> _inOrder = [];
    private List<SimEvent> _asleep = [];
    private int _crashed;
    private int _lost;

    public IReadOnlyList<Decision> Made => _made;

    /// <summary>Set when the run was longer than its bound.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Set when all that could still come is met in runs that differ from this one in nothing but the order of independent events.</summary>
    public bool IsRedundant { get; private set; }

    public override SimEvent? Take(EventQueue queue, Instant end)
    {
        if (IsCut || IsRedundant) return null;
        var ready = Ready(queue, end, _bounds.Slack);
        if (ready.Count == 0) return null;
        if (run.Events >= _bounds.Steps)
        {
            IsCut = true;
            return null;
        }

        LeaveFirstOfEach(ready);
        AddCrashes(ready);
        if (Choose(ready) is not { } next) return null;
        if (next is not CrashOrRestart crash) queue.Remove(next);
        else if (crash.Node.IsUp) _crashed++;
        return next;
    }

    /// <summary>Whether a message that is sent now gets lost.</summary>
    public bool Loses()
    {
        if (_lost >= _bounds.Losses || Decide(2) == 0) return false;
        _lost++;
        return true;
    }

    /// <summary>One of so many options, all of them to be explored.</summary>
    public int Decide(int options)
    {
        var chosen = options > 1 ? Told(options) ?? 0 : 0;
        if (options > 1) _made.Add(new Decision(chosen, [.. Enumerable.Range(chosen + 1, options - chosen - 1)]));
        return chosen;
    }

    /// <summary>Of a node's timers only the first may go off, and of a link that keeps order only its first message may arrive.</summary>
    private void LeaveFirstOfEach(List<SimEvent> ready)
    {
        _timed.Clear();
        _inOrder.Clear();
        var keepsOrder = run.Network.Options.InOrder;
        ready.RemoveAll(happening => happening switch
        {
            { TimedBy: { } node } => !_timed.Add(node),
            Delivery delivery => keepsOrder && !_inOrder.Add(delivery.Link),
            _ => false,
        });
    }

    private void AddCrashes(List<SimEvent> ready)
    {
        if (_bounds.Crashes == 0 || ready[0] is Continuation) return;
        foreach (var node in run.Nodes)
        {
            if (_bounds.Crashing.Count > 0 && !_bounds.Crashing.Contains(node.Id)) continue;
            if (!_crashes.TryGetValue(node.Id, out var step)) _crashes[node.Id] = step = new CrashOrRestart(node);

            // A node that the script crashed is the script's to boot again.
            if (node.IsUp ? _crashed < _bounds.Crashes : step.HasCrashed) ready.Add(step);
        }
    }

    private SimEvent? Choose(List<SimEvent> ready)
    {
        List<int> awake = [.. Enumerable.Range(0, ready.Count).Where(index => !_asleep.Contains(ready[index]))];
        var chosen = (ready.Count > 1 ? Told(ready.Count) : null) ?? awake.FirstOrDefault(-1);
        IsRedundant = chosen < 0;
        if (IsRedundant) return null;
        if (ready.Count > 1) _made.Add(new Decision(chosen, [.. awake.Where(index => index > chosen)]));
        FallAsleep(ready, [.. awake.Where(index => index < chosen)], ready[chosen]);
        return ready[chosen];
    }

    /// <summary>
    /// What was tried first at this point, and what slept before, need not be tried again until something happens that it depends on.
    /// </summary>
    private void FallAsleep(List<SimEvent> ready, int[] tried, SimEvent next)
    {
        if (_bounds.Independent.Count == 0) return;
        _asleep = [.. _asleep.Concat(tried.Select(index => ready[index])).Where(happening => AreIndependent(happening, next))];
    }

    /// <summary>
    /// They happen at two nodes, one of which shares nothing but messages; neither lets time pass; and no watch of the script stands between.
    /// </summary>
    private bool AreIndependent(SimEvent one, SimEvent other) =>
        one.At is { } here && other.At is { } there && here != there && !run.HasWatches
        && (_bounds.Independent.Contains(here.Id) || _bounds.Independent.Contains(there.Id));

    /// <summary>The choice that the schedule makes here; null beyond its end.</summary>
    private int? Told(int options)
    {
        if (_made.Count >= rule.Made.Count) return null;
        var told = rule.Made[_made.Count];
        return told < options ? told : throw new InvalidOperationException(
            $"Choice {_made.Count + 1} of the schedule is {told}, but only 0 to {options - 1} are possible there; it was made for another run.");
    }
}

/// <summary>A crash that is chosen, not planned; or the boot after it.</summary>
internal sealed class CrashOrRestart(Node node) : SimEvent
{
    public override Node Node => node;

    public bool HasCrashed { get; private set; }

    public override void Happen()
    {
        HasCrashed = node.IsUp;
        if (node.IsUp) node.Simulation.Crash(node.Id);
        else node.Simulation.Restart(node.Id);
    }
}
