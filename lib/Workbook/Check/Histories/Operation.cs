using System.Text;

namespace Workbook.Check;

/// <summary>What a client learned about its operation.</summary>
public enum Outcome
{
    /// <summary>
    /// It was done, and its result is known. A compare-and-set that found another value was done too: its result is <c>false</c>.
    /// </summary>
    Ok,

    /// <summary>It was certainly not done, and that tells nothing about the object: checkers leave it out.</summary>
    Failed,

    /// <summary>No answer came: it may take effect at any time after its invocation, or never.</summary>
    Unknown,
}

/// <summary>
/// One operation of a client on an object: invoked at one time, returned at a later one (Herlihy and Wing 1990). Arguments and results
/// are text as one would write them: <c>1</c>, <c>true</c>, <c>x 0 1 y</c>; null where there is none.
/// </summary>
/// <param name="Client">Who called. A client has one call open at a time.</param>
/// <param name="Function">What was called, as models name it: <c>read</c>, <c>write</c>, <c>cas</c>, <c>get</c>, <c>put</c>, <c>append</c>, …</param>
/// <param name="Invoked">When it was called. Only the order of times matters, so any unit will do: virtual ticks, lines of a file, nanoseconds.</param>
/// <param name="Returned">
/// When it returned, or when the client gave up on it; <see cref="Never"/> when neither is known. Operation a comes before operation b
/// when a returned at an earlier time than b was invoked; at the same time they are concurrent, because nobody knows which came first.
/// </param>
public sealed record Operation(string Client, string Function, long Invoked, long Returned)
{
    /// <summary>The time of a return that never came.</summary>
    public const long Never = long.MaxValue;

    /// <summary>The object it was called on: a register, a key, a lock; null when the history has only one.</summary>
    public string? Key { get; init; }

    /// <summary>The value to write, put, append, enqueue, add …; the new value of a compare-and-set.</summary>
    public string? Argument { get; init; }

    /// <summary>The value that a compare-and-set wants to find; null where it wants nothing there, and in all other operations.</summary>
    public string? Expected { get; init; }

    /// <summary>What it returned; null for a read that found nothing, and where there is nothing to return or the outcome is not Ok.</summary>
    public string? Result { get; init; }

    /// <summary>What the client learned.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>Whether this operation was over before the other one began, so that every order has to keep them so.</summary>
    public bool Precedes(Operation other) => Outcome != Outcome.Unknown && Returned < other.Invoked;

    /// <summary>As the lecture's drawings write it, <c>Wx1</c> and <c>Rx1</c>; what they have no letter for as a call: <c>cas(x, 3, 0) = true</c>.</summary>
    public override string ToString()
    {
        var mark = Outcome switch { Outcome.Unknown => "?", Outcome.Failed => "!", _ => "" };
        if (Key is { Length: > 0 } && Key.All(char.IsAsciiLetter))
        {
            if (Function == "write") return $"W{Key}{Argument ?? "nil"}{mark}";
            if (Function == "read") return Outcome == Outcome.Ok ? $"R{Key}{Result ?? "nil"}" : $"R{Key}{mark}";
        }
        var call = new StringBuilder(Function).Append('(').AppendJoin(", ", new[] { Key, Expected, Argument }.Where(text => text is not null)).Append(')');
        if (Outcome == Outcome.Ok && (Result is not null || Function is "read" or "get" or "dequeue")) call.Append(" = ").Append(Result ?? "nil");
        return call.Append(mark).ToString();
    }
}
