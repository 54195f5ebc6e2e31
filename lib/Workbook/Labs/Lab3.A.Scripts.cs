using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>What the tests of part 3A do that are not one <see cref="StoreLoad"/>.</summary>
public static partial class Lab3
{
    private const int SpeedRequests = 1000;

    private static async Task Speed(StoreBench bench)
    {
        var clerk = bench.NewClerk();

        // The first request waits for the first election.
        await clerk.Get("x");
        var began = bench.Run.Now;
        List<string> appended = [];
        for (var count = 0; count < SpeedRequests; count++)
        {
            appended.Add($"x 0 {count} y");
            await clerk.Append("x", appended[^1]);
        }

        var each = (bench.Run.Now - began) / SpeedRequests;
        CheckAppends(bench, clerk, "x", await clerk.Get("x"), appended, areAll: true);
        if (each > 100.Milliseconds() / 3)
        {
            bench.Fail("Too slow", FormattableString.Invariant(
                $"an append takes {each.TotalMilliseconds:0.0} ms, and three should fit between two heartbeats, into 100 ms: send entries when they come, not with the next heartbeat."));
        }
    }

    private static async Task UnreliableOneKey(StoreBench bench)
    {
        bench.Use(Bench.Unreliable);
        var clerk = bench.NewClerk();
        await clerk.Put("k", "");
        List<(StoreClerk Clerk, string[] Appended)> clients =
            [.. Enumerable.Range(0, 5).Select(number => (bench.NewClerk(), Enumerable.Range(0, 10).Select(count => $"x {number} {count} y").ToArray()))];
        await bench.Together(clients.Select(client => (Func<Task>)(async () =>
        {
            foreach (var value in client.Appended) await client.Clerk.Append("k", value);
        })));
        var found = await clerk.Get("k");
        foreach (var client in clients) CheckAppends(bench, client.Clerk, "k", found, client.Appended, areAll: false);
    }

    private static async Task OnePartition(StoreBench bench)
    {
        var clerk = bench.NewClerk();
        await clerk.Put("1", "13");

        var (majority, minority) = bench.MakePartition();
        bench.Partition(majority);
        var inside = bench.NewClerk(majority);
        var (putter, getter) = (bench.NewClerk(minority), bench.NewClerk(minority));
        await inside.Put("1", "14");
        await inside.Check("1", "14");

        var (put, get) = (putter.Put("1", "15"), getter.Get("1"));
        await bench.Sleep(Bench.ElectionTimeout);
        if (put.IsCompleted) bench.Fail("Progress in a minority", $"{putter.Name} was told that its put was done, and reaches only {string.Join(" and ", minority)} of five servers.");
        if (get.IsCompleted) bench.Fail("Progress in a minority", $"{getter.Name} got “{await get}”, and reaches only {string.Join(" and ", minority)} of five servers.");
        await inside.Check("1", "14");
        await inside.Put("1", "16");
        await inside.Check("1", "16");

        bench.ConnectAll();
        bench.Reach(putter, bench.Servers);
        bench.Reach(getter, bench.Servers);
        await bench.Sleep(Bench.ElectionTimeout);
        await put;
        await get;
        await clerk.Check("1", "15");
    }

    /// <summary>Each append stands in the value, once, and in the order in which the clerk made them.</summary>
    /// <param name="bench">The bench.</param>
    /// <param name="clerk">Who appended.</param>
    /// <param name="key">The key.</param>
    /// <param name="found">What stands under it.</param>
    /// <param name="appended">The appends, in order; none is part of another.</param>
    /// <param name="areAll">Whether nothing else may stand there.</param>
    internal static void CheckAppends(StoreBench bench, StoreClerk clerk, string key, string found, IReadOnlyList<string> appended, bool areAll)
    {
        if (areAll && found == string.Concat(appended)) return;
        var last = -1;
        foreach (var value in appended)
        {
            var at = found.IndexOf(value, StringComparison.Ordinal);
            if (at < 0) bench.Fail("Lost append", $"{clerk.Name} was told that its append of “{value}” to {key} was done, and it is not there: “{StoreBench.Short(found)}”.", isCertain: true);
            if (found.IndexOf(value, at + 1, StringComparison.Ordinal) >= 0) bench.Fail("Appended twice", $"{clerk.Name} appended “{value}” to {key} once, and it is there twice.", isCertain: true);
            if (at < last) bench.Fail("Out of order", $"{clerk.Name}'s “{value}” stands under {key} before what it had appended earlier.", isCertain: true);
            last = at;
        }

        if (areAll && found.Length != appended.Sum(value => value.Length))
        {
            bench.Fail("Wrong value", $"under {key} stands more than {clerk.Name}, the only one to write there, has appended: “{StoreBench.Short(found)}”.", isCertain: true);
        }
    }
}
