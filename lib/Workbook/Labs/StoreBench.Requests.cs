using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>The clerks' requests, on their way and recorded.</summary>
public sealed partial class StoreBench
{
    /// <summary>A value as a sentence has room for it: its end, where what came last stands.</summary>
    internal static string Short(string value) => value.Length > 40 ? "…" + value[^40..] : value;

    /// <summary>Asks as code of the clerk's own node, so that what it awaits and what it throws are its own.</summary>
    internal Task<string?> Ask(StoreClerk clerk, string function, string key, string? argument, Func<Clerk, Task<string?>> question)
    {
        var node = Run[clerk.Name];
        var call = _history.Invoke(clerk.Name.Name, function, key, argument);
        var request = new StoreRequest(clerk.Name, function, key, argument, Run.Now);
        _open.Enqueue(request);
        var answered = new TaskCompletionSource<string?>();
        node.Life!.Spawn(async () =>
        {
            var answer = await question((Clerk)node.Process!);
            request.IsAnswered = true;
            call.Return(answer);
            answered.SetResult(answer);
        });
        return answered.Task;
    }

    private sealed record StoreRequest(NodeId Clerk, string Function, string Key, string? Argument, Instant Since)
    {
        public bool IsAnswered { get; set; }

        /// <summary><c>c3's append(x, “x 3 7 y”)</c></summary>
        public override string ToString() => $"{Clerk}'s {Function}({Key}{(Argument is null ? "" : $", “{Short(Argument)}”")})";
    }
}
