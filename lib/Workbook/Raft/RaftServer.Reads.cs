using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>Reads that are not entries of the log: ReadIndex and leases (§8, dissertation §6.4).</summary>
public sealed partial class RaftServer
{
    private readonly List<PendingRead> _reads = [];
    private readonly Queue<(long Round, Instant SentAt)> _sentAt = [];
    private Func<NodeId, long>? _roundOf;
    private long _round;
    private long _firstIndexOfTerm;
    private Instant? _leaseFrom;

    private sealed record PendingRead(long Index, long Round, Action<bool> Answer);

    /// <summary>
    /// Calls back when the service's own state may be read: with true when this server still led after the read was asked and has applied all that was
    /// committed then, with false when it lost its leadership first.
    /// </summary>
    /// <param name="mode">How leadership is confirmed; not <see cref="ReadMode.Log"/>, which needs nothing but <see cref="Start(string)"/>.</param>
    /// <param name="answer">May be called at once.</param>
    public void Read(ReadMode mode, Action<bool> answer)
    {
        if (mode == ReadMode.Log) throw new ArgumentException("A read through the log is an entry of it: call Start(command).");
        if (Role != Role.Leader)
        {
            answer(false);
            return;
        }

        if (!Rules.ConfirmBeforeRead)
        {
            answer(true);
            return;
        }

        // Until its own first entry is committed a new leader does not know what is (§8).
        var index = Rules.NoOpAtTermStart ? Math.Max(CommitIndex, _firstIndexOfTerm) : CommitIndex;
        if (mode == ReadMode.Lease && HasLease)
        {
            _reads.Add(new PendingRead(index, 0, answer));
        }
        else
        {
            BeginRound();
            foreach (var follower in _followers) Replicate(follower);
            _reads.Add(new PendingRead(index, _round, answer));
        }

        AnswerReads();
    }

    /// <summary>
    /// Whether no other server can have been elected: a majority has answered a broadcast, and its members grant no vote for the shortest election timeout
    /// from then on, by their own clocks, which may run apart as far as the bound says. Whoever was told to take over may do so at any time, however late
    /// it hears of it: after that there is no lease in this term.
    /// </summary>
    public bool HasLease => Role == Role.Leader && !_hasHandedOver && _leaseFrom is { } from
        && Now - from < _options.ElectionTimeoutMin * (1 - _options.ClockDriftBound);

    private void BeginLeadership()
    {
        _firstIndexOfTerm = Log.LastIndex + 1;
        _leaseFrom = null;
        _hasHandedOver = false;
        _sentAt.Clear();
    }

    private void EndLeadership()
    {
        _transferTo = null;
        _newcomers = null;
        if (_reads.Count == 0) return;
        PendingRead[] lost = [.. _reads];
        _reads.Clear();
        foreach (var read in lost) read.Answer(false);
    }

    private void BeginRound()
    {
        _round++;
        _sentAt.Enqueue((_round, Now));
    }

    private void Answered(Follower follower, long round)
    {
        if (round <= follower.AnsweredRound) return;
        follower.AnsweredRound = round;
        var confirmed = Configuration.ReachedByMajority(_roundOf ??= RoundOf);
        while (_sentAt.TryPeek(out var sent) && sent.Round <= confirmed)
        {
            _leaseFrom = sent.SentAt;
            _sentAt.Dequeue();
        }

        if (_reads.Count > 0) AnswerReads();
    }

    private long RoundOf(NodeId server) => server == Self ? _round : FollowerOf(server)?.AnsweredRound ?? 0;

    private bool IsFollowedByMajority() =>
        Configuration.HasMajority(server => server == Self) || (_leaseFrom is { } from && Now - from < _options.ElectionTimeoutMin);

    private void AnswerReads()
    {
        if (_reads.Count == 0 || Role != Role.Leader) return;
        var confirmed = Configuration.ReachedByMajority(_roundOf ??= RoundOf);
        for (var next = 0; next < _reads.Count;)
        {
            var read = _reads[next];
            if (read.Round > confirmed || read.Index > LastApplied)
            {
                next++;
                continue;
            }

            _reads.RemoveAt(next);
            read.Answer(true);
        }
    }
}
