using Workbook.Check;
using Workbook.Sim;

namespace Workbook.KeyValue;

/// <summary>
/// A client, lab 3's <c>Clerk</c>: it asks one server after the other until the leader has done what it wants, one request at a time, and numbers its
/// requests so that servers can tell one that comes again.
/// </summary>
public sealed class KeyValueClient : Process
{
    private const string BootsFile = "boots";

    private readonly IReadOnlyList<NodeId> _servers;
    private readonly KeyValueOptions _options;
    private readonly Func<KeyValueClient, Task>? _script;
    private readonly HistoryRecorder? _history;
    private readonly Dictionary<string, string> _seen = [];
    private int _server;
    private long _sequence;

    /// <summary>A client that has not booted yet.</summary>
    /// <param name="servers">Whom it can ask.</param>
    /// <param name="options">How long it waits, and its precautions.</param>
    /// <param name="script">What it does when it boots; nothing when left out.</param>
    /// <param name="history">Where it writes down what it did and saw.</param>
    public KeyValueClient(
        IReadOnlyList<NodeId> servers, KeyValueOptions? options = null, Func<KeyValueClient, Task>? script = null, HistoryRecorder? history = null)
    {
        if (servers.Count == 0) throw new ArgumentException("A client needs at least one server to ask.");
        (_servers, _options, _script, _history) = (servers, (options ?? new KeyValueOptions()).Checked(), script, history);
    }

    /// <summary>Its name for the table of duplicates; another one after each boot, because it does not remember its numbers.</summary>
    public string ClientId { get; private set; } = "";

    /// <summary>How many requests it has begun.</summary>
    public int Begun { get; private set; }

    /// <summary>How many of them were answered.</summary>
    public int Answered { get; private set; }

    /// <summary>How many times it has asked a server, retries included.</summary>
    public int Tries { get; private set; }

    /// <summary>Whether it waits for an answer.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>What it last knew to stand under each key: what it got, put, or set.</summary>
    public IReadOnlyDictionary<string, string> Seen => _seen;

    /// <summary>Random numbers of its own, for scripts.</summary>
    public Rng Dice => Random;

    /// <summary>The time on its clock, for scripts.</summary>
    public Instant Time => Now;

    /// <summary>Reads a key: <see cref="Err.Ok"/> with the value, or <see cref="Err.NoKey"/>.</summary>
    public Task<KeyValueReply> Get(string key) => Ask(new Get(ClientId, ++_sequence, key), "get", null, null);

    /// <summary>Puts a value under a key.</summary>
    public Task<KeyValueReply> Put(string key, string value) => Ask(new Put(ClientId, ++_sequence, key, value), "put", value, null);

    /// <summary>Puts more at the end of what stands under a key.</summary>
    public Task<KeyValueReply> Append(string key, string value) => Ask(new Append(ClientId, ++_sequence, key, value), "append", value, null);

    /// <summary>Puts a value under a key where the expected one stands; the reply's value says <c>true</c> or <c>false</c>.</summary>
    public Task<KeyValueReply> CompareAndSet(string key, string expected, string value) =>
        Ask(new CompareAndSet(ClientId, ++_sequence, key, expected, value), "cas", value, expected);

    /// <summary>Lets that much time pass, for scripts.</summary>
    public Task Pause(TimeSpan length) => Sleep(length);

    /// <summary>Does this beside what it does already; one request may be open at a time.</summary>
    public void Do(Func<KeyValueClient, Task> script) => Spawn(() => script(this));

    /// <inheritdoc/>
    protected override void Start()
    {
        var boots = (Disk.Read(BootsFile)?.Length ?? 0) + 1;
        ClientId = boots == 1 ? Self.Name : $"{Self.Name}.{boots}";
        Disk.Append(BootsFile, "|"u8);
        Disk.Flush();
        _history?.GiveUp(Self.Name);
        _server = Random.Next(_servers.Count);
        if (_script is { } script) Spawn(() => script(this));
    }

    /// <summary>Answers come to those who wait for them.</summary>
    protected override void Receive(Message message, Sender from)
    {
    }

    private async Task<KeyValueReply> Ask(KeyValueRequest request, string function, string? argument, string? expected)
    {
        if (IsWaiting) throw new InvalidOperationException($"{Self} has a request open; a client has one at a time (lecture 7). Await it, or use another client.");
        IsWaiting = true;
        Begun++;
        var call = _history?.Invoke(Self.Name, function, request.Key, argument, expected);
        var reply = await AskUntilAnswered(request);
        IsWaiting = false;
        if (reply.Err == Err.Maybe)
        {
            call?.GiveUp();
            return reply;
        }

        Answered++;
        See(request, reply);
        call?.Return(reply.Value);
        return reply;
    }

    private async Task<KeyValueReply> AskUntilAnswered(KeyValueRequest request)
    {
        var since = Now;
        for (var tries = 1; ; tries++)
        {
            Tries++;
            var reply = await Call<KeyValueReply>(_servers[_server], request, Shorter(_options.RetryAfter, since));
            if (reply is { Err: not Err.WrongLeader }) return reply;
            if (_options.Patience is { } patience && Now - since >= patience) return new KeyValueReply(Err.Maybe);
            _server = Next(reply?.Leader);
            if (tries % _servers.Count == 0) await Sleep(Shorter(_options.Rest, since));

            // Without the rule each try is a request of its own.
            if (!_options.Rules.SameSequenceOnRetry) request = request with { Sequence = ++_sequence };
        }
    }

    private void See(KeyValueRequest request, KeyValueReply reply)
    {
        if (request is Get) _seen[request.Key] = reply.Value ?? "";
        if (request is Put put) _seen[request.Key] = put.Value;
        if (request is CompareAndSet set && reply.Value == "true") _seen[request.Key] = set.Value;
    }

    /// <summary>The server that is said to lead, or the next one.</summary>
    private int Next(NodeId? leader)
    {
        for (var index = 0; index < _servers.Count; index++)
        {
            if (_servers[index] == leader && index != _server) return index;
        }

        return (_server + 1) % _servers.Count;
    }

    private TimeSpan Shorter(TimeSpan length, Instant since)
    {
        if (_options.Patience is not { } patience) return length;
        var left = since + patience - Now;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < length ? left : length;
    }
}
