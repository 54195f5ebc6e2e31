using Workbook.Check;
using Workbook.Sim;

namespace Workbook.Tests.Check.Linearizable;

/// <summary>The checker and the definition agree on thousands of small histories of every model.</summary>
public sealed class OracleTests
{
    private static readonly Dictionary<string, (Model Model, string Initial, EveryOrder.Specification Specification, RandomHistories Histories)> Cases = new()
    {
        ["register"] = Case(Model.Register, "", EveryOrder.Register,
            (random, operation) => random.Chance(0.5) ? operation with { Function = "read" } : Write(random, operation), Digit),
        ["cas-register"] = Case(Model.CasRegister, "", EveryOrder.Register, (random, operation) => random.Next(3) switch
        {
            0 => operation with { Function = "read" },
            1 => Write(random, operation),
            _ => operation with { Function = "cas", Expected = random.Chance(0.2) ? null : Digit(random), Argument = Digit(random) },
        }, Digit),
        ["kv"] = Case(Model.KeyValue, "", EveryOrder.KeyValue, (random, operation) => (operation with { Key = random.Pick(["x", "x", "y"]) }) switch
        {
            var on when random.Chance(0.45) => on with { Function = "get" },
            var on when random.Chance(0.6) => on with { Function = "append", Argument = Digit(random) },
            var on when random.Chance(0.6) => on with { Function = "put", Argument = Digit(random) },
            var on when random.Chance(0.6) => on with { Function = "cas", Expected = Digit(random), Argument = Digit(random) },
            var on => on with { Function = "delete" },
        }, random => random.Pick(["0", "1", "01", "10"])),
        ["counter"] = Case(Model.Counter, "0", EveryOrder.Counter, (random, operation) => random.Next(4) switch
        {
            0 => operation with { Function = "add", Argument = random.Pick(["1", "2", "-1"]) },
            1 => operation with { Function = "increment" },
            2 => operation with { Function = "decrement" },
            _ => operation with { Function = "read" },
        }, random => $"{random.Next(-2, 4)}"),
        ["queue"] = Case(Model.Queue, "", EveryOrder.Queue, (random, operation) =>
            random.Chance(0.5) ? operation with { Function = "dequeue" } : operation with { Function = "enqueue", Argument = Digit(random) }, Digit),
        ["set"] = Case(Model.Set, "", EveryOrder.Set, Element, _ => null),
        ["set, read as a whole"] = Case(Model.Set, "", EveryOrder.Set,
            (random, operation) => random.Chance(0.4) ? operation with { Function = "read" } : Element(random, operation),
            random => random.Pick(["", "a", "b", "ab"])),
        ["lock"] = Case(Model.Lock, "", EveryOrder.Lock,
            (random, operation) => operation with { Function = random.Pick(["acquire", "release"]) }, random => random.Pick(["true", "false"])),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_checker_finds_an_order_exactly_where_there_is_one(string name)
    {
        var (model, initial, specification, histories) = Cases[name];
        var yes = 0;
        var count = Seeds.Count(4_000);
        for (var seed = 0UL; seed < (ulong)count; seed++)
        {
            var history = histories.Draw(seed);
            if (model == Model.Set) history = AsSets(history);
            var found = history.IsLinearizable(model);
            var has = EveryOrder.HasOne(AsTexts(history), initial, specification);
            Assert.True(found.Verdict == (has ? Verdict.Yes : Verdict.No), $"seed {seed}: {found}, but {(has ? "there is an order" : "there is none")} of {Told(history)}");
            if (has) OrderIsOne(history, found.Order, initial, specification, seed);
            yes += has ? 1 : 0;
        }

        Assert.InRange(yes, count / 10, count * 9 / 10);
    }

    /// <summary>The order holds all that returned, keeps time, and each returns what the object says.</summary>
    private static void OrderIsOne(History history, IReadOnlyList<Operation> order, string initial, EveryOrder.Specification specification, ulong seed)
    {
        var missing = history.Operations.Where(operation => operation.Outcome == Outcome.Ok && !order.Any(one => ReferenceEquals(one, operation)));
        Assert.True(!missing.Any() && order.Distinct(ReferenceEqualityComparer.Instance).Count() == order.Count, $"seed {seed}");
        for (var later = 0; later < order.Count; later++)
            for (var earlier = 0; earlier < later; earlier++)
                Assert.False(order[later].Precedes(order[earlier]), $"seed {seed}: {order[later]} stands after {order[earlier]}");
        foreach (var part in order.GroupBy(operation => operation.Key))
        {
            var state = initial;
            foreach (var operation in AsTexts(new History(part)).Operations)
            {
                var after = specification(state, operation);
                Assert.True(after is not null, $"seed {seed}: {operation} is impossible in {state}");
                Assert.True(operation.Outcome != Outcome.Ok || after!.Value.Result is EveryOrder.AnyResult || after.Value.Result == operation.Result,
                    $"seed {seed}: {operation} should return {after!.Value.Result}");
                state = after.Value.State;
            }
        }
    }

    private static string Told(History history) => string.Join("; ", history.Operations.Select(operation =>
        $"{operation.Client} {operation} [{operation.Invoked}, {operation.Returned}]"));

    private static (Model, string, EveryOrder.Specification, RandomHistories) Case(
        Model model, string initial, EveryOrder.Specification specification, Func<Rng, Operation, Operation> draw, Func<Rng, string?> result) =>
        (model, initial, specification, new RandomHistories(initial, specification, draw, result));

    private static string Digit(Rng random) => $"{random.Next(3)}";

    private static Operation Write(Rng random, Operation operation) => operation with { Function = "write", Argument = Digit(random) };

    private static Operation Element(Rng random, Operation operation) =>
        operation with { Function = random.Pick(["add", "remove", "contains", "contains"]), Argument = random.Pick(["a", "b"]) };

    /// <summary>The definition writes a set as <c>ab</c>, a log as <c>#{a b}</c>.</summary>
    private static History AsSets(History history) => new(history.Operations.Select(operation => operation is { Function: "read", Result: { } text }
        ? operation with { Result = $"#{{{string.Join(' ', text.ToCharArray())}}}" } : operation));

    private static History AsTexts(History history) => new(history.Operations.Select(operation => operation is { Function: "read", Result: ['#', ..] text }
        ? operation with { Result = string.Concat(text.Where(char.IsAsciiLetter)) } : operation));
}
