namespace Workbook.Check;

/// <summary>Tells from the look of a text which format it is in.</summary>
internal static class FormatGuess
{
    /// <summary>How much of a text is looked at. A log may begin with pages about other things.</summary>
    private const int Looked = 1 << 20;

    public static HistoryFormat Of(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, Looked));
        if (Rubbish(head) is { } place)
            throw new HistoryFormatException(head[..place].Count('\n') + 1, "this is no text but binary data, which no format of histories is.");
        var first = head.TrimStart();
        if (first.IsEmpty) throw new HistoryFormatException(1, "there is nothing here but blanks; a history has at least one operation.");
        var line = first[..(first.IndexOf('\n') is var end and >= 0 ? end : first.Length)];
        if (line.Contains(LogEvents.Mark, StringComparison.Ordinal)
            || (head.Contains(LogEvents.Mark, StringComparison.Ordinal) && first[0] is not ('{' or '[' or '(' or ';' or '#'))) return HistoryFormat.JepsenLog;
        if (first[0] is '{' or '[') return IsJson(first) ? HistoryFormat.Json : HistoryFormat.Edn;
        if (first[0] is '(' || first.StartsWith("#jepsen", StringComparison.Ordinal) || (first[0] == ';' && !DrawingReader.Looks(head))) return HistoryFormat.Edn;
        if (DrawingReader.Looks(head)) return HistoryFormat.Drawing;
        throw new HistoryFormatException(head[..(head.Length - first.Length)].Count('\n') + 1,
            $"'{Texts.Shown(line)}' begins no history; there should be a drawing (|-Wx1-|), "
            + "a line of Jepsen's log (INFO  jepsen.util - 2 :invoke :cas [3 0]), EDN ({:process 0, :type :invoke, :f :read, :value nil}) or JSON.");
    }

    /// <summary>JSON's members have names in quotes. An array of nothing is both.</summary>
    private static bool IsJson(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (letter == '"') return true;
            if (letter is not ('[' or '{') && !char.IsWhiteSpace(letter)) return false;
        }

        return false;
    }

    private static int? Rubbish(ReadOnlySpan<char> text)
    {
        var strange = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\0') return at;
            if (text[at] == '\uFFFD' || (char.IsControl(text[at]) && text[at] is not ('\n' or '\r' or '\t' or '\f' or '\v'))) strange++;
            // A few odd characters may stand in a value; more than one in ten is no text.
            if (strange > 16 && strange * 10 > at) return at;
        }

        return null;
    }
}
