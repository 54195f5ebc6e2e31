using System.Runtime.CompilerServices;

namespace Workbook.Labs;

/// <summary>Part 3A: a store without snapshots.</summary>
public static partial class Lab3
{
    private static LabScript<LabStore>[] PartA =>
    [
        Script(nameof(TestBasic), "one client appends and gets", new StoreLoad { Clients = 1 }),
        Script(nameof(TestSpeed), "1,000 appends, three between two heartbeats", 3, Speed),
        Script(nameof(TestConcurrent), "five clients", new StoreLoad { Clients = 5 }),
        Script(nameof(TestUnreliable), "five clients, and a network that loses one message in ten", new StoreLoad { Clients = 5, IsUnreliable = true }),
        Script(nameof(TestUnreliableOneKey), "five clients append to one key over such a network: nothing lost, doubled or out of order", 3, UnreliableOneKey),
        Script(nameof(TestOnePartition), "progress in a majority, none in a minority, and what was begun there ends once all is whole again", 5, OnePartition),
        Script(nameof(TestManyPartitionsOneClient), "servers are divided another way each second", new StoreLoad { Clients = 1, IsPartitioned = true }),
        Script(nameof(TestManyPartitionsManyClients), "the same with five clients", new StoreLoad { Clients = 5, IsPartitioned = true }),
        Script(nameof(TestPersistOneClient), "all servers crash and restart", new StoreLoad { Clients = 1, Crashes = true }),
        Script(nameof(TestPersistConcurrent), "the same with five clients", new StoreLoad { Clients = 5, Crashes = true }),
        Script(nameof(TestPersistConcurrentUnreliable), "the same over a network that loses one message in ten",
            new StoreLoad { Clients = 5, Crashes = true, IsUnreliable = true }),
        Script(nameof(TestPersistPartition), "crashes and divisions", new StoreLoad { Clients = 5, Crashes = true, IsPartitioned = true }),
        Script(nameof(TestPersistPartitionUnreliable), "crashes, divisions and losses",
            new StoreLoad { Clients = 5, Crashes = true, IsPartitioned = true, IsUnreliable = true }),
        Script(nameof(TestPersistPartitionUnreliableLinearizable), "the same with 7 servers and 15 clients who share their keys",
            new StoreLoad { Clients = 15, Servers = 7, Crashes = true, IsPartitioned = true, IsUnreliable = true, SharesKeys = true }),
    ];

    /// <summary>One client appends to its key and gets it.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestBasic(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(A, seed, store, expression);

    /// <summary>A thousand appends, one after the other, at three or more between two heartbeats.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestSpeed(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(A, seed, store, expression);

    /// <summary>Five clients, each with a key of its own.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestConcurrent(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(A, seed, store, expression);

    /// <summary>Five clients over a network that loses one message in ten.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestUnreliable(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(A, seed, store, expression);

    /// <summary>Five clients append to one key, over a network that loses one message in ten.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestUnreliableOneKey(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(A, seed, store, expression);

    /// <summary>Progress in a majority, none in a minority, and completion once all is whole again.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="store">The store's parts; the library's own when left out.</param>
    /// <param name="expression">The store, as it was written; the compiler fills it in.</param>
    public static LabRun TestOnePartition(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(A, seed, store, expression);

    /// <summary>One client, while the servers are divided another way each second.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestManyPartitionsOneClient(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(A, seed, store, expression);

    /// <summary>Five clients, while the servers are divided another way each second.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestManyPartitionsManyClients(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(A, seed, store, expression);

    /// <summary>One client; all servers crash and restart.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestPersistOneClient(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(A, seed, store, expression);

    /// <summary>Five clients; all servers crash and restart.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestPersistConcurrent(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(A, seed, store, expression);

    /// <summary>Five clients over a network that loses one message in ten; all servers crash and restart.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestPersistConcurrentUnreliable(
        ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") => Play(A, seed, store, expression);

    /// <summary>Five clients; the servers are divided, and crash and restart.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestPersistPartition(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(A, seed, store, expression);

    /// <summary>Five clients; divisions, crashes, and a network that loses one message in ten.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestPersistPartitionUnreliable(ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        Play(A, seed, store, expression);

    /// <summary>The same with 7 servers and 15 clients who share their keys: what they saw must be linearizable.</summary>
    /// <inheritdoc cref="TestOnePartition" path="/param"/>
    public static LabRun TestPersistPartitionUnreliableLinearizable(
        ulong seed, LabStore? store = null, [CallerArgumentExpression(nameof(store))] string expression = "") => Play(A, seed, store, expression);
}
