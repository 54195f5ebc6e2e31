using System.Globalization;

namespace Workbook.Site.Running;

/// <summary>Lengths of time as people read them.</summary>
internal static class Durations
{
    internal static string Seconds(TimeSpan time) => $"{time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s";
}
