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
    private const double LeastGap = 9;
    private const double LargestGap = 90;
    private const double OpenEnd = 34;
    private const double Spread = 21;
    private const double Inside = 5;

    private readonly ClientTimeline timeline;
    private readonly Dictionary<int, (double Left, double Right)> spans = [];
    private readonly Dictionary<int, double> points = [];

    public TimelineLayout(ClientTimeline timeline, TimelineWindow window)
    {
        this.timeline = timeline;
        var moments = window.Bars.SelectMany(bar => Moments(bar)).Order().ToList();
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

    private IEnumerable<TimelineMoment> Moments(int bar)
    {
        yield return new(timeline.Bars[bar].From, IsReturn: false, bar);
        if (timeline.Bars[bar].To is { } to)
            yield return new(to, IsReturn: true, bar);
    }

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

    /// <summary>Pixels for one unit of time, so that a usual bar is a little wider than its label.</summary>
    private double Scale(List<TimelineMoment> moments)
    {
        var lengths = moments.Where(moment => moment.IsReturn)
            .Select(moment => Least(timeline.Bars[moment.Bar]) / Math.Max(1e-12, moment.Time - timeline.Bars[moment.Bar].From)).Order().ToList();
        return lengths.Count == 0 ? 1 : 1.1 * lengths[lengths.Count * 2 / 3];
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
            points[bar] = Math.Clamp((earliest + Math.Max(earliest, latest)) / 2, left, Math.Max(left, until));
        }
    }
}

/// <summary>A call or a return. At one time all calls come before all returns, as for operations that overlap.</summary>
internal readonly record struct TimelineMoment(double Time, bool IsReturn, int Bar) : IComparable<TimelineMoment>
{
    public int CompareTo(TimelineMoment other) => (Time, IsReturn, Bar).CompareTo((other.Time, other.IsReturn, other.Bar));
}

/// <summary>
/// The operations that have a place in the order, and between which moments each place must lie: after its own call and those of all
/// before it, before its own return and those of all after it.
/// </summary>
internal sealed class TimelineOrder
{
    private readonly int[] placed;
    private readonly int[] after;
    private readonly int[] until;
    private readonly int[] ends;
    private readonly double[] earliest;
    private int next;
    private int ended;

    public TimelineOrder(ClientTimeline timeline, IReadOnlyList<int> bars, List<TimelineMoment> moments)
    {
        placed = [.. bars.Where(bar => timeline.Bars[bar].Place is not null).OrderBy(bar => timeline.Bars[bar].Place).ThenBy(bar => bar)];
        (after, until, ends) = (new int[placed.Length], new int[placed.Length], new int[placed.Length]);
        earliest = new double[placed.Length];
        var calls = new Dictionary<int, int>();
        var returns = new Dictionary<int, int>();
        for (var at = 0; at < moments.Count; at++)
            (moments[at].IsReturn ? returns : calls)[moments[at].Bar] = at;
        for (var k = 0; k < placed.Length; k++)
            after[k] = Math.Max(k > 0 ? after[k - 1] : 0, calls[placed[k]]);
        for (var k = placed.Length - 1; k >= 0; k--)
        {
            (until[k], ends[k]) = k + 1 < placed.Length ? (until[k + 1], ends[k + 1]) : (int.MaxValue, -1);
            if (returns.TryGetValue(placed[k], out var at) && at < until[k])
                (until[k], ends[k]) = (at, placed[k]);
        }
    }

    /// <summary>The last place so far.</summary>
    public double? Last => next > 0 ? earliest[next - 1] : null;

    /// <summary>The last of the places that must lie before this moment.</summary>
    public double? Until(int moment)
    {
        while (ended < next && until[ended] <= moment)
            ended++;
        return ended > 0 ? earliest[ended - 1] : null;
    }

    /// <summary>Gives the places that may now come their leftmost positions.</summary>
    public void Pass(int moment, double x, double spread)
    {
        for (; next < placed.Length && after[next] <= moment; next++)
            earliest[next] = next > 0 ? Math.Max(earliest[next - 1] + spread, x) : x;
    }

    /// <summary>The bars from the last place to the first, with the leftmost position and the bar whose return is the right end.</summary>
    public IEnumerable<(int Bar, double Earliest, int? End)> Backwards()
    {
        for (var k = placed.Length - 1; k >= 0; k--)
            yield return (placed[k], earliest[k], ends[k] < 0 ? null : ends[k]);
    }
}
