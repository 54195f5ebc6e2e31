using System.Globalization;
using Workbook.Check;

namespace Workbook.Tests.Check.Linearizable;

/// <summary>A limit that is reached gives an unknown that says which, and never a wrong verdict.</summary>
public sealed class LimitTests
{
    /// <summary>Sets bits of a number, each client one, and reads it.</summary>
    private static readonly Model Bits = Model.Of(0, (state, operation) => operation.Function == "set"
        ? (state | (1 << int.Parse(operation.Argument!, CultureInfo.InvariantCulture)), null)
        : (state, $"{state}"));

    /// <summary>Twenty-four bits are set at the same time, and then a number is read that none of the sixteen million ways leads to.</summary>
    private static readonly History Hard = Sketch.History(
        string.Join("; ", [.. Enumerable.Range(0, 24).Select(client => $"w{client} 1-100 set {client}"), "r 200-201 read = -1"]));

    [Fact]
    public void Steps_that_run_out_are_named() =>
        Assert.Equal("unknown: The search took all of its 1,000 steps and had not decided.", Hard.IsLinearizable(Bits, new SearchLimits { Steps = 1_000 }).ToString());

    [Fact]
    public void Time_that_runs_out_is_named() =>
        Assert.Equal("unknown: The search did not end within 50 ms.", Hard.IsLinearizable(Bits, new SearchLimits { Time = TimeSpan.FromMilliseconds(50) }).ToString());

    [Fact]
    public void Memory_that_was_full_is_named_beside_the_limit_that_ended_the_search() => Assert.Matches(
        @"^unknown: The search did not end within 200 ms, and its [\d.]+ MB of memory were full\.$",
        Hard.IsLinearizable(Bits, new SearchLimits { Memory = 1 << 15, Time = TimeSpan.FromMilliseconds(200) }).ToString());

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(10_000)]
    public void A_verdict_under_a_limit_is_the_verdict_without_one_or_unknown(long steps)
    {
        var decided = 0;
        for (var seed = 0UL; seed < 100; seed++)
        {
            var history = Random(seed);
            var under = history.IsLinearizable(Model.KeyValue, new SearchLimits { Steps = steps, Memory = 1 << 16 }).Verdict;
            if (under == Verdict.Unknown) continue;
            decided++;
            Assert.Equal(history.IsLinearizable(Model.KeyValue).Verdict, under);
        }

        Assert.True(steps < 10_000 || decided == 100, $"With {steps} steps {decided} of 100 small histories were decided.");
    }

    [Fact]
    public void A_million_operations_are_decided()
    {
        // One client after the other: long, and nothing to try. By default a tenth; WORKBOOK_SEEDS=1000000 takes them all.
        var count = Seeds.Count(100_000);
        Assert.Equal(Verdict.Yes, Big(count).IsLinearizable(Model.Register).Verdict);
        var last = new Operation("c0", "read", 10L * count, 10L * count + 1) { Key = "x", Result = "never", Outcome = Outcome.Ok };
        var wrong = new History([.. Big(count).Operations, last]);
        Assert.Equal("Rxnever of client c0 saw never, which nothing writes to x.", wrong.IsLinearizable(Model.Register).Reason);
    }

    /// <summary>Writes and reads by turns, of ten clients.</summary>
    private static History Big(int count) => new(Enumerable.Range(0, count).Select(index => index % 2 == 0
        ? new Operation($"c{index % 10}", "write", 10L * index, 10L * index + 5) { Key = "x", Argument = $"{index % 100}", Outcome = Outcome.Ok }
        : new Operation($"c{index % 10}", "read", 10L * index, 10L * index + 5) { Key = "x", Result = $"{(index - 1) % 100}", Outcome = Outcome.Ok }));

    private static History Random(ulong seed)
    {
        var random = new Workbook.Sim.Rng(seed);
        var times = new long[3];
        return new History(Enumerable.Range(0, 8).Select(index =>
        {
            var client = random.Next(3);
            var from = times[client] + random.Next(1, 5);
            var to = times[client] = from + random.Next(1, 9);
            var operation = new Operation($"c{client}", random.Chance(0.5) ? "append" : "get", from, to) { Key = "x", Outcome = Outcome.Ok };
            return operation.Function == "append" ? operation with { Argument = $"{index}" } : operation with { Result = random.Pick(["", "0", "01", "1", "12"]) };
        }));
    }
}
