using Workbook.Sim;

namespace Workbook.Tests.Sim;

public sealed class FaultPlanTests
{
    private static readonly NodeId[] Nodes = ["a", "b", "c"];

    private static Simulation Run(params PlannedFault[] faults)
    {
        var run = new Simulation(seed: 1, new NetworkOptions { Delay = Delay.Constant(1.Milliseconds()) });
        foreach (var node in Nodes) run.Add(node, () => new PongServer());
        return run.Plan(faults);
    }

    private static IEnumerable<string> FaultsOf(Simulation run) =>
        run.RunFor(10.Seconds()).Trace.Records.Where(record => record.Kind == TraceKind.Fault).Select(record => record.ToString());

    [Fact]
    public void Faults_read_as_a_person_would_say_them()
    {
        PlannedFault[] faults =
        [
            new CrashFault(1.Seconds(), "a") { Loss = CrashLoss.All },
            new RestartFault(1.25.Seconds(), "a"),
            new PartitionFault(2.Seconds(), 1.Seconds(), ["a", "b"]),
            new CutFault(2.Seconds(), 0.5.Seconds(), "a", "b"),
            new LossFault(3.Seconds(), 0.2.Seconds(), 0.3),
            new SlowLinkFault(4.Seconds(), 1.Seconds(), "b", "a", 50.Milliseconds()),
            new SlowDiskFault(4.Seconds(), 1.Seconds(), "c", 5.Milliseconds()),
            new FailingDiskFault(4.Seconds(), 1.Seconds(), "c"),
            new FullDiskFault(4.Seconds(), 1.Seconds(), "b", Room: 10),
            new BitFlipFault(4.Seconds(), "b", 0.25),
            new ClockFault(5.Seconds(), 2.Seconds(), "b", Drift: -0.1),
            new ClockFault(5.Seconds(), 2.Seconds(), "b", Jump: 3.Seconds(), Drift: 0.002),
            new ClockFault(5.Seconds(), 2.Seconds(), "b", Jump: -3.Seconds()),
        ];
        Assert.Equal(
            [
                "1s crash a, unflushed writes lost",
                "1.25s restart a",
                "2s partition a b | the rest for 1s",
                "2s cut a → b for 0.5s",
                "3s lose 30 % of all messages for 0.2s",
                "4s slow b → a by 50ms for 1s",
                "4s slow disk of c by 5ms for 1s",
                "4s disk of c fails for 1s",
                "4s disk of b has room for 10 bytes more for 1s",
                "4s flip a bit of b, 25 % into its disk",
                "5s b: the clock runs 10 % slow for 2s",
                "5s b: the clock jumps 3000ms ahead and runs 0.2 % fast for 2s",
                "5s b: the clock jumps 3000ms back for 2s",
            ],
            faults.Select(fault => fault.ToString()));
        Assert.Equal(Instant.Start + 7.Seconds(), Run(faults).FaultsEnd);
    }

    [Fact]
    public void What_lasts_begins_and_ends_in_the_trace()
    {
        Assert.Equal(
            [
                "1.000000s a fault cut to b", "2.000000s a fault mended to b",
                "3.000000s fault 30 % of all messages are lost", "3.500000s fault 50 % of all messages are lost",
                "4.000000s fault 50 % of all messages are lost", "4.500000s fault 0 % of all messages are lost",
                "5.000000s b fault 50ms slower to a", "6.000000s b fault 0ms slower to a",
                "7.000000s b fault the clock runs 10 % slow", "8.000000s b fault the clock is set right",
            ],
            FaultsOf(Run(
                new CutFault(1.Seconds(), 1.Seconds(), "a", "b"),
                new LossFault(3.Seconds(), 1.Seconds(), 0.3),
                new LossFault(3.5.Seconds(), 1.Seconds(), 0.5),
                new SlowLinkFault(5.Seconds(), 1.Seconds(), "b", "a", 50.Milliseconds()),
                new ClockFault(7.Seconds(), 1.Seconds(), "b", Drift: -0.1))));
    }

