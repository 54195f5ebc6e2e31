using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Parts;

/// <summary>
/// Records a run while it goes on, event by event, for stepping through it: what each event changed in the nodes' state, the messages, the
/// properties, and the code that ran. The run itself is not changed by it.
/// </summary>
/// <example><code>
/// var recorder = new ReplayRecorder(run, process => process is RaftServer server
///         ? [("role", ReplayView.Text($"{server.Role}", (int)server.Role)), ("currentTerm", server.CurrentTerm)]
///         : [])
///     .Landmark("election", "role", "Candidate");
/// run.RunFor(2.Seconds());
/// recorder.ToReplay("An election")
/// </code></example>
public sealed class ReplayRecorder
{
    private readonly Simulation _run;
    private readonly Func<Process, IEnumerable<(string Field, ReplayView View)>> _describe;
    private readonly Instant _began;
    private readonly Dictionary<NodeId, Dictionary<string, ReplayView>> _known = [];
    private readonly List<(string Name, Func<bool> Holds)> _properties = [];
    private readonly Dictionary<string, bool> _verdicts = [];
    private readonly List<(string Name, Func<ReplayStep, bool> Picks)> _landmarks = [];
    private readonly List<ReplayStep> _steps = [];
    private readonly HashSet<long> _sent = [];
    private HashSet<(string From, string To)> _cuts = [];
    private EventStory _story = EventStory.Outside;
    private long _read;

    /// <summary>Begins to record; what happened before is the state that the replay begins with.</summary>
    /// <param name="run">The run, with its trace on.</param>
    /// <param name="describe">The fields of a process that are shown, in their order, such as <c>("currentTerm", server.CurrentTerm)</c>.</param>
    /// <exception cref="ArgumentException">The run keeps no trace.</exception>
    public ReplayRecorder(Simulation run, Func<Process, IEnumerable<(string Field, ReplayView View)>> describe)
    {
        if (!run.Trace.IsOn) throw new ArgumentException("A run without a trace cannot be replayed; begin it with TraceLimit.Whole.");
        (_run, _describe, _began) = (run, describe, run.Now);
        run.BeforeEach += Before;
        run.AfterEach += After;
    }

    /// <summary>Watches a property, without ending the run. Those of <see cref="Simulation.Always"/> are watched anyhow.</summary>
    public ReplayRecorder Property(string name, Func<bool> holds)
    {
        _properties.Add((name, holds));
        return this;
    }

    /// <summary>Names the steps that a condition picks, so that a reader can jump from one to the next.</summary>
    public ReplayRecorder Landmark(string name, Func<ReplayStep, bool> picks)
    {
        _landmarks.Add((name, picks));
        return this;
    }

    /// <summary>Names the steps in which a field gets another value, or that one: <c>Landmark("election", "role", "Candidate")</c>.</summary>
    /// <param name="name">What such a step is called.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">Its new value as it is written; any other than before when left out.</param>
    public ReplayRecorder Landmark(string name, string field, string? value = null) => Landmark(name, step =>
        step.Restarted.Count == 0
        && step.Changes.Any(change => change.Field == field && change.View is { } view && (value is null || view.ToString() == value)));

    /// <summary>The run as far as it has come, to step through.</summary>
    /// <param name="title">Stands above it.</param>
    public Replay ToReplay(string title)
    {
        Begin();
        if (_run.Trace.Total > _read) Record(EventStory.Outside);
        return new Replay(title, _run.Nodes.Select(node => node.Id.Name), _steps);
    }

    private void Before(SimEvent next)
    {
        Begin();
        if (_run.Trace.Total > _read) Record(EventStory.Outside);
        _story = EventStory.Of(next);
    }

    private void After()
    {
        // A recorder that was made in the middle of an event begins with what that event led to.
        if (_steps.Count == 0) Begin();
        else Record(_story);
    }

    /// <summary>The first step. It waits for the first event, so that properties and landmarks can still be named before.</summary>
    private void Begin()
    {
        if (_steps.Count > 0) return;
        // What the script did before the first event is told by the state it led to; time has gone on to that event already.
        var records = _run.Trace.Since(0).ToList();
        var time = records.Count > 0 ? records[^1].Time : _began;
        _read = _run.Trace.Total;
        var ended = records.Where(record => record.Kind is TraceKind.Delivered or TraceKind.Dropped).Select(record => record.MessageId).ToHashSet();
        var nodes = _run.Nodes;
        _steps.Add(new ReplayStep(time.SinceStart, "the run as it begins", null, ReplayKind.Start)
        {
            Changes = [.. nodes.SelectMany(Changes)],
            Sent = [.. Sent(records.Where(record => !ended.Contains(record.MessageId)))],
            Crashed = [.. nodes.Where(node => !node.IsUp).Select(node => node.Id.Name)],
            Verdicts = Verdicts(),
            Cuts = Cuts(),
        });
    }

