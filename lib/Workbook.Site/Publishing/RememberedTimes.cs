using System.Globalization;

namespace Workbook.Site.Publishing;

/// <summary>
/// How long each notebook took when it was last run, whatever was in it: a guess at how long it takes now. Nothing that a
/// reader sees depends on it, so it is kept under the notebook's name alone.
/// </summary>
/// <param name="cache">Where the times are kept; one that does not ignore old entries.</param>
internal sealed class RememberedTimes(ContentCache cache)
{
    private const string Times = "times";

    /// <summary>How long a notebook took; null when it is not known.</summary>
    public TimeSpan? Of(string name) =>
        cache.Read(Times, NotebookKeys.Hash(name)) is { } text
        && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 1e6
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>Notes how long a notebook took.</summary>
    public void Keep(string name, TimeSpan time) =>
        cache.Write(Times, NotebookKeys.Hash(name), time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));
}
