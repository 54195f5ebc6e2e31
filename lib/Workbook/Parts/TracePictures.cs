using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Parts;

/// <summary>Turns the trace of a run into a space-time diagram.</summary>
public static class TracePictures
{
    /// <summary>
    /// The run as far as its trace is kept: messages with their fate, crashes, states, remarks. Leave out what a picture does not need: pings, say.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="title">Stands above the picture.</param>
    /// <param name="shows">Which messages are drawn; all when left out.</param>
    public static SpaceTimeDiagram SpaceTime(this Simulation run, string title, Func<Message, bool>? shows = null) =>
        run.SpaceTime(title, new TraceView { Shows = shows ?? (_ => true) });

    /// <summary>The same, as the system's own view of a trace has it.</summary>
    public static SpaceTimeDiagram SpaceTime(this Simulation run, string title, TraceView view)
    {
        var records = run.Trace.Records.ToList();
        var taken = records.Where(IsTakenAway).Select(record => record.MessageId).ToHashSet();
        records.RemoveAll(record => record.Kind is TraceKind.Sent or TraceKind.Dropped && taken.Contains(record.MessageId));
        List<Arrow> arrows = [.. Arrows(records, view)];
        List<Mark> marks = [.. Marks(records, view)];
        List<Stretch> stretches = [.. Stretches(records), .. States(records, view)];
        if (taken.Count == 0) return new SpaceTimeDiagram(title, run.Nodes.Select(node => node.Id.Name), arrows, stretches, marks);

        // Of a run that was made smaller the picture has what it takes: no message that it does without, and nobody whom nothing happens to.
        var seen = arrows.SelectMany(arrow => new[] { arrow.From, arrow.To }).Concat(marks.Select(mark => mark.Node))
            .Concat(stretches.SelectMany(stretch => stretch.Nodes)).ToHashSet();
        var names = run.Nodes.Select(node => node.Id.Name).Where(seen.Contains);
        return new SpaceTimeDiagram($"{title} ({Words.Count(taken.Count, "message")} taken away)", names, arrows, stretches, marks);
    }

    /// <summary>How many events a picture has that stands in a table of many.</summary>
    internal const int FewEvents = 30;

    private static bool IsTakenAway(TraceRecord record) => record is { Kind: TraceKind.Dropped, Text: Network.LeftOut };

    /// <summary>The end of a diagram: its last events, where a run went wrong, and all of a short one.</summary>
    internal static SpaceTimeDiagram Last(this SpaceTimeDiagram diagram, int events, Simulation run)
    {
        var ends = diagram.Arrows.SelectMany(arrow => new[] { arrow.Sent, arrow.Ended ?? arrow.Sent });
        var times = ends.Concat(diagram.Marks.Select(mark => mark.At)).Order().ToList();
        return times.Count <= events ? diagram : diagram.Between(times[^events], run.Now.SinceStart + 1.Milliseconds());
    }

    private static IEnumerable<Arrow> Arrows(IReadOnlyList<TraceRecord> records, TraceView view)
    {
        var messages = records.Where(record => record.Message is { } message && view.Shows(message)).GroupBy(record => record.MessageId);
        foreach (var message in messages)
        {
            // A message whose sending is no longer kept has no beginning to draw from.
            if (message.FirstOrDefault(record => record.Kind == TraceKind.Sent) is not { Message: { } content } sent) continue;
            var (from, to, start, label) = (sent.Node.Name, sent.Peer.Name, sent.Time.SinceStart, view.Label(content));
            var colour = view.Hue(content);
            var ends = message.Where(record => record.Kind is TraceKind.Delivered or TraceKind.Dropped).ToList();
            foreach (var end in ends)
            {
                yield return end.Kind == TraceKind.Delivered
                    ? new Arrow(from, to, start, end.Time.SinceStart, label) { Detail = content.ToString(), Hue = colour }
                    : Arrow.Lost(from, to, start, end.Time.SinceStart, label, atReceiver: end.Time > sent.Time) with { Detail = $"{content} ({end.Text})", Hue = colour };
            }

            if (ends.Count == 0) yield return Arrow.UnderWay(from, to, start, label) with { Detail = content.ToString(), Hue = colour };
        }
    }

    private static IEnumerable<Stretch> Stretches(IReadOnlyList<TraceRecord> records)
    {
        var down = new Dictionary<NodeId, TimeSpan>();
        foreach (var record in records.Where(record => record.Kind == TraceKind.Fault && record.Node.Name is not null))
        {
            if (record.Text == "crash") down[record.Node] = record.Time.SinceStart;
            if (record.Text == "restart" && down.Remove(record.Node, out var since))
            {
                yield return new Stretch(record.Node.Name, since, record.Time.SinceStart, StretchKind.Crashed);
            }
        }

        foreach (var (node, since) in down) yield return new Stretch(node.Name, since, null, StretchKind.Crashed);
    }

    private static IEnumerable<Stretch> States(IReadOnlyList<TraceRecord> records, TraceView view)
    {
        var held = new Dictionary<NodeId, (TimeSpan Since, string Label, int Hue)>();
        foreach (var record in records)
        {
            var ends = record is { Kind: TraceKind.Fault, Text: "crash" };
            var next = record.Kind == TraceKind.State ? view.State(record.Text ?? "") : null;
            if (!ends && next is null) continue;
            if (held.Remove(record.Node, out var old)) yield return Until(record.Node, old, record.Time.SinceStart);
            if (next is { } begins) held[record.Node] = (record.Time.SinceStart, begins.Label, begins.Hue);
        }

        foreach (var (node, last) in held) yield return Until(node, last, null);

        static Stretch Until(NodeId node, (TimeSpan Since, string Label, int Hue) state, TimeSpan? end) =>
            new(node.Name, state.Since, end, StretchKind.State, state.Label) { Hue = state.Hue };
    }

    private static IEnumerable<Mark> Marks(IReadOnlyList<TraceRecord> records, TraceView view) =>
        from record in records
        let kind = record.Kind switch
        {
            TraceKind.Note => MarkKind.Note,
            TraceKind.State => MarkKind.Change,
            TraceKind.Fault when record.Text is not ("crash" or "restart") => MarkKind.Fault,
            _ => (MarkKind?)null,
        }
        where kind is not null
        let label = view.Mark(record.Text ?? "")
        where label is not null
        select new Mark(record.Node.Name, record.Time.SinceStart, label, kind.Value) { Detail = record.Text ?? "" };
}
