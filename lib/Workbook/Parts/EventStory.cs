using System.Reflection;
using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Parts;

/// <summary>What an event of a run is, kept before it happens, and told in words afterwards.</summary>
/// <param name="Node">The node on which it happens; null for the script.</param>
/// <param name="What">What it is when nothing is said of it in the trace.</param>
/// <param name="Message">The message that arrives, if it is one.</param>
/// <param name="Timer">The code of the timer that goes off, if it is one.</param>
internal sealed record EventStory(NodeId? Node, string What, Message? Message = null, MethodInfo? Timer = null)
{
    /// <summary>What the script does between two events.</summary>
    public static readonly EventStory Outside = new(null, "the script goes on");

    public static EventStory Of(SimEvent next) => next switch
    {
        Delivery delivery => new(delivery.To.Id, "", delivery.Message),
        AlarmEvent alarm => new(alarm.Node?.Id, "", Timer: alarm.Timer.Action.Method),
        PendingCall => new(next.Node?.Id, "waits no longer for a reply"),
        { Node: { } node } => new(node.Id, "goes on"),
        _ => Outside,
    };

    public ReplayKind Kind(List<TraceRecord> records) => records.Any(record => record.Kind == TraceKind.Fault) ? ReplayKind.Fault
        : Message is not null ? records.Any(record => record.Kind == TraceKind.Delivered) ? ReplayKind.Delivery : ReplayKind.Loss
        : Timer is not null ? ReplayKind.Timer : ReplayKind.Other;

    /// <summary>One line: the event, and the faults it brought with it.</summary>
    public string Line(List<TraceRecord> records)
    {
        var faults = records.Where(record => record.Kind == TraceKind.Fault).Select(Fault).ToList();
        string[] own = Message is not null && records.Count > 0 ? [Arrival(records[0])]
            : Timer is not null ? [$"{Node}: {TimerLine(records)}"]
            : faults.Count > 0 ? []
            : [Node is null ? What : $"{Node} {What}"];
        return string.Join("; ", own.Concat(faults));
    }

    /// <summary>States in the process's own words, and remarks.</summary>
    public static IEnumerable<string> Remarks(List<TraceRecord> records) =>
        from record in records
        where record.Kind is TraceKind.State or TraceKind.Note
        let said = record.Kind == TraceKind.State ? $"is {record.Text}" : $"“{record.Text}”"
        select record.Node.Name is null ? said : $"{record.Node} {said}";

    /// <summary>The code that ran; of <c>async</c> code that goes on it is not known.</summary>
    public ReplaySource? Source(Simulation run)
    {
        if (Timer is not null) return SourceLines.Of(Timer);
        if (Node is not { } node || Message is null || run[node].Process is not { } process) return null;
        return SourceLines.Of(SourceLines.Handler(process.GetType(), Message.GetType()));
    }

    private static string Fault(TraceRecord record) => record.Text switch
    {
        "crash" => $"{record.Node} crashes",
        "restart" => $"{record.Node} restarts",
        var text => record.Node.Name is null ? $"{text}" : $"{record.Node}: {text}",
    };

    private static string Arrival(TraceRecord record)
    {
        var label = record.Message?.GetType().Name;
        return record.Kind == TraceKind.Delivered
            ? $"{record.Node} receives {label} from {record.Peer}"
            : $"{label} from {record.Peer} to {record.Node} is lost: {record.Text}";
    }

    private string TimerLine(List<TraceRecord> records)
    {
        if (records.FirstOrDefault(record => record.Kind == TraceKind.Timer).Text is { } name) return $"timer {name}";
        return Timer!.Name.Contains('<') ? "a timer goes off" : $"a timer goes off: {Timer.Name}";
    }
}
