namespace Workbook.Draw;

/// <summary>A call or a return. At one time all calls come before all returns, so that bars whose ends meet are seen to overlap.</summary>
internal readonly record struct TimelineMoment(double Time, bool IsReturn, int Bar)
{
    /// <summary>The moments of some bars, from left to right.</summary>
    public static List<TimelineMoment> Of(ClientTimeline timeline, IReadOnlyList<int> bars)
    {
        var moments = new List<TimelineMoment>();
        foreach (var number in bars)
        {
            moments.Add(new(timeline.Bars[number].From, IsReturn: false, number));
            if (timeline.Bars[number].To is { } to)
                moments.Add(new(to, IsReturn: true, number));
        }
        moments.Sort((left, right) => (left.Time, left.IsReturn, left.Bar).CompareTo((right.Time, right.IsReturn, right.Bar)));
        return moments;
    }
}
