using System.Globalization;

namespace Workbook.Spark.Apps;

/// <summary>
/// Links as lines of text: two pages with spaces or tabs between. Empty lines are passed over, and so are lines that begin with <c>#</c>, where collections of
/// graphs say what they are.
/// </summary>
public static class EdgeLines
{
    /// <summary>Links between pages with names. An action fails with file, line and what should be there if a line is no link.</summary>
    public static Rdd<(string From, string To)> Parse(Rdd<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return lines.FlatMap<(string From, string To)>((line, emit) =>
        {
            if (!IsPassedOver(line)) emit(Words(line, "two pages with a space between, such as 'u1 u3'"));
        });
    }

    /// <summary>
    /// Links between pages that are numbers from 0, in far less memory. An action fails with file, line and what should be there if a line is no link.
    /// </summary>
    public static Rdd<(int From, int To)> ParseNumbers(Rdd<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return lines.FlatMap<(int From, int To)>((line, emit) =>
        {
            if (IsPassedOver(line)) return;
            const string Wanted = "two whole numbers from 0 to 2147483647 with a space between, such as '1 3'";
            var (from, to) = Words(line, Wanted);
            emit((Number(from, Wanted), Number(to, Wanted)));
        });
    }

    private static bool IsPassedOver(string line) => line.StartsWith('#') || string.IsNullOrWhiteSpace(line);

    private static (string From, string To) Words(string line, string wanted) =>
        line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) switch
        {
            [var from, var to] => (from, to),
            [_] => throw new FormatException($"a link was expected, {wanted}, and there is only one word"),
            var words => throw new FormatException($"a link was expected, {wanted}, and there are {words.Length} words"),
        };

    private static int Number(string word, string wanted) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw new FormatException($"a link was expected, {wanted}, and '{word}' is none");
}