    [Fact]
    public void A_clock_that_lied_is_right_afterwards()
    {
        var run = Run(new ClockFault(1.Seconds(), 3.Seconds(), "a", Jump: -2.Seconds(), Drift: -0.1), new ClockFault(2.Seconds(), 4.Seconds(), "a", Drift: 0.3));
        run.RunFor(3.Seconds());
        Assert.Equal((-1.9).Seconds(), run["a"].Clock.Offset);
        run.RunFor(7.Seconds());
        Assert.Equal((TimeSpan.Zero, 0.0), (run["a"].Clock.Offset, run["a"].Clock.Drift));
    }

    [Fact]
    public void A_crash_may_lose_all_that_was_not_flushed_whatever_the_disk_usually_does()
    {
        var kept = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            foreach (var loss in (CrashLoss?[])[null, CrashLoss.All])
            {
                var run = new Simulation(seed);
                run.Add("a", () => new PongServer());
                run["a"].Disk.Append("log", "abc"u8);
                run.Plan([new CrashFault(1.Seconds(), "a") { Loss = loss }]).RunFor(2.Seconds());
                if (loss == CrashLoss.All) Assert.Null(run["a"].Disk.Read("log"));
                else kept += run["a"].Disk.Read("log")?.Length ?? 0;
                Assert.Equal(CrashLoss.Some, run["a"].Disk.CrashLoss);
            }
        }

