using System.Globalization;
using System.Text.RegularExpressions;

namespace Workbook.Site.Running;

/// <summary>Amounts of memory and text as people read and write them.</summary>
public static partial class ByteSize
{
    /// <summary>An amount in the largest unit that fits: <c>4 GiB</c>.</summary>
    public static string Text(long bytes) => bytes switch
    {
        < 10L << 10 => $"{bytes:N0} bytes",
        < 10L << 20 when bytes % (1 << 20) != 0 => $"{bytes >> 10:N0} KiB",
        < 10L << 30 when bytes % (1 << 30) != 0 => $"{bytes >> 20:N0} MiB",
        _ => $"{bytes >> 30:N0} GiB",
    };

    /// <summary>Bytes from a text such as <c>512M</c>, <c>1.5 GiB</c> or <c>4096KB</c>: a unit is always a power of 1024.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The amount; null when the text is none, or more than 2⁶² bytes.</returns>
    public static long? Parse(string text)
    {
        if (Pattern().Match(text) is not { Success: true, Groups: [_, var number, var unit] })
            return null;
        var amount = decimal.Parse(number.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        for (var power = "KMGT".IndexOf(char.ToUpperInvariant(unit.ValueSpan[0])); power >= 0; power--)
            amount *= 1024;
        return amount <= 1L << 62 ? (long)amount : null;
    }

    [GeneratedRegex(@"^\s*([0-9]{1,15}(?:\.[0-9]{1,6})?)\s*([KMGT])(?:i?B)?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
