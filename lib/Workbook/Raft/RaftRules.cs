namespace Workbook.Raft;

/// <summary>Raft's precautions, all on. Switch one off and look for the run in which that goes wrong.</summary>
public sealed record RaftRules
{
    /// <summary>All precautions.</summary>
    public static readonly RaftRules All = new();

    /// <summary>
    /// A leader counts replicas only for entries of its own term; older ones are committed along with them (§5.4.2). Without it: an entry
    /// that a majority holds is overwritten after it was committed, as in Figure 8.
    /// </summary>
    public bool CommitOnlyOwnTerm { get; init; } = true;

    /// <summary>A vote is only for a candidate whose log is at least as up to date (§5.4.1). Without it: a leader lacks committed entries.</summary>
    public bool ElectionRestriction { get; init; } = true;

    /// <summary>
    /// Term and vote are on the disk before they are told (Figure 2). Without it: a server votes twice in one term, and there are two leaders.
    /// </summary>
    public bool PersistVote { get; init; } = true;

    /// <summary>Entries are on the disk before they are acknowledged (Figure 2). Without it: a committed entry vanishes with the power.</summary>
    public bool PersistLog { get; init; } = true;

    /// <summary>A follower takes entries only if it has the one before them (§5.3). Without it: logs agree at an index and differ before it.</summary>
    public bool ConsistencyCheck { get; init; } = true;

    /// <summary>
    /// A follower deletes entries only where one conflicts (§5.3, Students' Guide). Without it: a late, shorter AppendEntries takes away
    /// what the follower has acknowledged since.
    /// </summary>
    public bool TruncateOnlyOnConflict { get; init; } = true;

    /// <summary>
    /// A reply counts only in the term it was asked in, and for what was asked (Students' Guide). Without it: a leader believes that a follower has what it was
    /// sent long ago, or never, and commits too early.
    /// </summary>
    public bool IgnoreOldReplies { get; init; } = true;

    /// <summary>
    /// Election timeouts are drawn anew each time (§5.2). Without it: servers stand for election together, again and again, and votes are split.
    /// </summary>
    public bool RandomizedTimeouts { get; init; } = true;

    /// <summary>
    /// The election timer starts again only for a vote granted, the current leader, or an election of one's own (Students' Guide). Without it: any
    /// request for a vote starts it again, and a server that cannot win keeps those from standing that could.
    /// </summary>
    public bool ResetTimerSparingly { get; init; } = true;

    /// <summary>
    /// A leader makes sure that it still is the leader before it answers a read from its own state (§8). Without it: a deposed leader serves what is
    /// stale.
    /// </summary>
    public bool ConfirmBeforeRead { get; init; } = true;

    /// <summary>
    /// A new leader begins with an empty entry, and reads wait for it (§8). Without it: a leader that does not yet know what is committed answers
    /// from a state that lacks it.
    /// </summary>
    public bool NoOpAtTermStart { get; init; } = true;

    /// <summary>A snapshot older than what a server has applied is ignored (§7). Without it: the state goes back in time.</summary>
    public bool IgnoreOldSnapshots { get; init; } = true;

    /// <summary>Snapshot and log are replaced on the disk in one step (§7, lab 2D). Without it: a crash in between loses what the log no longer has.</summary>
    public bool PersistSnapshotWithLog { get; init; } = true;

    /// <summary>
    /// The group passes from one set of servers to another through a time in which both must agree (§6). Without it: two disjoint majorities, two
    /// leaders.
    /// </summary>
    public bool JointConsensus { get; init; } = true;

    /// <summary>
    /// A leader changes the group only when an entry of its own term is committed (Ongaro, raft-dev, 2015). Without it: a change by a single server that an
    /// earlier leader had begun comes back later, and its majority misses that of another change that was committed meanwhile.
    /// </summary>
    public bool CommitBeforeChange { get; init; } = true;

    /// <summary>
    /// A server that hears from a leader grants no vote before the shortest election timeout has passed (§6). Without it: a server that was removed
    /// deposes one leader after the other. Reads by lease rest on it too.
    /// </summary>
    public bool DenyVotesWhileLeaderIsHeard { get; init; } = true;

    /// <summary>
    /// A refusal says where the follower's log parts, so that the leader goes back a whole term at once (§5.3). Without it: one RPC for each entry.
    /// </summary>
    public bool ConflictTermBackup { get; init; } = true;
}
