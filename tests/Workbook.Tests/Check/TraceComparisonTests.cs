using Workbook.Check;
using Workbook.Sim;
using Workbook.Tests.Sim;

namespace Workbook.Tests.Check;

public sealed class TraceComparisonTests
{
    private static Simulation Run(int pings, TraceLimit? trace = null)
    {
        var run = new Simulation(1, new NetworkOptions { Delay = Delay.Constant(1.Milliseconds()) }, trace);
        run.Add("b", () => new PongServer());
        run.Add("a", () => new PingClient("b", pings, 1.Seconds()));
        return run.RunFor(1.Seconds());
    }

    [Fact]
    public void The_first_difference_of_two_runs_is_marked() => Assert.Equal(
        """
        The runs are the same for 4 records, then differ
           one ping                        two pings
        ─  ──────────────────────────────  ──────────────────────────────
        =  0.001000s b → a Pong(number 0)  0.001000s b → a Pong(number 0)
        =  0.002000s a ← b Pong(number 0)  0.002000s a ← b Pong(number 0)
        ≠  (the run ends here)             0.002000s a → b Ping(number 1)
                                           0.003000s b ← a Ping(number 1)
        """,
        TraceComparison.Of(Run(1), Run(2), "one ping", "two pings", before: 2, after: 2).ToString());

    [Fact]
    public void Two_runs_that_are_the_same_are_said_to_be() =>
        Assert.Equal("The two runs are the same, all 4 records of them.", TraceComparison.Of(Run(1), Run(1)).ToString());

    [Fact]
    public void A_run_without_a_trace_cannot_be_compared() =>
        Assert.Contains("its trace on", Assert.Throws<ArgumentException>(() => TraceComparison.Of(Run(1), Run(1, TraceLimit.Off))).Message);
}
