namespace Workbook.Draw;

/// <summary>The operations of a timeline that are drawn, by the time of their call.</summary>
/// <param name="Bars">The numbers of their bars.</param>
/// <param name="Arrows">The arrows between them.</param>
/// <param name="Note">What is said when it is not the whole record; otherwise empty.</param>
internal sealed record TimelineWindow(IReadOnlyList<int> Bars, IReadOnlyList<TimelineArrow> Arrows, string Note)
{
    public static TimelineWindow Of(ClientTimeline timeline)
    {
        var (first, count) = timeline.Shown;
        var all = timeline.Bars.Count;
        var shown = Enumerable.Range(0, all).OrderBy(bar => timeline.Bars[bar].From).ThenBy(bar => bar).Skip(first).Take(count).ToList();
        var known = shown.ToHashSet();
        var arrows = timeline.Arrows.Where(arrow => known.Contains(arrow.From) && known.Contains(arrow.To) && arrow.From != arrow.To).Distinct();
        var note = shown.Count == all ? ""
            : shown.Count == 0 ? $"none of {Words.Number(all)} operations"
            : $"operations {Words.Number(first + 1)}–{Words.Number(first + shown.Count)} of {Words.Number(all)}";
        return new(shown, [.. arrows], note);
    }
}
