using Workbook.Sim;

namespace Workbook.KeyValue;

/// <summary>What clients do when nobody tells them: a mix of requests to a few keys, with pauses, all drawn from the seed.</summary>
/// <remarks>Each value holds who wrote it and how many things that client had done before, so that no two are the same: <c>c2.14,</c></remarks>
public sealed record KeyValueWorkload
{
    /// <summary>The keys, all equally likely.</summary>
    public IReadOnlyList<string> Keys { get; init; } = ["x", "y", "z"];

    /// <summary>The mean pause of a client between an answer and its next request; the pauses are exponential.</summary>
    public TimeSpan Pause { get; init; } = 200.Milliseconds();

    /// <summary>The share of gets.</summary>
    public double Gets { get; init; } = 0.4;

    /// <summary>The share of appends.</summary>
    public double Appends { get; init; } = 0.35;

    /// <summary>The share of puts; compare-and-sets are what is left.</summary>
    public double Puts { get; init; } = 0.1;

    /// <summary>No request begins after this.</summary>
    public TimeSpan Until { get; init; } = 9.Seconds();

    /// <summary>What a client does.</summary>
    public async Task Run(KeyValueClient client)
    {
        var seen = new Dictionary<string, string>();
        while (true)
        {
            await client.Pause(new TimeSpan((long)client.Dice.NextExponential(Pause.Ticks)));
            if (client.Time.SinceStart >= Until) return;
            await Step(client, seen);
        }
    }

    private async Task Step(KeyValueClient client, Dictionary<string, string> seen)
    {
        var key = client.Dice.Pick(Keys);
        var value = $"{client.ClientId}.{client.Begun},";
        var draw = client.Dice.NextDouble();
        if (draw < Gets)
        {
            if (await client.Get(key) is { Err: not Err.Maybe } reply) seen[key] = reply.Value ?? "";
        }
        else if (draw < Gets + Appends)
        {
            await client.Append(key, value);
        }
        else if (draw < Gets + Appends + Puts)
        {
            if ((await client.Put(key, value)).Err == Err.Ok) seen[key] = value;
        }
        else if ((await client.CompareAndSet(key, seen.GetValueOrDefault(key, ""), value)).Value == "true")
        {
            seen[key] = value;
        }
    }
}
