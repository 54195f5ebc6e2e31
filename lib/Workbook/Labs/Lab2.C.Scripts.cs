using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>What the tests of part 2C do, and ask.</summary>
public static partial class Lab2
{
    private static async Task Persist1(RaftBench bench)
    {
        await bench.One("11", 3, retry: true);
        bench.Crash(bench.Servers);
        bench.Restart(bench.Servers);
        await bench.One("12", 3, retry: true);

        var first = await bench.CheckOneLeader();
        bench.Disconnect(first);
        bench.Restart(first);
        bench.Connect(first);
        await bench.One("13", 3, retry: true);

        var second = await bench.CheckOneLeader();
        bench.Disconnect(second);
        await bench.One("14", 2, retry: true);
        bench.Restart(second);
        bench.Connect(second);

        // It must catch up before the next one is cut off.
        await bench.Wait(4, 3);
        var follower = bench.After(await bench.CheckOneLeader(), 1);
        bench.Disconnect(follower);
        await bench.One("15", 2, retry: true);
        bench.Restart(follower);
        bench.Connect(follower);
        await bench.One("16", 3, retry: true);
    }

    private static async Task Persist2(RaftBench bench)
    {
        foreach (var round in bench.Rounds(5))
        {
            await bench.One($"first of {round}", 5, retry: true);
            var leader = await bench.CheckOneLeader();
            NodeId[] pair = [bench.After(leader, 1), bench.After(leader, 2)];
            NodeId[] rest = [leader, bench.After(leader, 3), bench.After(leader, 4)];
            bench.Disconnect(pair);
            await bench.One($"second of {round}", 3, retry: true);

            bench.Disconnect(rest);
            bench.Restart(pair);
            bench.Connect(pair);
            await bench.Sleep(Bench.ElectionTimeout);
            bench.Restart(rest[1]);
            bench.Connect(rest[1]);
            await bench.One($"third of {round}", 3, retry: true);

            bench.Connect(rest[2], rest[0]);
        }

        await bench.One("1000", 5, retry: true);
    }

    private static async Task Persist3(RaftBench bench)
    {
        await bench.One("101", 3, retry: true);
        var leader = await bench.CheckOneLeader();
        bench.Disconnect(bench.After(leader, 2));
        await bench.One("102", 2, retry: true);

        bench.Crash(leader, bench.After(leader, 1));
        bench.Connect(bench.After(leader, 2));
        bench.Restart(leader);
        await bench.One("103", 2, retry: true);

        bench.Restart(bench.After(leader, 1));
        await bench.One("104", 3, retry: true);
    }

    /// <summary>
    /// A leader crashes soon after it got a command: now and then late enough that others have it. With fewer than three up, one is restarted. All thousand
    /// rounds of the labs, since in virtual time they take a quarter of a minute's events.
    /// </summary>
    private static async Task Figure8(RaftBench bench)
    {
        await bench.One(bench.AnyCommand(), 1, retry: true);
        foreach (var _ in bench.Rounds(1000))
        {
            var leader = StartOnAll(bench);
            await bench.Sleep(SoonOrLater(bench));
            if (leader is { } server) bench.Crash(server);
            if (bench.Servers.Count(one => bench.Run[one].IsUp) < 3 && bench.AnyServer() is var down && !bench.Run[down].IsUp) bench.Restart(down);
        }

        bench.Restart(bench.Servers.Where(server => !bench.Run[server].IsUp));
        await bench.One(bench.AnyCommand(), 5, retry: true);
    }

    private static async Task Figure8Unreliable(RaftBench bench)
    {
        bench.Use(Bench.Unreliable);
        await bench.One(bench.AnyCommand(), 1, retry: true);
        foreach (var round in bench.Rounds(1000))
        {
            if (round == 200) bench.Use(Bench.LongReordering);
            var leader = StartOnAll(bench);
            await bench.Sleep(SoonOrLater(bench));
            if (leader is { } server && bench.Random.Chance(0.5)) bench.Disconnect(server);
            if (bench.Servers.Count(bench.IsConnected) < 3) bench.Connect(bench.AnyServer());
        }

        bench.Connect(bench.Servers);
        await bench.One(bench.AnyCommand(), 5, retry: true);
    }

    private static async Task UnreliableAgree(RaftBench bench)
    {
        bench.Use(Bench.Unreliable);
        var beside = new List<Task>();
        foreach (var round in bench.Rounds(50))
        {
            beside.AddRange(Enumerable.Range(0, 4).Select(client => (Task)bench.One($"{round} of client {client}", 1, retry: true)));
            await bench.One($"{round}", 1, retry: true);
        }

        bench.Use(Bench.Reliable);
        await Task.WhenAll(beside);
        await bench.One("100", 5, retry: true);
    }

    /// <summary>Gives a command to every server that is up; the last that took it for a leader's.</summary>
    private static NodeId? StartOnAll(RaftBench bench)
    {
        NodeId? leader = null;
        foreach (var server in bench.Servers)
        {
            if (bench.Start(server, bench.AnyCommand()).IsLeader && bench.IsConnected(server)) leader = server;
        }

        return leader;
    }

    /// <summary>Mostly some milliseconds; one time in ten up to half a second.</summary>
    private static TimeSpan SoonOrLater(RaftBench bench) =>
        bench.Random.Next(TimeSpan.Zero, bench.Random.Chance(0.1) ? Bench.ElectionTimeout / 2 : 13.Milliseconds());
}
