using Workbook.Sim;

namespace Workbook.KeyValue;

/// <summary>What came of a request.</summary>
public enum Err
{
    /// <summary>It was done.</summary>
    Ok,

    /// <summary>It was done, and there is nothing under the key.</summary>
    NoKey,

    /// <summary>This server does not lead, or no longer: ask another. The request may be done all the same, now or later.</summary>
    WrongLeader,

    /// <summary>No server says this; a client that lost its patience tells its caller so: it was done, or will be, or never.</summary>
    Maybe,
}

/// <summary>What a client asks a server for. It stands in Raft's log as one line, see <see cref="Command"/>.</summary>
/// <param name="ClientId">Who asks; no two clients have the same.</param>
/// <param name="Sequence">Numbers the client's requests from 1 on. A request that is sent again keeps its number (lecture 7).</param>
/// <param name="Key">The key.</param>
public abstract record KeyValueRequest(string ClientId, long Sequence, string Key) : Message;

/// <summary>What stands under the key?</summary>
public sealed record Get(string ClientId, long Sequence, string Key) : KeyValueRequest(ClientId, Sequence, Key)
{
    /// <inheritdoc/>
    public override long WireBytes() => 24 + Key.Length;
}

/// <summary>From now on this stands under the key.</summary>
public sealed record Put(string ClientId, long Sequence, string Key, string Value) : KeyValueRequest(ClientId, Sequence, Key)
{
    /// <inheritdoc/>
    public override long WireBytes() => 24 + Key.Length + Value.Length;
}

/// <summary>This goes to the end of what stands under the key; where nothing stands it is a put.</summary>
public sealed record Append(string ClientId, long Sequence, string Key, string Value) : KeyValueRequest(ClientId, Sequence, Key)
{
    /// <inheritdoc/>
    public override long WireBytes() => 24 + Key.Length + Value.Length;
}

/// <summary>A put, if <c>Expected</c> stands under the key (nothing there is the empty text); the reply's value says <c>true</c> or <c>false</c>.</summary>
public sealed record CompareAndSet(string ClientId, long Sequence, string Key, string Expected, string Value) : KeyValueRequest(ClientId, Sequence, Key)
{
    /// <inheritdoc/>
    public override long WireBytes() => 24 + Key.Length + Expected.Length + Value.Length;
}

/// <summary>The answer to each of them.</summary>
/// <param name="Err">What came of it.</param>
/// <param name="Value">What a get found, and whether a compare-and-set wrote; null otherwise.</param>
/// <param name="Leader">With <see cref="Err.WrongLeader"/>: who leads, as far as the server knows.</param>
public sealed record KeyValueReply(Err Err, string? Value = null, NodeId? Leader = null) : Message
{
    /// <inheritdoc/>
    public override long WireBytes() => 8 + (Value?.Length ?? 0);
}
