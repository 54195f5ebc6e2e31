namespace Workbook.Draw;

/// <summary>The part of a record that is drawn.</summary>
/// <param name="Nodes">The nodes drawn.</param>
/// <param name="From">The upper edge.</param>
/// <param name="To">The lower edge.</param>
/// <param name="Arrows">Messages that are sent or arrive in it, by time of sending.</param>
/// <param name="Stretches">What holds in it, for some of its time.</param>
/// <param name="Marks">What happens in it, by time.</param>
/// <param name="Note">What is said when it is not the whole record; otherwise empty.</param>
internal sealed record SpaceTimeWindow(IReadOnlyList<string> Nodes, TimeSpan From, TimeSpan To,
    IReadOnlyList<Arrow> Arrows, IReadOnlyList<Stretch> Stretches, IReadOnlyList<Mark> Marks, string Note)
{
    /// <summary>An event is a message (when it is sent), a mark, or the beginning of a crash or partition.</summary>
    public static SpaceTimeWindow Of(SpaceTimeDiagram diagram)
    {
        var nodes = diagram.Nodes.Take(SpaceTimeDiagram.MostNodes).ToList();
        var known = nodes.ToHashSet();
        var events = diagram.Arrows.Where(arrow => known.Contains(arrow.From) && known.Contains(arrow.To))
            .Select(arrow => (At: arrow.Sent, What: (object)arrow))
            .Concat(diagram.Marks.Where(mark => mark.Node is null || known.Contains(mark.Node))
                .Select(mark => (mark.At, What: (object)mark)))
            .Concat(diagram.Stretches.Where(stretch => stretch.Kind != StretchKind.State)
                .Select(stretch => (At: stretch.From, What: (object)stretch)))
            .OrderBy(happening => happening.At).ToList();
        var first = diagram.Times is { } times ? events.FindIndex(happening => happening.At >= times.From) : diagram.Shown.First;
        var end = diagram.Times?.To ?? TimeSpan.MaxValue;
        var rest = first < 0 ? [] : events.Skip(first).TakeWhile(happening => happening.At <= end).ToList();
        var shown = rest.Take(diagram.Shown.Count).ToList();
        var next = shown.Count < rest.Count ? rest[shown.Count].At : (TimeSpan?)null;
        var (from, to) = Edges(diagram, shown, first > 0, next);
        return new(nodes, from, to,
            [.. events.Select(happening => happening.What).OfType<Arrow>().Where(arrow => InSight(arrow, from, to))],
            [.. diagram.Stretches.Where(stretch => stretch.From <= to && (stretch.To ?? to) >= from)],
            [.. shown.Select(happening => happening.What).OfType<Mark>()],
            Words(diagram, nodes.Count, first, shown.Count, events.Count));
    }

    /// <summary>A message that flies over the whole window is left out: it would be a line from nowhere to nowhere.</summary>
    private static bool InSight(Arrow arrow, TimeSpan from, TimeSpan to) =>
        (arrow.Sent >= from && arrow.Sent <= to) || (arrow.Sent < from && arrow.Ended >= from && arrow.Ended <= to);

    private static (TimeSpan From, TimeSpan To) Edges(SpaceTimeDiagram diagram, List<(TimeSpan At, object What)> shown, bool late,
        TimeSpan? next)
    {
        if (diagram.Times is { } times)
            return (times.From, next ?? times.To);
        if (shown.Count == 0)
            return (TimeSpan.Zero, TimeSpan.FromSeconds(1));
        // What is shown may last into events that are not shown; the window ends where those begin.
        var end = shown.Max(happening => happening.What is Arrow { Ended: { } ended } ? ended : happening.At);
        if (next is null)
            end = diagram.Stretches.Select(stretch => stretch.To ?? stretch.From).Append(end).Max();
        return (late ? shown[0].At : TimeSpan.FromTicks(Math.Min(0, shown[0].At.Ticks)), next < end ? next.Value : end);
    }

    private static string Words(SpaceTimeDiagram diagram, int nodes, int first, int count, int all)
    {
        var parts = new List<string>();
        if (nodes < diagram.Nodes.Count)
            parts.Add($"nodes 1–{nodes} of {Draw.Words.Number(diagram.Nodes.Count)}");
        if (count < all)
            parts.Add(count == 0 ? $"none of {Draw.Words.Number(all)} events"
                : $"events {Draw.Words.Number(first + 1)}–{Draw.Words.Number(first + count)} of {Draw.Words.Number(all)}");
        return string.Join(", ", parts);
    }
}
