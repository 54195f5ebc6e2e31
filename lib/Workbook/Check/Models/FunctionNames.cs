using System.Collections.Frozen;

namespace Workbook.Check;

/// <summary>The names of functions: one for each, whatever a paper or a log calls it.</summary>
internal static class FunctionNames
{
    public const string Read = "read", Write = "write", CompareAndSet = "cas";
    public const string Get = "get", Put = "put", Append = "append", Delete = "delete";
    public const string Add = "add", Remove = "remove", Contains = "contains";
    public const string Increment = "increment", Decrement = "decrement";
    public const string Enqueue = "enqueue", Dequeue = "dequeue";
    public const string Acquire = "acquire", Release = "release";

    private static readonly FrozenDictionary<string, string> OtherNames = new Dictionary<string, string>
    {
        ["compare-and-set"] = CompareAndSet,
        ["compare-and-swap"] = CompareAndSet,
        ["compareandset"] = CompareAndSet,
        ["compareandswap"] = CompareAndSet,
        ["enq"] = Enqueue,
        ["deq"] = Dequeue,
        ["lock"] = Acquire,
        ["unlock"] = Release,
        ["inc"] = Increment,
        ["incr"] = Increment,
        ["dec"] = Decrement,
        ["decr"] = Decrement,
        ["member"] = Contains,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> Names = new[]
    {
        Read, Write, CompareAndSet, Get, Put, Append, Delete, Add, Remove, Contains, Increment, Decrement, Enqueue, Dequeue, Acquire, Release,
    }.ToFrozenDictionary(name => name, StringComparer.OrdinalIgnoreCase);

    public static string Name(Operation operation) => Name(operation.Function);

    /// <summary>Mostly it is written as it should be, which is told without a hash: histories ask this of every operation, several times.</summary>
    public static string Name(string function) => function switch
    {
        Read or Write or CompareAndSet or Get or Put or Append => function,
        _ => Names.TryGetValue(function, out var name) || OtherNames.TryGetValue(function, out name) ? name : function,
    };
}
