using System.Globalization;
using Workbook.Draw;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.KeyValue;

/// <summary>What a read costs, by the way the leader answers it; and how fast writes are.</summary>
/// <param name="Mode">How the leader makes sure that it leads.</param>
/// <param name="Times">From a client's request to its answer, one a read.</param>
/// <param name="Messages">Messages for one read, those of the client included, and without the heartbeats that would have been sent anyway.</param>
/// <param name="LogBytes">How much one read adds to the leader's log on the disk.</param>
[TypeFormatterSource]
public sealed record ReadCost(ReadMode Mode, IReadOnlyList<TimeSpan> Times, double Messages, double LogBytes) : IDisplay
{
    /// <summary>The mean.</summary>
    public TimeSpan Mean => new((long)Times.Average(time => time.Ticks));

    /// <summary>As a person would say it.</summary>
    public string Name => Mode switch
    {
        ReadMode.Log => "through the log",
        ReadMode.ReadIndex => "by ReadIndex",
        _ => "by lease",
    };

    /// <summary>One client reads one key again and again from five servers; a message takes 0.5 to 1.5 ms.</summary>
    /// <param name="mode">How the leader makes sure that it leads.</param>
    /// <param name="reads">How many reads, 1 or more.</param>
    /// <param name="seed">Decides the run.</param>
    public static ReadCost Measure(ReadMode mode, int reads = 500, ulong seed = 1)
    {
        if (reads < 1) throw new ArgumentOutOfRangeException(nameof(reads), reads, "Measure at least one read.");
        var store = new KeyValueCluster(5, 1, seed, new KeyValueOptions { Reads = mode }, trace: TraceLimit.Off);
        store.Put("x", "1").RunFor(1.Seconds());
        var network = store.Run.Network;
        var (sent, bytes, began) = (network.Sent, store.Leader!.LogBytes, store.Run.Now);
        var times = new List<TimeSpan>();
        for (var read = 0; read < reads; read++)
        {
            var asked = store.Run.Now;
            store.Get("x");
            times.Add(store.Run.Now - asked);
        }

        var (busy, took, grown) = (network.Sent - sent, store.Run.Now - began, store.Leader.LogBytes - bytes);
        store.RunFor(10.Seconds());
        var idlePerTick = (network.Sent - sent - busy) / (double)10.Seconds().Ticks;
        return new ReadCost(mode, times, (busy - idlePerTick * took.Ticks) / reads, grown / (double)reads);
    }

    /// <summary>
    /// How many requests one client gets done between two heartbeats, one after the other, with the labs' timing (TestSpeed asks for at least 3).
    /// </summary>
    /// <param name="requests">How many appends, 1 or more.</param>
    /// <param name="seed">Decides the run.</param>
    public static double RequestsPerHeartbeat(int requests = 1000, ulong seed = 1)
    {
        if (requests < 1) throw new ArgumentOutOfRangeException(nameof(requests), requests, "Measure at least one request.");
        var store = new KeyValueCluster(3, 1, seed, KeyValueOptions.Lab, trace: TraceLimit.Off);
        store.Put("x", "");
        var began = store.Run.Now;
        for (var request = 0; request < requests; request++) store.Append("x", "y");
        return requests / ((store.Run.Now - began) / KeyValueOptions.Lab.Raft.HeartbeatInterval);
    }

    /// <summary>What lab 3 asks of the store's speed, and what it has.</summary>
    public static Comparison TestSpeed() => new Comparison("Lab 3 (6.824)", "TestSpeed", "one client that waits for each answer")
        .Row("requests between two heartbeats", 3, RequestsPerHeartbeat(), bound: Bound.MoreThan)
        .Because("The leader sends a command on as soon as it has it, and does not wait for the next heartbeat; writing to disk takes no virtual time here.");

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary><c>by lease: 2.0 ms, 2.0 messages, 0 bytes of log</c></summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}: {Mean.TotalMilliseconds:0.0} ms, {Messages:0.0} messages, {LogBytes:0} bytes of log");
}
