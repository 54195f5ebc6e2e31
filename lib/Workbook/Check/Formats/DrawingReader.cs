using System.Globalization;
using System.Text;

namespace Workbook.Check;

/// <summary>
/// Histories drawn with bars, as in the notes of lecture 7: <c>|-Wx1-|</c> is an operation from its call to its return, and columns are
/// time. A row may have a label (<c>C1:</c>), which takes columns like all else. A bar without an end never returned. Operations whose
/// ends stand in one column overlap, unless they stand in one row.
/// </summary>
internal static class DrawingReader
{
    private const int TabStop = 8;

    /// <summary>Whether there is a bar anywhere, or a piece of one.</summary>
    public static bool Looks(ReadOnlySpan<char> text) => Plain(text.ToString()) is var plain
        && (plain.Contains("|-", StringComparison.Ordinal) || plain.Contains("-|", StringComparison.Ordinal));

    public static IEnumerable<(Operation Operation, int Line)> Read(string text)
    {
        var read = Rows(text).ToList();
        // W and R with an A among them are those of a key/value store, whose functions have other names.
        return read.Exists(one => one.Operation.Function == "append") ? read.Select(one => (InStore(one.Operation), one.Line)) : read;
    }

    private static Operation InStore(Operation operation) => operation.Function switch
    {
        "write" => operation with { Function = "put" },
        "read" => operation with { Function = "get" },
        _ => operation,
    };

    private static IEnumerable<(Operation Operation, int Line)> Rows(string text)
    {
        var rows = 0;
        foreach (var (number, line) in Texts.Lines(text))
        {
            var row = Plain(Untabbed(line.Span)).TrimEnd();
            var first = row.IndexOf('|');
            if (row.Length == 0 || IsComment(row)) continue;
            if (first < 0)
            {
                // A heading, as the notes have above each drawing.
                if (rows == 0 && row[^1] == ':') continue;
                throw new HistoryFormatException(number, $"there is no bar in '{Texts.Shown(row)}'; an operation is drawn |-Wx1-|, and a line of words begins with #.");
            }

            rows++;
            foreach (var operation in new DrawnRow(row, number, Client(row[..first], number, rows)).Read(first))
                yield return (operation, number);
        }

        if (rows == 0) throw new HistoryFormatException(1, "no operation is drawn here; one is drawn |-Wx1-|.");
    }

    private static bool IsComment(string row) => row.TrimStart() is var start
        && (start.StartsWith('#') || start.StartsWith(';') || start.StartsWith("//", StringComparison.Ordinal));

    private static string Client(string before, int number, int row)
    {
        var label = before.Trim();
        if (label.Length == 0) return string.Create(CultureInfo.InvariantCulture, $"row {row}");
        if (label.Length > 1 && label[^1] == ':') return label[..^1].TrimEnd();
        throw new HistoryFormatException(number, $"'{Texts.Shown(label)}' stands before the first bar; the label of a row ends with a colon, C1:, and a bar begins with |-.");
    }

    /// <summary>Where the text came through a word processor, its dashes and bars are others than one types.</summary>
    private static string Plain(string text) => text.AsSpan().ContainsAny("─—–‐│├┤┃¦")
        ? text.Replace('─', '-').Replace('—', '-').Replace('–', '-').Replace('‐', '-')
            .Replace('│', '|').Replace('├', '|').Replace('┤', '|').Replace('┃', '|').Replace('¦', '|')
        : text;

    private static string Untabbed(ReadOnlySpan<char> line)
    {
        if (!line.Contains('\t')) return line.ToString();
        var text = new StringBuilder();
        foreach (var letter in line)
        {
            if (letter == '\t') text.Append(' ', TabStop - text.Length % TabStop);
            else text.Append(letter);
        }

        return text.ToString();
    }
}

/// <summary>One row of a drawing.</summary>
internal readonly struct DrawnRow(string row, int line, string client)
{
    /// <summary>The operations, from the first bar on.</summary>
    public IEnumerable<Operation> Read(int first)
    {
        var from = first;
        for (var at = first; at < row.Length;)
        {
            var bar = Bar(at);
            var label = row[(at + 1)..bar.LabelEnd].Trim('-', ' ');
            // What a client calls after a call without an end it calls because it gave up on that one.
            var next = NextBar(bar.End);
            var returned = bar.IsClosed ? bar.End : next >= 0 ? next - 1 : Operation.Never;
            yield return new DrawnOperation(label, line).ToOperation(client, from, returned, bar.IsClosed);
            // Two bars may share an end; the second call comes after the first return then.
            from = next == bar.End ? next + 1 : next;
            at = next < 0 ? row.Length : next;
        }
    }

    private (int LabelEnd, int End, bool IsClosed) Bar(int start)
    {
        if (start + 1 == row.Length || row[start + 1] != '-')
            throw new HistoryFormatException(line, $"a bar begins with |-, but in column {start + 1} stands '{Texts.Shown(row.AsSpan(start, Math.Min(2, row.Length - start)))}'.");
        var quoted = false;
        for (var at = start + 1; at < row.Length; at++)
        {
            quoted ^= row[at] == '"';
            if (quoted) continue;
            if (row[at] == '|' && row[at - 1] == '-' && at > start + 2) return (at, at, true);
            // An end that is missing: blanks follow the dashes, and then perhaps another bar.
            if (row[at] == ' ' && row[at - 1] is '-' or '>' && Follows(at)) return (at, at, false);
            if (row[at] == '|') throw Wrong(start, at);
        }

        if (quoted || row[^1] is not ('-' or '>')) throw Wrong(start, row.Length);
        return (row[^1] == '>' ? row.Length - 1 : row.Length, row.Length, false);
    }

    private bool Follows(int at) => row.AsSpan(at).TrimStart() is [] or ['|', ..] or ['#', ..];

    private HistoryFormatException Wrong(int start, int end) =>
        new(line, $"the bar '{Texts.Shown(row.AsSpan(start, end - start))}' in column {start + 1} has no end; it ends with -|, or with dashes where no reply came.");

    /// <summary>Where the next bar begins; -1 when there is none.</summary>
    private int NextBar(int end)
    {
        for (var at = end + 1; at < row.Length && row[at] != '#'; at++)
        {
            if (row[at] == '|') return at;
            if (row[at] is not (' ' or '-'))
                throw new HistoryFormatException(line, $"'{Texts.Shown(row.AsSpan(at))}' stands where the next bar should begin, |-; words after the bars begin with #.");
            if (row[at] == '-' && (at != end + 1 || row[end] != '|'))
                throw new HistoryFormatException(line, $"'{Texts.Shown(row.AsSpan(at))}' stands where the next bar should begin, |-.");
            if (row[at] == '-') return end;
        }

        return -1;
    }
}
