using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>AppendEntries RPC, and the rules for leaders (§5.3, §5.4.2).</summary>
public sealed partial class RaftServer
{
    private Func<NodeId, long>? _matchOf;

    /// <summary>On election: next index right after the last entry, heartbeats to all, and an entry of the own term (Figure 2, §8).</summary>
    private void BecomeLeader()
    {
        Role = Role.Leader;
        LeaderId = Self;
        Became(Title);
        BeginLeadership();
        _followers.Clear();
        FollowConfiguration();
        if (Rules.NoOpAtTermStart) AppendAsLeader(new LogEntry(CurrentTerm, "", EntryKind.NoOp));
        else Broadcast();
        Beat(CurrentTerm);
    }

    /// <summary>Repeats during idle periods, to prevent election timeouts (§5.2).</summary>
    private void Beat(long term) => After(_options.HeartbeatInterval, () =>
    {
        if (Role != Role.Leader || CurrentTerm != term) return;
        Broadcast();
        Beat(term);
    });

    private void AppendAsLeader(LogEntry entry)
    {
        Store(entry);
        if (Rules.PersistLog) _disk.Flush();
        BeginRound();
        foreach (var follower in _followers)
        {
            if (!follower.IsProbed) Replicate(follower);
        }

        AdvanceCommitIndex();
    }

    private void Store(LogEntry entry)
    {
        Log.Append(entry);
        _disk.Entry(entry);
        if (entry.Kind == EntryKind.Configuration) AdoptConfiguration(RaftConfiguration.Parse(entry.Command));
    }

    private void Broadcast()
    {
        BeginRound();
        foreach (var follower in _followers) Replicate(follower);
        AdvanceCommitIndex();
    }

    /// <summary>Sends a follower what it lacks, or a heartbeat; the snapshot when the log no longer has it (§7).</summary>
    private void Replicate(Follower follower)
    {
        if (follower.NextIndex < Log.FirstIndex)
        {
            SendSnapshot(follower);
            return;
        }

        var previous = follower.NextIndex - 1;
        var entries = Log.From(follower.NextIndex, _options.MostEntries);
        Send(follower.Id, new AppendEntries(CurrentTerm, Self, previous, Log.TermAt(previous) ?? 0, entries, CommitIndex, _round));
        if (!follower.IsProbed) follower.NextIndex += entries.Count;
    }

    private void Receive(AppendEntries request, Sender from)
    {
        if (request.Term < CurrentTerm)
        {
            from.Reply(Refusal(request));
            return;
        }

        FollowLeader(request.Term, request.LeaderId);
        if (!HasPrevious(request))
        {
            from.Reply(Refusal(request));
            return;
        }

        StoreNew(request);
        var last = request.PrevLogIndex + request.Entries.Count;
        if (Math.Min(request.LeaderCommit, last) > CommitIndex)
        {
            CommitIndex = Math.Min(Math.Min(request.LeaderCommit, last), Log.LastIndex);
            ApplyCommitted();
        }

        from.Reply(new AppendEntriesReply(CurrentTerm, true, request.PrevLogIndex, last, Round: request.Round));
    }

    /// <summary>Whoever sends AppendEntries or a snapshot in this term leads it.</summary>
    private void FollowLeader(long term, NodeId leader)
    {
        SeeTerm(term);
        if (Role != Role.Follower) BecomeFollower(term);
        LeaderId = leader;
        _leaderHeardAt = Now;
        _isPreVote = false;
        RestartElectionTimer();
    }

    private bool HasPrevious(AppendEntries request) =>
        request.PrevLogIndex < Log.FirstIndex
        || Log.TermAt(request.PrevLogIndex) == request.PrevLogTerm
        || (!Rules.ConsistencyCheck && request.PrevLogIndex <= Log.LastIndex);

