using Workbook.KeyValue;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>
/// A client of lab 3's store: it asks server after server until its request is done. <see cref="KeyValueClient"/> is the library's; a reader's own is a
/// class derived from this one, which sends the library's messages (<see cref="KeyValue.Get"/>, <see cref="KeyValue.Put"/>, <see cref="KeyValue.Append"/>) or the reader's.
/// The tests call it, one request at a time.
/// </summary>
public abstract class Clerk : Process
{
    /// <summary>What stands under the key; the empty text where nothing does. It waits for as long as it takes.</summary>
    public abstract Task<string> Get(string key);

    /// <summary>Puts a value under a key. It comes back once that is done, and is done once.</summary>
    public abstract Task Put(string key, string value);

    /// <summary>Puts more at the end of what stands under a key. It comes back once that is done, and is done once.</summary>
    public abstract Task Append(string key, string value);

    /// <summary>A message that is not the answer to a <c>Call</c>: nobody waits for it, and it is dropped.</summary>
    protected override void Receive(Message message, Sender from)
    {
    }
}

/// <summary>The library's client as a clerk.</summary>
internal sealed class LibraryClerk(IReadOnlyList<NodeId> servers, KeyValueOptions options) : Clerk
{
    private readonly KeyValueClient _client = new(servers, options);

    public override async Task<string> Get(string key) => (await _client.Get(key)).Value ?? "";

    public override Task Put(string key, string value) => _client.Put(key, value);

    public override Task Append(string key, string value) => _client.Append(key, value);

    protected override void Start() => _client.Boot(OwnHost);

    protected override void Receive(Message message, Sender from) => _client.Deliver(message, from);
}
