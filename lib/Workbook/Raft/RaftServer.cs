using System.Text;
using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>What a server is at the moment (Figure 4).</summary>
public enum Role
{
    /// <summary>Answers leaders and candidates.</summary>
    Follower,

    /// <summary>Stands for election.</summary>
    Candidate,

    /// <summary>Takes commands and replicates them.</summary>
    Leader,
}

/// <summary>
/// A Raft server: Figure 2 of the extended paper (Ongaro and Ousterhout, 2014), one part a box. This part has the state and the rules for
/// servers; the others are named after the message they are about.
/// </summary>
public sealed partial class RaftServer : RaftPeer
{
    private readonly RaftOptions _options;
    private readonly RaftConfiguration _initial;
    private readonly RaftState? _firstBoot;
    private readonly List<Follower> _followers = [];
    private RaftDisk _disk = null!;
    private TimeSpan _electionTimeout;
    private Instant _electionTimerSince;
    private Instant? _leaderHeardAt;
    private string? _snapshot;
    private string _snapshotConfiguration = "";

    /// <summary>A server that has not booted yet.</summary>
    /// <param name="servers">The group it boots into; empty for one that is to be added to a running group.</param>
    /// <param name="options">Timing and precautions.</param>
    /// <param name="firstBoot">What is on its disk at its first boot, for scenes that begin in the middle of a story.</param>
    public RaftServer(IEnumerable<NodeId> servers, RaftOptions? options = null, RaftState? firstBoot = null)
    {
        _options = (options ?? new RaftOptions()).Checked();
        _initial = RaftConfiguration.Of(servers);
        _firstBoot = firstBoot;
    }

    /// <summary>The latest term it has seen. Persistent.</summary>
    public long CurrentTerm { get; private set; }

    /// <summary>Its vote in this term. Persistent.</summary>
    public NodeId? VotedFor { get; private set; }

    /// <summary>Its log. Persistent.</summary>
    public RaftLog Log { get; private set; } = new();

    /// <summary>The highest index known to be committed.</summary>
    public long CommitIndex { get; private set; }

    /// <summary>The highest index given to the service above; never ahead of <see cref="CommitIndex"/>.</summary>
    public long LastApplied { get; private set; }

    /// <summary>What it is at the moment.</summary>
    public Role Role { get; private set; }

    /// <summary>Who leads this term, as far as it knows.</summary>
    public NodeId? LeaderId { get; private set; }

    /// <summary>What it knows of the others while it leads; empty otherwise.</summary>
    public IReadOnlyList<Follower> Followers => _followers;

    /// <summary>All that it knows to be replicated, as one number: another one when any <see cref="Follower.MatchIndex"/> is.</summary>
    internal long Matches
    {
        get
        {
            var number = 0L;
            foreach (var follower in _followers) number = number * 1_000_003 + follower.MatchIndex;
            return number;
        }
    }

    /// <summary>The group, as the latest configuration in its log says, committed or not (§6).</summary>
    public RaftConfiguration Configuration { get; private set; } = RaftConfiguration.Of([]);

    /// <inheritdoc/>
    public override long LogBytes => _disk.LogBytes;

    /// <inheritdoc/>
    public override long SnapshotBytes => _snapshot is null ? 0 : Encoding.UTF8.GetByteCount(_snapshot);

    private RaftRules Rules => _options.Rules;

    /// <inheritdoc/>
    public override (long Term, bool IsLeader) GetState() => (CurrentTerm, Role == Role.Leader);

    /// <inheritdoc/>
    public override (long Index, long Term, bool IsLeader) Start(string command)
    {
        if (Role != Role.Leader || _transferTo is not null) return (0, CurrentTerm, false);
        AppendAsLeader(new LogEntry(CurrentTerm, command));
        return (Log.LastIndex, CurrentTerm, true);
    }

    /// <summary><c>s3, leader of term 2</c></summary>
    public override string ToString() => $"{Self}, {Title}";

