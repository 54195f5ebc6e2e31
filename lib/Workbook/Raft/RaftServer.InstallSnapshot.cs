using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>Snapshots, and the InstallSnapshot RPC (§7). A snapshot travels in one piece.</summary>
public sealed partial class RaftServer
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The index is not applied yet.</exception>
    public override void Snapshot(long index, string state)
    {
        if (index > LastApplied) throw new ArgumentException($"{Self} has applied entries up to {LastApplied} only; a snapshot up to {index} cannot stand for them.");
        if (index <= Log.SnapshotIndex) return;
        ReplaceByState(index, Log.TermAt(index)!.Value, state, ConfigurationAt(index));
        Note($"snapshot up to {index}");
    }

    private void SendSnapshot(Follower follower)
    {
        Send(follower.Id, new InstallSnapshot(
            CurrentTerm, Self, Log.SnapshotIndex, Log.SnapshotTerm, _snapshotConfiguration, _snapshot ?? "", _round));
        follower.IsProbed = true;
    }

    private void Receive(InstallSnapshot request, Sender from)
    {
        if (request.Term < CurrentTerm)
        {
            from.Reply(new InstallSnapshotReply(CurrentTerm, 0, request.Round));
            return;
        }

        FollowLeader(request.Term, request.LeaderId);
        if (!Rules.IgnoreOldSnapshots || request.LastIncludedIndex > CommitIndex)
        {
            ReplaceByState(request.LastIncludedIndex, request.LastIncludedTerm, request.Data, request.Configuration);
            CommitIndex = LastApplied = request.LastIncludedIndex;
            AdoptConfiguration(LatestConfiguration());
            Note($"installed snapshot up to {request.LastIncludedIndex}");
            ApplySnapshot(request.LastIncludedIndex, request.Data);
        }

        from.Reply(new InstallSnapshotReply(CurrentTerm, request.LastIncludedIndex, request.Round));
    }

    private void Receive(InstallSnapshotReply reply, NodeId from)
    {
        SeeTerm(reply.Term);
        if (Role != Role.Leader || FollowerOf(from) is not { } follower) return;
        if (Rules.IgnoreOldReplies && reply.Term != CurrentTerm) return;
        Answered(follower, reply.Round);
        Matched(follower, reply.LastIncludedIndex);
    }

    private void ReplaceByState(long index, long term, string state, string configuration)
    {
        Log.DiscardTo(index, term);
        (_snapshot, _snapshotConfiguration) = (state, configuration);
        _disk.Replace(new RaftState(CurrentTerm, VotedFor, Log, _snapshot, _snapshotConfiguration), Rules.PersistSnapshotWithLog);
    }

    private string ConfigurationAt(long index)
    {
        for (; index >= Log.FirstIndex; index--)
        {
            if (Log[index].Kind == EntryKind.Configuration) return Log[index].Command;
        }

        return _snapshotConfiguration.Length > 0 ? _snapshotConfiguration : _initial.ToString();
    }
}
