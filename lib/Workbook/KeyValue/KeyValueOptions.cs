using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.KeyValue;

/// <summary>How a key/value store is set: servers, clients, and Raft below.</summary>
public sealed record KeyValueOptions
{
    /// <summary>The labs' timing, see <see cref="RaftOptions.Lab"/>.</summary>
    public static readonly KeyValueOptions Lab = new() { Raft = RaftOptions.Lab };

    /// <summary>Raft's timing and precautions.</summary>
    public RaftOptions Raft { get; init; } = new();

    /// <summary>The store's precautions.</summary>
    public KeyValueRules Rules { get; init; } = KeyValueRules.All;

    /// <summary>How gets are answered.</summary>
    public ReadMode Reads { get; init; } = ReadMode.Log;

    /// <summary>A snapshot is taken when Raft's log has that many bytes (lab 3B's <c>maxraftstate</c>); null takes none.</summary>
    public long? MaxRaftState { get; init; }

    /// <summary>How often a server looks whether it still leads the term in which its clients' commands went into its log.</summary>
    public TimeSpan LookEvery { get; init; } = 100.Milliseconds();

    /// <summary>How long a client waits for a server before it asks the next.</summary>
    public TimeSpan RetryAfter { get; init; } = 250.Milliseconds();

    /// <summary>How long a client rests when it has asked as many times as there are servers, and nobody leads.</summary>
    public TimeSpan Rest { get; init; } = 50.Milliseconds();

    /// <summary>After how long a client gives up on a request, without knowing what came of it; null is never, as in lab 3.</summary>
    public TimeSpan? Patience { get; init; }

    internal KeyValueOptions Checked()
    {
        if (MaxRaftState is <= 0) throw new ArgumentException($"No log is as short as {MaxRaftState} bytes; give a size above 0, or null for no snapshots.");
        if (RetryAfter > TimeSpan.Zero && LookEvery > TimeSpan.Zero) return this;
        throw new ArgumentException("Clients and servers must wait for some time before they look again; give RetryAfter and LookEvery above 0.");
    }
}
