using System.Text;

namespace Workbook.Draw;

/// <summary>Says in words what a space-time diagram shows.</summary>
internal static class SpaceTimeAlt
{
    public static string Of(SpaceTimeDiagram diagram, SpaceTimeWindow window)
    {
        var lost = window.Arrows.Count(arrow => arrow.Fate is ArrowFate.LostAtReceiver or ArrowFate.LostOnTheWay);
        var text = new StringBuilder($"{diagram.Title}. Space-time diagram of {Words.Count(window.Nodes.Count, "node")} "
            + $"({Words.List(window.Nodes)}) from {Words.Time(window.From)} to {Words.Time(window.To)}: "
            + Words.Count(window.Arrows.Count, "message") + (lost > 0 ? $", {Words.Number(lost)} of them lost." : "."));
        var faults = window.Stretches.Where(stretch => stretch.Kind != StretchKind.State).OrderBy(stretch => stretch.From);
        foreach (var stretch in faults.Take(6))
            text.Append($" {Held(stretch)}.");
        var states = window.Stretches.Where(stretch => stretch.Kind == StretchKind.State && stretch.Label.Length > 0)
            .OrderBy(stretch => stretch.From).ToList();
        if (states.Count > 0)
            text.Append($" States: {Words.List(states.Select(Since))}.");
        if (window.Note.Length > 0)
            text.Append($" Shown: {window.Note}.");
        return text.ToString();

        static string Since(Stretch state) => $"{Words.List(state.Nodes)} {state.Label} from {Words.Time(state.From)}";
    }

    public static string Lines(SpaceTimeDiagram diagram, SpaceTimeWindow window)
    {
        var lines = window.Arrows.Select(arrow => (At: arrow.Sent, Text: Of(arrow)))
            .Concat(window.Marks.Select(mark => (mark.At, Of(mark))))
            .Concat(window.Stretches.Select(stretch => (stretch.From, Held(stretch))))
            .OrderBy(line => line.Item1)
            .Select(line => $"{Words.Time(line.Item1),10}  {line.Item2}");
        return Of(diagram, window) + "\n" + string.Join('\n', lines);
    }

    public static string Of(Arrow arrow)
    {
        var end = arrow.Fate switch
        {
            ArrowFate.Received => $"received {Words.Time(arrow.Ended!.Value)} ({Words.Time(arrow.Ended.Value - arrow.Sent)})",
            ArrowFate.LostOnTheWay => arrow.Ended is { } at ? $"lost on the way {Words.Time(at)}" : "lost on the way",
            ArrowFate.LostAtReceiver => arrow.Ended is { } at ? $"lost at {arrow.To} {Words.Time(at)}" : $"lost at {arrow.To}",
            _ => "still under way",
        };
        var label = arrow.Label.Length > 0 ? $"{arrow.Label}: " : "";
        return $"{label}{arrow.From} → {arrow.To}, sent {Words.Time(arrow.Sent)}, {end}"
            + (arrow.Detail.Length > 0 ? $"; {arrow.Detail}" : "");
    }

    public static string Of(Mark mark) => (mark.Node is { } node ? $"{node}: " : "") + mark.Label
        + (mark.Detail.Length > 0 ? $"; {mark.Detail}" : "");

    public static string Held(Stretch stretch)
    {
        var time = stretch.To is { } to ? $"from {Words.Time(stretch.From)} to {Words.Time(to)}" : $"from {Words.Time(stretch.From)} on";
        var what = stretch.Kind switch
        {
            StretchKind.Crashed => "down",
            StretchKind.Partitioned => stretch.Label.Length > 0 ? $"cut off ({stretch.Label})" : "cut off",
            _ => stretch.Label,
        };
        return $"{Words.List(stretch.Nodes)} {what} {time}";
    }
}
