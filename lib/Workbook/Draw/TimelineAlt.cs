using System.Globalization;
using System.Text;

namespace Workbook.Draw;

/// <summary>Says in words what a client timeline shows.</summary>
internal static class TimelineAlt
{
    private const int MostInOrder = 30;

    public static string Of(ClientTimeline timeline, TimelineWindow window)
    {
        var bars = window.Bars.Select(bar => timeline.Bars[bar]).ToList();
        var clients = window.Bars.Order().Select(bar => timeline.Bars[bar].Client).Distinct().ToList();
        var open = bars.Count(bar => bar.IsOpen);
        var text = new StringBuilder($"{timeline.Title}. Timeline of {Words.Count(clients.Count, "client")} ({Words.List(clients)}), "
            + Words.Count(bars.Count, "operation") + (open > 0 ? $", {Words.Number(open)} of them without a reply." : "."));
        var placed = bars.Where(bar => bar.Place is not null).OrderBy(bar => bar.Place).ToList();
        if (placed.Count > 0)
            text.Append($" Order: {InOrder(placed)}.");
        if (bars.Any(bar => bar.StandsOut))
            text.Append($" Standing out: {string.Join(", ", bars.Where(bar => bar.StandsOut).Take(MostInOrder).Select(bar => bar.Label))}.");
        foreach (var arrow in window.Arrows.Take(MostInOrder))
            text.Append($" {Of(timeline, arrow)}.");
        if (window.Note.Length > 0)
            text.Append($" Shown: {window.Note}.");
        if (timeline.Note.Length > 0)
            text.Append($" {timeline.Note}");
        return text.ToString();
    }

    public static string Lines(ClientTimeline timeline, TimelineWindow window)
    {
        var text = new StringBuilder(Of(timeline, window));
        foreach (var bar in window.Bars.Select(bar => timeline.Bars[bar]))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{(bar.Place is { } place ? $"{place}." : ""),6}  {bar.Client}: {bar.Label}, ");
            text.Append(When(timeline, bar)).Append(bar.StandsOut ? " (stands out)" : "").Append(bar.Detail.Length > 0 ? $"; {bar.Detail}" : "");
        }
        return text.ToString();
    }

    public static string Of(ClientTimeline timeline, TimelineBar bar) => $"{bar.Client}: {bar.Label}, {When(timeline, bar)}"
        + (bar.Place is { } place ? $", number {Words.Number(place)} in the order" : "") + (bar.Detail.Length > 0 ? $"; {bar.Detail}" : "");

    public static string Of(ClientTimeline timeline, TimelineArrow arrow) =>
        $"{timeline.Bars[arrow.From].Label} before {timeline.Bars[arrow.To].Label} ({Kind(arrow)})";

    public static string Kind(TimelineArrow arrow) => arrow.Kind == TimelineArrowKind.Time ? "time" : "value";

    private static string InOrder(List<TimelineBar> placed) => placed.Count <= MostInOrder
        ? string.Join(", ", placed.Select(bar => bar.Label))
        : $"{string.Join(", ", placed.Take(MostInOrder).Select(bar => bar.Label))} and {Words.Number(placed.Count - MostInOrder)} more";

    private static string When(ClientTimeline timeline, TimelineBar bar) => bar.To is { } to
        ? $"{Time(timeline, bar.From)} to {Time(timeline, to)}{(bar.GaveUp ? ", no reply" : "")}"
        : $"from {Time(timeline, bar.From)} on, no reply";

    private static string Time(ClientTimeline timeline, double time) => timeline.IsInSeconds
        ? $"{Words.Number(time)} s"
        : time.ToString("#,0.###", CultureInfo.InvariantCulture);
}
