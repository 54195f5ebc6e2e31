using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>What the Raft servers of one group say to each other; everything else a replica receives is for the service above.</summary>
public abstract record RaftMessage : Message;

/// <summary>What an entry of the log is for.</summary>
public enum EntryKind
{
    /// <summary>A command of the service above.</summary>
    Command,

    /// <summary>Nothing: a new leader's first entry, which commits all that stands before it (§8).</summary>
    NoOp,

    /// <summary>Which servers make up the group from here on (§6).</summary>
    Configuration,
}

/// <summary>One entry of the log.</summary>
/// <param name="Term">The term of the leader that made it.</param>
/// <param name="Command">The command, which Raft does not look into; for a configuration its text.</param>
/// <param name="Kind">What it is for.</param>
public sealed record LogEntry(long Term, string Command, EntryKind Kind = EntryKind.Command)
{
    /// <summary><c>x=1 (term 3)</c></summary>
    public override string ToString() => Kind == EntryKind.NoOp ? $"no-op (term {Term})" : $"{Command} (term {Term})";
}

/// <summary>A candidate asks for a vote (§5.2).</summary>
/// <param name="Term">The candidate's term; of a pre-vote the term it would campaign in.</param>
/// <param name="CandidateId">Who asks.</param>
/// <param name="LastLogIndex">The index of the last entry of its log.</param>
/// <param name="LastLogTerm">The term of that entry.</param>
/// <param name="IsPreVote">Only a question whether the vote would be granted (dissertation §9.6).</param>
/// <param name="IsTransfer">The leader itself asked the candidate to take over (dissertation §3.10).</param>
public sealed record RequestVote(
    long Term, NodeId CandidateId, long LastLogIndex, long LastLogTerm, bool IsPreVote = false, bool IsTransfer = false) : RaftMessage
{
    /// <inheritdoc/>
    public override long WireBytes() => 48;
}

/// <summary>The answer.</summary>
/// <param name="Term">The voter's term, for the candidate to catch up; of a granted pre-vote the term asked about.</param>
/// <param name="VoteGranted">Whether the candidate has the vote.</param>
/// <param name="IsPreVote">Whether it answers a pre-vote.</param>
public sealed record RequestVoteReply(long Term, bool VoteGranted, bool IsPreVote = false) : RaftMessage
{
    /// <inheritdoc/>
    public override long WireBytes() => 16;
}

/// <summary>The leader replicates entries; without entries it is a heartbeat (§5.3).</summary>
/// <param name="Term">The leader's term.</param>
/// <param name="LeaderId">So that followers can redirect clients.</param>
/// <param name="PrevLogIndex">The index of the entry right before the new ones.</param>
/// <param name="PrevLogTerm">The term of that entry.</param>
/// <param name="Entries">The entries to store.</param>
/// <param name="LeaderCommit">The leader's commit index.</param>
/// <param name="Round">Numbers the leader's broadcasts, so that a reply tells which of them it confirms (§8).</param>
public sealed record AppendEntries(
    long Term, NodeId LeaderId, long PrevLogIndex, long PrevLogTerm, IReadOnlyList<LogEntry> Entries, long LeaderCommit, long Round = 0) : RaftMessage
{
    /// <inheritdoc/>
    public override long WireBytes()
    {
        var bytes = 56L;
        for (var index = 0; index < Entries.Count; index++) bytes += 16 + Entries[index].Command.Length;
        return bytes;
    }
}

/// <summary>The answer.</summary>
/// <param name="Term">The follower's term, for the leader to catch up.</param>
/// <param name="Success">Whether the follower had the entry at <c>PrevLogIndex</c> with the right term.</param>
/// <param name="PrevLogIndex">As it was asked.</param>
/// <param name="MatchIndex">On success the last index that is now known to be the leader's: <c>PrevLogIndex</c> and the entries sent.</param>
/// <param name="XTerm">On refusal: the term of the entry in conflict; 0 when there is none (lecture 7).</param>
/// <param name="XIndex">On refusal: the first index of that term.</param>
/// <param name="XLen">On refusal: the index of the follower's last entry.</param>
/// <param name="Round">As it was asked.</param>
public sealed record AppendEntriesReply(
    long Term, bool Success, long PrevLogIndex, long MatchIndex, long XTerm = 0, long XIndex = 0, long XLen = 0, long Round = 0) : RaftMessage
{
    /// <inheritdoc/>
    public override long WireBytes() => 56;
}

/// <summary>The leader sends its snapshot to a follower that needs entries the leader no longer has (§7).</summary>
/// <param name="Term">The leader's term.</param>
/// <param name="LeaderId">So that followers can redirect clients.</param>
/// <param name="LastIncludedIndex">The snapshot stands for all entries up to this one.</param>
/// <param name="LastIncludedTerm">The term of that entry.</param>
/// <param name="Configuration">The group's configuration as of that entry.</param>
/// <param name="Data">The state of the service, in one piece.</param>
/// <param name="Round">As in <see cref="AppendEntries"/>.</param>
public sealed record InstallSnapshot(
    long Term, NodeId LeaderId, long LastIncludedIndex, long LastIncludedTerm, string Configuration, string Data, long Round = 0) : RaftMessage
{
    /// <inheritdoc/>
    public override long WireBytes() => 64 + Configuration.Length + Data.Length;
}

/// <summary>The answer.</summary>
/// <param name="Term">The follower's term, for the leader to catch up.</param>
/// <param name="LastIncludedIndex">As it was asked: the follower now has all up to there.</param>
/// <param name="Round">As it was asked.</param>
public sealed record InstallSnapshotReply(long Term, long LastIncludedIndex, long Round = 0) : RaftMessage
{
    /// <inheritdoc/>
    public override long WireBytes() => 32;
}

/// <summary>The leader asks a follower that has all its entries to take over at once (dissertation §3.10).</summary>
/// <param name="Term">The leader's term.</param>
public sealed record TimeoutNow(long Term) : RaftMessage
{
    /// <inheritdoc/>
    public override long WireBytes() => 16;
}
