using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Workbook.Sim;
using Trace = Workbook.Sim.Trace;

namespace Workbook.Tests.Sim;

public sealed class DeterminismTests
{
    private const string HashOnly = "WORKBOOK_PRINT_RUN_HASH";

    /// <summary>Started with the variable set, this test program prints the hash of one run and ends: the other process of the test below.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The test program is the other process; nothing else is meant.")]
    internal static void PrintHashOnly()
    {
        if (Environment.GetEnvironmentVariable(HashOnly) is not { } seed) return;
        Console.WriteLine(Busy(ulong.Parse(seed)).RunFor(5.Seconds()).Trace.Hash);
        Environment.Exit(0);
    }

    /// <summary>A run with a bit of everything: losses, doubles, crashes, partitions, async clients.</summary>
    internal static Simulation Busy(ulong seed, TraceLimit? trace = null)
    {
        var network = new NetworkOptions { Loss = 0.05, Duplication = 0.05, Reordering = 0.1 };
        var run = new Simulation(seed, network, trace);
        NodeId[] nodes = ["s1", "s2", "c1", "c2", "c3"];
        run.Add("s1", () => new PongServer());
        run.Add("s2", () => new PongServer());
        for (var client = 1; client <= 3; client++)
        {
            var server = client == 3 ? "s2" : "s1";
            run.Add($"c{client}", () => new PingClient(server, 1000, 20.Milliseconds()));
        }

        var faults = new FaultProfile { Until = 4.Seconds(), CrashEvery = 1.Seconds(), PartitionEvery = 1.Seconds() };
        return run.Plan(faults.Draw(seed, nodes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_same_seed_gives_the_same_run(ulong seed)
    {
        var (one, two, other) = (Busy(seed), Busy(seed), Busy(seed + 100));
        one.RunFor(5.Seconds());
        two.RunFor(5.Seconds());
        other.RunFor(5.Seconds());
        Assert.Equal(one.Trace.Hash, two.Trace.Hash);
        Assert.Null(Trace.FirstDifference(one.Trace, two.Trace));
        Assert.NotEqual(one.Trace.Hash, other.Trace.Hash);
        Assert.NotNull(Trace.FirstDifference(one.Trace, other.Trace));
        Assert.Contains(one.Trace.Records, record => record.Kind == TraceKind.Fault && record.Text == "crash");
        Assert.Contains(one.Trace.Records, record => record.Kind == TraceKind.Dropped && record.Text == "cut off");
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_in_another_process()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(DeterminismTests).Assembly.Location);
        start.Environment[HashOnly] = "7";
        using var child = System.Diagnostics.Process.Start(start)!;
        var hash = child.StandardOutput.ReadToEnd().Trim();
        child.WaitForExit();
        Assert.Equal(Busy(7).RunFor(5.Seconds()).Trace.Hash, hash);
    }

    [Fact]
    public void How_the_run_is_stepped_makes_no_difference()
    {
        var (whole, steps) = (Busy(4), Busy(4));
        whole.RunFor(2.Seconds());
        for (var step = 0; step < 200; step++) steps.RunFor(10.Milliseconds());
        Assert.Equal(whole.Trace.Hash, steps.Trace.Hash);
    }

    [Fact]
    public void A_draw_in_one_place_does_not_move_the_others()
    {
        var random = new Rng(1);
        var before = random.Fork("network").NextUInt64();
        random.NextUInt64();
        Assert.Equal(before, random.Fork("network").NextUInt64());
        Assert.NotEqual(before, random.Fork("disk").NextUInt64());
    }

    [Fact]
    public void What_one_link_carries_does_not_move_what_the_others_do()
    {
        Assert.Equal(Arrivals(chatter: 0), Arrivals(chatter: 100));

        static List<Instant> Arrivals(int chatter)
        {
            var run = new Simulation(1, new NetworkOptions { Loss = 0.2, Duplication = 0.2, Reordering = 0.2 });
            run.Add("b", () => new PongServer());
            run.Add("a", () => new PingClient("b", 50, 10.Milliseconds()));
            run.Add("c", () => new PongServer());
            run.Add("d", () => new PingClient("c", chatter, 10.Milliseconds()));
            run.RunFor(1.Seconds());
            return [.. run.Trace.Records.Where(record => record.Node == "b" && record.Kind == TraceKind.Delivered).Select(record => record.Time)];
        }
    }

    [Fact]
    public void Whether_a_run_is_recorded_changes_nothing_in_it()
    {
        var (on, off) = (Busy(6), Busy(6, TraceLimit.Off));
        on.RunFor(5.Seconds());
        off.RunFor(5.Seconds());
        Assert.Equal((on.Events, on.Network.Sent, on.Network.Delivered), (off.Events, off.Network.Sent, off.Network.Delivered));
        Assert.Equal(0, off.Trace.Kept);
    }

    [Fact]
    public void A_note_that_nobody_reads_is_not_written()
    {
        foreach (var (trace, written) in new[] { (TraceLimit.Off, 0), (TraceLimit.Whole, 2) })
        {
            var run = new Simulation(1, trace: trace);
            var noter = new Noter();
            run.Add("s1", () => noter);
            Assert.Equal(written, noter.Written);
            Assert.Equal(written == 0 ? [] : ["0.000000s s1 “1 of 1.50”", "0.000000s s1 is number 2"], run.Trace.Lines);
        }
    }

    private sealed class Noter : Workbook.Sim.Process
    {
        public int Written { get; private set; }

        private int Count => ++Written;

        protected override void Start()
        {
            Note($"{Count} of {1.5:0.00}");
            Became($"number {Count}");
        }

        protected override void Receive(Message message, Sender from)
        {
        }
    }

    [Fact]
    public void A_bounded_trace_keeps_the_newest_records_only()
    {
        var (bounded, whole) = (Busy(5, TraceLimit.Newest(100)), Busy(5));
        bounded.RunFor(2.Seconds());
        whole.RunFor(2.Seconds());
        Assert.Equal(100, bounded.Trace.Kept);
        Assert.Equal(whole.Trace.Total, bounded.Trace.Total);
        Assert.Equal(whole.Trace.Lines.TakeLast(100), bounded.Trace.Lines);
    }

    [Fact]
    public void The_trace_reads_as_a_person_would_tell_it()
    {
        var run = new Simulation(1, new NetworkOptions { Delay = Delay.Constant(1.Milliseconds()) });
        run.Add("server", () => new PongServer());
        run.Add("client", () => new PingClient("server", 1, 1.Seconds()));
        run.RunFor(1.Seconds());
        Assert.Equal(
            [
                "0.000000s client → server Ping(number 0)",
                "0.001000s server ← client Ping(number 0)",
                "0.001000s server → client Pong(number 0)",
                "0.002000s client ← server Pong(number 0)",
            ],
            run.Trace.Lines);
    }

    [Fact]
    public void Random_numbers_are_the_same_on_every_machine_and_evenly_spread()
    {
        Assert.Equal(11091344671253066420UL, FirstOfXoshiroWithKnownState());
        var random = new Rng(1);
        var counts = new int[10];
        for (var draw = 0; draw < 100_000; draw++) counts[random.Next(10)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }

    /// <summary>xoshiro256** seeded by SplitMix64 from 0 begins with this number in every implementation.</summary>
    private static ulong FirstOfXoshiroWithKnownState() => new Rng(0).NextUInt64();
}
