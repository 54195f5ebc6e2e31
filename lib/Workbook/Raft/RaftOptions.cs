using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>How the leader answers what only reads.</summary>
public enum ReadMode
{
    /// <summary>Through the log, as a write (lecture 7: what the labs ask for).</summary>
    Log,

    /// <summary>From its own state, once a round of heartbeats has shown that it still leads (§8, ReadIndex).</summary>
    ReadIndex,

    /// <summary>From its own state at once, while a majority has promised not to elect another (§8, lecture 7).</summary>
    Lease,
}

/// <summary>How a Raft server is set.</summary>
public sealed record RaftOptions
{
    /// <summary>The labs' timing: ten heartbeats a second and slower elections (lab 2A), entries numbered from 1 without empty ones.</summary>
    public static readonly RaftOptions Lab = new()
    {
        HeartbeatInterval = 100.Milliseconds(),
        ElectionTimeoutMin = 300.Milliseconds(),
        ElectionTimeoutMax = 600.Milliseconds(),
        Rules = RaftRules.All with { NoOpAtTermStart = false },
    };

    /// <summary>The shortest election timeout; the paper's own choice (§9.3).</summary>
    public TimeSpan ElectionTimeoutMin { get; init; } = 150.Milliseconds();

    /// <summary>The longest election timeout; timeouts are drawn evenly in between.</summary>
    public TimeSpan ElectionTimeoutMax { get; init; } = 300.Milliseconds();

    /// <summary>How often a leader is heard at the least; well under the shortest election timeout.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = 50.Milliseconds();

    /// <summary>The precautions.</summary>
    public RaftRules Rules { get; init; } = RaftRules.All;

    /// <summary>Asks whether an election could be won before it disturbs anybody (dissertation §9.6).</summary>
    public bool PreVote { get; init; }

    /// <summary>
    /// By how much clocks may run apart, as a share: 0.1 means that while one counts 100 ms another counts at least 90. A lease is shorter by it.
    /// </summary>
    public double ClockDriftBound { get; init; } = 0.1;

    /// <summary>How many entries one AppendEntries holds at most.</summary>
    public int MostEntries { get; init; } = 1000;

    internal RaftOptions Checked()
    {
        if (ElectionTimeoutMin <= TimeSpan.Zero || ElectionTimeoutMax < ElectionTimeoutMin)
        {
            throw new ArgumentException($"Election timeouts from {ElectionTimeoutMin} to {ElectionTimeoutMax} cannot be drawn; give a shortest above 0 and a longest no shorter.");
        }

        if (HeartbeatInterval <= TimeSpan.Zero) throw new ArgumentException("A leader needs a heartbeat interval above 0.");
        if (ClockDriftBound is < 0 or >= 1) throw new ArgumentException($"A drift bound of {ClockDriftBound} is no share; give one from 0 to just below 1.");
        if (MostEntries < 1) throw new ArgumentException("An AppendEntries must be able to hold at least one entry.");
        return this;
    }
}
