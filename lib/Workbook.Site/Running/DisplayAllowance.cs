using System.Text;

namespace Workbook.Site.Running;

/// <summary>What one cell may still show: so many values, and so many bytes of them.</summary>
internal sealed class DisplayAllowance(int values, long bytes)
{
    private int _values;
    private long _bytes;

    /// <summary>The bytes of a value in all its forms.</summary>
    internal static long BytesOf(Dictionary<string, string> data) => data.Values.Sum(text => (long)Encoding.UTF8.GetByteCount(text));

    /// <summary>Counts a value, unless it is too much.</summary>
    /// <param name="size">Its bytes.</param>
    /// <param name="isNew">Whether it is one more, and not another look of one that was shown before.</param>
    /// <returns>Whether it may be shown.</returns>
    internal bool Take(long size, bool isNew)
    {
        var (count, all) = (_values + (isNew ? 1 : 0), _bytes + size);
        if (count > values || all > bytes)
            return false;
        (_values, _bytes) = (count, all);
        return true;
    }
}
