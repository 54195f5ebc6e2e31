using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>Changes of the group (§6), and the handing over of leadership (dissertation §3.10).</summary>
public sealed partial class RaftServer
{
    private NodeId? _transferTo;
    private NodeId[]? _newcomers;
    private bool _hasHandedOver;

    /// <summary>
    /// Asks for another set of servers; returns at once. Newcomers first get the log, without a vote. Then a single server joins or leaves in one step
    /// (dissertation §4.1), and several through a joint configuration (§6). A leader that is no longer in the group steps down at the end.
    /// </summary>
    /// <remarks>While newcomers are still getting the log, another call puts its set in the place of the one before: a newcomer may never answer.</remarks>
    /// <returns>False when this server does not lead, or the group is changing already.</returns>
    public bool ChangeServers(IEnumerable<NodeId> servers)
    {
        NodeId[] target = [.. RaftConfiguration.Of(servers).Servers];
        if (target.Length == 0) throw new ArgumentException("A group needs at least one server.");
        if (Role != Role.Leader || Configuration.IsJoint || !IsConfigurationCommitted()) return false;
        _newcomers = target;
        FollowConfiguration();
        Broadcast();
        GoOnWithNewcomers();
        return true;
    }

    /// <summary>
    /// Hands the leadership to another server: it first gets all entries, and then stands for election at once. Meanwhile no command is taken. After an
    /// election timeout in vain this server leads on.
    /// </summary>
    /// <returns>False when this server does not lead, or the other is not in the group.</returns>
    public bool TransferLeadership(NodeId target)
    {
        if (Role != Role.Leader || target == Self || FollowerOf(target) is not { } follower || !Configuration.Contains(target)) return false;
        _transferTo = target;
        var term = CurrentTerm;
        After(_options.ElectionTimeoutMax, () =>
        {
            if (CurrentTerm == term && _transferTo == target) _transferTo = null;
        });
        GoOnWithTransfer(follower);
        return true;
    }

    private void GoOnWithTransfer(Follower follower)
    {
        if (_transferTo != follower.Id) return;
        if (follower.MatchIndex < Log.LastIndex)
        {
            Replicate(follower);
            return;
        }

        _hasHandedOver = true;
        Send(follower.Id, new TimeoutNow(CurrentTerm));
    }

    private void Receive(TimeoutNow request)
    {
        if (request.Term == CurrentTerm && Role == Role.Follower && Configuration.Contains(Self)) Campaign(isTransfer: true);
    }

    /// <summary>Newcomers vote once they have what is committed; until then they only listen (§6).</summary>
    private void GoOnWithNewcomers()
    {
        if (_newcomers is not { } target || !target.All(server => server == Self || Configuration.Contains(server) || MatchOf(server) >= CommitIndex)) return;

        if (Rules.CommitBeforeChange && CommitIndex < _firstIndexOfTerm) return;
        _newcomers = null;
        var next = IsSingleStep(target) || !Rules.JointConsensus ? RaftConfiguration.Of(target) : Configuration.JointWith(target);
        AppendAsLeader(new LogEntry(CurrentTerm, next.ToString(), EntryKind.Configuration));
    }

    private bool IsSingleStep(NodeId[] target) =>
        target.Except(Configuration.Servers).Count() + Configuration.Servers.Except(target).Count() <= 1;

    /// <summary>C-old,new committed: C-new follows. C-new committed: who is not in it steps down (§6).</summary>
    private void GoOnWithConfiguration()
    {
        if (Role != Role.Leader) return;
        if (Configuration.IsJoint && IsConfigurationCommitted())
        {
            AppendAsLeader(new LogEntry(CurrentTerm, Configuration.Target.ToString(), EntryKind.Configuration));
        }
        else if (!Configuration.Contains(Self) && IsConfigurationCommitted())
        {
            Broadcast();
            BecomeFollower(CurrentTerm);
        }
        else
        {
            GoOnWithNewcomers();
        }
    }

    /// <summary>A server that its own log has put out of the group may still be needed to win, until that is committed (dissertation §4.2.2).</summary>
    private bool MayBeNeeded() => Configuration.Contains(Self) || (Configuration.Servers.Count > 0 && !IsConfigurationCommitted());

    private bool IsConfigurationCommitted()
    {
        for (var index = Log.LastIndex; index > CommitIndex; index--)
        {
            if (Log[index].Kind == EntryKind.Configuration) return false;
        }

        return true;
    }

    private void AdoptConfiguration(RaftConfiguration configuration)
    {
        Configuration = configuration;
        if (Role == Role.Leader) FollowConfiguration();
    }

    /// <summary>The leader knows all others of the group, and those that are about to join.</summary>
    private void FollowConfiguration()
    {
        NodeId[] others = [.. Configuration.Servers.Union(_newcomers ?? []).Where(server => server != Self)];
        _followers.RemoveAll(follower => !others.Contains(follower.Id));
        foreach (var server in others)
        {
            if (FollowerOf(server) is null) _followers.Add(new Follower(server) { NextIndex = Log.LastIndex + 1 });
        }
    }
}
