using System.Globalization;

namespace Workbook.Draw;

/// <summary>
/// Where on the page a moment stands. Time runs evenly, so that a steeper arrow is a slower message; only where nothing
/// happens for long a piece is cut out.
/// </summary>
internal sealed class SpaceTimeScale
{
    private const double Flight = 44;
    private const double Row = 12;
    private const double LongestQuiet = 130;
    private const double CutHeight = 34;
    private const double Edge = 22;

    private readonly double perSecond;
    private readonly List<Cut> cuts = [];
    private readonly TimeSpan from;

    public SpaceTimeScale(SpaceTimeWindow window)
    {
        from = window.From;
        var times = Times(window);
        perSecond = Speed(window, times);
        foreach (var (before, after) in times.Zip(times.Skip(1)))
        {
            if ((after - before).TotalSeconds * perSecond > LongestQuiet)
                cuts.Add(new(before, after, CutHeight - (after - before).TotalSeconds * perSecond));
        }
        Height = this[window.To] + Edge;
    }

    /// <summary>A quiet stretch of which only a little is drawn.</summary>
    /// <param name="From">When the quiet begins.</param>
    /// <param name="To">When it ends.</param>
    /// <param name="Shift">How far all that follows moves up; negative.</param>
    public sealed record Cut(TimeSpan From, TimeSpan To, double Shift);

    public IReadOnlyList<Cut> Cuts => cuts;

    /// <summary>From the upper edge of the lines to the lower one.</summary>
    public double Height { get; }

    /// <summary>How far below the upper edge a moment stands.</summary>
    public double this[TimeSpan time]
    {
        get
        {
            var y = Edge + (time - from).TotalSeconds * perSecond;
            foreach (var cut in cuts)
            {
                if (time >= cut.To)
                    y += cut.Shift;
                else if (time > cut.From)
                    y += cut.Shift * ((time - cut.From) / (cut.To - cut.From));
            }
            return y;
        }
    }

    /// <summary>Round times that stand far enough apart and not in a cut, and how they are written.</summary>
    public IEnumerable<(TimeSpan At, string Label)> Ticks(SpaceTimeWindow window)
    {
        var step = Step();
        var last = double.NegativeInfinity;
        for (var next = Math.Ceiling(window.From.TotalSeconds / step - 1e-9); next * step <= window.To.TotalSeconds + 1e-12; next++)
        {
            var time = TimeSpan.FromSeconds(next * step);
            if (cuts.Find(cut => time > cut.From && time < cut.To) is { } cut)
                next = Math.Floor(cut.To.TotalSeconds / step);
            else if (this[time] - last >= 30)
            {
                last = this[time];
                yield return (time, Label(next * step, step, window.To.TotalSeconds));
            }
        }
    }

    private double Step()
    {
        for (var i = 0; ; i++)
        {
            var step = Math.Pow(10, i / 3 - 6) * (i % 3 == 0 ? 1 : i % 3 == 1 ? 2 : 5);
            if (step * perSecond >= 56)
                return step;
        }
    }

    private static string Label(double seconds, double step, double end)
    {
        var (scale, unit) = end >= 1 ? (1, "s") : end >= 1e-3 ? (1e3, "ms") : (1e6, "µs");
        var decimals = Math.Max(0, (int)-Math.Floor(Math.Log10(step * scale) + 1e-9));
        // Adding zero turns a negative zero, which rounding up to the first tick can give, into zero.
        return (seconds * scale + 0.0).ToString($"N{decimals}", CultureInfo.InvariantCulture) + " " + unit;
    }

    private static List<TimeSpan> Times(SpaceTimeWindow window)
    {
        var times = new SortedSet<TimeSpan> { window.From, window.To };
        foreach (var arrow in window.Arrows)
        {
            times.Add(arrow.Sent);
            times.Add(arrow.Ended ?? arrow.Sent);
        }
        times.UnionWith(window.Marks.Select(mark => mark.At));
        times.UnionWith(window.Stretches.Select(stretch => stretch.From));
        times.UnionWith(window.Stretches.Select(stretch => stretch.To ?? window.To));
        return [.. times.Where(time => time >= window.From && time <= window.To)];
    }

    /// <summary>Fast enough that a usual message falls visibly on its way, and that events have about a row each.</summary>
    private static double Speed(SpaceTimeWindow window, List<TimeSpan> times)
    {
        var flights = window.Arrows.Where(arrow => arrow.Fate == ArrowFate.Received && arrow.Ended > arrow.Sent && arrow.From != arrow.To)
            .Select(arrow => (arrow.Ended!.Value - arrow.Sent).TotalSeconds).Order().ToList();
        var gaps = times.Zip(times.Skip(1), (before, after) => (after - before).TotalSeconds).Where(gap => gap > 0).Order().ToList();
        if (gaps.Count == 0)
            return 1;
        var typical = flights.Count > 0 ? flights[flights.Count / 2] : gaps[gaps.Count / 2];
        // The quietest quarter of the gaps will be cut or is idle; the rows are meant for the busy rest.
        var busy = gaps.Take(Math.Max(1, gaps.Count * 3 / 4)).Sum();
        return Math.Clamp(Row * gaps.Count * 3 / 4 / busy, Flight / typical, 2.5 * Flight / typical);
    }
}
