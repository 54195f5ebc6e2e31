using System.Globalization;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>Pictures of mining: how many attempts it takes, beside the law that says so.</summary>
public static class MiningPictures
{
    private const int Points = 200;

    /// <summary>The share of headers that were done after so many attempts, and the geometric law's curve.</summary>
    public static Figure Distribution(this AttemptSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var step = sample.Attempts[^1] / (double)Points;
        var curve = Enumerable.Range(0, Points + 1).Select(at => (at * step, sample.Law(at * step)));
        return Titled(sample).Distribution(sample.Attempts, "mined").Line(curve, "geometric law")
            .XAxis("attempts").YAxis("share of headers", range: (0, 1.02)).VerticalLine(1 / sample.Chance, "mean of the law");
    }

    /// <summary>How many headers took how many attempts, and how many the geometric law expects.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="bins">How many bars, 2 to 200.</param>
    public static Figure Histogram(this AttemptSample sample, int bins = 30)
    {
        ArgumentNullException.ThrowIfNull(sample);
        if (bins is < 2 or > Points) throw new ArgumentException($"A histogram of attempts cannot have {bins} bars; give 2 to {Points}.", nameof(bins));
        var (least, width) = (sample.Attempts[0], (sample.Attempts[^1] - sample.Attempts[0]) / (double)bins);
        var expected = Enumerable.Range(0, bins).Select(bin => least + (bin * width))
            .Select(from => (from + (width / 2), sample.Attempts.Count * (sample.Law(from + width) - sample.Law(from))));
        return Titled(sample).Histogram(sample.Attempts, "mined", bins).Line(expected, "geometric law").XAxis("attempts").YAxis("headers");
    }

    private static Figure Titled(AttemptSample sample) => new(string.Create(
        CultureInfo.InvariantCulture, $"Attempts of {sample.Attempts.Count:N0} headers at {sample.LeadingZeroBits} bits of zero"));
}
