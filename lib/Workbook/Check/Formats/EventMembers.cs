namespace Workbook.Check;

/// <summary>The members of an event, as they come in; what is missing or double is said with the line.</summary>
internal sealed class EventMembers(int line)
{
    private Datum? _process;
    private Datum? _type;
    private Datum? _function;
    private Datum? _key;
    private Datum? _value;
    private Datum? _error;

    /// <summary>Takes a member; those that say nothing about the operation (<c>:time</c>, <c>:index</c>, <c>:node</c>) are left out.</summary>
    public void Take(string name, Datum value, int at)
    {
        switch (name)
        {
            case "process": Once(ref _process); break;
            case "type": Once(ref _type); break;
            case "f": Once(ref _function); break;
            case "key": Once(ref _key); break;
            case "value": Once(ref _value); break;
            case "error" or "exception": _error = value; break;
        }

        void Once(ref Datum? member)
        {
            if (member is not null) throw new HistoryFormatException(at, $"this event has two members '{name}'; which of them holds?");
            member = value;
        }
    }

    public RecordedEvent ToEvent()
    {
        var name = Wanted(_type, "type", "invoke, ok, fail or info");
        var type = RecordedEvent.TypeOf(name)
            ?? throw new HistoryFormatException(line, $"an event cannot be of the type '{Texts.Shown(name)}'; it is invoke, ok, fail or info.");
        return new(line, Wanted(_process, "process", "who called"), type, Wanted(_function, "f", "what was called"))
        {
            Key = _key?.ToText(),
            Value = _value ?? Datum.Nil,
            HasError = _error is { IsNil: false },
        };
    }

    private string Wanted(Datum? member, string name, string what)
    {
        if (member is not { IsNil: false } given)
            throw new HistoryFormatException(line, $"this event has no member '{name}', which says {what}.");
        if (given.Items is not null || given.Text.Length == 0)
            throw new HistoryFormatException(line, $"the member '{name}' must be one word that says {what}, not '{Texts.Shown(given.ToText())}'.");
        return given.Text;
    }
}
