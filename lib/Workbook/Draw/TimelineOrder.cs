namespace Workbook.Draw;

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
        {
            if (!moments[at].IsReturn) calls[moments[at].Bar] = at;
            else if (!timeline.Bars[moments[at].Bar].GaveUp) returns[moments[at].Bar] = at;
        }

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
