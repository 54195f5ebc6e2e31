using Workbook.Sim;

namespace Workbook.Check;

/// <summary>A failing run on its way to being smaller, with so many replays left.</summary>
internal sealed class Shrinking
{
    private readonly string? _property;
    private SceneRun _smallest;
    private int _replays;

    public Shrinking(SceneRun failing, int replays)
    {
        if (failing.Violation is null) throw new ArgumentException("Only a run that breaks a property can be shrunk.");
        (_property, _smallest, _replays) = (failing.Property, failing, replays);
    }

    private Schedule Schedule => _smallest.Run.Schedule;

    // Where every step is chosen, the choices are of this run and no other: with anything less they would mean something else.
    private Func<Schedule, SceneRun>? Again => _smallest.Run.Chosen is null ? _smallest.WithSchedule : null;

    /// <summary>The events of the smallest run so far.</summary>
    public long Events => _smallest.Run.Events;

    /// <summary>So many events it will have at the least, however exactly it is cut off where it is broken.</summary>
    public long FewestEvents { get; private set; }

    /// <summary>Takes away all that can be, and gives what is left.</summary>
    public SceneRun Everything() => Faults().Operations().End().Messages().Faults().Operations().Result();

    /// <summary>
    /// Cuts the run off where it is broken. It comes first: all that is tried after it is no longer, so that nothing is "taken away" at the price
    /// of a run that breaks later, and a try that shows nothing costs little.
    /// </summary>
    public Shrinking End() => Cuts().LastOrDefault(this);

    /// <summary>The same, replay by replay.</summary>
    public IEnumerable<Shrinking> Cuts()
    {
        if (Again is not { } again || !_smallest.IsSafety) yield break;
        var (holds, end) = (TimeSpan.Zero, _smallest.Run.Now.SinceStart);
        var broken = end - TimeSpan.FromTicks(1);
        if (broken <= holds || !BreaksBy(broken))
        {
            BreaksBy(end);
            yield break;
        }

        // What is judged at the run's end may have been broken long before: the end is brought forward, by halves where nobody says when.
        if (_smallest.SeenBy?.Invoke() is { } seen && seen < broken && BreaksBy(seen)) yield break;
        for (var step = 0; step < 10; step++)
        {
            yield return this;
            var middle = holds + (broken - holds) / 2;
            if (BreaksBy(middle)) broken = middle;
            else holds = middle;
        }

        bool BreaksBy(TimeSpan end)
        {
            SceneRun? cut = null;
            if (Try(() => cut = again(Schedule with { Until = end }))) return true;
            FewestEvents = Math.Min(cut?.Run.Events ?? 0, Events);
            return false;
        }
    }

    public Shrinking Faults()
    {
        if (_smallest.WithFaults is { } with) Thin([.. _smallest.Faults], faults => with([.. faults]));
        else if (Again is { } again) ThinPlaces(_smallest.Run.FaultsPlanned, Schedule.Faults, places => again(Schedule with { Faults = places }));
        return this;
    }

    public Shrinking Operations()
    {
        if (Again is not { } again) return this;
        ThinPlaces(_smallest.Run.OperationsScripted, Schedule.Operations, places => again(Schedule with { Operations = places }));
        return this;
    }

    public Shrinking Messages()
    {
        if (Again is not { } again || !_smallest.IsSafety || _smallest.Run.Network.Options.InOrder) return this;
        var arrived = Arrived(again);
        if (!Try(() => Only(arrived))) return this;
        foreach (var link in arrived.Select(message => (message.From, message.To)).Distinct())
        {
            List<(NodeId From, NodeId To, int Place)> others = [.. arrived.Where(message => (message.From, message.To) != link)];
            if (others.Count < arrived.Count && Try(() => Only(others))) arrived = others;
        }

        Thin(Arrived(again), Only, refresh: () => Arrived(again));
        return this;

        SceneRun Only(IEnumerable<(NodeId From, NodeId To, int Place)> messages) => again(Schedule with { Messages = new MessageSet(messages) });
    }

    /// <summary>The smallest run found, with its whole trace.</summary>
    public SceneRun Result() => _smallest.WithSchedule?.Invoke(Schedule with { Trace = TraceLimit.Whole }) ?? _smallest;

    /// <summary>The messages that reach somebody in the smallest run so far, each by its link and its place on it.</summary>
    private List<(NodeId From, NodeId To, int Place)> Arrived(Func<Schedule, SceneRun> again)
    {
        _replays--;
        var sent = new Dictionary<(NodeId, NodeId), int>();
        var places = new Dictionary<long, int>();
        var arrived = new List<(NodeId, NodeId, int)>();
        foreach (var record in again(Schedule with { Trace = TraceLimit.Whole }).Run.Trace.Records)
        {
            if (record.Kind == TraceKind.Sent)
            {
                var link = (record.Node, record.Peer);
                places[record.MessageId] = sent[link] = sent.GetValueOrDefault(link) + 1;
            }
            else if (record.Kind == TraceKind.Delivered && record.Node != record.Peer && places.TryGetValue(record.MessageId, out var place))
            {
                arrived.Add((record.Peer, record.Node, place));
            }
        }

        return [.. arrived.Distinct()];
    }

    private void ThinPlaces(int count, Places? now, Func<Places, SceneRun> again) =>
        Thin([.. Enumerable.Range(1, count).Where(place => now?.Contains(place) != false)], places => again(new Places(places)));

    /// <summary>Takes away groups, large ones first, and in the end single items until none can be spared.</summary>
    private void Thin<T>(List<T> left, Func<IReadOnlyList<T>, SceneRun> with, Func<List<T>>? refresh = null)
    {
        var size = left.Count;
        while (size > 0)
        {
            var before = left.Count;
            for (var from = 0; from < left.Count;)
            {
                if (_replays <= 0) return;
                List<T> fewer = [.. left.Take(from), .. left.Skip(from + size)];
                if (Try(() => with(fewer))) left = fewer;
                else from += size;
            }

            var hasShrunk = left.Count < before;
            if (hasShrunk && refresh is not null) left = refresh();
            size = size > 1 ? Math.Min(size / 2, left.Count) : hasShrunk ? Math.Min(1, left.Count) : 0;
        }
    }

    private bool Try(Func<SceneRun> play)
    {
        if (_replays-- <= 0) return false;
        var smaller = play();
        if (smaller.Violation is null || (_property is not null && smaller.Property != _property)) return false;

        // Of a run that is cut off it is no news that something was not done.
        if (_smallest.IsSafety && !smaller.IsSafety) return false;
        _smallest = smaller;
        return true;
    }
}
