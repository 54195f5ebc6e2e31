using System.Globalization;
using Workbook.Sim;

namespace Workbook.KeyValue;

/// <summary>
/// What clients do when nobody tells them: a mix of requests to a few keys at random times, all drawn from the seed beforehand, so that a run that goes wrong
/// can be repeated without most of them.
/// </summary>
public sealed record KeyValueWorkload
{
    /// <summary>The keys, all equally likely.</summary>
    public IReadOnlyList<string> Keys { get; init; } = ["x", "y", "z"];

    /// <summary>The mean time from one request of a client to its next; the times are exponential.</summary>
    public TimeSpan Every { get; init; } = 220.Milliseconds();

    /// <summary>The share of gets.</summary>
    public double Gets { get; init; } = 0.4;

    /// <summary>The share of appends.</summary>
    public double Appends { get; init; } = 0.35;

    /// <summary>The share of puts; compare-and-sets are what is left.</summary>
    public double Puts { get; init; } = 0.1;

    /// <summary>No request begins after this.</summary>
    public TimeSpan Until { get; init; } = 9.Seconds();

    /// <summary>Draws what each client does, in the order of time. Put it into a run with <see cref="FaultPlan.Plan"/>.</summary>
    public IReadOnlyList<PlannedRequest> Draw(ulong seed, IReadOnlyList<NodeId> clients)
    {
        var plan = new List<PlannedRequest>();
        foreach (var client in clients)
        {
            var random = new Rng(seed).Fork("workload").Fork(client.Name);
            var time = TimeSpan.Zero;
            for (var number = 1; ; number++)
            {
                time += new TimeSpan((long)random.NextExponential(Every.Ticks));
                if (time >= Until) break;
                plan.Add(new PlannedRequest(time, client, number, Function(random.NextDouble()), random.Pick(Keys)));
            }
        }

        return [.. plan.OrderBy(request => request.At)];
    }

    private string Function(double draw) =>
        draw < Gets ? "get" : draw < Gets + Appends ? "append" : draw < Gets + Appends + Puts ? "put" : "cas";
}

/// <summary>
/// A request that a client will make, unless it still waits for another one's answer then. It stands among the planned faults, because a smaller run may do without it too.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Client">Who.</param>
/// <param name="Number">Tells the client's requests apart, and stands in the value that it writes: <c>c2.14,</c></param>
/// <param name="Function"><c>get</c>, <c>put</c>, <c>append</c> or <c>cas</c>, which expects what the client saw last.</param>
/// <param name="Key">The key.</param>
public sealed record PlannedRequest(TimeSpan At, NodeId Client, int Number, string Function, string Key) : PlannedFault(At)
{
    /// <summary>What it writes; no two requests write the same.</summary>
    public string Value => string.Create(CultureInfo.InvariantCulture, $"{Client}.{Number},");

    internal override void Apply(Simulation run)
    {
        if (run[Client].Process is KeyValueClient { IsWaiting: false } client) client.Do(Ask);
    }

    /// <summary><c>1.204s c2 append x</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.TotalSeconds:0.###}s {Client} {Function} {Key}");

    private Task Ask(KeyValueClient client) => Function switch
    {
        "get" => client.Get(Key),
        "append" => client.Append(Key, Value),
        "put" => client.Put(Key, Value),
        _ => client.CompareAndSet(Key, client.Seen.GetValueOrDefault(Key, ""), Value),
    };
}
