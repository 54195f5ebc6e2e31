namespace Workbook.Check;

/// <summary>
/// Puts the events of a log together to operations: each call with what became of it. The order of the events is the order of time, since
/// logs write them one after the other; their times, which threads took for themselves, need not agree with it.
/// </summary>
internal sealed class EventPairs
{
    private readonly List<Pair> _pairs = [];
    private readonly Dictionary<string, int> _open = [];
    private long _now = -1;

    private sealed record Pair(RecordedEvent Call, long Invoked)
    {
        public long Returned { get; set; } = Operation.Never;

        public RecordedEvent? End { get; set; }
    }

    /// <summary>The history that the events tell; an operation's line is that of its call.</summary>
    public static History Join(IEnumerable<RecordedEvent> events)
    {
        var pairs = new EventPairs();
        foreach (var happening in events) pairs.Take(happening);
        var keyed = pairs.AreKeyed();
        return History.OfPairs([.. pairs._pairs.Select(pair => ToOperation(pair, keyed))], [.. pairs._pairs.Select(pair => pair.Call.Line)]);
    }

    private void Take(RecordedEvent happening)
    {
        if (happening.IsNemesis) return;
        _now++;
        var isOpen = _open.TryGetValue(happening.Process, out var number);
        if (happening.Type == EventType.Invoke)
        {
            if (isOpen)
            {
                throw new HistoryFormatException(happening.Line, $"process {Texts.Shown(happening.Process)} calls {Texts.Shown(happening.Function)} while its "
                    + $"{Texts.Shown(_pairs[number].Call.Function)} of line {_pairs[number].Call.Line} is still open; a process has one call at a time.");
            }

            _open.Add(happening.Process, _pairs.Count);
            _pairs.Add(new(happening, _now));
            return;
        }

        if (!isOpen)
        {
            throw new HistoryFormatException(happening.Line, $"process {Texts.Shown(happening.Process)} has no open call that this "
                + $"'{happening.Type.ToString().ToLowerInvariant()}' of {Texts.Shown(happening.Function)} could belong to; is its invoke missing?");
        }

        _open.Remove(happening.Process);
        _pairs[number].Returned = _now;
        _pairs[number].End = Checked(_pairs[number].Call, happening);
    }

    private static RecordedEvent Checked(RecordedEvent call, RecordedEvent end)
    {
        if (end.Function != call.Function || (end.Key is { } key && key != call.Key))
        {
            throw new HistoryFormatException(end.Line, $"process {Texts.Shown(end.Process)} returns from {Shown(end)}, "
                + $"but its open call, of line {call.Line}, is {Shown(call)}.");
        }

        return end;

        static string Shown(RecordedEvent happening) => Texts.Shown(happening.Function + (happening.Key is { } key ? $" of {key}" : ""));
    }

    /// <summary>
    /// Jepsen runs many objects in one test by making each value a pair of key and value. That is so when every call is such a pair; of
    /// a compare-and-set, whose value is a pair anyway, the second half must be one again.
    /// </summary>
    private bool AreKeyed() => _pairs.Count > 0 && _pairs.TrueForAll(pair => pair.Call is { Key: null, Value.IsPair: true }
        && (!IsCompareAndSet(pair.Call) || pair.Call.Value.Items![1].IsPair));

    private static Operation ToOperation(Pair pair, bool keyed)
    {
        var (call, end) = (pair.Call, pair.End);
        var key = keyed ? call.Value.Items![0].ToText() : call.Key;
        var argument = keyed ? call.Value.Items![1] : call.Value;
        var result = end is not { } ended ? Datum.Nil : keyed && ended.Value.IsPair ? ended.Value.Items![1] : ended.Value;
        var operation = new Operation(call.Process, call.Function, pair.Invoked, pair.Returned) { Key = key, Outcome = OutcomeOf(end) };
        return IsCompareAndSet(call) ? CompareAndSet(operation, call, end, argument, result) : Usual(operation, call, end, argument, result);
    }

    private static bool IsCompareAndSet(RecordedEvent call) => FunctionNames.Name(call.Function) == FunctionNames.CompareAndSet;

    private static Outcome OutcomeOf(RecordedEvent? end) => end?.Type switch
    {
        EventType.Ok => Outcome.Ok,
        EventType.Fail => Outcome.Failed,
        _ => Outcome.Unknown,
    };

    /// <summary>A function that is called without a value returns one; one that is called with a value returns nothing, or that value.</summary>
    private static Operation Usual(Operation operation, RecordedEvent call, RecordedEvent? end, Datum argument, Datum result)
    {
        if (operation.Outcome != Outcome.Ok) return operation with { Argument = argument.ToText() };
        if (argument.IsNil) return operation with { Result = result.ToText() };
        var (given, returned) = (argument.ToText(), result.ToText());
        if (returned is not null && returned != given && !Answers(call.Function, returned))
        {
            throw new HistoryFormatException(end!.Value.Line, $"the {Texts.Shown(call.Function)} of {Texts.Shown(given)} in line {call.Line} "
                + $"returns with the value {Texts.Shown(returned)}; it should be the same, or nil.");
        }

        return operation with { Argument = given, Result = returned == given ? null : returned };
    }

    /// <summary>A question about an element is answered yes or no, and so may be a change.</summary>
    private static bool Answers(string function, string returned) => returned is "true" or "false" || FunctionNames.Name(function) == FunctionNames.Contains;

    /// <summary>
    /// A compare-and-set that fails with its own value and no error found another value there, which tells something about the object;
    /// one that fails with an error was not done, which tells nothing.
    /// </summary>
    private static Operation CompareAndSet(Operation operation, RecordedEvent call, RecordedEvent? end, Datum argument, Datum result)
    {
        if (!argument.IsPair)
            throw new HistoryFormatException(call.Line, $"a cas needs the value it expects and the new one, [3 0], not '{Texts.Shown(argument.ToText())}'.");
        var (expected, value) = (argument.Items![0].ToText(), argument.Items[1].ToText());
        operation = operation with { Expected = expected, Argument = value };
        if (operation.Outcome == Outcome.Ok) return operation with { Result = result.ToText() == "false" ? "false" : "true" };
        var found = end is { Type: EventType.Fail, HasError: false } && (result.IsNil || result.ToText() == argument.ToText());
        return found ? operation with { Outcome = Outcome.Ok, Result = "false" } : operation;
    }
}
