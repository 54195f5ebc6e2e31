using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>The tests of part 2C in which servers come and go while clients work.</summary>
public static partial class Lab2
{
    private static Task ReliableChurn(RaftBench bench) => Churn(bench, Bench.Reliable);

    private static Task UnreliableChurn(RaftBench bench) => Churn(bench, Bench.Unreliable);

    private static async Task Churn(RaftBench bench, NetworkOptions network)
    {
        bench.Use(network);
        var stop = new StrongBox();
        var clients = Enumerable.Range(0, 3).Select(number => Client(bench, bench.Random.Fork(number), number, stop)).ToList();
        foreach (var _ in bench.Rounds(20))
        {
            if (bench.Random.Chance(0.2)) bench.Disconnect(bench.AnyServer());
            if (bench.Random.Chance(0.5) && bench.AnyServer() is var back)
            {
                if (!bench.Run[back].IsUp) bench.Restart(back);
                bench.Connect(back);
            }

            if (bench.Random.Chance(0.2)) bench.Crash(bench.AnyServer());

            // Shorter than an election may take, so that some are disturbed; long enough that some succeed.
            await bench.Sleep(Bench.ElectionTimeout * 0.7);
        }

        await bench.Sleep(Bench.ElectionTimeout);
        bench.MendAll();
        stop.IsSet = true;
        var acknowledged = (await Task.WhenAll(clients)).SelectMany(values => values).ToList();
        if (acknowledged.Count > 0) bench.Came("a client's command was agreed on");
        await bench.Sleep(Bench.ElectionTimeout);

        var last = await bench.One(bench.AnyCommand(), 5, retry: true);
        var there = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 1L; index <= last; index++) there.Add(await bench.Wait(index, 5) ?? "");
        if (acknowledged.FirstOrDefault(command => !there.Contains(command)) is { } lost)
        {
            bench.Fail("Lost command", $"a client saw “{lost}” applied, and now no server has it.");
        }
    }

    /// <summary>
    /// Gives a command to whoever takes it, and looks for it a while; what it has seen applied. It thinks for a while in between: the labs' clients come to
    /// some thousands of commands in real time, ours to some hundreds. What is under way when a server goes counts, not how much went well before.
    /// </summary>
    private static async Task<List<string>> Client(RaftBench bench, Rng random, int number, StrongBox stop)
    {
        var seen = new List<string>();
        for (var count = 0; !stop.IsSet; count++)
        {
            var command = $"c{number}-{count}";
            var index = 0L;
            foreach (var server in bench.Servers)
            {
                if (bench.Start(server, command) is { IsLeader: true } started) index = started.Index;
            }

            if (index == 0)
            {
                await bench.Sleep(random.Next(79.Milliseconds(), 130.Milliseconds()));
                continue;
            }

            foreach (var wait in new[] { 10, 20, 50, 100, 200 })
            {
                await bench.Sleep(wait.Milliseconds());
                if (bench.Committed(index) is not { Servers: > 0, Command: var agreed }) continue;
                if (agreed == command) seen.Add(command);
                break;
            }

            await bench.Sleep(random.Next(TimeSpan.Zero, 100.Milliseconds()));
        }

        return seen;
    }

    private sealed class StrongBox
    {
        public bool IsSet { get; set; }
    }
}
