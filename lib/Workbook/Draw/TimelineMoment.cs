namespace Workbook.Draw;

/// <summary>A call or a return.</summary>
/// <param name="Time">When.</param>
/// <param name="Rank">What comes first at one time; see <see cref="Of"/>.</param>
/// <param name="Bar">The number of the bar.</param>
internal readonly record struct TimelineMoment(double Time, int Rank, int Bar)
{
    public bool IsReturn => Rank is 1 or 3;

    /// <summary>
    /// The moments of some bars from left to right. At one time calls come before returns, so that bars whose ends meet are seen to
    /// overlap; only where one client calls again at the very time of its return, the return comes first.
    /// </summary>
    public static List<TimelineMoment> Of(ClientTimeline timeline, IReadOnlyList<int> bars)
    {
        var moments = new List<TimelineMoment>();
        var calls = bars.Select(bar => (timeline.Bars[bar].Client, timeline.Bars[bar].From)).ToHashSet();
        var returns = bars.Select(bar => timeline.Bars[bar]).Where(bar => bar.To > bar.From).Select(bar => (bar.Client, bar.To!.Value)).ToHashSet();
        foreach (var number in bars)
        {
            var bar = timeline.Bars[number];
            moments.Add(new(bar.From, returns.Contains((bar.Client, bar.From)) ? 2 : 0, number));
            if (bar.To is { } to)
                moments.Add(new(to, to > bar.From && calls.Contains((bar.Client, to)) ? 1 : 3, number));
        }
        moments.Sort((left, right) => (left.Time, left.Rank, left.Bar).CompareTo((right.Time, right.Rank, right.Bar)));
        return moments;
    }
}
