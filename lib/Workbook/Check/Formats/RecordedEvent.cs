namespace Workbook.Check;

/// <summary>What became of a call, as Jepsen names it.</summary>
internal enum EventType
{
    /// <summary>A client calls.</summary>
    Invoke,

    /// <summary>The call returned.</summary>
    Ok,

    /// <summary>The call was certainly not done.</summary>
    Fail,

    /// <summary>Nobody knows whether it was or will be done.</summary>
    Info,
}

/// <summary>One event of a log: a client calls a function, or learns what became of its call.</summary>
internal readonly record struct RecordedEvent(int Line, string Process, EventType Type, string Function)
{
    /// <summary>The object, where the event names it beside the value.</summary>
    public string? Key { get; init; }

    public Datum Value { get; init; }

    /// <summary>Whether an error is given: then a failure says nothing about what was found.</summary>
    public bool HasError { get; init; }

    /// <summary>Jepsen's injector of faults stands in the log like a client, but is none.</summary>
    public bool IsNemesis => Process == "nemesis";

    public static EventType? TypeOf(ReadOnlySpan<char> name) => name switch
    {
        "invoke" => EventType.Invoke,
        "ok" => EventType.Ok,
        "fail" => EventType.Fail,
        "info" => EventType.Info,
        _ => null,
    };
}