        Assert.True(kept > 0);
    }

    [Fact]
    public void A_slow_disk_makes_transfers_late_and_a_failing_one_refuses()
    {
        var done = new List<string>();
        var run = new Simulation(seed: 1);
        run.Add("a", () => new Script(async me =>
        {
            await me.Sleep(1.5.Seconds());
            await me.Transfer(1);
            done.Add($"{me.Now}");
            Assert.Throws<IOException>(() => me.Disk.Write("log", "a"u8));
            await me.Sleep(2.Seconds());
            me.Disk.Write("log", "a"u8);
            await me.Transfer(1);
            done.Add($"{me.Now}");
        }));
        run.Plan([new SlowDiskFault(1.Seconds(), 2.Seconds(), "a", 5.Milliseconds()), new FailingDiskFault(1.Seconds(), 2.Seconds(), "a")]);
        run.RunFor(10.Seconds());
        Assert.Equal(["1.505000s", "3.505000s"], done);
    }

    [Fact]
    public void A_full_disk_takes_what_fits_and_nothing_more()
    {
        var run = Run(new FullDiskFault(1.Seconds(), 1.Seconds(), "a", Room: 3)).RunFor(1.5.Seconds());
        run["a"].Disk.Append("log", "abc"u8);
        Assert.Throws<IOException>(() => run["a"].Disk.Append("log", "d"u8));
        run.RunFor(1.Seconds())["a"].Disk.Append("log", "d"u8);
        Assert.Equal("abcd"u8.ToArray(), run["a"].Disk.Read("log"));
    }

    [Theory]
    [InlineData(0, "`b", "c")]
    [InlineData(0.5, "ar", "c")] // Bit 12 of 24 is the fifth of the second byte: b becomes r.
    [InlineData(0.9, "ab", "C")]
    public void A_flipped_bit_hits_what_stands_there(double where, string one, string two)
    {
        var run = Run(new BitFlipFault(1.Seconds(), "a", where), new BitFlipFault(1.Seconds(), "b", where));
        run["a"].Disk.Write("1", "ab"u8);
        run["a"].Disk.Write("2", "c"u8);
        run.RunFor(2.Seconds());
        Assert.Equal((one, two), (Text("1"), Text("2")));

        string Text(string file) => System.Text.Encoding.ASCII.GetString(run["a"].Disk.Read(file)!);
    }

    [Fact]
    public void A_process_that_halts_does_nothing_more_until_it_is_booted_again()
    {
        var (boots, done) = (0, new List<string>());
        var run = new Simulation(seed: 1);
        run.Add("a", () => new Script(async me =>
        {
            done.Add($"boot {++boots}");
            await me.Sleep(1.Seconds());
            if (boots == 1) me.Halt("the disk is full");
            done.Add($"awake {boots}");
        }));
        run.RunFor(2.Seconds());
        Assert.Equal((false, "the disk is full"), (run["a"].IsUp, run["a"].Halted));
        run.Restart("a").RunFor(2.Seconds());
        Assert.Null(run["a"].Halted);
        Assert.Equal(["boot 1", "boot 2", "awake 2"], done);
        Assert.Contains("1.000000s a fault halts: the disk is full", run.Trace.Records.Select(record => record.ToString()));
    }

    [Fact]
    public void A_profile_draws_every_kind_within_its_time()
    {
        var profile = new FaultProfile
        {
            Until = 20.Seconds(),
            CrashEvery = 2.Seconds(),
            CrashLoss = CrashLoss.All,
            PartitionEvery = 2.Seconds(),
            CutEvery = 2.Seconds(),
            LossEvery = 2.Seconds(),
            SlowLinkEvery = 2.Seconds(),
            ClockEvery = 2.Seconds(),
            DiskEvery = 2.Seconds(),
            BitFlipEvery = 2.Seconds(),
        };
        var plan = profile.Draw(3, Nodes);
        Assert.Equal(
            [
                "BitFlipFault", "ClockFault", "CrashFault", "CutFault", "FailingDiskFault", "FullDiskFault", "LossFault", "PartitionFault", "RestartFault",
                "SlowLinkFault",
            ],
            plan.Select(fault => fault.GetType().Name).Distinct().Order(StringComparer.Ordinal));
        Assert.All(plan, fault => Assert.InRange(fault.Ends, fault.At, 20.Seconds()));
        Assert.All(plan.OfType<CrashFault>(), crash => Assert.Equal(CrashLoss.All, crash.Loss));
        Assert.Equal(plan.Select(fault => $"{fault}"), profile.Draw(3, Nodes).Select(fault => $"{fault}"));
        Run([.. plan]).RunFor(25.Seconds());
    }

    [Fact]
    public void One_more_kind_of_fault_moves_no_other()
    {
        var some = new FaultProfile { CrashEvery = 1.Seconds(), PartitionEvery = 1.Seconds() };
        var more = some with { CutEvery = 1.Seconds(), LossEvery = 1.Seconds(), ClockEvery = 1.Seconds(), BitFlipEvery = 1.Seconds() };
        Assert.Equal(
            some.Draw(5, Nodes).Select(fault => $"{fault}"),
            more.Draw(5, Nodes).Where(fault => fault is CrashFault or RestartFault or PartitionFault).Select(fault => $"{fault}"));
    }

    [Fact]
    public void A_burst_of_losses_leaves_the_delays_of_what_still_arrives_alone()
    {
        var (calm, burst) = (Arrivals(), Arrivals(new LossFault(0.1.Seconds(), 0.3.Seconds(), 0.5)));
        Assert.InRange(burst.Count, 50, calm.Count - 10);
        Assert.Subset(calm.ToHashSet(), burst.ToHashSet());

        static List<(int, Instant)> Arrivals(params PlannedFault[] faults)
        {
            var arrived = new List<(int, Instant)>();
            var run = new Simulation(1);
            run.Add("b", () => new Script(_ => Task.CompletedTask, (me, message, _) => arrived.Add((((Ping)message).Number, me.Now))));
            run.Add("a", () => new Script(async me =>
            {
                for (var number = 0; number < 100; number++)
                {
                    me.Send("b", new Ping(number));
                    await me.Sleep(5.Milliseconds());
                }
            }));
            run.Plan(faults).RunFor(1.Seconds());
            return arrived;
        }
    }
}
