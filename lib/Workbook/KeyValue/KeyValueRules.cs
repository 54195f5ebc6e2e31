namespace Workbook.KeyValue;

/// <summary>
/// The precautions of a key/value store on Raft (lecture 7, lab 3), all on. Switch one off and look for the run in which that goes wrong. Those of reads that
/// do not pass through the log are Raft's: <see cref="Raft.RaftRules.ConfirmBeforeRead"/>, <see cref="Raft.RaftRules.NoOpAtTermStart"/>,
/// <see cref="Raft.RaftRules.DenyVotesWhileLeaderIsHeard"/>.
/// </summary>
public sealed record KeyValueRules
{
    /// <summary>All precautions.</summary>
    public static readonly KeyValueRules All = new();

    /// <summary>
    /// A server answers when the command is committed and applied, not when it is in its log. Without it: what was acknowledged is lost with the
    /// leader.
    /// </summary>
    public bool ReplyAfterCommit { get; init; } = true;

    /// <summary>
    /// A server that waits for an index looks whether the entry applied there is the one it put there. Without it: a client whose command was overwritten
    /// by the next leader is told that all is well, with somebody else's answer.
    /// </summary>
    public bool CheckEntryIsMine { get; init; } = true;

    /// <summary>A request that is sent again keeps its number. Without it: to the servers it is another one, and it is done twice.</summary>
    public bool SameSequenceOnRetry { get; init; } = true;

    /// <summary>Servers remember the last request of each client. Without it: a request that is sent again is done twice.</summary>
    public bool DuplicateTable { get; init; } = true;

    /// <summary>
    /// The table is looked at when a command is applied, not only when a request comes in. Without it: a request that comes again before the first one is
    /// applied stands in the log twice, and is done twice.
    /// </summary>
    public bool CheckWhenApplied { get; init; } = true;

    /// <summary>The table holds the reply too. Without it: a request that comes again is told that it was done, but not what came of it.</summary>
    public bool RememberReply { get; init; } = true;

    /// <summary>A snapshot holds the table of duplicates as well as the data. Without it: a server that starts from a snapshot does things again.</summary>
    public bool DuplicateTableInSnapshot { get; init; } = true;

    /// <summary>
    /// A get passes through the log, or the leader first makes sure that it still is the leader (§8). Without it: a deposed leader answers with what
    /// is stale.
    /// </summary>
    public bool ConfirmGets { get; init; } = true;
}