    private void Record(EventStory story)
    {
        List<TraceRecord> records = [.. _run.Trace.Since(_read)];
        _read = _run.Trace.Total;
        var faults = records.Where(record => record.Kind == TraceKind.Fault).ToList();
        // An event changes the node it happens on; the script may change any.
        IEnumerable<Node> touched = story.Node is { } own
            ? faults.Select(fault => fault.Node).Append(own).Where(id => id.Name is not null).Distinct().Select(id => _run[id])
            : _run.Nodes;
        var crashed = faults.Where(fault => fault.Text == "crash").Select(fault => fault.Node).ToList();
        var restarted = faults.Where(fault => fault.Text == "restart").Select(fault => _run[fault.Node]).Where(node => node.IsUp).ToList();
        var step = new ReplayStep(At(records).SinceStart, story.Line(records), story.Node?.Name ?? faults.FirstOrDefault().Node.Name, story.Kind(records))
        {
            Changes = [.. touched.SelectMany(Changes)],
            Sent = [.. Sent(records)],
            Ended = [.. records.Where(record => record.Kind is TraceKind.Delivered or TraceKind.Dropped && _sent.Contains(record.MessageId))
                .Select(record => new ReplayEnd(record.MessageId, record.Kind == TraceKind.Dropped ? record.Text : null))],
            Crashed = [.. crashed.Select(node => node.Name)],
            Restarted = [.. restarted.Select(node => node.Id.Name)],
            Verdicts = Verdicts(),
            Cuts = faults.Count > 0 ? Cuts() : null,
            Remarks = [.. EventStory.Remarks(records), .. Ending()],
            Source = story.Source(_run) ?? Boot(restarted),
        };
        if (records.Count == 0 && step.Changes.Count == 0 && step.Verdicts.Count == 0 && step.Remarks.Count == 0) return;
        _steps.Add(step with { Landmarks = [.. _landmarks.Where(mark => mark.Picks(step)).Select(mark => mark.Name)] });
    }

    private static ReplaySource? Boot(List<Node> restarted) =>
        restarted is [{ Process: { } process }, ..] ? SourceLines.Of(SourceLines.Start(process.GetType())) : null;

    /// <summary>What the script did between two events happened when it was written down; time may have gone on since.</summary>
    private Instant At(List<TraceRecord> records) => records.Count > 0 ? records[0].Time : _run.Now;

    private IEnumerable<ReplayChange> Changes(Node node)
    {
        if (node.Process is not { } process) yield break;
        if (!_known.TryGetValue(node.Id, out var known)) _known[node.Id] = known = [];
        var gone = known.Keys.ToHashSet();
        foreach (var (field, view) in _describe(process))
        {
            gone.Remove(field);
            if (known.TryGetValue(field, out var before) && before.Equals(view)) continue;
            known[field] = view;
            yield return new ReplayChange(node.Id.Name, field, view);
        }

        foreach (var field in gone.Order(StringComparer.Ordinal))
        {
            known.Remove(field);
            yield return new ReplayChange(node.Id.Name, field, null);
        }
    }

    private IEnumerable<ReplayMessage> Sent(IEnumerable<TraceRecord> records)
    {
        foreach (var record in records)
        {
            if (record is not { Kind: TraceKind.Sent, Message: { } message } || !_sent.Add(record.MessageId)) continue;
            yield return new ReplayMessage(record.MessageId, record.Node.Name, record.Peer.Name, message.GetType().Name, message.ToString());
        }
    }

    private List<ReplayVerdict> Verdicts()
    {
        var news = new List<ReplayVerdict>();
        foreach (var (name, check) in _properties.Concat(_run.Watched))
        {
            var holds = check();
            if (_verdicts.TryGetValue(name, out var before) && before == holds) continue;
            _verdicts[name] = holds;
            news.Add(new ReplayVerdict(name, holds));
        }

        return news;
    }

    /// <summary>The links that are cut now; null when they are the same as before.</summary>
    private List<(string From, string To)>? Cuts()
    {
        var cuts = (from one in _run.Nodes
                    from other in _run.Nodes
                    where one != other && !_run.Network.Connects(one.Id, other.Id)
                    select (one.Id.Name, other.Id.Name)).ToList();
        if (_cuts.SetEquals(cuts)) return null;
        _cuts = [.. cuts];
        return cuts;
    }

    private IEnumerable<string> Ending()
    {
        if (_run.Failure is { } failure) yield return $"The run ends here: {failure.Message}";
    }
}
