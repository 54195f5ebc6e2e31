using System.Text;
using Workbook.Sim;

namespace Workbook.Tests.Sim;

public sealed class DiskTests
{
    private readonly Simulation _run = new(seed: 5);

    public DiskTests() => _run.Add("s1", () => new PongServer());

    private SimulatedDisk Disk => _run["s1"].Disk;

    private string? Text(string file) => Disk.Read(file) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    [Fact]
    public void A_crash_loses_what_was_not_flushed()
    {
        Disk.CrashLoss = CrashLoss.All;
        Disk.Write("log", "one"u8);
        Disk.Flush();
        Disk.Append("log", " two"u8);
        Assert.Equal("one two", Text("log"));
        _run.Crash("s1");
        Assert.Equal("one", Text("log"));
    }

    [Fact]
    public void A_crash_keeps_a_beginning_of_the_unflushed_writes_and_may_tear_the_next()
    {
        var outcomes = new HashSet<string>();
        for (ulong seed = 0; seed < 200; seed++)
        {
            var run = new Simulation(seed);
            run.Add("s1", () => new PongServer());
            foreach (var word in new[] { "aa", "bb", "cc" }) run["s1"].Disk.Append("log", Encoding.UTF8.GetBytes(word));
            run.Crash("s1");
            outcomes.Add(run["s1"].Disk.Read("log") is { } bytes ? Encoding.UTF8.GetString(bytes) : "");
        }

        Assert.Equal(["", "a", "aa", "aab", "aabb", "aabbc", "aabbcc"], outcomes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_rename_is_all_or_nothing()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            var run = new Simulation(seed);
            run.Add("s1", () => new PongServer());
            var disk = run["s1"].Disk;
            disk.Write("state", "old"u8);
            disk.Flush();
            disk.Write("state.tmp", "new"u8);
            disk.Flush();
            disk.Rename("state.tmp", "state");
            run.Crash("s1");
            Assert.Contains(Encoding.UTF8.GetString(disk.Read("state")!), (string[])["old", "new"]);
        }

        Assert.Throws<FileNotFoundException>(() => Disk.Rename("nothing", "something"));
    }

    [Fact]
    public void A_full_disk_refuses_and_the_file_stays_as_it_was()
    {
        Disk.Capacity = 10;
        Disk.Write("log", "12345678"u8);
        var full = Assert.Throws<IOException>(() => Disk.Append("log", "90ab"u8));
        Assert.Equal("The disk of s1 is full: log needs 4 bytes more and 2 are free.", full.Message);
        Assert.Equal("12345678", Text("log"));
    }

    [Fact]
    public void A_failing_disk_refuses_writes_and_flushes()
    {
        Disk.IsFailing = true;
        Assert.Throws<IOException>(() => Disk.Write("log", "1"u8));
        Assert.Throws<IOException>(Disk.Flush);
    }

    [Fact]
    public void A_flipped_bit_is_flipped_for_good()
    {
        Disk.Write("log", "a"u8);
        Disk.Flush();
        Disk.FlipBit("log", 1);
        _run.Crash("s1");
        Assert.Equal("c", Text("log"));
        Assert.Throws<ArgumentException>(() => Disk.FlipBit("log", 8));
    }

    [Fact]
    public void A_flipped_bit_stays_flipped_when_a_crash_takes_back_what_came_after()
    {
        Disk.CrashLoss = CrashLoss.All;
        Disk.Write("log", "a"u8);
        Disk.Write("old", "a"u8);
        Disk.Flush();
        Disk.Append("log", "a"u8);
        Disk.FlipBit("log", 1);
        Disk.FlipBit("log", 9);
        Disk.Write("old", "aa"u8);
        Disk.FlipBit("old", 1);
        Assert.Equal(("cc", "ca"), (Text("log"), Text("old")));
        _run.Crash("s1");
        Assert.Equal(("c", "c"), (Text("log"), Text("old")));
    }
}
