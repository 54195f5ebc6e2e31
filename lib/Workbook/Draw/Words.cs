using System.Globalization;

namespace Workbook.Draw;

/// <summary>Numbers, times and lists as the texts of pictures spell them, the same on every machine.</summary>
internal static class Words
{
    /// <summary>Four significant digits, thousands set apart by commas: <c>12,900</c>, <c>0.0123</c>, <c>1.5e-9</c>.</summary>
    public static string Number(double value)
    {
        var size = Math.Abs(value);
        if (value == 0 || !double.IsFinite(value))
            return value.ToString(CultureInfo.InvariantCulture);
        if (size is < 1e-4 or >= 1e15)
            return value.ToString("0.###e-0", CultureInfo.InvariantCulture);
        var decimals = Math.Clamp(3 - (int)Math.Floor(Math.Log10(size)), 0, 7);
        return value.ToString("#,0." + new string('#', decimals), CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// The same, but what is nothing beside <paramref name="scale"/> is spelled 0: <c>3.6e-49</c> of a thousand says no more.
    /// </summary>
    public static string Number(double value, double scale) => Number(Math.Abs(value) < scale * 1e-4 ? 0 : value);

    public static string Number(double value, string unit) => unit.Length == 0 ? Number(value) : $"{Number(value)} {unit}";

    /// <summary>A length of time in the unit that keeps it short: <c>1.2 s</c>, <c>35 ms</c>, <c>800 µs</c>.</summary>
    public static string Time(TimeSpan time) => Math.Abs(time.TotalSeconds) switch
    {
        0 => "0 s",
        < 1e-3 => $"{Number(time.TotalMicroseconds)} µs",
        < 1 => $"{Number(time.TotalMilliseconds)} ms",
        _ => $"{Number(time.TotalSeconds)} s",
    };

    /// <summary><c>a, b and c</c>; from the seventh on only how many more there are.</summary>
    public static string List(IEnumerable<string> items)
    {
        var all = items.ToList();
        if (all.Count > 7)
            all = [.. all.Take(6), $"{Number(all.Count - 6)} more"];
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.SkipLast(1))} and {all[^1]}";
    }

    /// <summary><c>1 bar</c>, <c>3 bars</c>; a noun that does not take an s has its <paramref name="plural"/> given.</summary>
    public static string Count(int count, string noun, string? plural = null) => count == 1 ? $"1 {noun}" : $"{Number(count)} {plural ?? noun + "s"}";

    /// <summary>At most so many letters; a longer text ends in an ellipsis.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : text[..(most - 1)].TrimEnd() + "…";

    /// <summary>Compares names so that <c>w2</c> comes before <c>w10</c>: runs of digits by their value, all else by code unit.</summary>
    public static int CompareNaturally(string left, string right)
    {
        for (int i = 0, j = 0; ;)
        {
            if (i == left.Length || j == right.Length)
                return (left.Length - i).CompareTo(right.Length - j);
            var (a, b) = (Run(left, i), Run(right, j));
            var order = char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0])
                ? CompareDigits(a, b)
                : string.CompareOrdinal(a, b);
            if (order != 0)
                return order;
            (i, j) = (i + a.Length, j + b.Length);
        }
    }

    private static string Run(string text, int start)
    {
        var digits = char.IsAsciiDigit(text[start]);
        var end = start + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]) == digits)
            end++;
        return text[start..end];
    }

    private static int CompareDigits(string a, string b)
    {
        var (x, y) = (a.TrimStart('0'), b.TrimStart('0'));
        return x.Length != y.Length ? x.Length.CompareTo(y.Length) : string.CompareOrdinal(x, y);
    }
}
