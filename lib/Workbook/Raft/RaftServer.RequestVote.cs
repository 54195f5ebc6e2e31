using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>RequestVote RPC, and the rules for candidates (§5.2, §5.4.1).</summary>
public sealed partial class RaftServer
{
    private readonly HashSet<NodeId> _votes = [];
    private bool _isPreVote;

    /// <summary>Who has granted it a vote in its latest election.</summary>
    public IReadOnlyCollection<NodeId> Votes => _votes;

    /// <summary>Stands for election now, as if its election timeout had elapsed; a leader stays what it is.</summary>
    public void StandForElection()
    {
        if (Role == Role.Leader) return;
        if (_options.PreVote) AskForPreVotes();
        else Campaign();
    }

    /// <summary>Asks, without disturbing anybody, whether an election could be won (dissertation §9.6).</summary>
    private void AskForPreVotes()
    {
        RestartElectionTimer();
        _isPreVote = true;
        LeaderId = null;
        AskForVotes(new RequestVote(CurrentTerm + 1, Self, Log.LastIndex, Log.LastTerm, IsPreVote: true));
    }

    /// <summary>On conversion to candidate: increment currentTerm, vote for self, reset election timer, send RequestVote to all others.</summary>
    private void Campaign(bool isTransfer = false)
    {
        RestartElectionTimer();
        _isPreVote = false;
        (CurrentTerm, VotedFor, LeaderId, Role) = (CurrentTerm + 1, Self, null, Role.Candidate);
        PersistVote();
        Became(Title);
        AskForVotes(new RequestVote(CurrentTerm, Self, Log.LastIndex, Log.LastTerm, IsTransfer: isTransfer));
    }

    private void AskForVotes(RequestVote request)
    {
        _votes.Clear();
        foreach (var server in Configuration.Servers)
        {
            if (server != Self) Send(server, request);
        }

        CountVote(Self);
    }

    private void Receive(RequestVote request, Sender from)
    {
        if (IsHeldByLeader(request))
        {
            from.Reply(new RequestVoteReply(CurrentTerm, false, request.IsPreVote));
            return;
        }

        if (request.IsPreVote)
        {
            var wouldGrant = request.Term > CurrentTerm && IsUpToDate(request);
            from.Reply(new RequestVoteReply(wouldGrant ? request.Term : CurrentTerm, wouldGrant, IsPreVote: true));
            return;
        }

        SeeTerm(request.Term);
        if (!Rules.ResetTimerSparingly) RestartElectionTimer();
        var grant = request.Term == CurrentTerm && (VotedFor is null || VotedFor == request.CandidateId) && IsUpToDate(request);
        if (grant)
        {
            VotedFor = request.CandidateId;
            PersistVote();
            RestartElectionTimer();
        }

        from.Reply(new RequestVoteReply(CurrentTerm, grant));
    }

    /// <summary>
    /// A server that has heard from a leader within the shortest election timeout answers no candidate, unless the leader itself sent it (§6). A leader
    /// has heard from itself.
    /// </summary>
    private bool IsHeldByLeader(RequestVote request) =>
        Rules.DenyVotesWhileLeaderIsHeard && !request.IsTransfer
        && (Role == Role.Leader ? IsFollowedByMajority() : _leaderHeardAt is { } heard && Now - heard < _options.ElectionTimeoutMin);

    /// <summary>The later last term wins; with equal terms the longer log (§5.4.1).</summary>
    private bool IsUpToDate(RequestVote request) =>
        !Rules.ElectionRestriction
        || request.LastLogTerm > Log.LastTerm
        || (request.LastLogTerm == Log.LastTerm && request.LastLogIndex >= Log.LastIndex);

    private void Receive(RequestVoteReply reply, NodeId from)
    {
        if (reply.IsPreVote)
        {
            if (!reply.VoteGranted) SeeTerm(reply.Term);
            else if (_isPreVote && Role != Role.Leader && reply.Term == CurrentTerm + 1) CountVote(from);
            return;
        }

        SeeTerm(reply.Term);
        if (reply.VoteGranted && Role == Role.Candidate && reply.Term == CurrentTerm && !_isPreVote) CountVote(from);
    }

    private void CountVote(NodeId voter)
    {
        _votes.Add(voter);
        if (!Configuration.HasMajority(_votes.Contains)) return;
        if (_isPreVote) Campaign();
        else if (Role == Role.Candidate) BecomeLeader();
    }
}
