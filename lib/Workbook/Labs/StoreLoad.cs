using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>
/// The labs' <c>GenericTest</c>: three rounds of five seconds in which clients append and get, while what may go wrong goes wrong. After each round everything
/// is mended, all clients get their answers, and each client's appends must be there, once and in order.
/// </summary>
internal sealed record StoreLoad
{
    /// <summary>How many clients.</summary>
    public required int Clients { get; init; }

    /// <summary>How many servers.</summary>
    public int Servers { get; init; } = 5;

    /// <summary>Whether the network loses one message in ten.</summary>
    public bool IsUnreliable { get; init; }

    /// <summary>Whether all servers crash and restart after each round.</summary>
    public bool Crashes { get; init; }

    /// <summary>Whether the servers are divided, another way each second.</summary>
    public bool IsPartitioned { get; init; }

    /// <summary>Whether all clients use all keys, and put as well. Else each has a key of its own, and knows what must stand there.</summary>
    public bool SharesKeys { get; init; }

    /// <summary>How many bytes of log Raft may hold before the servers take a snapshot; null in part 3A.</summary>
    public long? MaxRaftState { get; init; }

    /// <summary>
    /// How long a client thinks between requests, on average. The labs' clients do not think, and come to some thousands of requests; it is what is under
    /// way when something breaks that counts, and some hundreds do for that.
    /// </summary>
    private TimeSpan Thought => Clients * 40.Milliseconds();

    public async Task Play(StoreBench bench)
    {
        if (IsUnreliable) bench.Use(Bench.Unreliable);
        List<StoreClient> clients = [.. Enumerable.Range(0, Clients).Select(number => new StoreClient(bench, number, Clients, SharesKeys, Thought))];
        foreach (var round in bench.Rounds(3))
        {
            var end = bench.Run.Now + 5.Seconds();
            List<Task> working = [.. clients.Select(client => client.Work(round, bench.Random.Fork(client.Number), end))];
            if (IsPartitioned) await Divide(bench, end);
            else await bench.Sleep(end - bench.Run.Now);
            if (Crashes) await bench.RestartAll();
            await Task.WhenAll(working);
            foreach (var client in clients) await client.CheckAppends();
            CheckSizes(bench);
        }
    }

    /// <summary>Divides the servers at random, again and again, and then no longer.</summary>
    private static async Task Divide(StoreBench bench, Instant end)
    {
        var random = bench.Random.Fork("partitions");
        await bench.Sleep(1.Seconds());
        while (bench.Run.Now < end)
        {
            bench.Partition([.. bench.Servers.Where(_ => random.Chance(0.5))]);
            await bench.Sleep(Bench.ElectionTimeout + random.Next(TimeSpan.Zero, 200.Milliseconds()));
        }

        bench.ConnectAll();
        await bench.Sleep(Bench.ElectionTimeout);
    }

    private static void CheckSizes(StoreBench bench)
    {
        if (bench.MaxRaftState is not null) Lab3.CheckLogSize(bench);
        else if (bench.SnapshotBytes() is > 0 and var bytes) bench.Fail("Needless snapshot", $"a server has a snapshot of {bytes:N0} bytes, and was told to take none.");
    }
}
