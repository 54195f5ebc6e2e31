using Workbook.Check;

namespace Workbook.Tests.Check.Linearizable;

/// <summary>
/// Says whether a history is linearizable by trying every order, from the definition alone: slow, short, and without a line in common
/// with the checker. Objects are plain texts here.
/// </summary>
internal static class EveryOrder
{
    /// <summary>What an operation makes of a state, and what it must then return; null when it cannot happen.</summary>
    public delegate (string State, string? Result)? Specification(string state, Operation operation);

    public static bool HasOne(History history, string initial, Specification specification) =>
        history.Operations.Where(operation => operation.Outcome != Outcome.Failed).GroupBy(operation => operation.Key)
            .All(part => HasOne([.. part], initial, specification));

    private static bool HasOne(List<Operation> left, string state, Specification specification)
    {
        if (left.All(operation => operation.Outcome == Outcome.Unknown)) return true;
        foreach (var next in left.Where(next => !left.Any(other => !ReferenceEquals(other, next) && other.Precedes(next))))
        {
            if (specification(state, next) is not { } after) continue;
            if (next.Outcome == Outcome.Ok && after.Result != AnyResult && after.Result != next.Result) continue;
            if (HasOne([.. left.Where(other => !ReferenceEquals(other, next))], after.State, specification)) return true;
        }

        return false;
    }

    /// <summary>Stands for a result that the model does not look at.</summary>
    public const string AnyResult = "(any)";

    public static (string State, string? Result)? Register(string state, Operation operation) => operation.Function switch
    {
        "read" => (state, state == "" ? null : state),
        "write" => (operation.Argument ?? "", AnyResult),
        _ => state == (operation.Expected ?? "") ? (operation.Argument ?? "", "true") : (state, "false"),
    };

    public static (string State, string? Result)? KeyValue(string state, Operation operation) => operation.Function switch
    {
        "get" => (state, state == "" ? null : state),
        "put" => (operation.Argument!, AnyResult),
        "append" => (state + operation.Argument, AnyResult),
        "delete" => ("", AnyResult),
        _ => state == (operation.Expected ?? "") ? (operation.Argument ?? "", "true") : (state, "false"),
    };

    public static (string State, string? Result)? Counter(string state, Operation operation)
    {
        var by = operation.Function switch { "read" => 0, "decrement" => -int.Parse(operation.Argument ?? "1"), _ => int.Parse(operation.Argument ?? "1") };
        var after = $"{int.Parse(state) + by}";
        return (after, operation.Function != "read" && operation.Result is null ? AnyResult : after);
    }

    public static (string State, string? Result)? Queue(string state, Operation operation)
    {
        if (operation.Function == "enqueue") return (state + operation.Argument, AnyResult);
        return state == "" ? (state, null) : (state[1..], state[..1]);
    }

    public static (string State, string? Result)? Set(string state, Operation operation)
    {
        if (operation.Function == "read") return (state, state);
        var isIn = state.Contains(operation.Argument!);
        var (after, result) = operation.Function switch
        {
            "add" => (isIn ? state : string.Concat(state.Append(operation.Argument![0]).Order()), isIn ? "false" : "true"),
            "remove" => (state.Replace(operation.Argument!, ""), isIn ? "true" : "false"),
            _ => (state, isIn ? "true" : "false"),
        };
        return (after, operation.Result is null && operation.Function != "contains" ? AnyResult : result);
    }

    public static (string State, string? Result)? Lock(string state, Operation operation)
    {
        if (operation.Function == "release") return state == operation.Client ? ("", AnyResult) : null;
        if (operation.Result == "false") return state == "" ? null : (state, "false");
        return state == "" ? (operation.Client, AnyResult) : null;
    }
}
