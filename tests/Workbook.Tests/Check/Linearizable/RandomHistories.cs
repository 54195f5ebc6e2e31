using Workbook.Check;
using Workbook.Sim;

namespace Workbook.Tests.Check.Linearizable;

/// <summary>
/// Small histories of clients that use one object at random: the object is right, or was right until some results were changed. They
/// have everything that makes checking hard: much concurrency, equal times, answers that never came, operations that failed.
/// </summary>
internal sealed class RandomHistories(string initial, EveryOrder.Specification specification, Func<Rng, Operation, Operation> draw, Func<Rng, string?> result)
{
    public History Draw(ulong seed, int operations = 7)
    {
        var random = new Rng(seed);
        var clients = random.Next(1, 5);
        var span = random.Next(4, 40);
        var free = new long[clients];
        var drawn = new List<Operation>();
        for (var number = 0; number < operations; number++)
        {
            var client = random.Next(clients);
            var invoked = free[client] + random.Next(0, span / 4 + 1);
            var returned = invoked + random.Next(0, span + 1);
            free[client] = returned + (random.Chance(0.3) ? 0 : 1);
            var operation = draw(random, new($"c{client}", "?", invoked, returned));
            drawn.Add(operation with { Outcome = random.Chance(0.2) ? Outcome.Unknown : random.Chance(0.05) ? Outcome.Failed : Outcome.Ok });
        }

        return new(Shuffled(random, Mutated(random, Run(random, drawn))));
    }

    /// <summary>Each operation takes effect at a point within its time, and returns what the object then says.</summary>
    private List<Operation> Run(Rng random, List<Operation> drawn)
    {
        var state = initial;
        var run = new List<Operation>();
        var points = drawn.Select(operation => (At: operation.Invoked + random.NextDouble() * (operation.Returned - operation.Invoked), Operation: operation));
        foreach (var (_, operation) in points.OrderBy(point => point.At))
        {
            if (operation.Outcome == Outcome.Failed || (operation.Outcome == Outcome.Unknown && random.Chance(0.5)))
            {
                run.Add(operation);
            }
            else if (specification(state, operation) is { } after)
            {
                state = after.State;
                var returns = after.Result == EveryOrder.AnyResult || operation.Outcome == Outcome.Unknown ? null : after.Result;
                run.Add(operation with { Result = returns });
            }
        }

        return run;
    }

    private IEnumerable<Operation> Mutated(Rng random, List<Operation> run)
    {
        var chance = random.Pick([0.0, 0.2, 0.5]);
        return run.Select(operation => operation.Outcome != Outcome.Ok || !random.Chance(chance) ? operation : operation.Result switch
        {
            "true" => operation with { Result = "false" },
            "false" => operation with { Result = "true" },
            null when operation.Function is not ("read" or "get" or "dequeue" or "acquire") => operation,
            _ => operation with { Result = result(random) },
        });
    }

    private static IEnumerable<Operation> Shuffled(Rng random, IEnumerable<Operation> operations)
    {
        Operation[] all = [.. operations];
        random.Shuffle(all.AsSpan());
        return all;
    }
}
