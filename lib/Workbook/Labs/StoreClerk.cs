using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>A clerk of a bench, as the test's own code sees it: what it asks and is told is recorded.</summary>
public sealed class StoreClerk
{
    private readonly StoreBench _bench;

    internal StoreClerk(StoreBench bench, NodeId name) => (_bench, Name) = (bench, name);

    /// <summary>Its node's name: c1, c2…</summary>
    public NodeId Name { get; }

    /// <summary>What stands under the key; the empty text where nothing does.</summary>
    public async Task<string> Get(string key) => await _bench.Ask(this, "get", key, null, async clerk => await clerk.Get(key)) ?? "";

    /// <summary>Puts a value under a key.</summary>
    public Task Put(string key, string value) => _bench.Ask(this, "put", key, value, clerk => Done(clerk.Put(key, value)));

    /// <summary>Puts more at the end of what stands under a key.</summary>
    public Task Append(string key, string value) => _bench.Ask(this, "append", key, value, clerk => Done(clerk.Append(key, value)));

    /// <summary>Gets the key, and fails the test when something else stands there.</summary>
    public async Task Check(string key, string value)
    {
        var found = await Get(key);
        if (found != value) _bench.Fail("Wrong value", $"{Name} got “{StoreBench.Short(found)}” under {key}, where “{StoreBench.Short(value)}” must stand.", isCertain: true);
    }

    private static async Task<string?> Done(Task request)
    {
        await request;
        return null;
    }
}
