namespace Workbook.Sim;

/// <summary>
/// What one process says to another: an immutable record. All messages of a system stand in its <c>Messages.cs</c>,
/// in the order of the exchange, under the paper's names.
/// </summary>
public abstract record Message
{
    /// <summary>Bytes on the wire, for runs in which bandwidth counts; 0 costs nothing.</summary>
    public virtual long WireBytes() => 0;

    /// <summary>One readable line: <c>RequestVote(term 3, candidate s2)</c>.</summary>
    public sealed override string ToString() => Readable.Of(this);
}

/// <summary>
/// Marks a message that holds what only this process has, such as functions of the program, or objects that nothing writes out: simulated machines give it to
/// each other, processes cannot.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InProcessAttribute : Attribute;
