using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.KeyValue;

/// <summary>
/// A server of the key/value store: the service above Raft (lab 3). Requests go into the log; when their entry is applied, on every server alike,
/// they are done and the server that put them there answers. The table of duplicates sees to it that each is done once, however often it stands in
/// the log.
/// </summary>
public sealed partial class KeyValueServer : ReplicatedService
{
    private readonly KeyValueOptions _options;
    private readonly SortedDictionary<string, string> _data = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Waiting> _waiting = [];
    private KeyValueReply _latest = new(Err.Ok);
    private bool _isLooking;

    /// <summary>A server that has not booted yet.</summary>
    public KeyValueServer(KeyValueOptions? options = null) => _options = (options ?? new KeyValueOptions()).Checked();

    /// <summary>A client's entry in the table of duplicates: its last request that was done, and what came of it.</summary>
    /// <param name="Sequence">The number of the request.</param>
    /// <param name="Reply">The reply.</param>
    public sealed record Session(long Sequence, KeyValueReply Reply);

    private sealed record Waiting(KeyValueRequest Request, long Term, Sender From);

    /// <summary>What stands under each key, by key.</summary>
    public IReadOnlyDictionary<string, string> Data => _data;

    /// <summary>The table of duplicates, by client.</summary>
    public IReadOnlyDictionary<string, Session> Sessions => _sessions;

    /// <summary>The index up to which it has done what stands in the log.</summary>
    public long LastApplied { get; private set; }

    /// <summary>How many clients it owes an answer.</summary>
    public int WaitingClients => _waiting.Count;

    /// <summary>How many commands stood in its log again and were not done again, since it booted.</summary>
    public int Repeats { get; private set; }

    /// <summary>How many clients it sent away because the entry applied at their index was another, since it booted.</summary>
    public int Displaced { get; private set; }

    /// <summary>How many snapshots it has taken its state from, since it booted.</summary>
    public int Restores { get; private set; }

    private KeyValueRules Rules => _options.Rules;

    /// <inheritdoc/>
    protected override void Receive(Message message, Sender from)
    {
        if (message is not KeyValueRequest request) return;
        if (ReplyToDuplicate(request) is { } known) from.Reply(known);
        else if (request is Get get && !Rules.ConfirmGets) ReadUnconfirmed(get, from);
        else if (request is Get read && _options.Reads != ReadMode.Log) ReadConfirmed(read, from);
        else Propose(request, from);
    }

    /// <summary>Puts the request into the log, and leaves the client waiting.</summary>
    private void Propose(KeyValueRequest request, Sender from)
    {
        var (index, term, isLeader) = Raft.Start(Command.Of(request));
        if (!isLeader)
        {
            from.Reply(WrongLeader());
            return;
        }

        if (!Rules.ReplyAfterCommit && request is not Get)
        {
            from.Reply(Foreseen(request));
        }
        else if (index <= LastApplied)
        {
            // A group of one has applied it before Start came back.
            from.Reply(_latest);
        }
        else
        {
            // A client that waits at the same index was there in an earlier term, and its entry is gone.
            if (_waiting.Remove(index, out var displaced)) displaced.From.Reply(WrongLeader());
            _waiting.Add(index, new Waiting(request, term, from));
            LookLater();
        }
    }

    /// <inheritdoc/>
    protected internal override void Applied(long index, string command)
    {
        LastApplied = index;
        var request = Command.Parse(command);
        var reply = _latest = Do(request);
        if (_waiting.Remove(index, out var waiting))
        {
            var isMine = waiting.Request.ClientId == request.ClientId && waiting.Request.Sequence == request.Sequence;
            var isAnswered = isMine || !Rules.CheckEntryIsMine;
            if (!isAnswered) Displaced++;
            waiting.From.Reply(isAnswered ? reply : WrongLeader());
        }

        TakeSnapshotWhenLarge(index);
    }

    /// <summary>Does what a committed command asks for, unless it was done before.</summary>
    private KeyValueReply Do(KeyValueRequest request)
    {
        if (Rules.CheckWhenApplied && ReplyToDuplicate(request) is { } known)
        {
            Repeats++;
            return known;
        }

        var reply = Change(request);
        if (Rules.DuplicateTable) _sessions[request.ClientId] = new Session(request.Sequence, Rules.RememberReply ? reply : new KeyValueReply(Err.Ok));
        return reply;
    }

    private KeyValueReply Change(KeyValueRequest request)
    {
        var old = _data.GetValueOrDefault(request.Key);
        switch (request)
        {
            case Put put:
                _data[put.Key] = put.Value;
                break;
            case Append append:
                _data[append.Key] = old + append.Value;
                break;
            case CompareAndSet set when set.Expected == (old ?? ""):
                _data[set.Key] = set.Value;
                return new KeyValueReply(Err.Ok, "true");
            case CompareAndSet:
                return new KeyValueReply(Err.Ok, "false");
            default:
                return Found(request.Key);
        }

        return new KeyValueReply(Err.Ok);
    }

    /// <summary>What is known of a request that comes again; null of a new one. Of a client that has gone on since, nobody waits for an answer.</summary>
    private KeyValueReply? ReplyToDuplicate(KeyValueRequest request) =>
        !_sessions.TryGetValue(request.ClientId, out var session) || request.Sequence > session.Sequence ? null
        : request.Sequence == session.Sequence ? session.Reply
        : WrongLeader();

    private KeyValueReply Found(string key) =>
        _data.TryGetValue(key, out var value) ? new KeyValueReply(Err.Ok, value) : new KeyValueReply(Err.NoKey);

    /// <summary>What will come of a request if nothing comes in between.</summary>
    private KeyValueReply Foreseen(KeyValueRequest request) => request is CompareAndSet set
        ? new KeyValueReply(Err.Ok, set.Expected == _data.GetValueOrDefault(set.Key, "") ? "true" : "false")
        : new KeyValueReply(Err.Ok);

    private KeyValueReply WrongLeader()
    {
        var leader = (Raft as RaftServer)?.LeaderId;
        return new KeyValueReply(Err.WrongLeader, Leader: leader == Self ? null : leader);
    }

    /// <summary>A server that leads no longer sends its clients away, lest they wait for what will never be applied at their index.</summary>
    private void LookWhetherDeposed()
    {
        _isLooking = false;
        var (now, isLeader) = Raft.GetState();
        foreach (var (index, waiting) in _waiting.OrderBy(one => one.Key).ToArray())
        {
            if (isLeader && waiting.Term == now) continue;
            _waiting.Remove(index);
            waiting.From.Reply(WrongLeader());
        }

        if (_waiting.Count > 0) LookLater();
    }

    private void LookLater()
    {
        if (_isLooking) return;
        _isLooking = true;
        After(_options.LookEvery, LookWhetherDeposed);
    }
}
