namespace Workbook.Labs;

/// <summary>What the tests of part 3B do that are not one <see cref="StoreLoad"/>.</summary>
public static partial class Lab3
{
    private const long LargestSnapshot = 500;

    private static async Task SnapshotRpc(StoreBench bench)
    {
        var servers = bench.Servers;
        var clerk = bench.NewClerk();
        await clerk.Put("a", "A");
        await clerk.Check("a", "A");

        // A majority goes on without the third.
        bench.Partition(servers[0], servers[1]);
        var first = bench.NewClerk(servers[0], servers[1]);
        for (var number = 0; number < 50; number++) await first.Put($"{number}", $"{number}");
        await bench.Sleep(Bench.ElectionTimeout);
        await first.Put("b", "B");
        CheckLogSize(bench);

        // Now nothing goes on without it, and what it misses is in no log any more.
        bench.Partition(servers[0], servers[2]);
        var second = bench.NewClerk(servers[0], servers[2]);
        await second.Put("c", "C");
        await second.Put("d", "D");
        foreach (var (key, value) in new[] { ("a", "A"), ("b", "B"), ("1", "1"), ("49", "49") }) await second.Check(key, value);

        bench.ConnectAll();
        await clerk.Put("e", "E");
        foreach (var (key, value) in new[] { ("c", "C"), ("e", "E"), ("1", "1") }) await clerk.Check(key, value);
    }

    private static async Task SnapshotSize(StoreBench bench)
    {
        var clerk = bench.NewClerk();
        foreach (var _ in bench.Rounds(200))
        {
            await clerk.Put("x", "0");
            await clerk.Check("x", "0");
            await clerk.Put("x", "1");
            await clerk.Check("x", "1");
        }

        CheckLogSize(bench);
        if (bench.SnapshotBytes() is > LargestSnapshot and var bytes)
        {
            bench.Fail("Snapshot too large", $"a snapshot has {bytes:N0} bytes, {LargestSnapshot} at the most are asked for: the store holds one key, and one client's last request.");
        }
    }

    /// <summary>No log is longer than eight times what it should be.</summary>
    internal static void CheckLogSize(StoreBench bench)
    {
        var (bytes, most) = (bench.LogBytes(), 8 * bench.MaxRaftState);
        if (bytes > most) bench.Fail("Log too large", $"a log has {bytes:N0} bytes; with a snapshot at {bench.MaxRaftState:N0} it stays under {most:N0}.");
    }
}
