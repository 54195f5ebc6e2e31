namespace Workbook.Draw;

/// <summary>
/// Where each call, return and place in the order stands on the page. A bar is wide enough for its label, the places in the order are as
/// far apart as their numbers are wide, and otherwise time is about to scale. What comes first stands further left, always: a call at the
/// very moment of a return comes first, so that the two bars are seen to overlap.
/// </summary>
internal sealed class TimelineLayout
{
    public const double CharacterWidth = 6.6;

    private const int LongestLabel = 26;
    private const double LeastGap = 13;
    private const double LargestGap = 120;
    private const double OpenEnd = 34;
    private const double Page = 900;
    private const double Spread = 21;
    private const double Inside = 5;

    private readonly ClientTimeline timeline;
    private readonly Dictionary<int, (double Left, double Right)> spans = [];
    private readonly Dictionary<int, double> points = [];

    public TimelineLayout(ClientTimeline timeline, TimelineWindow window)
    {
        this.timeline = timeline;
        var moments = TimelineMoment.Of(timeline, window.Bars);
        var order = new TimelineOrder(timeline, window.Bars, moments);
        Width = Place(moments, order);
        foreach (var bar in window.Bars.Where(bar => timeline.Bars[bar].To is null))
            spans[bar] = (spans[bar].Left, Width);
        PlacePoints(order);
    }

    /// <summary>From the left edge of the first bar to the right edge of the last.</summary>
    public double Width { get; }

    /// <summary>The left and the right edge of a bar.</summary>
    public (double Left, double Right) this[int bar] => spans[bar];

    /// <summary>Where in its bar an operation takes effect; null when it has no place in the order.</summary>
    public double? Point(int bar) => points.TryGetValue(bar, out var x) ? x : null;

    public static string Label(TimelineBar bar) => bar.Label.Length <= LongestLabel ? bar.Label : bar.Label[..(LongestLabel - 1)].TrimEnd() + "…";

    private static double Least(TimelineBar bar) => Math.Max(30, Label(bar).Length * CharacterWidth + 16);

    /// <summary>
    /// Goes through the moments from left to right; each stands as far right as any rule wants it. Gives the right edge of all.
    /// </summary>
    private double Place(List<TimelineMoment> moments, TimelineOrder order)
    {
        var scale = Scale(moments);
        var (x, reach) = (0.0, 0.0);
        for (var at = 0; at < moments.Count; at++)
        {
            var moment = moments[at];
            if (at > 0 && (moment.Time, moment.IsReturn) != (moments[at - 1].Time, moments[at - 1].IsReturn))
                x += Math.Clamp((moment.Time - moments[at - 1].Time) * scale, LeastGap, LargestGap);
            var bar = timeline.Bars[moment.Bar];
            if (moment.IsReturn)
                x = Math.Max(x, spans[moment.Bar].Left + Least(bar));
            if (order.Until(at) is { } last)
                x = Math.Max(x, last + Inside + 4);
            spans[moment.Bar] = moment.IsReturn ? (spans[moment.Bar].Left, x) : (x, x);
            order.Pass(at, x + Inside, Spread);
            if (bar.To is null)
                reach = Math.Max(reach, x + Least(bar) + OpenEnd);
        }
        return Math.Max(Math.Max(x, reach), order.Last is { } end ? end + OpenEnd : 0);
    }

    /// <summary>
    /// Pixels for one unit of time: so that a usual bar is a little wider than its label, unless the whole would be much wider than a page
    /// then. Long silences do not count.
    /// </summary>
    private double Scale(List<TimelineMoment> moments)
    {
        var lengths = moments.Where(moment => moment.IsReturn)
            .Select(moment => Least(timeline.Bars[moment.Bar]) / Math.Max(1e-12, moment.Time - timeline.Bars[moment.Bar].From)).Order().ToList();
        var gaps = moments.Zip(moments.Skip(1), (before, after) => after.Time - before.Time).Where(gap => gap > 0).Order().ToList();
        if (lengths.Count == 0 || gaps.Count == 0)
            return 1;
        return Math.Min(1.6 * lengths[lengths.Count * 2 / 3], Page / gaps.Sum(gap => Math.Min(gap, 4 * gaps[gaps.Count / 2])));
    }

    /// <summary>Each place stands in the middle between the first and the last position that leaves room for all others.</summary>
    private void PlacePoints(TimelineOrder order)
    {
        var latest = Width;
        foreach (var (bar, earliest, end) in order.Backwards())
        {
            var right = end is { } returned ? spans[returned].Right - Inside : Width - Inside;
            latest = Math.Min(latest - Spread, right);
            var (left, until) = spans[bar];
            var point = (earliest + Math.Max(earliest, latest)) / 2;
            // What nobody waited for may take effect at any later time; its bar then reaches there.
            if (timeline.Bars[bar].GaveUp) spans[bar] = (left, until = Math.Max(until, point + OpenEnd));
            points[bar] = Math.Clamp(point, left, Math.Max(left, until));
        }
    }
}
