namespace Workbook.Check;

/// <summary>
/// Events in Clojure's data notation: one map a line, as in the key/value histories that Porcupine is tested with, or one vector of maps,
/// as Jepsen's <c>history.edn</c>. Maps may bear a tag.
/// </summary>
internal static class EdnEvents
{
    public static IEnumerable<RecordedEvent> Read(string text)
    {
        var edn = new EdnText(text);
        var (closing, from) = ('\0', 0);
        while (!edn.AtEnd())
        {
            if (edn.SkipTag()) continue;
            var next = edn.Peek();
            if (next == '{')
            {
                yield return Event(edn);
            }
            else if (next is '[' or '(' && closing == '\0')
            {
                (closing, from) = (next == '[' ? ']' : ')', edn.Line);
                edn.Skip();
            }
            else if (next == closing)
            {
                closing = '\0';
                edn.Skip();
            }
            else
            {
                throw new HistoryFormatException(edn.Line, $"'{Texts.Shown(next.ToString())}' stands where an event should begin, {{:process 0, :type :invoke, :f :read, :value nil}}.");
            }
        }

        if (closing != '\0')
            throw new HistoryFormatException(edn.Line, $"the text ends, but a '{closing}' is missing for the '{(closing == ']' ? '[' : '(')}' in line {from}; was the file cut off?");
    }

    private static RecordedEvent Event(EdnText edn)
    {
        var members = new EventMembers(edn.Line);
        var from = edn.Line;
        edn.Skip();
        while (edn.Peek() != '}')
        {
            if (edn.AtEnd()) throw new HistoryFormatException(edn.Line, $"the text ends in the middle of the event of line {from}; was the file cut off?");
            var name = edn.Read();
            if (name.Kind is not (DatumKind.Keyword or DatumKind.Quoted or DatumKind.Word))
                throw new HistoryFormatException(edn.Line, $"the name of a member must be a keyword such as :process, not '{Texts.Shown(name.ToText())}'.");
            if (edn.Peek() == '}') throw new HistoryFormatException(edn.Line, $"the member '{Texts.Shown(name.Text)}' has no value.");
            members.Take(name.Text, edn.Read(1), edn.Line);
        }

        edn.Skip();
        return members.ToEvent();
    }
}
