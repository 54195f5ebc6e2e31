using System.Runtime.CompilerServices;

namespace Workbook.Labs;

/// <summary>Part 3B: a store with snapshots.</summary>
public static partial class Lab3
{
    /// <summary>The labs' <c>maxraftstate</c>, in bytes: the servers take a snapshot when the log is that long.</summary>
    private const long MostLog = 1000;

    private static LabScript<LabStore>[] PartB =>
    [
        Script(nameof(TestSnapshotRPC), "a server that was cut off gets a snapshot, and logs stay short", 3, SnapshotRpc, MostLog),
        Script(nameof(TestSnapshotSize), "snapshots are no larger than what the store holds", 3, SnapshotSize, MostLog),
        Script(nameof(TestSpeed3B), "1,000 appends with snapshots, three between two heartbeats", 3, Speed, MostLog),
        Script(nameof(TestSnapshotRecover), "all servers crash and come back from snapshots", new StoreLoad { Clients = 1, Crashes = true, MaxRaftState = MostLog }),
        Script(nameof(TestSnapshotRecoverManyClients), "the same with 20 clients", new StoreLoad { Clients = 20, Crashes = true, MaxRaftState = MostLog }),
        Script(nameof(TestSnapshotUnreliable), "five clients, and a network that loses one message in ten",
            new StoreLoad { Clients = 5, IsUnreliable = true, MaxRaftState = MostLog }),
        Script(nameof(TestSnapshotUnreliableRecover), "the same with crashes", new StoreLoad { Clients = 5, IsUnreliable = true, Crashes = true, MaxRaftState = MostLog }),
        Script(nameof(TestSnapshotUnreliableRecoverConcurrentPartition), "the same with crashes and divisions",
            new StoreLoad { Clients = 5, IsUnreliable = true, Crashes = true, IsPartitioned = true, MaxRaftState = MostLog }),
        Script(nameof(TestSnapshotUnreliableRecoverConcurrentPartitionLinearizable), "the same with 7 servers and 15 clients who share their keys",
            new StoreLoad { Clients = 15, Servers = 7, IsUnreliable = true, Crashes = true, IsPartitioned = true, SharesKeys = true, MaxRaftState = MostLog }),
    ];

    /// <summary>A server that was cut off gets a snapshot, and logs stay short.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestSnapshotRPC(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(B, seed, store, expression);

    /// <summary>Snapshots are no larger than what the store holds.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestSnapshotSize(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(B, seed, store, expression);

    /// <summary><see cref="TestSpeed"/> with snapshots: in the labs, TestSpeed of part 3B.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestSpeed3B(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(B, seed, store, expression);

    /// <summary>One client; all servers crash and come back from snapshots.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestSnapshotRecover(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(B, seed, store, expression);

    /// <summary>Twenty clients; all servers crash and come back from snapshots.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestSnapshotRecoverManyClients(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(B, seed, store, expression);

    /// <summary>Five clients over a network that loses one message in ten.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestSnapshotUnreliable(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(B, seed, store, expression);

    /// <summary>The same, and all servers crash and come back from snapshots.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestSnapshotUnreliableRecover(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(B, seed, store, expression);

    /// <summary>The same, and the servers are divided.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestSnapshotUnreliableRecoverConcurrentPartition(
        ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") => Play(B, seed, store, expression);

    /// <summary>The same with 7 servers and 15 clients who share their keys: what they saw must be linearizable.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestSnapshotUnreliableRecoverConcurrentPartitionLinearizable(
        ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") => Play(B, seed, store, expression);
}
