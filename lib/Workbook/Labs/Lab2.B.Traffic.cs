using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>The tests of part 2B that count requests.</summary>
public static partial class Lab2
{
    private static async Task Backup(RaftBench bench)
    {
        await bench.One(bench.AnyCommand(), 5, retry: true);

        // A leader and one follower, alone, with 50 entries that cannot be committed.
        var first = await bench.CheckOneLeader();
        NodeId[] others = [bench.After(first, 2), bench.After(first, 3), bench.After(first, 4)];
        bench.Disconnect(others);
        Start50(bench, first);
        await bench.Sleep(Bench.ElectionTimeout / 2);
        bench.Disconnect(first, bench.After(first, 1));

        // The other three commit 50 of their own.
        bench.Connect(others);
        for (var count = 0; count < 50; count++) await bench.One(bench.AnyCommand(), 3, retry: true);

        // Their leader and one of them, alone, with 50 more that cannot be committed.
        var second = await bench.CheckOneLeader();
        var third = bench.After(first, 2) is var one && one != second ? one : bench.After(second, 1);
        bench.Disconnect(third);
        Start50(bench, second);
        await bench.Sleep(Bench.ElectionTimeout / 2);

        // The first leader and its follower come back, with one of the three.
        bench.Disconnect(bench.Servers);
        bench.Connect(first, bench.After(first, 1), third);
        for (var count = 0; count < 50; count++) await bench.One(bench.AnyCommand(), 3, retry: true);

        bench.Connect(bench.Servers);
        var repairing = await RequestsWithin(bench, Bench.ElectionTimeout);
        await bench.One(bench.AnyCommand(), 5, retry: true);

        // The labs only look at the time, and a real network is slow enough for that; here one entry at a time would take no time, but many requests.
        var beyond = repairing - await RequestsWithin(bench, Bench.ElectionTimeout);
        if (beyond > 60)
        {
            bench.Fail("Too many requests", $"{beyond} requests more than when nothing happens were sent in the second in which wrong logs came back, and were made right. "
                + "When a follower refuses, go back a whole term at once, not one entry.");
        }
    }

    private static void Start50(RaftBench bench, NodeId leader)
    {
        for (var count = 0; count < 50; count++) bench.Start(leader, bench.AnyCommand());
    }

    private static async Task<long> RequestsWithin(RaftBench bench, TimeSpan length)
    {
        var before = bench.Traffic.Requests;
        await bench.Sleep(length);
        return bench.Traffic.Requests - before;
    }

    private static async Task Count(RaftBench bench)
    {
        await bench.CheckOneLeader();
        var electing = bench.Traffic.Requests;
        if (electing is < 1 or > 30) bench.Fail("Too many requests", $"{electing} requests were sent to elect the first leader; from 1 to 30 is right.");
        if (!await CountAgreement(bench)) bench.Fail("Needless election", "the term changed in each of five attempts to count requests, although nothing has failed.");

        var idle = await RequestsWithin(bench, Bench.ElectionTimeout);
        if (idle > 60) bench.Fail("Too many requests", $"{idle} requests were sent in a second in which nothing was asked; 60 is the most, for 3 servers and ten heartbeats a second.");
    }

    /// <summary>Ten commands and a few more, counted; false when there was an election each time.</summary>
    private static async Task<bool> CountAgreement(RaftBench bench)
    {
        const int Commands = 10;
        for (var attempt = 0; attempt < 5; attempt++)
        {
            if (attempt > 0) await bench.Sleep(3.Seconds());
            var leader = await bench.CheckOneLeader();
            var before = bench.Traffic.Requests;
            var (first, term, isLeader) = bench.Start(leader, "1");
            if (!isLeader) continue;
            string[] commands = [.. Enumerable.Range(0, Commands + 1).Select(_ => bench.AnyCommand())];
            var started = commands.Select(command => bench.Start(leader, command)).ToList();
            if (started.Any(one => one.Term != term || !one.IsLeader)) continue;
            if (started.Index().FirstOrDefault(one => one.Item.Index != first + 1 + one.Index) is { Item.Index: > 0 } wrong)
            {
                bench.Fail("Wrong index", $"command {wrong.Index + 2} of those given to {leader} in a row got index {wrong.Item.Index}; the first of them got {first}.");
            }

            var committed = new List<string?>();
            for (var index = first + 1; index <= first + commands.Length; index++) committed.Add(await bench.Wait(index, 3, term));
            if (committed.Contains(null) || bench.Servers.Any(server => bench.GetState(server).Term != term)) continue;
            if (!committed.SequenceEqual(commands)) bench.Fail("Lost command", "commands given to one leader in a row were not applied in that row.");
            var requests = bench.Traffic.Requests - before;
            if (requests > (Commands + 1 + 3) * 3) bench.Fail("Too many requests", $"{requests} requests were sent for {Commands + 2} commands; {(Commands + 1 + 3) * 3} is the most for 3 servers.");
            return true;
        }

        return false;
    }
}