    /// <summary>Deletes from the first conflict on, and appends what is not there yet (Figure 2, steps 3 and 4).</summary>
    private void StoreNew(AppendEntries request)
    {
        var changed = false;
        var last = request.PrevLogIndex + request.Entries.Count;
        if (!Rules.TruncateOnlyOnConflict && Log.LastIndex > last && last >= Log.SnapshotIndex)
        {
            Truncate(last + 1);
            changed = true;
        }

        for (var offset = 0; offset < request.Entries.Count; offset++)
        {
            var (index, entry) = (request.PrevLogIndex + 1 + offset, request.Entries[offset]);
            if (index < Log.FirstIndex) continue;
            if (Log.TermAt(index) == entry.Term) continue;
            if (index <= Log.LastIndex) Truncate(index);
            Store(entry);
            changed = true;
        }

        if (changed && Rules.PersistLog) _disk.Flush();
    }

    private void Truncate(long index)
    {
        var hadConfiguration = Enumerable.Range(0, (int)(Log.LastIndex - index + 1)).Any(offset => Log[index + offset].Kind == EntryKind.Configuration);
        Log.TruncateFrom(index);
        _disk.TruncateFrom(index);
        if (hadConfiguration) AdoptConfiguration(LatestConfiguration());
    }

    /// <summary>A refusal with XTerm, XIndex and XLen of lecture 7, of which a leader without fast back-up makes no use.</summary>
    private AppendEntriesReply Refusal(AppendEntries request)
    {
        var reply = new AppendEntriesReply(CurrentTerm, false, request.PrevLogIndex, 0, XLen: Log.LastIndex, Round: request.Round);
        return Log.Has(request.PrevLogIndex)
            ? reply with { XTerm = Log[request.PrevLogIndex].Term, XIndex = Log.FirstOfSameTerm(request.PrevLogIndex) }
            : reply;
    }

    private void Receive(AppendEntriesReply reply, NodeId from)
    {
        SeeTerm(reply.Term);
        if (Role != Role.Leader || FollowerOf(from) is not { } follower) return;
        if (Rules.IgnoreOldReplies && reply.Term != CurrentTerm) return;
        Answered(follower, reply.Round);
        if (reply.Success)
        {
            // What was asked, not what has been sent since (Students' Guide).
            Matched(follower, Rules.IgnoreOldReplies ? reply.MatchIndex : follower.NextIndex - 1);
        }
        else if (reply.PrevLogIndex < follower.NextIndex && reply.PrevLogIndex > follower.MatchIndex)
        {
            GoBack(follower, reply);
        }
    }

    private void Matched(Follower follower, long index)
    {
        follower.IsProbed = false;
        follower.NextIndex = Math.Max(follower.NextIndex, index + 1);
        if (index > follower.MatchIndex)
        {
            follower.MatchIndex = index;
            AdvanceCommitIndex();
        }

        if (Role != Role.Leader) return;
        if (follower.NextIndex <= Log.LastIndex) Replicate(follower);
        GoOnWithTransfer(follower);
        GoOnWithNewcomers();
    }

    /// <summary>The three cases of lecture 7; without fast back-up one entry at a time (§5.3).</summary>
    private void GoBack(Follower follower, AppendEntriesReply reply)
    {
        var next = !Rules.ConflictTermBackup ? reply.PrevLogIndex
            : reply.XTerm == 0 ? reply.XLen + 1
            : Log.LastOfTerm(reply.XTerm) is { } last ? Math.Min(last, reply.PrevLogIndex)
            : reply.XIndex;
        follower.NextIndex = Math.Max(Math.Min(next, reply.PrevLogIndex), follower.MatchIndex + 1);
        follower.IsProbed = true;
        Replicate(follower);
    }

    /// <summary>The largest N that a majority has and that is of the current term becomes commitIndex (Figure 2, rules for leaders).</summary>
    private void AdvanceCommitIndex()
    {
        var reached = Configuration.ReachedByMajority(_matchOf ??= MatchOf);
        while (reached > CommitIndex && Rules.CommitOnlyOwnTerm && Log.TermAt(reached) != CurrentTerm) reached--;
        if (reached <= CommitIndex) return;
        CommitIndex = Math.Min(reached, Log.LastIndex);
        ApplyCommitted();
        GoOnWithConfiguration();
    }

    private long MatchOf(NodeId server) => server == Self ? Log.LastIndex : FollowerOf(server)?.MatchIndex ?? 0;

    private Follower? FollowerOf(NodeId server)
    {
        foreach (var follower in _followers)
        {
            if (follower.Id == server) return follower;
        }

        return null;
    }
}