    /// <inheritdoc/>
    protected override void Start()
    {
        _disk = new RaftDisk(Disk, Halt);
        var state = _disk.Read();
        if (_firstBoot is not null && state is { CurrentTerm: 0, Log.LastIndex: 0 })
        {
            _disk.Replace(_firstBoot, inOneStep: true);
            state = _disk.Read();
        }

        (CurrentTerm, VotedFor, Log, _snapshot, _snapshotConfiguration) = state;
        CommitIndex = LastApplied = Log.SnapshotIndex;
        Configuration = LatestConfiguration();
        if (_snapshot is not null) ApplySnapshot(Log.SnapshotIndex, _snapshot);

        // It may have promised its vote to a leader's lease, or heard from one, right before it crashed.
        _leaderHeardAt = CurrentTerm > 0 ? Now : null;
        BecomeFollower(CurrentTerm);
        RestartElectionTimer();
        WatchElectionTimer();
    }

    /// <inheritdoc/>
    protected override void Receive(Message message, Sender from)
    {
        switch (message)
        {
            case RequestVote request:
                Receive(request, from);
                break;
            case RequestVoteReply reply:
                Receive(reply, from.Node);
                break;
            case AppendEntries request:
                Receive(request, from);
                break;
            case AppendEntriesReply reply:
                Receive(reply, from.Node);
                break;
            case InstallSnapshot request:
                Receive(request, from);
                break;
            case InstallSnapshotReply reply:
                Receive(reply, from.Node);
                break;
            case TimeoutNow request:
                Receive(request);
                break;
        }
    }

    private string Title => $"{(Role == Role.Follower ? "follower" : Role == Role.Candidate ? "candidate" : "leader")} of term {CurrentTerm}";

    /// <summary>A message of a later term makes a server of any role a follower of that term (§5.1).</summary>
    private void SeeTerm(long term)
    {
        if (term > CurrentTerm) BecomeFollower(term);
    }

    private void BecomeFollower(long term)
    {
        var isNew = term != CurrentTerm || Role != Role.Follower;
        if (term != CurrentTerm)
        {
            (CurrentTerm, VotedFor, LeaderId) = (term, null, null);
            PersistVote();
        }

        Role = Role.Follower;
        _followers.Clear();
        EndLeadership();
        if (isNew) Became(Title);
    }

    private void PersistVote()
    {
        _disk.Vote(CurrentTerm, VotedFor);
        if (Rules.PersistVote) _disk.Flush();
    }

    /// <summary>lastApplied follows commitIndex (Figure 2, rules for all servers).</summary>
    private void ApplyCommitted()
    {
        while (LastApplied < CommitIndex)
        {
            LastApplied++;
            var entry = Log[LastApplied];
            if (entry.Kind == EntryKind.Command) Apply(LastApplied, entry.Command);
        }

        AnswerReads();
    }

    private void RestartElectionTimer()
    {
        _electionTimerSince = Now;
        _electionTimeout = Rules.RandomizedTimeouts
            ? Random.Next(_options.ElectionTimeoutMin, _options.ElectionTimeoutMax)
            : _options.ElectionTimeoutMin;
    }

    /// <summary>
    /// One alarm that looks whether the timeout has really elapsed, and sleeps on for what is left: cheaper than an alarm taken back with each heartbeat.
    /// </summary>
    private void WatchElectionTimer()
    {
        var left = _electionTimeout - (Now - _electionTimerSince);
        if (left <= TimeSpan.Zero)
        {
            RestartElectionTimer();

            if (Role != Role.Leader && MayBeNeeded())
            {
                Note("election timeout");
                StandForElection();
            }

            left = _electionTimeout;
        }

        After(left, WatchElectionTimer);
    }

    private RaftConfiguration LatestConfiguration()
    {
        for (var index = Log.LastIndex; index >= Log.FirstIndex; index--)
        {
            if (Log[index].Kind == EntryKind.Configuration) return RaftConfiguration.Parse(Log[index].Command);
        }

        return _snapshotConfiguration.Length > 0 ? RaftConfiguration.Parse(_snapshotConfiguration) : _initial;
    }
}
