using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>What the tests of part 2B do, and ask.</summary>
public static partial class Lab2
{
    private static async Task BasicAgree(RaftBench bench)
    {
        for (var index = 1L; index <= 3; index++)
        {
            if (bench.Committed(index).Servers > 0) bench.Fail("Too early", $"index {index} has been applied before anybody asked for a command.");
            await AgreeAt(bench, index, $"{index * 100}", 3);
        }
    }

    private static async Task RPCBytes(RaftBench bench)
    {
        const int Size = 5000;
        await bench.One("99", 3, retry: false);
        var before = bench.Traffic.Bytes;
        for (var index = 2L; index < 12; index++) await AgreeAt(bench, index, bench.AnyCommand(Size), 3);
        var sent = bench.Traffic.Bytes - before;
        if (sent > 3 * 10 * Size + 50_000)
        {
            bench.Fail("Too many bytes", $"{sent:N0} bytes were sent for ten commands of {Size:N0} bytes and 3 servers; 200,000 is the most. Does a command go to a server more than once?");
        }
    }

    private static async Task FollowerFailure(RaftBench bench)
    {
        await bench.One("101", 3, retry: false);
        var leader = await bench.CheckOneLeader();
        bench.Disconnect(bench.After(leader, 1));
        await bench.One("102", 2, retry: false);
        await bench.Sleep(Bench.ElectionTimeout);
        await bench.One("103", 2, retry: false);

        var second = await bench.CheckOneLeader();
        bench.Disconnect(bench.After(second, 1), bench.After(second, 2));
        var (index, _, isLeader) = bench.Start(second, "104");
        if (!isLeader) bench.Fail("Start refused", $"{second} leads, and Start(“104”) says that it does not.");
        if (index != 4) bench.Fail("Wrong index", $"Start(“104”) on {second} gave index {index}; it is the fourth command.");
        await bench.Sleep(2 * Bench.ElectionTimeout);
        MustNotBeCommitted(bench, 4);
    }

    private static async Task LeaderFailure(RaftBench bench)
    {
        await bench.One("101", 3, retry: false);
        var leader = await bench.CheckOneLeader();
        bench.Disconnect(leader);
        await bench.One("102", 2, retry: false);
        await bench.Sleep(Bench.ElectionTimeout);
        await bench.One("103", 2, retry: false);

        bench.Disconnect(await bench.CheckOneLeader());
        foreach (var server in bench.Servers) bench.Start(server, "104");
        await bench.Sleep(2 * Bench.ElectionTimeout);
        MustNotBeCommitted(bench, 4);
    }

    private static async Task FailAgree(RaftBench bench)
    {
        await bench.One("101", 3, retry: false);
        var leader = await bench.CheckOneLeader();
        bench.Disconnect(bench.After(leader, 1));
        await bench.One("102", 2, retry: false);
        await bench.One("103", 2, retry: false);
        await bench.Sleep(Bench.ElectionTimeout);
        await bench.One("104", 2, retry: false);
        await bench.One("105", 2, retry: false);

        bench.Connect(bench.After(leader, 1));
        await bench.One("106", 3, retry: true);
        await bench.Sleep(Bench.ElectionTimeout);
        await bench.One("107", 3, retry: true);
    }

    private static async Task FailNoAgree(RaftBench bench)
    {
        await bench.One("10", 5, retry: false);
        var leader = await bench.CheckOneLeader();
        NodeId[] others = [bench.After(leader, 1), bench.After(leader, 2), bench.After(leader, 3)];
        bench.Disconnect(others);
        var (index, _, isLeader) = bench.Start(leader, "20");
        if (!isLeader) bench.Fail("Start refused", $"{leader} leads, and Start(“20”) says that it does not.");
        if (index != 2) bench.Fail("Wrong index", $"Start(“20”) on {leader} gave index {index}; it is the second command.");
        await bench.Sleep(2 * Bench.ElectionTimeout);
        MustNotBeCommitted(bench, index);

        // The majority that was cut off may have elected a leader of its own, and forget what was at index 2.
        bench.Connect(others);
        var second = await bench.CheckOneLeader();
        (index, _, isLeader) = bench.Start(second, "30");
        if (!isLeader) bench.Fail("Start refused", $"{second} leads, and Start(“30”) says that it does not.");
        if (index is < 2 or > 3) bench.Fail("Wrong index", $"Start(“30”) on {second} gave index {index}; it can be 2 or 3.");
        await bench.One("1000", 5, retry: true);
    }

    /// <summary>An election in the middle takes the meaning from the test; then it is tried again.</summary>
    private static async Task ConcurrentStarts(RaftBench bench)
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            if (attempt > 0) await bench.Sleep(3.Seconds());
            var leader = await bench.CheckOneLeader();
            var (_, term, isLeader) = bench.Start(leader, "1");
            if (!isLeader) continue;
            string[] commands = [.. Enumerable.Range(100, 5).Select(number => $"{number} of attempt {attempt}")];
            var started = commands.Select(command => bench.Start(leader, command)).ToList();
            if (started.Any(one => one.Term != term || !one.IsLeader)) continue;

            var committed = new List<string>();
            foreach (var (index, _, _) in started)
            {
                if (await bench.Wait(index, 3, term) is { } command) committed.Add(command);
            }

            if (bench.Servers.Any(server => bench.GetState(server).Term != term)) continue;
            var missing = commands.Except(committed).ToList();
            if (missing.Count == 0) return;
            bench.Fail("Lost command", $"{string.Join(", ", missing)}: given to {leader} in term {term} together with others, and not at the index that Start gave.");
        }

        bench.Fail("Needless election", "the term changed in each of five attempts to give five commands at once, although nothing has failed.");
    }

    private static async Task Rejoin(RaftBench bench)
    {
        await bench.One("101", 3, retry: true);
        var first = await bench.CheckOneLeader();
        bench.Disconnect(first);
        foreach (var command in new[] { "102 alone", "103 alone", "104 alone" }) bench.Start(first, command);
        await bench.One("103", 2, retry: true);

        var second = await bench.CheckOneLeader();
        bench.Disconnect(second);
        bench.Connect(first);
        await bench.One("104", 2, retry: true);

        bench.Connect(second);
        await bench.One("105", 3, retry: true);
    }

    private static async Task AgreeAt(RaftBench bench, long index, string command, int servers)
    {
        var got = await bench.One(command, servers, retry: false);
        if (got != index) bench.Fail("Wrong index", $"a command was applied at index {got}; it is number {index} that was given, and nothing has failed.");
    }

    private static void MustNotBeCommitted(RaftBench bench, long index)
    {
        if (bench.Committed(index) is { Servers: > 0 and var servers })
        {
            bench.Fail("Committed by a minority", $"index {index} was applied by {servers} server{(servers == 1 ? "" : "s")}, although no majority was connected.");
        }
    }
}
