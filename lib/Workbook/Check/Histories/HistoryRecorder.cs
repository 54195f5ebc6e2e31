using Workbook.Sim;

namespace Workbook.Check;

/// <summary>Writes down what clients do while they do it: <see cref="Invoke"/> gives a call, and the call is told how it ended.</summary>
/// <remarks>
/// No two events get the same time, because the recorder sees them one after the other: where the clock says the same (or there is
/// none), the later event is one tick later. So the history has exactly the order of what happened.
/// </remarks>
/// <param name="now">The clock to take times from: <c>() => run.Now</c> of a simulation; without one, events are counted 0, 1, 2 …</param>
public sealed class HistoryRecorder(Func<Instant>? now = null)
{
    private readonly List<Operation> _operations = [];
    private readonly Dictionary<string, int> _open = [];
    private long _last = -1;

    /// <summary>How many operations were invoked so far.</summary>
    public int Count => _operations.Count;

    /// <summary>A client calls a function.</summary>
    /// <param name="client">Who calls.</param>
    /// <param name="function">What is called: <c>get</c>, <c>put</c>, <c>append</c>, <c>read</c>, <c>write</c>, <c>cas</c>, …</param>
    /// <param name="key">The object it is called on; null when there is only one.</param>
    /// <param name="argument">The value to write, put, append …; null when there is none.</param>
    /// <param name="expected">What a compare-and-set wants to find.</param>
    /// <exception cref="ArgumentException">The client has a call open already.</exception>
    public Call Invoke(string client, string function, string? key = null, string? argument = null, string? expected = null)
    {
        if (_open.TryGetValue(client, out var open))
        {
            throw new ArgumentException($"Client {client} calls {function} while its {_operations[open]} is still open: "
                + "a client has one call at a time, so give each thread a name of its own, or let the client give up first.", nameof(client));
        }

        var number = _operations.Count;
        _operations.Add(new(client, function, Tick(), Operation.Never) { Key = key, Argument = argument, Expected = expected, Outcome = Outcome.Unknown });
        _open.Add(client, number);
        return new(this, number);
    }

    /// <summary>The client crashed or stopped waiting: its open call, if it has one, ends with an unknown outcome.</summary>
    public void GiveUp(string client)
    {
        if (_open.TryGetValue(client, out var open)) End(open, Outcome.Unknown, null);
    }

    /// <summary>What was recorded so far. A call that has not ended is unknown.</summary>
    public History ToHistory() => new(_operations);

    internal void End(int number, Outcome outcome, string? result)
    {
        var operation = _operations[number];
        // An answer that comes after the client gave up changes nothing: nobody waits for it.
        if (!_open.TryGetValue(operation.Client, out var open) || open != number) return;
        _open.Remove(operation.Client);
        _operations[number] = operation with { Returned = Tick(), Outcome = outcome, Result = result };
    }

    private long Tick() => _last = Math.Max(now?.Invoke().Ticks ?? 0, _last + 1);

    /// <summary>A call that is open until one of these is called; what is called after that changes nothing.</summary>
    public readonly struct Call
    {
        private readonly HistoryRecorder _recorder;
        private readonly int _number;

        internal Call(HistoryRecorder recorder, int number) => (_recorder, _number) = (recorder, number);

        /// <summary>The operation was done and returned this; null for nothing.</summary>
        public void Return(string? result = null) => _recorder.End(_number, Outcome.Ok, result);

        /// <summary>The operation was certainly not done.</summary>
        public void Fail() => _recorder.End(_number, Outcome.Failed, null);

        /// <summary>The client stopped waiting: whether the operation was or will be done is unknown.</summary>
        public void GiveUp() => _recorder.End(_number, Outcome.Unknown, null);
    }
}
